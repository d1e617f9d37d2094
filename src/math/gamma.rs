//! The gamma function's logarithm, taken apart so that nothing cancels, and the chi-squared distribution.

use std::f64::consts::{PI, TAU};

use super::{exp, ln};

/// The logarithm of the gamma function less Stirling's approximation to it: ln Gamma(a) - (a - 1/2) ln a + a -
/// ln sqrt(2 pi), for a above 0.
pub(super) fn stirling_error(a: f64) -> f64 {
    const SERIES: [f64; 7] = [
        1.0 / 156.0,
        -691.0 / 360_360.0,
        1.0 / 1_188.0,
        -1.0 / 1_680.0,
        1.0 / 1_260.0,
        -1.0 / 360.0,
        1.0 / 12.0,
    ];
    if a >= 10.0 {
        let square = 1.0 / (a * a);
        return SERIES.iter().fold(0.0, |sum, c| sum * square + c) / a;
    }
    libm::lgamma(a) - (a - 0.5) * ln(a) + a - 0.5 * ln(TAU)
}

/// `ln(1 + t) - t`, for t above -1; `sum` is 1 + t.
pub(super) fn log_less_linear(t: f64, sum: f64) -> f64 {
    if t.abs() > 0.3 {
        return ln(sum) - t;
    }
    // With v = t / (2 + t): ln(1 + t) = 2 (v + v^3 / 3 + v^5 / 5 ...) and t = 2 v + t v.
    let v = t / (2.0 + t);
    let square = v * v;
    let series = (0..11).rev().fold(0.0, |series, k| series * square + 1.0 / f64::from(2 * k + 3));
    v * (2.0 * square * series - t)
}

/// The share of a chi-squared distribution that lies above `statistic`. O(sqrt(freedom)).
///
/// # Examples
/// ```
/// use demarche::math::chi_squared_upper;
/// // With two degrees of freedom: exp(-x / 2).
/// assert!((chi_squared_upper(2.0, 6.0) - (-3.0_f64).exp()).abs() < 1e-15);
/// ```
///
/// # References
/// NIST, Digital library of mathematical functions, 8.11.4 (the series) and 8.9.2 (the continued fraction).
#[must_use]
pub fn chi_squared_upper(freedom: f64, statistic: f64) -> f64 {
    let (a, x) = (freedom / 2.0, statistic / 2.0);
    if x <= 0.0 {
        return 1.0;
    }
    // x^a e^-x / Gamma(a).
    let weight = (a / (2.0 * PI)).sqrt() * exp(a * log_less_linear((x - a) / a, x / a) - stirling_error(a));
    if x < a + 1.0 { 1.0 - weight * lower_series(a, x) } else { weight / upper_fraction(a, x) }
}

fn lower_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut k) = (1.0 / a, 1.0 / a, a);
    while term > sum * f64::EPSILON / 4.0 {
        k += 1.0;
        term *= x / k;
        sum += term;
    }
    sum
}

/// By Lentz's method; all its parts are above zero where x is at least a + 1.
fn upper_fraction(a: f64, x: f64) -> f64 {
    let mut divisor = x + 1.0 - a;
    let (mut value, mut above, mut below) = (divisor, divisor, 0.0);
    let mut k = 0.0;
    loop {
        k += 1.0;
        let factor = -k * (k - a);
        divisor += 2.0;
        below = 1.0 / (divisor + factor * below);
        above = divisor + factor / above;
        let change = above * below;
        value *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            return value;
        }
    }
}
