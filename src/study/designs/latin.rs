//! Latin hypercubes.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::simulate::Chance;

/// `count` points of a Latin hypercube: `[point][dimension]`, each coordinate in [0, 1).
///
/// In every dimension each of `count` equal intervals holds one point, somewhere in it; which intervals of
/// different dimensions meet in a point is left to chance. A dimension's coordinates depend on the seed, the
/// count, and its own number alone. O(`count` x `dimensions`).
///
/// # Examples
/// ```
/// use demarche::study::designs::latin;
/// let points = latin(1, 4, 7);
/// let mut quarters: Vec<u8> = points.iter().map(|point| (4.0 * point[0]) as u8).collect();
/// quarters.sort();
/// assert_eq!(quarters, [0, 1, 2, 3]);
/// ```
///
/// # References
/// `McKay`, Beckman and Conover (1979), A comparison of three methods for selecting values of input variables in the
/// analysis of output from a computer code, Technometrics 21(2), 239-245.
#[must_use]
pub fn latin(dimensions: usize, count: usize, seed: u64) -> Vec<Vec<f64>> {
    let chance = Chance::of_designs(seed);
    let columns: Vec<Vec<f64>> =
        (0..dimensions).map(|dimension| column(&chance, dimension as u64, count)).collect();
    (0..count).map(|point| columns.iter().map(|column| column[point]).collect()).collect()
}

/// One dimension's coordinates.
fn column(chance: &Chance, dimension: u64, count: usize) -> Vec<f64> {
    let mut words = chance.generator();
    // Far from the streams of Sobol points, so that the two designs of one seed have nothing in common.
    words.set_stream((1 << 63) | dimension);
    let mut intervals: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        intervals.swap(last, below(&mut words, last as u64 + 1));
    }
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    let coordinate = |interval: usize| (interval as f64 + uniform(&mut words)) / count as f64;
    intervals.into_iter().map(coordinate).collect()
}

/// A whole number below `bound`, all alike: by Lemire's multiplication, what would favour some is drawn again.
fn below(words: &mut ChaCha8Rng, bound: u64) -> usize {
    loop {
        let product = u128::from(words.next_u64()) * u128::from(bound);
        #[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
        let low = product as u64;
        if low >= bound.wrapping_neg() % bound {
            return usize::try_from(product >> 64).unwrap_or(0);
        }
    }
}

/// A number in [0, 1), with few enough digits that an interval's last one does not round into the next.
fn uniform(words: &mut ChaCha8Rng) -> f64 {
    f64::from(words.next_u32()) / 4_294_967_296.0
}
