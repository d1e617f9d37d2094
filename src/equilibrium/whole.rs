//! Rational numbers as whole numbers over a common denominator, and quotients of whole numbers as floats.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::Rational;

/// Numbers over a common denominator.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Whole {
    pub(crate) numerators: Vec<BigInt>,
    /// Above zero.
    pub(crate) denominator: BigInt,
}

impl Whole {
    /// These numbers; `None` where their common denominator has more bits than that.
    pub(crate) fn of(numbers: &[Rational], most_bits: u64) -> Option<Self> {
        let mut denominator = BigInt::one();
        for Rational(number) in numbers {
            if !(&denominator % number.denom()).is_zero() {
                denominator = common_multiple(&denominator, number.denom());
            }
            if denominator.bits() > most_bits {
                return None;
            }
        }
        let above = |Rational(number): &Rational| number.numer() * (&denominator / number.denom());
        Some(Self { numerators: numbers.iter().map(above).collect(), denominator })
    }

    /// One of the numbers.
    pub(crate) fn get(&self, at: usize) -> Rational {
        Rational(BigRational::new(self.numerators[at].clone(), self.denominator.clone()))
    }

    /// The floats nearest to the numbers.
    pub(crate) fn floats(&self) -> Vec<f64> {
        self.numerators.iter().map(|numerator| quotient(numerator, &self.denominator)).collect()
    }
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

    fn rationals(texts: &[&str]) -> Vec<Rational> {
        texts.iter().map(|text| text.parse().expect(text)).collect()
    }

    #[track_caller]
    fn check(texts: &[&str], numerators: &[i64], denominator: i64) {
        let numbers = rationals(texts);
        let whole = Whole::of(&numbers, 64).expect("few bits");
        let numerators = numerators.iter().map(|&number| number.into()).collect();
        assert_eq!(whole, Whole { numerators, denominator: denominator.into() });
        assert_eq!(whole.floats(), numbers.iter().map(Rational::value).collect::<Vec<_>>());
        assert_eq!((0..numbers.len()).map(|at| whole.get(at)).collect::<Vec<_>>(), numbers);
    }

    #[test]
    fn numbers_have_the_least_common_denominator() {
        check(&["0.1", "-2.5", "0"], &[1, -25, 0], 10);
        check(&["1/3", "1/7"], &[7, 3], 21);
        check(&["1e10", "-10000000001"], &[10_000_000_000, -10_000_000_001], 1);
        check(&[], &[], 1);
    }

    #[test]
    fn a_common_denominator_of_too_many_bits_is_none() {
        let numbers = rationals(&["1/65536", "1/65537"]);
        assert_eq!((Whole::of(&numbers, 32), Whole::of(&numbers, 33).is_some()), (None, true));
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
