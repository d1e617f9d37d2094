//! What a player can secure, whatever the others do.

use super::NormalForm;
use super::maximin::{Mixture, maximin};
use super::whole::quotient;

/// What a player can secure.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Security {
    /// The expected payoff, in payoff units, that it gets at least: its maximin value, over mixed strategies. It is
    /// also the least to which the others can hold it if they act as one, its minimax value (von Neumann 1928).
    pub value: f64,
    /// The probability of each of its strategies, adding up to 1, in a mixture that secures it.
    pub strategy: Vec<f64>,
}

/// Larger linear programmes than this are not attempted: strategies times profiles of the others.
const MOST_ENTRIES: usize = 200_000;

/// What `player` can secure, to the last digit; `None` in games too large for it.
#[must_use]
pub fn security(game: &NormalForm, player: usize) -> Option<Security> {
    if game.profiles() > MOST_ENTRIES {
        return None;
    }
    let payoffs = game.whole_payoffs(player);
    let others = game.others(player, &game.all_strategies());
    let pay = |strategy: usize, other: usize| {
        payoffs.numerators[game.instead(others[other], player, strategy)].clone()
    };
    let Mixture { shares, above, below } = maximin(game.strategies(player), others.len(), pay)?;
    Some(Security { value: quotient(&above, &(below * &payoffs.denominator)), strategy: shares.floats() })
}
