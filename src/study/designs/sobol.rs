//! Sobol points, plain and scrambled.

use rand::Rng;

use super::directions::DIRECTIONS;
use crate::simulate::Chance;

/// So many dimensions have direction numbers.
pub const MOST_DIMENSIONS: usize = DIRECTIONS.len() + 1;

/// Binary digits of a coordinate: as many as are exact.
const DIGITS: usize = 53;

/// The directions of one dimension: `[digit of the point's number]`, 53 binary digits each.
type Directions = [u64; DIGITS];

/// The first `count` Sobol points: `[point][dimension]`, each coordinate in [0, 1).
///
/// The points come in the order of the Gray code, the first at the origin, with the direction numbers of Joe and
/// Kuo (2008). Any power of two of them, from the first on, has as many points in each of as many equal
/// intervals, in every dimension: a number that is none loses some of that.
///
/// With a `seed` they are scrambled: each dimension's digits are multiplied by a random lower triangular matrix
/// with a diagonal of ones, and a random number is added to them, digit by digit (Matousek 1998). Each point is
/// then uniform in the cube, and means over them are unbiased, while all that was evenly spread remains so. The
/// scramble of a dimension depends on the seed and on its number alone: neither on the count nor on how many
/// dimensions there are.
///
/// Beyond [`MOST_DIMENSIONS`] there are no direction numbers: it is for the caller to see to that, and
/// coordinates there are all 0. O(`count` x `dimensions`).
///
/// # Examples
/// ```
/// use demarche::study::designs::sobol;
/// assert_eq!(sobol::points(2, 4, None), [[0.0, 0.0], [0.5, 0.5], [0.75, 0.25], [0.25, 0.75]]);
/// ```
///
/// # References
/// Joe and Kuo (2008), Constructing Sobol sequences with better two-dimensional projections, SIAM Journal on
/// Scientific Computing 30(5), 2635-2654. Matousek (1998), On the L2-discrepancy for anchored boxes, Journal of
/// Complexity 14(4), 527-556.
#[must_use]
pub fn points(dimensions: usize, count: usize, seed: Option<u64>) -> Vec<Vec<f64>> {
    let scramble = seed.map(Chance::of_designs);
    let columns: Vec<(Directions, u64)> = (0..dimensions)
        .map(|dimension| {
            let plain = directions(dimension);
            scramble.as_ref().map_or((plain, 0), |chance| scrambled(&plain, chance, dimension))
        })
        .collect();
    (0..count).map(|number| columns.iter().map(|column| coordinate(column, number)).collect()).collect()
}

/// A point's coordinate, from the directions and the shift of its dimension.
fn coordinate((directions, shift): &(Directions, u64), number: usize) -> f64 {
    let gray = number ^ (number >> 1);
    let chosen = directions.iter().enumerate().filter(|(digit, _)| gray >> digit & 1 == 1);
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    let digits = chosen.fold(*shift, |sum, (_, direction)| sum ^ direction) as f64;
    digits / 9_007_199_254_740_992.0
}

/// The directions of a dimension (0-based).
fn directions(dimension: usize) -> Directions {
    let mut directions = [0; DIGITS];
    if dimension == 0 {
        for (digit, direction) in directions.iter_mut().enumerate() {
            *direction = 1 << (DIGITS - 1 - digit);
        }
        return directions;
    }
    let Some((polynomial, first)) = DIRECTIONS.get(dimension - 1) else { return directions };
    let degree = first.len();
    for digit in 0..DIGITS {
        directions[digit] = if let Some(m) = first.get(digit) {
            m << (DIGITS - 1 - digit)
        } else {
            // The recurrence of the polynomial; that of its last coefficient, which is 1, is shifted too.
            let oldest = directions[digit - degree];
            let taken = (1..=degree).filter(|back| polynomial >> (degree - back) & 1 == 1);
            taken.fold(oldest >> degree, |sum, back| sum ^ directions[digit - back])
        };
    }
    directions
}

/// The directions after a random linear scramble of their digits, and a random shift.
fn scrambled(plain: &Directions, chance: &Chance, dimension: usize) -> (Directions, u64) {
    let mut words = chance.generator();
    words.set_stream(dimension as u64);
    let mut digits = || words.next_u64() >> (u64::BITS as usize - DIGITS);
    let shift = digits();
    let mut directions = [0; DIGITS];
    for place in (0..DIGITS).rev() {
        // This digit, and any of those that count for more.
        let row = (digits() & !((1 << place) - 1)) | 1 << place;
        for (direction, plain) in directions.iter_mut().zip(plain) {
            *direction |= u64::from((row & plain).count_ones() & 1) << place;
        }
    }
    (directions, shift)
}
