//! Floats as whole numbers over a common denominator, and quotients of whole numbers as floats.

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::simplest;

/// Numbers over a common denominator.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Whole {
    pub(crate) numerators: Vec<BigInt>,
    /// Above zero.
    pub(crate) denominator: BigInt,
}

/// A common denominator of more bits is taken for a sign that the numbers are no short fractions.
const MOST_BITS: u64 = 64;

impl Whole {
    /// Finite numbers, each as the simplest fraction that is written so: 1/3 for 0.3333333333333333. Where that
    /// finds no common denominator of moderate size, as the exact value of the float.
    pub(crate) fn of(numbers: &[f64]) -> Self {
        Self::by_fractions(numbers).unwrap_or_else(|| Self::by_bits(numbers))
    }

    fn by_fractions(numbers: &[f64]) -> Option<Self> {
        let fraction = |&number: &f64| {
            let near = simplest(number, number.abs() * 1e-14);
            (near.value() == number).then_some(near)
        };
        let fractions: Vec<_> = numbers.iter().map(fraction).collect::<Option<_>>()?;
        let mut denominator = BigInt::one();
        for fraction in &fractions {
            denominator = common_multiple(&denominator, &fraction.denominator.into());
            if denominator.bits() > MOST_BITS {
                return None;
            }
        }
        let numerators = fractions.iter().map(|f| &denominator / f.denominator * f.numerator).collect();
        Some(Self { numerators, denominator })
    }

    fn by_bits(numbers: &[f64]) -> Self {
        let parts: Vec<(i64, i32)> = numbers.iter().map(|&number| taken_apart(number)).collect();
        let least = parts.iter().filter(|(digits, _)| *digits != 0).map(|(_, exponent)| *exponent).min();
        let least = least.unwrap_or(0).min(0);
        let whole = |&(digits, exponent): &(i64, i32)| match digits {
            0 => BigInt::zero(),
            _ => BigInt::from(digits) << (exponent - least),
        };
        Self { numerators: parts.iter().map(whole).collect(), denominator: BigInt::one() << -least }
    }

    /// The floats nearest to the numbers.
    pub(crate) fn floats(&self) -> Vec<f64> {
        self.numerators.iter().map(|numerator| quotient(numerator, &self.denominator)).collect()
    }
}

/// A finite float as an odd number, or zero, times a power of two.
fn taken_apart(number: f64) -> (i64, i32) {
    const FRACTION: u32 = f64::MANTISSA_DIGITS - 1;
    // Eleven bits of the exponent, below them 52 of the digits.
    let stored = ((number.to_bits() >> FRACTION) & 0x7ff) as u32;
    let hidden = u64::from(stored != 0) << FRACTION;
    let digits = number.to_bits() & ((1 << FRACTION) - 1) | hidden;
    if digits == 0 {
        return (0, 0);
    }
    let even = digits.trailing_zeros();
    let size = (digits >> even).cast_signed();
    let exponent = (stored.max(1) + even).cast_signed() - (f64::MAX_EXP - 1) - FRACTION.cast_signed();
    (if number < 0.0 { -size } else { size }, exponent)
}

pub(crate) fn common_multiple(a: &BigInt, b: &BigInt) -> BigInt {
    let (mut greater, mut less) = (a.clone(), b.clone());
    while !less.is_zero() {
        (greater, less) = (less.clone(), greater % &less);
    }
    a / greater * b
}

/// The float nearest to a quotient; the denominator is above zero.
pub(crate) fn quotient(numerator: &BigInt, denominator: &BigInt) -> f64 {
    if numerator.is_zero() {
        return 0.0;
    }
    // 66 digits or more, the last of them odd where anything is left over, round as the quotient itself would.
    let more = 66 + i64::try_from(denominator.bits()).unwrap_or(i64::MAX)
        - i64::try_from(numerator.bits()).unwrap_or(i64::MAX);
    let (above, below) = if more >= 0 {
        (numerator.abs() << more, denominator.clone())
    } else {
        (numerator.abs(), denominator << -more)
    };
    let (digits, rest) = (&above / &below, &above % &below);
    let digits = if rest.is_zero() { digits } else { digits | BigInt::one() };
    let size = digits.to_f64().unwrap_or(f64::INFINITY);
    let scaled =
        libm::scalbn(size, i32::try_from(-more).unwrap_or(if more > 0 { i32::MIN } else { i32::MAX }));
    if numerator.is_negative() { -scaled } else { scaled }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(numbers: &[f64], numerators: &[i64], denominator: i64) {
        let numerators = numerators.iter().map(|&number| number.into()).collect();
        assert_eq!(Whole::of(numbers), Whole { numerators, denominator: denominator.into() });
        assert_eq!(Whole::of(numbers).floats(), numbers);
    }

    #[test]
    fn numbers_are_read_as_they_were_written() {
        check(&[0.1, -2.5, 0.0], &[1, -25, 0], 10);
        check(&[1.0 / 3.0, 1.0 / 7.0], &[7, 3], 21);
        check(&[1e10, -10_000_000_001.0], &[10_000_000_000, -10_000_000_001], 1);
        check(&[], &[], 1);
    }

    #[test]
    fn what_is_no_short_fraction_is_read_bit_by_bit() {
        let numbers = [std::f64::consts::PI, -1e-300, f64::MAX, f64::MIN_POSITIVE / 4.0, 0.0, 3.0];
        assert_eq!(Whole::of(&numbers).floats(), numbers);
        let bits = Whole::by_bits(&[0.75, -8.0]);
        assert_eq!(bits, Whole { numerators: vec![3.into(), (-32).into()], denominator: 4.into() });
    }

    #[test]
    fn quotients_are_the_nearest_floats() {
        for (a, b) in
            [(1_i64, 3_i64), (-2, 7), (i64::MAX, 2), (1, i64::MAX), ((1 << 54) + 1, 1), ((1 << 54) + 2, 1)]
        {
            #[expect(clippy::cast_precision_loss, reason = "one rounding, as wanted")]
            let expected = if b == 1 { a as f64 } else { quotient(&a.into(), &b.into()) };
            assert_eq!(quotient(&a.into(), &b.into()), expected);
        }
        assert_eq!(quotient(&1.into(), &3.into()), 1.0 / 3.0);
        assert_eq!(quotient(&(-2).into(), &7.into()), -2.0 / 7.0);
    }
}
