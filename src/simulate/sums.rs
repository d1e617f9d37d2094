//! What a play adds to the sums that measures are made of.

use super::accumulators::Accumulators;
use super::observe::{BATCH, PlayEnd, Turn};
use super::tally_layout::TallyLayout;
use crate::scenario::{ClassificationId, LevelId, MeasureId, MoveId, OutcomeId, Ratio, SeatId, Sum};

/// Reads factors of measures off plays: turn by turn what only turns show, the rest at the end.
#[derive(Clone, Debug)]
pub(crate) struct PlaySums<'l> {
    layout: &'l TallyLayout,
    /// The moves that are counted: seat and move.
    moves: Vec<(SeatId, MoveId)>,
    /// For each play of a batch and each move, the turns open and the turns in which it was made.
    counts: Vec<Vec<(u64, u64)>>,
}

impl<'l> PlaySums<'l> {
    /// For plays of these factors.
    pub(crate) fn new<'f>(layout: &'l TallyLayout, factors: impl Iterator<Item = &'f Ratio>) -> Self {
        let mut moves = Vec::new();
        for sum in factors.flat_map(|factor| [factor.above, factor.below]) {
            match sum {
                Sum::Made(seat, made) if !moves.contains(&(seat, MoveId::new(made))) => {
                    moves.push((seat, MoveId::new(made)));
                }
                _ => {}
            }
        }
        Self { layout, counts: vec![vec![(0, 0); moves.len()]; BATCH], moves }
    }

    /// A play starts, at that place of the batch.
    #[inline(always)]
    pub(crate) fn start(&mut self, play: usize) {
        self.counts[play].fill((0, 0));
    }

    /// A turn was played.
    #[inline(always)]
    pub(crate) fn turn(&mut self, turn: &Turn<'_>) {
        if !self.moves.is_empty() {
            self.count(turn);
        }
    }

    fn count(&mut self, turn: &Turn<'_>) {
        for (count, (seat, wanted)) in self.counts[turn.play].iter_mut().zip(&self.moves) {
            if let Some(made) = self.layout.made(turn, *seat) {
                count.0 += 1;
                count.1 += u64::from(made == *wanted);
            }
        }
    }

    /// Numerator and denominator of a factor in a play that is over: one of the factors that were asked for.
    pub(crate) fn read(&self, end: &PlayEnd<'_>, factor: Ratio) -> (f64, f64) {
        (self.sum(end, factor.above), self.sum(end, factor.below))
    }

    #[expect(clippy::cast_precision_loss, reason = "turns are few")]
    fn sum(&self, end: &PlayEnd<'_>, sum: Sum) -> f64 {
        let is = |holds: bool| f64::from(u8::from(holds));
        let counts = || self.moves.iter().zip(&self.counts[end.play]);
        match sum {
            Sum::Plays => 1.0,
            Sum::Outcome(class, outcome) => {
                is(end.outcomes[ClassificationId::new(class)] == OutcomeId::new(outcome))
            }
            Sum::FinalLevel(v, level) => is(end.levels[v] == LevelId::new(level)),
            Sum::FinalValue(v) => self.layout.values[v.index()][end.levels[v].index()],
            Sum::Score(actor) => end.accumulated[Accumulators::score(actor).index()],
            Sum::Turns => end.turns as f64,
            Sum::Own(at) => self.layout.own(end, MeasureId::new(at)),
            Sum::Made(seat, made) => {
                let mut ours = counts().filter(|(counted, _)| **counted == (seat, MoveId::new(made)));
                ours.next().map_or(0.0, |(_, (_, made))| *made as f64)
            }
            // Who asks for this asks for some move in the seat: every move's count has it.
            Sum::Open(seat) => {
                let mut ours = counts().filter(|((counted, _), _)| *counted == seat);
                ours.next().map_or(0.0, |(_, (open, _))| *open as f64)
            }
        }
    }
}
