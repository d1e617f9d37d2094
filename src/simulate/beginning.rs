//! Where plays begin of which some turns have gone by.

use super::board::Board;
use super::chance::Words;
use super::picks::cumulative;
use super::table::Table;

/// The states in which plays may stand after some turns, one of which each play begins in.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// Turns gone by.
    pub(crate) turns: usize,
    stands: Vec<Stand>,
    /// Cumulative thresholds over the stands.
    thresholds: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Stand {
    levels: Vec<usize>,
    turns: usize,
    ended: bool,
}

impl Beginning {
    /// After so many turns: the levels, the turns played and whether the play has stopped, each with its
    /// probability.
    #[must_use]
    pub fn new(turns: usize, stands: impl Iterator<Item = ((Vec<usize>, usize, bool), f64)>) -> Self {
        let (stands, shares): (Vec<Stand>, Vec<f64>) =
            stands.map(|((levels, turns, ended), share)| (Stand { levels, turns, ended }, share)).unzip();
        let (mut thresholds, last) = cumulative(&shares);
        thresholds.truncate(last);
        Self { turns, stands, thresholds }
    }
}

impl Board {
    /// Puts the play where it goes on from, by the word of the first variable's start.
    pub(super) fn begin(&mut self, table: &Table<'_>, beginning: &Beginning, words: &Words, number: usize) {
        let word = table.starts.first().map_or(0, |(_, address)| words.at(*address, 0)[number]);
        let stand = &beginning.stands[beginning.thresholds.partition_point(|&threshold| word >= threshold)];
        self.levels.copy_from_slice(&stand.levels);
        self.turns = stand.turns;
        self.going = !stand.ended && stand.turns < table.game.blueprint.turns;
        for _ in 0..stand.turns {
            self.weigh_down(table);
        }
    }
}
