//! A search for the root of a function of which only values are known.

/// Where to look next between two places at which a function has opposite signs: at most one look more than
/// halving needs, and on smooth functions far fewer.
///
/// # References
/// Oliveira and Takahashi (2021), An enhancement of the bisection method average performance preserving minmax
/// optimality, ACM Transactions on Mathematical Software 47(1), doi:10.1145/3423597; with k1 = 0.2 over the first
/// width, k2 = 2, n0 = 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Itp {
    /// The width at the start.
    first: f64,
    /// The width that is wanted.
    wanted: f64,
    /// Looks that may still be needed.
    left: u32,
}

/// How far regula falsi is moved towards the middle, as a share of the width.
const TRUNCATION: f64 = 0.2;

impl Itp {
    /// A search from a bracket of that width to one of the width that is wanted; both above 0.
    pub(super) fn new(width: f64, wanted: f64) -> Self {
        let mut left = 1;
        let mut rest = width;
        while rest > wanted && left < 60 {
            rest /= 2.0;
            left += 1;
        }
        Self { first: width, wanted, left }
    }

    /// Whether a bracket of that width is what is wanted.
    pub(super) fn is_done(&self, width: f64) -> bool {
        // What is projected ends exactly there, but for rounding.
        width <= self.wanted * (1.0 + 1e-9)
    }

    /// The next place to look at, between two places with the function's values there.
    pub(super) fn next(&mut self, (a, fa): (f64, f64), (b, fb): (f64, f64)) -> f64 {
        let (middle, width) = (f64::midpoint(a, b), (b - a).abs());
        let falsi = if fa == fb { middle } else { (fb * a - fa * b) / (fb - fa) };
        let inwards = (middle - falsi).signum();
        let shift = TRUNCATION / self.first * width * width;
        let truncated = if shift <= (middle - falsi).abs() { falsi + inwards * shift } else { middle };
        #[expect(clippy::cast_precision_loss, reason = "2^60 is a float")]
        let allowed = (self.wanted / 2.0 * (1_u64 << self.left) as f64 - width / 2.0).max(0.0);
        self.left = self.left.saturating_sub(1);
        let place =
            if (truncated - middle).abs() <= allowed { truncated } else { middle - inwards * allowed };
        if (place - a) * (place - b) < 0.0 { place } else { middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The root, and how often the function was asked.
    fn root(function: impl Fn(f64) -> f64, mut a: f64, mut b: f64, wanted: f64) -> (f64, u32) {
        let mut search = Itp::new((b - a).abs(), wanted);
        let mut looks = 0;
        while !search.is_done((b - a).abs()) {
            let place = search.next((a, function(a)), (b, function(b)));
            looks += 1;
            if function(place) * function(a) > 0.0 { a = place } else { b = place }
        }
        (b, looks)
    }

    #[track_caller]
    fn check(function: impl Fn(f64) -> f64, a: f64, b: f64, expected: f64, most: u32) {
        let (found, looks) = root(function, a, b, 1e-6);
        assert!((found - expected).abs() <= 1e-6, "{found} is not {expected}");
        assert!(looks <= most, "{looks} looks");
    }

    #[test]
    fn smooth_functions_take_few_looks_and_no_function_takes_more_than_halving_and_one() {
        // 2^20 is the first power beyond 10^6.
        check(|x| x - 0.3, 0.0, 1.0, 0.3, 10);
        check(|x| x * x * x - 0.2, 0.0, 1.0, 0.584_803_547_642_573, 12);
        check(|x| 0.3 - x, 1.0, 0.0, 0.3, 10);
        check(|x| if x < 0.7 { -1.0 } else { 1e-9 }, 0.0, 1.0, 0.7, 21);
        check(|x| if x < 0.01 { -1e-9 } else { 1.0 }, 0.0, 1.0, 0.01, 21);
        check(|x| x - 1.0, 0.0, 1.0, 1.0, 21);
    }
}
