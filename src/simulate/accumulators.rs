//! Sums that a play gathers: each actor's score, then each measure's sum over the turns.
//!
//! They are added in blocks of four, as many as a register holds, and rows are padded to whole blocks, so that the
//! compiler adds a block at a time without a rest to look after. An order of addition is part of the result: blocks
//! never mix accumulators, so every accumulator is summed payment by payment, in the order of payments.

use crate::scenario::{ActorId, MeasureId, Scenario, ids};

/// Accumulators are added so many at a time.
pub(crate) const BLOCK: usize = 4;

/// Accumulators that are added together.
pub(crate) type AccumulatorBlock = [f64; BLOCK];

ids! {
    /// One of the sums that a play gathers: an index into [`PlayEnd::accumulated`](super::PlayEnd::accumulated).
    AccumulatorId,
}

/// Which accumulators there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Accumulators {
    actors: usize,
    measures: usize,
}

impl Accumulators {
    /// Those of a scenario's plays.
    pub(crate) fn new(scenario: &Scenario) -> Self {
        Self { actors: scenario.actors.len(), measures: scenario.measures.len() }
    }

    /// How many stand for something; what is behind them pads rows.
    pub(crate) fn len(self) -> usize {
        self.actors + self.measures
    }

    /// How many of them are scores.
    pub(crate) fn scores(self) -> usize {
        self.actors
    }

    /// The score of an actor: scores come first.
    pub(crate) fn score(actor: ActorId) -> AccumulatorId {
        AccumulatorId::new(actor.index())
    }

    /// The sum of a measure.
    pub(crate) fn measure(self, measure: MeasureId) -> AccumulatorId {
        AccumulatorId::new(self.actors + measure.index())
    }

    /// A row in which one accumulator has an amount, and the others nothing.
    pub(crate) fn row(self, accumulator: AccumulatorId, amount: f64) -> Vec<AccumulatorBlock> {
        let mut row = vec![0.0; self.len()];
        row[accumulator.index()] = amount;
        in_blocks(row, 0.0)
    }
}

/// Values in whole [`AccumulatorBlock`]s, padded with `padding`.
pub(crate) fn in_blocks(mut values: Vec<f64>, padding: f64) -> Vec<AccumulatorBlock> {
    values.resize(values.len().next_multiple_of(BLOCK), padding);
    values.as_chunks().0.to_vec()
}
