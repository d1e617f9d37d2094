//! Sums that a play gathers: each actor's score, then each measure's sum over the turns.
//!
//! They are added in blocks of four, as many as a register holds, and rows are padded to whole blocks, so that the
//! compiler adds a block at a time without a rest to look after. An order of addition is part of the result: blocks
//! never mix accumulators, so every accumulator is summed payment by payment, in the order of payments.

/// Accumulators are added so many at a time.
pub(crate) const BLOCK: usize = 4;

/// Accumulators that are added together.
pub(crate) type AccumulatorBlock = [f64; BLOCK];

/// Values in whole [`AccumulatorBlock`]s, padded with `padding`.
pub(crate) fn in_blocks(mut values: Vec<f64>, padding: f64) -> Vec<AccumulatorBlock> {
    values.resize(values.len().next_multiple_of(BLOCK), padding);
    values.as_chunks().0.to_vec()
}
