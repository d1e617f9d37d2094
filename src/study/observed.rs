//! Counts over plays, summed up draw by draw where there are draws.

use crate::simulate::{Layout, Tally};
use crate::stats::{Critical, Estimate, RatioMoments, count, mean, proportion};

/// A quantity that is estimated as a ratio of counts: of plays, or of turns.
#[derive(Clone, Debug, Default)]
pub struct Quantity {
    /// Over draws: one cluster a draw.
    moments: RatioMoments,
    /// Over plays.
    hits: u64,
    trials: u64,
}

impl Quantity {
    /// Adds one draw's counts (or all there are, where there are no draws).
    pub(crate) fn push(&mut self, hits: u64, trials: u64) {
        #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
        self.moments.push(hits as f64, trials as f64);
        self.hits += hits;
        self.trials += trials;
    }

    /// How often it happened.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.hits
    }

    /// How often it was tried.
    #[must_use]
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// The share with its interval; `None` where it was never tried.
    #[must_use]
    pub fn estimate(&self, draws: u64) -> Option<Estimate> {
        if draws == 0 {
            return crate::stats::binomial(self.hits, self.trials);
        }
        proportion(&self.moments, self.trials, Critical::for_draws(draws))
    }
}

/// All that a run observes of one scenario.
#[derive(Clone, Debug)]
pub(crate) struct Observed {
    pub(crate) draws: u64,
    pub(crate) outcomes: Vec<Vec<Quantity>>,
    pub(crate) joint: Vec<Quantity>,
    pub(crate) turns: Vec<Vec<Vec<Quantity>>>,
    pub(crate) moves: Vec<Vec<Vec<Quantity>>>,
    pub(crate) lengths: Vec<Quantity>,
    /// Actors' scores, then measures: one cluster a draw, or one a play where there are no draws.
    pub(crate) lanes: Vec<RatioMoments>,
    /// Each draw's shares of outcomes: `[draw][classification][outcome]`.
    pub(crate) by_draw: Vec<Vec<Vec<f64>>>,
    moves_of: Vec<usize>,
}

impl Observed {
    pub(crate) fn new(layout: &Layout, moves_of: Vec<usize>, draws: u64) -> Self {
        let row = |n: usize| vec![Quantity::default(); n];
        let rows = |sizes: &[usize]| -> Vec<Vec<Quantity>> { sizes.iter().map(|&n| row(n)).collect() };
        Self {
            draws,
            outcomes: rows(&layout.classes),
            joint: row(layout.joint),
            turns: vec![rows(&layout.levels); layout.turns + 1],
            moves: vec![rows(&moves_of); layout.turns],
            lengths: row(layout.turns + 1),
            lanes: Vec::new(),
            by_draw: Vec::new(),
            moves_of,
        }
    }

    /// Adds what was counted under one draw, or all there is where there are no draws.
    pub(crate) fn push(&mut self, layout: &Layout, tally: &Tally) {
        let plays = tally.plays;
        push_rows(&mut self.outcomes, &tally.outcomes, plays);
        push_row(&mut self.joint, &tally.joint, plays);
        push_row(&mut self.lengths, &tally.lengths, plays);
        for (mine, counts) in self.turns.iter_mut().zip(tally.levels(layout)) {
            push_rows(mine, &counts, plays);
        }
        for (mine, counts) in self.moves.iter_mut().zip(tally.moves(layout, &self.moves_of)) {
            for (mine, counts) in mine.iter_mut().zip(counts) {
                push_row(mine, &counts, counts.iter().sum());
            }
        }
        self.push_lanes(tally);
        if self.draws > 0 {
            #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
            let share = |count: &u64| *count as f64 / plays as f64;
            self.by_draw.push(tally.outcomes.iter().map(|row| row.iter().map(share).collect()).collect());
        }
    }

    fn push_lanes(&mut self, tally: &Tally) {
        self.lanes.resize(tally.lanes.len(), RatioMoments::default());
        for (moments, sums) in self.lanes.iter_mut().zip(&tally.lanes) {
            if self.draws > 0 {
                moments.push(sums.n, sums.d);
            } else {
                moments.merge(sums);
            }
        }
    }

    fn critical(&self) -> Critical {
        if self.draws > 0 { Critical::for_draws(self.draws) } else { Critical::normal() }
    }

    /// The mean of a lane whose plays spread over no more than `range`.
    pub(crate) fn mean(&self, lane: usize, range: f64) -> Option<Estimate> {
        mean(&self.lanes[lane], range, self.critical())
    }

    /// The mean of a lane that is never negative and at most `largest`.
    pub(crate) fn count(&self, lane: usize, largest: f64) -> Option<Estimate> {
        count(&self.lanes[lane], largest, self.critical())
    }

    /// The mean of a lane that is a share of `trials`.
    pub(crate) fn share(&self, lane: usize, trials: u64) -> Option<Estimate> {
        proportion(&self.lanes[lane], trials, self.critical())
    }
}

fn push_row(row: &mut [Quantity], counts: &[u64], trials: u64) {
    for (quantity, count) in row.iter_mut().zip(counts) {
        quantity.push(*count, trials);
    }
}

fn push_rows(rows: &mut [Vec<Quantity>], counts: &[Vec<u64>], trials: u64) {
    for (row, counts) in rows.iter_mut().zip(counts) {
        push_row(row, counts, trials);
    }
}
