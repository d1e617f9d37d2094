//! Probabilities as thresholds: which option a random word picks.

/// Thresholds are compared so many at a time.
const STEP: usize = 8;

/// How the members of a part choose in one cell, all in one piece of memory: for each member and mode, a
/// row of cumulative thresholds, then a row of as many codes.
#[derive(Debug)]
pub(crate) struct Picks(Box<[u32]>);

/// Where a member's rows stand in its part's [`Picks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    first: usize,
    /// Thresholds in a row: the member's options, rounded up to whole steps.
    length: usize,
}

impl Place {
    /// The places of members with at most these numbers of options, and of modes.
    pub(crate) fn all(members: impl Iterator<Item = (usize, usize)>) -> Vec<Self> {
        let mut first = 0;
        members
            .map(|(options, modes)| {
                let place = Self { first, length: options.next_multiple_of(STEP) };
                first += 2 * place.length * modes;
                place
            })
            .collect()
    }
}

impl Picks {
    /// For each member its place, its options' codes, and their probabilities in each mode.
    pub(crate) fn new(members: &[(Place, &[u32], Vec<&[f64]>)]) -> Self {
        let mut all = Vec::new();
        for (place, codes, modes) in members {
            for probabilities in modes {
                let (thresholds, last) = cumulative(probabilities);
                let padding = std::iter::repeat_n(u32::MAX, place.length - thresholds.len());
                all.extend(thresholds.into_iter().chain(padding));
                // Words that pass the last option that has any chance pick it too.
                all.extend((0..place.length).map(|at| codes[at.min(last)]));
            }
        }
        Self(all.into_boxed_slice())
    }

    /// The code of the option that a word picks for the member at `place`, in a mode.
    #[inline]
    pub(crate) fn code(&self, place: Place, mode: usize, word: u32) -> u32 {
        let row = &self.0[place.first + 2 * place.length * mode..][..2 * place.length];
        let (thresholds, codes) = row.split_at(place.length);
        let mut passed = 0;
        for step in thresholds.as_chunks::<STEP>().0 {
            passed += step.iter().map(|&threshold| u32::from(word >= threshold)).sum::<u32>();
        }
        codes[(passed as usize).min(place.length - 1)]
    }
}

/// The number of words, of 2^32, that a probability takes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in [0, 2^32] by construction")]
pub(crate) fn threshold(probability: f64) -> u64 {
    (probability.clamp(0.0, 1.0) * 4_294_967_296.0).round() as u64
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
