//! Probabilities as thresholds: which option a random word picks.

use crate::game::Code;

/// Thresholds are compared so many at a time: eight fill a register, and most menus are no longer, so that a choice
/// is one comparison without a branch. The compiler makes it of the plain loop in [`ThresholdBlock::passed`], as wide as
/// the machine for which it is compiled.
const BLOCK: usize = 8;

/// How the members of a component choose in one cell, all in one piece of memory: for each member and mode, a
/// row of cumulative thresholds with the codes that words between them pick.
#[derive(Debug)]
pub(crate) struct CumulativeRows(Box<[ThresholdBlock]>);

/// Some thresholds, and for each how many words pass so far, the code that is picked.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct ThresholdBlock {
    thresholds: [u32; BLOCK],
    codes: [Code; BLOCK],
}

/// Where a member's rows stand in its component's [`CumulativeRows`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowPosition {
    /// The step at which its first row begins.
    first: usize,
    /// Steps in a row.
    blocks: usize,
}

impl RowPosition {
    /// The places of members with at most these numbers of options, and of modes.
    pub(crate) fn all(members: impl Iterator<Item = (usize, usize)>) -> Vec<Self> {
        let mut first = 0;
        members
            .map(|(options, modes)| {
                let place = Self { first, blocks: options.div_ceil(BLOCK) };
                first += place.blocks * modes;
                place
            })
            .collect()
    }
}

impl CumulativeRows {
    /// For each member its place, its options' codes, and their probabilities in each mode.
    pub(crate) fn new(members: &[(RowPosition, &[Code], Vec<&[f64]>)]) -> Self {
        let mut all = Vec::new();
        for (place, codes, modes) in members {
            for probabilities in modes {
                let (mut thresholds, last) = cumulative(probabilities);
                thresholds.resize(place.blocks * BLOCK, u32::MAX);
                // Words that pass the last option that has any chance pick it too.
                let codes: Vec<Code> = (0..place.blocks * BLOCK).map(|at| codes[at.min(last)]).collect();
                let steps = thresholds.as_chunks().0.iter().zip(codes.as_chunks().0);
                all.extend(steps.map(|(&thresholds, &codes)| ThresholdBlock { thresholds, codes }));
            }
        }
        Self(all.into_boxed_slice())
    }

    /// The code of the option that a word picks for the member at `place`, in a mode.
    #[inline(always)]
    pub(crate) fn code(&self, place: RowPosition, mode: usize, word: u32) -> Code {
        if place.blocks == 1 {
            let step = &self.0[place.first + mode];
            return step.codes[step.passed(word).min(BLOCK - 1)];
        }
        let row = &self.0[place.first + place.blocks * mode..][..place.blocks];
        let passed: usize = row.iter().map(|step| step.passed(word)).sum();
        let passed = passed.min(place.blocks * BLOCK - 1);
        row[passed / BLOCK].codes[passed % BLOCK]
    }
}

impl ThresholdBlock {
    /// How many thresholds a word passes.
    #[inline(always)]
    fn passed(&self, word: u32) -> usize {
        self.thresholds.iter().map(|threshold| u32::from(*threshold <= word)).sum::<u32>() as usize
    }
}

/// The number of words, of 2^32, that a probability takes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in [0, 2^32] by construction")]
pub(crate) fn threshold(probability: f64) -> u64 {
    (probability.clamp(0.0, 1.0) * 4_294_967_296.0).round() as u64
}

/// The entry that a word picks, of probabilities that are asked for once: as [`CumulativeRows`] would.
pub(crate) fn sample(probabilities: &[f64], word: u32) -> usize {
    let last = probabilities.iter().rposition(|p| *p > 0.0).unwrap_or(0);
    let mut sum = 0.0;
    let passed = probabilities[..last].iter().position(|p| {
        sum += p;
        u64::from(word) < threshold(sum)
    });
    passed.unwrap_or(last)
}

/// Cumulative thresholds, one less than there are probabilities, and the last entry that has any.
///
/// Cumulative, not alias tables: they are monotone, so that nearly equal policies pick the same option
/// from the same word.
pub(crate) fn cumulative(probabilities: &[f64]) -> (Vec<u32>, usize) {
    let last = probabilities.iter().rposition(|p| *p > 0.0).unwrap_or(0);
    let mut sum = 0.0;
    let thresholds = probabilities[..probabilities.len() - 1].iter().map(|p| {
        sum += p;
        u32::try_from(threshold(sum)).unwrap_or(u32::MAX)
    });
    (thresholds.collect(), last)
}
