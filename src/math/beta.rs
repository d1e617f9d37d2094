//! The beta distribution, and Student's by it.

use std::f64::consts::PI;

use super::gamma::{log_less_linear, stirling_error};
use super::{exp, ln, normal_quantile, pow};

/// The number below which a share `p` of the beta distribution with shapes `a` and `b` lies; shapes from 0.001 to
/// 1,000,000. About half a microsecond where shapes are small, O(sqrt(a + b)) where they are large.
///
/// Good to a few units in the last place of the value, or of `p` where the value depends on it steeply.
///
/// # Examples
/// ```
/// use demarche::math::beta_quantile;
/// // With shapes 2 and 2, a share of 3 x^2 - 2 x^3 lies below x.
/// assert!((beta_quantile(2.0, 2.0, 0.156_25) - 0.25).abs() < 1e-15);
/// ```
#[must_use]
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    place(a, b, p).x
}

/// The number that a share `upper` of Student's distribution exceeds, for `upper` up to 1/2.
///
/// # Examples
/// ```
/// use demarche::math::student_quantile;
/// // One degree of freedom is Cauchy's distribution.
/// assert!((student_quantile(1.0, 0.25) - 1.0).abs() < 1e-15);
/// ```
///
/// # References
/// NIST, Digital library of mathematical functions, 8.17(i); Student (1908), The probable error of a mean,
/// Biometrika 6(1), 1-25.
#[must_use]
pub fn student_quantile(freedom: f64, upper: f64) -> f64 {
    let at = place(freedom / 2.0, 0.5, 2.0 * upper);
    (freedom * at.y / at.x).sqrt()
}

/// A number between 0 and 1 and what it lacks of 1, both with all their digits.
#[derive(Clone, Copy, Debug)]
struct Place {
    x: f64,
    y: f64,
}

impl Place {
    fn of_x(x: f64) -> Self {
        Self { x, y: 1.0 - x }
    }

    fn of_odds(odds: f64) -> Self {
        Self { x: odds / (1.0 + odds), y: 1.0 / (1.0 + odds) }
    }

    fn exchanged(self) -> Self {
        Self { x: self.y, y: self.x }
    }

    /// Where the logarithm of the odds is greater by `step`.
    fn moved(self, step: f64) -> Self {
        let moved = |share: f64, step: f64| {
            let more = libm::expm1(step);
            Self::of_x(share * (1.0 + more) / (1.0 + share * more))
        };
        if self.x <= self.y { moved(self.x, step) } else { moved(self.y, -step).exchanged() }
    }
}

fn place(a: f64, b: f64, p: f64) -> Place {
    if p <= 0.0 {
        Place { x: 0.0, y: 1.0 }
    } else if p >= 1.0 {
        Place { x: 1.0, y: 0.0 }
    } else if p <= 0.5 {
        Beta::new(a, b).invert(p, 1.0 - p)
    } else {
        Beta::new(b, a).invert(1.0 - p, p).exchanged()
    }
}

struct Beta {
    a: f64,
    b: f64,
    sum: f64,
    /// The logarithm of the weight where x is the mean.
    at_mean: f64,
}

/// After a step from where the logarithm of the share was off by less, nothing is left that floats show: each
/// step cubes what is off.
const NEAR: f64 = 3e-6;

impl Beta {
    fn new(a: f64, b: f64) -> Self {
        let sum = a + b;
        let at_mean =
            0.5 * ln(a / sum * b / (2.0 * PI)) + stirling_error(sum) - stirling_error(a) - stirling_error(b);
        Self { a, b, sum, at_mean }
    }

    /// Where a share `p`, at most 1/2, lies below, and `q` above.
    ///
    /// Seen over the logarithm of the odds of x, the density is log-concave, so the logarithm of the share below is
    /// concave: from anywhere, Newton's method comes to the left of the root in one step, and then climbs to it.
    /// Halley's corrects it by the curvature, which is known.
    fn invert(&self, p: f64, q: f64) -> Place {
        let mut at = self.guess(p, q);
        for _ in 0..100 {
            // So near to an end the guess is exact, but for digits that such numbers have no room for.
            if at.x.min(at.y) < f64::MIN_POSITIVE {
                break;
            }
            let (off, slope) = self.log_share(at, p, q);
            let newton = -off / slope;
            let curved = 1.0 + newton * (-self.beyond_mean(at) - slope) / 2.0;
            let step = if curved > 0.5 { newton / curved } else { newton };
            // Far to the right the share hardly rises, and a step would lead out of sight.
            at = at.moved(step.max(-4.0));
            if off.abs() < NEAR {
                break;
            }
        }
        at
    }

