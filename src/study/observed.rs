//! Counts over plays, summed up draw by draw where there are draws.

use serde::{Deserialize, Serialize};

use super::clusters::Clusters;
use super::measure::Kind;
use super::tree::Merge;
use crate::simulate::{Tally, TallyLayout};
use crate::stats::{Estimate, ProductMoments, RatioMoments};

/// A quantity that is estimated as a ratio of counts: of plays, or of turns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Over draws: one cluster a draw, as often as it weighs.
    pub(crate) moments: RatioMoments,
    /// Over plays.
    hits: u64,
    trials: u64,
}

impl Quantity {
    /// One draw's counts.
    pub(crate) fn of(hits: u64, trials: u64, weight: f64) -> Self {
        let mut quantity = Self::default();
        quantity.push(hits, trials, weight);
        quantity
    }

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
        self.estimate(Clusters::alike(draws))
    }

    /// The share with its interval; `None` where it was never tried.
    #[must_use]
    pub(crate) fn estimate(&self, clusters: Clusters) -> Option<Estimate> {
        if clusters.draws == 0 {
            return crate::stats::binomial(self.hits, self.trials);
        }
        Kind::Share.of_plays(&self.moments, self.trials, clusters)
    }
}

impl Merge for Quantity {
    fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
        self.hits += other.hits;
        self.trials += other.trials;
    }
}

/// How many quantities of which sort a run observes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shape {
    outcomes: Vec<usize>,
    joint: usize,
    lengths: usize,
    levels: Vec<usize>,
    /// Moves of each seat.
    moves: Vec<usize>,
}

impl Shape {
    pub(crate) fn new(layout: &TallyLayout, moves: Vec<usize>) -> Self {
        Self {
            outcomes: layout.classes.clone(),
            joint: layout.joint,
            lengths: layout.turns + 1,
            levels: layout.levels.clone(),
            moves,
        }
    }
}

/// All that a run observes of one scenario.
#[derive(Clone, Debug)]
pub(crate) struct Observed {
    /// Outcomes, joint outcomes, lengths, levels turn by turn, moves turn by turn, in the order of [`Shape`].
    quantities: Vec<Quantity>,
    /// Actors' scores, then measures: one cluster a draw, or one a play where there are no draws.
    pub(crate) accumulators: Vec<RatioMoments>,
    /// Measures that are divided by a ratio, in the same clusters.
    pub(crate) products: Vec<ProductMoments>,
    /// Each draw's shares of outcomes, `[draw][classification][outcome]`; none of one that weighs nothing.
    pub(crate) by_draw: Vec<Option<Vec<Vec<f64>>>>,
}

impl Observed {
    /// What was counted under one draw, or all there is where there are no draws. A draw that weighs nothing leaves no
    /// trace but its place among the draws.
    pub(crate) fn of_draw(
        (layout, shape): (&TallyLayout, &Shape),
        tally: &Tally,
        (draw, weight): (Option<u64>, f64),
    ) -> Self {
        let accumulators = vec![RatioMoments::default(); tally.accumulators.len()];
        let products = tally.products.iter().map(ProductMoments::like).collect();
        let mut observed = Self { quantities: Vec::new(), accumulators, products, by_draw: Vec::new() };
        let plays = tally.plays;
        if weight > 0.0 {
            observed.quantities = quantities(layout, shape, tally, weight);
            observed.sum(tally, draw.map(|_| weight));
        }
        if draw.is_some() {
            #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
            let share = |count: &u64| *count as f64 / plays as f64;
            let shares = || tally.outcomes.iter().map(|row| row.iter().map(share).collect()).collect();
            observed.by_draw.push((weight > 0.0).then(shares));
        }
        observed
    }

    /// Takes up what is no count: as one cluster of that weight, or every play as one.
    fn sum(&mut self, tally: &Tally, weight: Option<f64>) {
        for (moments, sums) in self.accumulators.iter_mut().zip(&tally.accumulators) {
            match weight {
                Some(weight) => moments.push_sum(sums, weight),
                None => moments.merge(sums),
            }
        }
        for (moments, sums) in self.products.iter_mut().zip(&tally.products) {
            match weight {
                Some(weight) => moments.push_sum(sums, weight),
                None => moments.merge(sums),
            }
        }
    }

    /// The quantities, sorted; nothing where no play counts.
    pub(crate) fn sorted(&self, shape: &Shape) -> Option<Sorted<'_>> {
        if self.quantities.is_empty() {
            return None;
        }
        let mut rest = Rest(&self.quantities);
        let turns = shape.lengths;
        Some(Sorted {
            outcomes: rest.rows(&shape.outcomes),
            joint: rest.take(shape.joint),
            lengths: rest.take(turns),
            turns: (0..turns).map(|_| rest.rows(&shape.levels)).collect(),
            moves: (1..turns).map(|_| rest.rows(&shape.moves)).collect(),
        })
    }
}

/// The quantities of a run, sorted.
pub(crate) struct Sorted<'o> {
    pub(crate) outcomes: Vec<&'o [Quantity]>,
    pub(crate) joint: &'o [Quantity],
    pub(crate) lengths: &'o [Quantity],
    /// `turns[turn][variable][level]`
    pub(crate) turns: Vec<Vec<&'o [Quantity]>>,
    /// `moves[turn][seat][move]`
    pub(crate) moves: Vec<Vec<&'o [Quantity]>>,
}

/// Quantities that are still to be sorted.
struct Rest<'o>(&'o [Quantity]);

impl<'o> Rest<'o> {
    fn take(&mut self, count: usize) -> &'o [Quantity] {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    fn rows(&mut self, sizes: &[usize]) -> Vec<&'o [Quantity]> {
        sizes.iter().map(|&size| self.take(size)).collect()
    }
}

/// What a tally counted, in the order of [`Observed::quantities`].
fn quantities(layout: &TallyLayout, shape: &Shape, tally: &Tally, weight: f64) -> Vec<Quantity> {
    let mut all = Vec::new();
    let mut push = |counts: &[u64], trials: u64| {
        all.extend(counts.iter().map(|&hits| Quantity::of(hits, trials, weight)));
    };
    let plays = tally.plays;
    tally.outcomes.iter().for_each(|row| push(row, plays));
    push(&tally.joint, plays);
    push(&tally.lengths, plays);
    tally.levels(layout).iter().flatten().for_each(|row| push(row, plays));
    for row in tally.moves(layout, &shape.moves).iter().flatten() {
        push(row, row.iter().sum());
    }
    all
}

impl Merge for Observed {
    fn merge(&mut self, other: &Self) {
        if self.quantities.is_empty() {
            self.quantities.clone_from(&other.quantities);
        } else {
            self.quantities.iter_mut().zip(&other.quantities).for_each(|(mine, theirs)| mine.merge(theirs));
        }
        self.accumulators.iter_mut().zip(&other.accumulators).for_each(|(mine, theirs)| mine.merge(theirs));
        self.products.iter_mut().zip(&other.products).for_each(|(mine, theirs)| mine.merge(theirs));
        self.by_draw.extend_from_slice(&other.by_draw);
    }
}

impl Merge for Tally {
    fn merge(&mut self, other: &Self) {
        Self::merge(self, other);
    }
}
