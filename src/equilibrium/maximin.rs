//! The value of a game of opposed interests.

use num_bigint::BigInt;
use num_traits::One;

use super::programme::Programme;
use super::whole::Whole;

/// A mixture that secures the most, and what it secures.
pub(super) struct Mixture {
    /// The probability of each row.
    pub(super) shares: Whole,
    /// What is secured, times `below`.
    pub(super) above: BigInt,
    pub(super) below: BigInt,
}

/// The mixture of rows whose least payoff over columns is greatest; `None` without any payoffs.
pub(super) fn maximin(rows: usize, columns: usize, pay: impl Fn(usize, usize) -> BigInt) -> Option<Mixture> {
    let (programme, shift) = opposed(rows, columns, pay)?;
    let prices = programme.solve()?.prices;
    let sum: BigInt = prices.numerators.iter().sum();
    let above = prices.denominator + shift * &sum;
    let shares = Whole { numerators: prices.numerators, denominator: sum.clone() };
    Some(Mixture { shares, above, below: sum })
}

/// The programme of the side that chooses columns, and what is taken off all payoffs to have them above zero.
///
/// It holds the other side to the value v by weights on columns with the greatest sum at which no row is paid more
/// than 1: the sum is 1/v, and the prices of rows are their shares over v.
pub(super) fn opposed(
    rows: usize,
    columns: usize,
    pay: impl Fn(usize, usize) -> BigInt,
) -> Option<(Programme, BigInt)> {
    let all = (0..columns).flat_map(|column| (0..rows).map(move |row| (row, column)));
    let shift: BigInt = all.map(|(row, column)| pay(row, column)).min()? - 1;
    let column = |column: usize| (0..rows).map(|row| (row, pay(row, column) - &shift)).collect();
    let programme = Programme {
        columns: (0..columns).map(column).collect(),
        bounds: vec![BigInt::one(); rows],
        objective: vec![BigInt::one(); columns],
    };
    Some((programme, shift))
}