    /// How far x lies beyond the mean, times the sum of the shapes.
    fn beyond_mean(&self, at: Place) -> f64 {
        if at.x <= at.y { self.sum * at.x - self.a } else { self.b - self.sum * at.y }
    }

    /// The logarithm of x^a y^b / B(a, b), which is the density over the logarithm of the odds.
    ///
    /// Taken relative to its value at the mean, it has no large parts that cancel (Loader 2000, Fast and accurate
    /// computation of binomial probabilities).
    fn log_weight(&self, at: Place) -> f64 {
        let beyond = self.beyond_mean(at);
        let part = |shape: f64, beyond: f64, share: f64| {
            shape * log_less_linear(beyond / shape, self.sum * share / shape)
        };
        self.at_mean + part(self.a, beyond, at.x) + part(self.b, -beyond, at.y)
    }

    /// The logarithm of the share below x less that of `p`, and its derivative by the logarithm of the odds.
    fn log_share(&self, at: Place, p: f64, q: f64) -> (f64, f64) {
        let log_weight = self.log_weight(at);
        let beyond = self.beyond_mean(at);
        if beyond <= 0.0 {
            let fraction = fraction(self.a, self.b, -beyond, at);
            return (log_weight - ln(fraction * p), fraction);
        }
        let weight = exp(log_weight);
        let above = weight / fraction(self.b, self.a, beyond, at.exchanged());
        (libm::log1p((q - above) / p), weight / (p + (q - above)))
    }

    fn guess(&self, p: f64, q: f64) -> Place {
        if self.a >= 1.0 && self.b >= 1.0 { self.by_normal(p) } else { self.by_powers(p, q) }
    }

    /// Abramowitz and Stegun (1964), 26.5.22.
    fn by_normal(&self, p: f64) -> Place {
        let normal = -normal_quantile(p);
        let (of_a, of_b) = (1.0 / (2.0 * self.a - 1.0), 1.0 / (2.0 * self.b - 1.0));
        let mean = 2.0 / (of_a + of_b);
        let lambda = (normal * normal - 3.0) / 6.0;
        let skew = (of_b - of_a) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * mean));
        Place::of_odds(self.a / self.b * exp(-2.0 * (normal * (mean + lambda).sqrt() / mean - skew)))
    }

    /// Each end of the distribution as a power, exact where the other hardly matters.
    fn by_powers(&self, p: f64, q: f64) -> Place {
        let (log_a, log_b) = (ln(self.a / self.sum), ln(self.b / self.sum));
        let (low, high) = (exp(self.a * log_a) / self.a, exp(self.b * log_b) / self.b);
        if p * (low + high) < low {
            let log_beta = self.a * log_a + self.b * log_b - self.at_mean;
            Place::of_x(exp((ln(self.a * p) + log_beta) / self.a).min(0.9))
        } else {
            let upper = pow(self.b * (low + high) * q, 1.0 / self.b).min(0.9);
            Place::of_x(upper).exchanged()
        }
    }
}

/// What the weight is divided by to give the share below x, where x is at most the mean; `short` is how far it
/// lies below it, times the sum of the shapes.
///
/// # References
/// `DiDonato` and Morris (1992), Algorithm 708: significant digit computation of the incomplete beta function ratios,
/// ACM Transactions on Mathematical Software 18(3), 360-373, equation 9; evaluated by Lentz's method.
fn fraction(a: f64, b: f64, short: f64, at: Place) -> f64 {
    let mut value = a * (short + 1.0) / (a + 1.0);
    let (mut above, mut below) = (value, 0.0);
    let mut m = 0.0;
    while m < 1e6 {
        m += 1.0;
        let odd = a + 2.0 * m - 1.0;
        let share = m * (b - m) * at.x / odd;
        let factor = (a + m - 1.0) * (a + b + m - 1.0) * at.x / odd * share;
        let divisor = m + share + (a + m) * (short + 1.0 + m * (1.0 + at.y)) / (odd + 2.0);
        below = 1.0 / (divisor + factor * below);
        above = divisor + factor / above;
        let change = above * below;
        value *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}
