//! Optima of linear programmes, each shown to be one: allowed, its prices allowed too, and both worth the same.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use proptest::prelude::*;

use super::correlated::mediation;
use super::maximin::opposed;
use super::programme::{Optimum, Programme};
use super::{NormalForm, Player, eliminate};
use crate::math::pow;

fn whole(numbers: &[i64]) -> Vec<BigInt> {
    numbers.iter().map(|&number| number.into()).collect()
}

/// What strong duality says of a programme and its optimum, in whole numbers.
fn prove(programme: &Programme, optimum: &Optimum) -> Result<(), TestCaseError> {
    let (values, prices) = (&optimum.values, &optimum.prices);
    for of in [values, prices] {
        prop_assert!(of.denominator.is_positive());
        prop_assert!(!of.numerators.iter().any(Signed::is_negative));
    }
    let mut used = vec![BigInt::zero(); programme.bounds.len()];
    for ((column, gain), value) in programme.columns.iter().zip(&programme.objective).zip(&values.numerators)
    {
        let mut cost = BigInt::zero();
        for (row, entry) in column {
            used[*row] += entry * value;
            cost += entry * &prices.numerators[*row];
        }
        prop_assert!(cost >= gain * &prices.denominator, "something more is to be gained");
    }
    for (used, bound) in used.iter().zip(&programme.bounds) {
        prop_assert!(*used <= bound * &values.denominator, "a row is overdrawn");
    }
    let worth =
        |prices: &[BigInt], of: &[BigInt]| -> BigInt { prices.iter().zip(of).map(|(p, x)| p * x).sum() };
    let gained = worth(&programme.objective, &values.numerators) * &prices.denominator;
    prop_assert_eq!(gained, worth(&programme.bounds, &prices.numerators) * &values.denominator);
    Ok(())
}

fn games(players: std::ops::RangeInclusive<usize>, most: usize) -> impl Strategy<Value = NormalForm> {
    let sizes = proptest::collection::vec(1..=most, players);
    // Sums of two sizes: most differences between payoffs are small beside the payoffs.
    let payoff = (-9_i32..=9, 0_i32..=14, -9_i32..=9, 0_i32..=6).prop_map(|(a, size, b, less)| {
        f64::from(a) * pow(10.0, f64::from(size)).round() + f64::from(b) * pow(10.0, f64::from(less)).round()
    });
    sizes.prop_flat_map(move |sizes| {
        let numbers = sizes.iter().product::<usize>() * sizes.len();
        let payoffs = proptest::collection::vec(payoff.clone(), numbers);
        payoffs.prop_map(move |payoffs| {
            let named = |count: usize| (1..=count).map(|n| n.to_string()).collect();
            let player = |&count: &usize| Player { name: String::new(), strategies: named(count) };
            NormalForm::new("", sizes.iter().map(player).collect(), &payoffs).expect("a game")
        })
    })
}

proptest! {
    #[test]
    fn answers_about_games_of_any_stakes_are_optimal(game in games(2..=3, 5)) {
        for player in 0..game.players().len() {
            let payoffs = game.whole_payoffs(player).numerators.clone();
            let others = game.others(player, &game.all_strategies());
            let pay = |own: usize, other: usize| payoffs[game.instead(others[other], player, own)].clone();
            let (programme, _) = opposed(game.strategies(player), others.len(), pay).expect("payoffs");
            prove(&programme, &programme.solve().expect("an optimum"))?;
        }
        let programme = mediation(&game, &eliminate(&game).0).expect("small enough");
        prove(&programme, &programme.solve().expect("an optimum"))?;
    }

    /// Many rows without anything to give, few distinct numbers: what is degenerate.
    #[test]
    fn ties_lead_nowhere_in_circles(
        cells in proptest::collection::vec(-1_i64..=1, 48), bounds in proptest::collection::vec(0_i64..=1, 6),
        gains in proptest::collection::vec(-1_i64..=2, 8),
    ) {
        let column = |column: usize| (0..6).map(|row| (row, BigInt::from(cells[column * 6 + row]))).collect();
        let programme = Programme {
            columns: (0..8).map(column).collect(), bounds: whole(&bounds), objective: whole(&gains),
        };
        if let Some(optimum) = programme.solve() {
            prove(&programme, &optimum)?;
        }
    }
}

/// Chvatal's (1983) example, on which the simplex method with the largest coefficient goes in circles.
#[test]
fn what_goes_in_circles_by_the_largest_coefficient_ends() {
    let rows = [[1, -11, -5, 18], [1, -3, -1, 2], [2, 0, 0, 0]];
    let column = |column: usize| (0..3).map(|row| (row, BigInt::from(rows[row][column]))).collect();
    let programme = Programme {
        columns: (0..4).map(column).collect(),
        bounds: whole(&[0, 0, 2]),
        objective: whole(&[10, -57, -9, -24]),
    };
    let optimum = programme.solve().expect("an optimum");
    let value: BigInt =
        optimum.values.numerators.iter().zip(&programme.objective).map(|(value, gain)| value * gain).sum();
    assert_eq!(value, optimum.values.denominator);
}

#[test]
fn without_a_bound_there_is_no_optimum() {
    let programme =
        Programme { columns: vec![vec![(0, (-1).into())]], bounds: whole(&[1]), objective: whole(&[1]) };
    assert!(programme.solve().is_none());
}
