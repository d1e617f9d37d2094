//! Weakly dominated strategies.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::NormalForm;
use super::dominance::{Duel, Elimination};
use super::lifting::Row;
use super::programme::Programme;

/// A strategy that something else is never worse than, and sometimes better.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct WeakDominance {
    /// Whose strategy it is.
    pub player: usize,
    /// The strategy.
    pub strategy: usize,
    /// What is never worse and sometimes better: strategies with their probabilities.
    pub by: Vec<(usize, f64)>,
}

/// No more than this is attempted of a player: programmes (one a strategy) times their entries (strategies
/// times profiles of the others).
const MOST_ENTRIES: usize = 100_000;

/// The strategies that are weakly dominated in the game as it is, but not strictly, by pure strategies and by
/// mixtures; and whether mixtures were tried throughout (in large games they are not). `strict` is what strict
/// dominance eliminates.
///
/// Nothing is eliminated and looked at again: what iterated elimination of weakly dominated strategies leaves
/// depends on its order (Gilboa, Kalai and Zemel 1990, On the order of eliminating dominated strategies,
/// Operations Research Letters 9, 85-89).
#[must_use]
pub fn weakly_dominated(game: &NormalForm, strict: &[Elimination]) -> (Vec<WeakDominance>, bool) {
    let all = game.all_strategies();
    let (mut found, mut complete) = (Vec::new(), true);
    for (player, own) in all.iter().enumerate() {
        let duel = Duel { game, player, own, others: game.others(player, &all) };
        let small = duel.entries() <= MOST_ENTRIES;
        for &strategy in own {
            let is_strictly =
                |gone: &Elimination| (gone.round, gone.player, gone.strategy) == (1, player, strategy);
            if strict.iter().any(is_strictly) {
                continue;
            }
            let by = match duel.by_pure(strategy) {
                Some(other) => Some(vec![(other, 1.0)]),
                None if own.len() < 3 || duel.is_sole_best_reply(strategy) => Some(Vec::new()),
                None if small => duel.weakly_beaten_by_mixture(strategy),
                None => None,
            };
            complete &= by.is_some();
            let by = by.filter(|by| !by.is_empty());
            found.extend(by.map(|by| WeakDominance { player, strategy, by }));
        }
    }
    (found, complete)
}

impl Duel<'_> {
    /// A strategy that is never worse than this one, and sometimes better.
    fn by_pure(&self, strategy: usize) -> Option<usize> {
        let dominates = |&other: &usize| {
            let mut compared = self.others.iter().map(|&profile| self.compare(profile, other, strategy));
            let mut sometimes = false;
            compared.all(|order| {
                sometimes |= order == Ordering::Greater;
                order != Ordering::Less
            }) && sometimes
        };
        self.own.iter().copied().find(dominates)
    }

    /// Whether a strategy is better than all others against something pure: then nothing is never worse.
    fn is_sole_best_reply(&self, strategy: usize) -> bool {
        let others = || self.own.iter().filter(|&&other| other != strategy);
        self.others
            .iter()
            .any(|&profile| others().all(|&other| self.compare(profile, other, strategy).is_lt()))
    }

    /// The mixture that is never worse than a strategy, and better by the greatest sum over what the others can
    /// do: empty where there is none, `None` where that was not found out.
    fn weakly_beaten_by_mixture(&self, strategy: usize) -> Option<Vec<(usize, f64)>> {
        let rivals: Vec<usize> = self.own.iter().copied().filter(|&other| other != strategy).collect();
        let numerators = &self.game.whole_payoffs(self.player).numerators;
        let gains = |&rival: &usize| -> Vec<BigInt> {
            let pay = |profile, own| &numerators[self.game.instead(profile, self.player, own)];
            self.others.iter().map(|&profile| pay(profile, rival) - pay(profile, strategy)).collect()
        };
        let gains: Vec<Vec<BigInt>> = rivals.iter().map(gains).collect();
        // A row for each profile, in which nothing may be lost, and one for the sum of weights.
        let rows = self.others.len();
        let column = |gains: &Vec<BigInt>| -> Row {
            let losses = gains.iter().map(|gain| -gain).enumerate().filter(|(_, loss)| !loss.is_zero());
            losses.chain([(rows, BigInt::one())]).collect()
        };
        let mut bounds = vec![BigInt::zero(); rows];
        bounds.push(BigInt::one());
        let objective: Vec<BigInt> = gains.iter().map(|gains| gains.iter().sum()).collect();
        let columns = gains.iter().map(column).collect();
        let values = Programme { columns, bounds, objective: objective.clone() }.solve()?.values;
        let gained: BigInt = values.numerators.iter().zip(&objective).map(|(weight, sum)| weight * sum).sum();
        if !gained.is_positive() {
            return Some(Vec::new());
        }
        let weighed = rivals.into_iter().zip(values.floats()).filter(|(_, weight)| *weight > 0.0);
        Some(weighed.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equilibrium::eliminate;
    use crate::equilibrium::gambit::read_nfg;

    /// Player, strategy, what dominates it.
    type Found = (usize, usize, &'static [(usize, f64)]);

    /// The weakly dominated strategies of a game of two with so many strategies, by its cells with the first
    /// player's strategy varying fastest.
    #[track_caller]
    fn check(sizes: [usize; 2], cells: &str, expected: &[Found]) {
        let [m, n] = sizes;
        let game =
            read_nfg(&format!("NFG 1 R \"\" {{ \"A\" \"B\" }} {{ {m} {n} }}\n{cells}")).expect("a game");
        let (found, complete) = weakly_dominated(&game, &eliminate(&game).0);
        let found: Vec<_> = found.iter().map(|one| (one.player, one.strategy, one.by.as_slice())).collect();
        assert!(complete);
        assert_eq!(found, expected, "{cells}");
    }

    #[test]
    fn what_is_never_better_and_sometimes_worse_is_weakly_dominated() {
        // Giving in costs nothing where the other does not ask.
        check([2, 2], "1 1  1 0  1 1  0 0", &[(0, 1, &[(0, 1.0)])]);
        // What is alike throughout dominates nothing; nor does what is strictly dominated count.
        check([2, 2], "1 0  1 0  2 0  2 0", &[]);
        check([2, 2], "3 3  5 0  0 5  1 1", &[]);
    }

    #[test]
    fn mixtures_dominate_weakly_what_no_pure_strategy_does() {
        // By halves the first two rows pay 1, 1, 2 where the third pays 1, 1, 1.
        check([3, 3], "2 0  0 0  1 0   0 0  2 0  1 0   2 0  2 0  1 0", &[(0, 2, &[(0, 0.5), (1, 0.5)])]);
        check([3, 2], "2 0  0 0  1.5 0   0 0  2 0  1.5 0", &[]);
    }

    #[test]
    fn the_seventeenth_digit_decides() {
        check([2, 2], "1 0  1.00000000000000001 0  1 0  1 0", &[(0, 0, &[(1, 1.0)])]);
    }
}
