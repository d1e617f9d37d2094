//! Counts over plays, summed up draw by draw where there are draws.

use serde::{Deserialize, Serialize};

use crate::simulate::{Tally, TallyLayout};
use crate::stats::{Critical, Estimate, ProductMoments, RatioMoments, count, mean, proportion};

/// A quantity that is estimated as a ratio of counts: of plays, or of turns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Over draws: one cluster a draw, as often as it weighs.
    pub(crate) moments: RatioMoments,
    /// Over plays.
    hits: u64,
    trials: u64,
}

impl Quantity {
    /// Adds one draw's counts (or all there are, where there are no draws).
    pub(crate) fn push(&mut self, hits: u64, trials: u64, weight: f64) {
        #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
        self.moments.push(weight * hits as f64, weight * trials as f64);
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

    /// The share with its interval, over draws that weigh alike; `None` where it was never tried.
    #[must_use]
    pub fn share_over(&self, draws: u64) -> Option<Estimate> {
        #[expect(clippy::cast_precision_loss, reason = "draws are far below 2^53")]
        self.estimate(Weighed { draws, effective: draws as f64 })
    }

    /// The share with its interval; `None` where it was never tried.
    #[must_use]
    pub(crate) fn estimate(&self, weighed: Weighed) -> Option<Estimate> {
        if weighed.draws == 0 {
            return crate::stats::binomial(self.hits, self.trials);
        }
        proportion(&self.moments, weighed.trials(self.trials), weighed.critical())
    }
}

/// How many draws there are, and how many they are worth, where they do not weigh alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighed {
    pub(crate) draws: u64,
    pub(crate) effective: f64,
}

impl Weighed {
    /// So many trials are worth as many in proportion as the draws are.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "numbers of plays are far below 2^53"
    )]
    pub(crate) fn trials(self, trials: u64) -> u64 {
        if self.effective == self.draws as f64 {
            return trials;
        }
        (trials as f64 * self.effective / self.draws as f64) as u64
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of draws")]
    pub(crate) fn critical(self) -> Critical {
        if self.draws > 0 { Critical::for_draws((self.effective as u64).max(2)) } else { Critical::normal() }
    }
}

/// All that a run observes of one scenario.
#[derive(Clone, Debug)]
pub(crate) struct Observed {
    pub(crate) weighed: Weighed,
    pub(crate) outcomes: Vec<Vec<Quantity>>,
    pub(crate) joint: Vec<Quantity>,
    pub(crate) turns: Vec<Vec<Vec<Quantity>>>,
    pub(crate) moves: Vec<Vec<Vec<Quantity>>>,
    pub(crate) lengths: Vec<Quantity>,
    /// Actors' scores, then measures: one cluster a draw, or one a play where there are no draws.
    pub(crate) lanes: Vec<RatioMoments>,
    /// Measures that are divided by a ratio, in the same clusters.
    pub(crate) products: Vec<ProductMoments>,
    /// Each draw's shares of outcomes, `[draw][classification][outcome]`; none of one that weighs nothing.
    pub(crate) by_draw: Vec<Option<Vec<Vec<f64>>>>,
    moves_of: Vec<usize>,
}

impl Observed {
    pub(crate) fn new(layout: &TallyLayout, moves_of: Vec<usize>, weighed: Weighed) -> Self {
        let row = |n: usize| vec![Quantity::default(); n];
        let rows = |sizes: &[usize]| -> Vec<Vec<Quantity>> { sizes.iter().map(|&n| row(n)).collect() };
        Self {
            weighed,
            outcomes: rows(&layout.classes),
            joint: row(layout.joint),
            turns: vec![rows(&layout.levels); layout.turns + 1],
            moves: vec![rows(&moves_of); layout.turns],
            lengths: row(layout.turns + 1),
            lanes: Vec::new(),
            products: Vec::new(),
            by_draw: Vec::new(),
            moves_of,
        }
    }

    /// Adds what was counted under one draw, or all there is where there are no draws.
    /// A draw that weighs nothing leaves no trace but its place among the draws.
    pub(crate) fn push(&mut self, layout: &TallyLayout, tally: &Tally, weight: f64) {
        let plays = tally.plays;
        if weight > 0.0 {
            push_rows(&mut self.outcomes, &tally.outcomes, plays, weight);
            push_row(&mut self.joint, &tally.joint, plays, weight);
            push_row(&mut self.lengths, &tally.lengths, plays, weight);
            for (mine, counts) in self.turns.iter_mut().zip(tally.levels(layout)) {
                push_rows(mine, &counts, plays, weight);
            }
            for (mine, counts) in self.moves.iter_mut().zip(tally.moves(layout, &self.moves_of)) {
                for (mine, counts) in mine.iter_mut().zip(counts) {
                    push_row(mine, &counts, counts.iter().sum(), weight);
                }
            }
            self.push_lanes(tally, weight);
            self.push_products(tally, weight);
        }
        if self.weighed.draws > 0 {
            #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
            let share = |count: &u64| *count as f64 / plays as f64;
            let shares = || tally.outcomes.iter().map(|row| row.iter().map(share).collect()).collect();
            self.by_draw.push((weight > 0.0).then(shares));
        }
    }

    fn push_lanes(&mut self, tally: &Tally, weight: f64) {
        self.lanes.resize(tally.accumulators.len(), RatioMoments::default());
        for (moments, sums) in self.lanes.iter_mut().zip(&tally.accumulators) {
            if self.weighed.draws > 0 {
                moments.push(weight * sums.n, weight * sums.d);
            } else {
                moments.merge(sums);
            }
        }
    }

    fn push_products(&mut self, tally: &Tally, weight: f64) {
        let empty = |theirs: &ProductMoments| ProductMoments::new(theirs.sums().len());
        if self.products.is_empty() {
            self.products = tally.products.iter().map(empty).collect();
        }
        for (moments, sums) in self.products.iter_mut().zip(&tally.products) {
            if self.weighed.draws > 0 {
                let sums: Vec<(f64, f64)> =
                    sums.sums().iter().map(|(n, d)| (weight * n, weight * d)).collect();
                moments.push(&sums);
            } else {
                moments.merge(sums);
            }
        }
    }

    pub(crate) fn critical(&self) -> Critical {
        self.weighed.critical()
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
        proportion(&self.lanes[lane], self.weighed.trials(trials), self.critical())
    }
}

fn push_row(row: &mut [Quantity], counts: &[u64], trials: u64, weight: f64) {
    for (quantity, count) in row.iter_mut().zip(counts) {
        quantity.push(*count, trials, weight);
    }
}

fn push_rows(rows: &mut [Vec<Quantity>], counts: &[Vec<u64>], trials: u64, weight: f64) {
    for (row, counts) in rows.iter_mut().zip(counts) {
        push_row(row, counts, trials, weight);
    }
}
