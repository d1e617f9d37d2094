//! Where plays begin of which some turns have gone by.

use super::chance::RandomWords;
use super::cumulative_rows::cumulative;
use super::play_state::PlayState;
use super::prepared_game::PreparedGame;

/// The states in which plays may stand after some turns, one of which each play begins in.
#[derive(Clone, Debug)]
pub struct StartDistribution {
    /// Turns gone by.
    pub(crate) turns: usize,
    states: Vec<StartState>,
    /// Cumulative thresholds over the stands.
    thresholds: Vec<u32>,
}

#[derive(Clone, Debug)]
struct StartState {
    levels: Vec<usize>,
    turns: usize,
    ended: bool,
}

impl StartDistribution {
    /// After so many turns: the levels, the turns played and whether the play has stopped, each with its
    /// probability.
    #[must_use]
    pub fn new(turns: usize, stands: impl Iterator<Item = ((Vec<usize>, usize, bool), f64)>) -> Self {
        let (stands, shares): (Vec<StartState>, Vec<f64>) = stands
            .map(|((levels, turns, ended), share)| (StartState { levels, turns, ended }, share))
            .unzip();
        let (mut thresholds, last) = cumulative(&shares);
        thresholds.truncate(last);
        Self { turns, states: stands, thresholds }
    }
}

impl PlayState {
    /// Puts the play where it goes on from, by the word of the first variable's start.
    pub(super) fn begin(
        &mut self,
        prepared: &PreparedGame<'_>,
        beginning: &StartDistribution,
        words: &RandomWords,
        number: usize,
    ) {
        let word = prepared.starts.first().map_or(0, |(_, address)| words.at(*address, 0)[number]);
        let stand = &beginning.states[beginning.thresholds.partition_point(|&threshold| word >= threshold)];
        self.levels.copy_from_slice(&stand.levels);
        self.turns = stand.turns;
        self.active = !stand.ended && stand.turns < prepared.game.blueprint.turns;
        for _ in 0..stand.turns {
            self.discount(prepared);
        }
    }
}
