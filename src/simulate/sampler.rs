//! Plays replications, several side by side.
//!
//! A play is a chain of look-ups, each of which waits for the one before; plays are independent, so a
//! processor that works on several at a time waits less. Nothing of this shows in what comes out: every play
//! has its own chance, and observers hear of the ends of plays in their order.

use std::ops::Range;

use super::bits::UNIT;
use super::board::Board;
use super::chance::{AHEAD, Chance, Source, Words};
use super::effects::Lucky;
use super::observe::{BOARDS, Observer, PlayEnd, Turn};
use super::table::Table;
use crate::scenario::Slots;

/// Plays replications of a [`Table`]; one for each thread.
#[derive(Debug)]
pub struct Sampler<'t> {
    table: &'t Table<'t>,
    source: Source,
    boards: Vec<Board>,
    lucky: Vec<Lucky>,
}

/// Some replications to be played: what [`pulp`] compiles once for every width that machines may have.
struct Playing<'p, 't, O> {
    sampler: &'p mut Sampler<'t>,
    replications: Range<u64>,
    observer: &'p mut O,
}

impl<O: Observer> pulp::WithSimd for Playing<'_, '_, O> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Range { start, end } = self.replications;
        for first in (start..end).step_by(BOARDS) {
            self.sampler.play_abreast(first..end.min(first + BOARDS as u64), self.observer);
        }
    }
}

impl<'t> Sampler<'t> {
    /// A sampler of the plays of one seed.
    #[must_use]
    pub fn new(table: &'t Table<'t>, slots: &Slots, chance: &Chance) -> Self {
        let source = Source::new(chance, slots, table.game.blueprint.turns, table.seldom);
        let lucky = vec![[0; BOARDS]; table.chances.words()];
        Self { boards: vec![Board::new(table); BOARDS], lucky, source, table }
    }

    /// Plays the replications from start to end, as wide as the machine computes.
    pub fn play<O: Observer>(&mut self, replications: Range<u64>, observer: &mut O) {
        pulp::Arch::new().dispatch(Playing { sampler: self, replications, observer });
    }

    /// Plays so many replications as there are boards, or fewer.
    #[inline(always)]
    fn play_abreast<O: Observer>(&mut self, replications: Range<u64>, observer: &mut O) {
        let Self { table, source, boards, lucky } = self;
        source.start(replications.start);
        #[expect(clippy::cast_possible_truncation, reason = "at most as many as there are boards")]
        let boards = &mut boards[..(replications.end - replications.start) as usize];
        for (number, board) in boards.iter_mut().enumerate() {
            board.start(table, source.words(), number);
            observer.start(number, board.turns, &board.levels);
        }
        let units = if O::SCORES { table.bits.width } else { table.bits.effect_words.div_ceil(UNIT) };
        let first_turn = table.beginning.as_ref().map_or(0, |beginning| beginning.turns);
        for turn in 0..table.game.blueprint.turns {
            if !boards.iter().any(|board| board.going) {
                break;
            }
            if turn > 0 && turn % AHEAD == 0 {
                source.go_on(turn);
            }
            if first_turn <= turn {
                table.chances.find_lucky(source.words(), turn, lucky);
                play_turn(table, (source.words(), lucky), boards, turn, units, observer);
            }
        }
        for (number, board) in boards.iter_mut().enumerate() {
            board.finish::<O>(table);
            let lanes = if O::SCORES { &board.totals.as_flattened()[..table.lanes_used] } else { &[] };
            observer.end(&PlayEnd {
                board: number,
                turns: board.turns,
                levels: &board.levels,
                outcomes: &board.outcomes,
                lanes,
            });
        }
    }
}

/// Plays a turn on all boards, step by step.
#[inline(always)]
fn play_turn<O: Observer>(
    table: &Table<'_>,
    (words, lucky): (&Words, &[Lucky]),
    boards: &mut [Board],
    turn: usize,
    units: usize,
    observer: &mut O,
) {
    let choosers = table.choosers_in[turn];
    for (number, board) in boards.iter_mut().enumerate().filter(|(_, board)| board.going) {
        board.choose(table, words, number, turn);
    }
    if let Some(learners) = &table.learners {
        for (number, board) in boards.iter_mut().enumerate().filter(|(_, board)| board.going) {
            board.choose_and_learn((table, learners), words, number, turn);
        }
    }
    for board in boards.iter_mut().filter(|board| board.going) {
        board.find_live(table, turn, units);
    }
    for (number, board) in boards.iter_mut().enumerate().filter(|(_, board)| board.going) {
        if O::SCORES {
            board.pay(table);
        }
        board.fire::<O>(table, lucky, number);
        board.stop_if_over(table);
        observer.turn(&Turn {
            board: number,
            turn,
            before: &board.before,
            after: &board.levels,
            codes: &board.codes[..choosers],
            fired: &board.fired,
            learned: &board.memory.probabilities,
        });
    }
}
