//! Numbers as people write them: the simplest fraction that is meant.

/// A fraction in lowest terms; the denominator is positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// Above the line.
    pub numerator: i128,
    /// Below it.
    pub denominator: i128,
}

impl Fraction {
    /// The nearest float.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "as near as a float comes is what is asked for")]
    pub fn value(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

/// Beyond this, floats are whole numbers, and fractions of them outgrow what is computed with here.
const WHOLE: f64 = 1e15;

/// The fraction with the smallest denominator within `tolerance` of a finite number: 1/3 for
/// 0.3333333333333333, 3/10 for 0.1 + 0.2. O(log of the denominator).
///
/// # Examples
/// ```
/// use demarche::equilibrium::simplest;
/// let third = simplest(0.1 + 0.2, 1e-12);
/// assert_eq!((third.numerator, third.denominator), (3, 10));
/// ```
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "whole numbers of up to 1e15, or saturating beyond")]
pub fn simplest(number: f64, tolerance: f64) -> Fraction {
    if number.abs() >= WHOLE {
        return Fraction { numerator: number as i128, denominator: 1 };
    }
    // At whole numbers that are large, a share of them is more than one.
    let tolerance = tolerance.min(0.25);
    let (low, high) = (number.abs() - tolerance, number.abs() + tolerance);
    let found = if low <= 0.0 { Fraction { numerator: 0, denominator: 1 } } else { between(low, high) };
    Fraction { numerator: if number < 0.0 { -found.numerator } else { found.numerator }, ..found }
}

/// The simplest fraction in a range of positive numbers, by continued fractions: where both ends share
/// their whole part, what is simplest is decided by the reciprocals of what is left.
#[expect(clippy::cast_possible_truncation, reason = "the whole parts of numbers below 1e15")]
fn between(mut low: f64, mut high: f64) -> Fraction {
    // Convergents: the last and the one before it.
    let (mut last, mut before) = ((1_i128, 0_i128), (0_i128, 1_i128));
    loop {
        let whole = low.ceil();
        let (digit, done) = if whole <= high { (whole, true) } else { (low.floor(), false) };
        let digit_int = digit as i128;
        let next = (
            digit_int.saturating_mul(last.0).saturating_add(before.0),
            digit_int.saturating_mul(last.1).saturating_add(before.1),
        );
        if done || next.1 > 1 << 60 {
            return Fraction { numerator: next.0, denominator: next.1 };
        }
        (before, last) = (last, next);
        (low, high) = (1.0 / (high - digit), 1.0 / (low - digit));
    }
}

/// A number in three digits, for people.
pub(crate) fn short(number: f64) -> String {
    // Rounded in decimal; where that leaves no long row of zeros, written out.
    let rounded = format!("{number:.2e}");
    match rounded.parse::<f64>() {
        Ok(near) if near == 0.0 || (1e-4..1e6).contains(&near.abs()) => near.to_string(),
        _ => rounded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(number: f64, expected: (i128, i128)) {
        let found = simplest(number, number.abs() * 1e-12);
        assert_eq!((found.numerator, found.denominator), expected, "{number}");
    }

    #[test]
    fn floats_are_read_as_the_fractions_that_were_meant() {
        check(0.0, (0, 1));
        check(-2.5, (-5, 2));
        check(1.0 / 3.0, (1, 3));
        check(-22.0 / 7.0, (-22, 7));
        check(0.1 + 0.2, (3, 10));
        check(1e14 + 0.5, (200_000_000_000_001, 2));
        check(12_345_678_901_234.0, (12_345_678_901_234, 1));
        check(1e-9, (1, 1_000_000_000));
        check(1e18, (1_000_000_000_000_000_000, 1));
    }

    #[test]
    fn what_is_within_rounding_of_zero_is_zero() {
        let found = simplest(0.1 + 0.2 - 0.3, 1e-15);
        assert_eq!((found.numerator, found.denominator), (0, 1));
    }

    #[test]
    fn numbers_of_any_size_are_short() {
        let check = |number: f64, expected: &str| assert_eq!(short(number), expected);
        check(0.0, "0");
        check(0.5, "0.5");
        check(1.372_183_5, "1.37");
        check(0.001_235_9, "0.00124");
        check(1999.7, "2000");
        check(1.553_235_9e-19, "1.55e-19");
        check(-2.5e15, "-2.50e15");
    }
}
