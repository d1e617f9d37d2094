//! Where plays begin of which some turns have gone by.

use super::cumulative_rows::cumulative;
use crate::scenario::Levels;

/// A distribution of states after some turns, from which each play draws the one that it goes on from.
#[derive(Clone, Debug)]
pub struct StartDistribution {
    /// Turns gone by.
    pub(crate) turns: usize,
    states: Vec<StartState>,
    /// Cumulative thresholds over the states.
    thresholds: Vec<u32>,
}

/// A state from which plays go on.
#[derive(Clone, Debug)]
pub(crate) struct StartState {
    pub(crate) levels: Levels,
    /// The turns played: fewer than have gone by where the play stopped before.
    pub(crate) turns: usize,
    /// Whether the play has stopped.
    pub(crate) ended: bool,
}

impl StartDistribution {
    /// After so many turns: the levels, the turns played and whether the play has stopped, each with its
    /// probability.
    #[must_use]
    pub fn new(turns: usize, states: impl Iterator<Item = ((Levels, usize, bool), f64)>) -> Self {
        let (states, shares): (Vec<StartState>, Vec<f64>) = states
            .map(|((levels, turns, ended), share)| (StartState { levels, turns, ended }, share))
            .unzip();
        let (mut thresholds, last) = cumulative(&shares);
        thresholds.truncate(last);
        Self { turns, states, thresholds }
    }

    /// The state that a word draws.
    pub(crate) fn state(&self, word: u32) -> &StartState {
        &self.states[self.thresholds.partition_point(|&threshold| word >= threshold)]
    }
}
