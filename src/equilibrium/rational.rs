//! Numbers as they are written: rational, without rounding.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::simplest;
use super::whole::quotient;

/// A rational number: what `0.1`, `2/3` or `1e-3` says, to the last digit.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rational(pub(super) BigRational);

/// Why a text is no number that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NumberError {
    /// It is no number at all.
    #[error("it is not a number, such as -1, 0.25, 1e-3 or 2/3")]
    Malformed,
    /// It is larger than what is computed with.
    #[error("numbers of 1e{LARGEST} or more in size are refused")]
    TooLarge,
    /// Its last digit is farther behind the point than what is computed with.
    #[error("numbers with digits finer than 1e-{FINEST} are refused")]
    TooFine,
}

/// Numbers in files may have so many digits before the point.
const LARGEST: i64 = 30;

/// And so many behind it: floats have no finer ones.
const FINEST: i64 = 330;

/// The two numbers of a fraction may have so many digits.
const OF_FRACTIONS: i64 = 2000;

/// Amounts that were computed are told apart to so many digits.
const DIGITS: usize = 12;

impl Rational {
    /// The number that a decimal gives which a float is written as: 1/10 for 0.1. The float is finite.
    #[must_use]
    pub fn written(float: f64) -> Self {
        Self::shortest(float).1
    }

    /// How many digits the shortest decimal has that reads as this float, and the decimal.
    fn shortest(float: f64) -> (usize, Self) {
        let text = format!("{float:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let count = (whole.trim_start_matches('-').len() + fraction.len()).max(1);
        let places = i64::try_from(fraction.len()).unwrap_or(0) - exponent.parse::<i64>().unwrap_or(0);
        let all: BigInt = format!("{whole}{fraction}").parse().unwrap_or_default();
        (count, Self(scaled(all, places)))
    }

    /// The number that was meant by one that was computed, where the largest beside it is `largest`: the
    /// float to twelve digits, and to no more places than rounding leaves sure beside the largest; or a
    /// fraction as near as that which is shorter to write. 0.1 + 0.2 is 3/10, 1.0 / 3.0 is 1/3.
    pub(super) fn meant(computed: f64, largest: f64) -> Self {
        let noise = largest * 2e-15;
        if computed.abs() <= noise.min(0.25) {
            return Self::default();
        }
        let (digits, exact) = Self::shortest(computed);
        if digits <= DIGITS || computed.abs() >= 1e15 {
            return exact;
        }
        // Beside a largest of 10^E the last place that is sure is that of 10^(E - 13).
        let sure = exponent_of(computed) - exponent_of(largest) + 14;
        let keep = usize::try_from(sure).unwrap_or(0).clamp(1, DIGITS) - 1;
        let rounded: f64 = format!("{computed:.keep$e}").parse().unwrap_or(computed);
        let (digits, decimal) = Self::shortest(rounded);
        let fraction = simplest(computed, (computed.abs() * 1e-12).max(noise));
        let length = |number: i128| number.unsigned_abs().checked_ilog10().map_or(1, |log| log as usize + 1);
        if length(fraction.numerator) + length(fraction.denominator) < digits {
            return Self(BigRational::new(fraction.numerator.into(), fraction.denominator.into()));
        }
        decimal
    }

    /// The sum of numbers.
    pub(super) fn sum(numbers: &[Self]) -> Self {
        Self(numbers.iter().map(|Self(number)| number).sum())
    }

    /// The quotient; nothing where `divisor` is zero.
    pub(crate) fn over(&self, Self(divisor): &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| Self(&self.0 / divisor))
    }

    /// The number with the other sign.
    pub(crate) fn negated(&self) -> Self {
        Self(-&self.0)
    }

    /// The nearest float; infinite beyond the largest.
    #[must_use]
    pub fn value(&self) -> f64 {
        quotient(self.0.numer(), self.0.denom())
    }

    /// As a decimal, where there is one: its digits, and how many of them are behind the point.
    fn decimal(&self) -> Option<(BigInt, usize)> {
        let mut rest = self.0.denom().clone();
        let mut count = |factor: u32| {
            let mut times = 0;
            while (&rest % factor).is_zero() {
                rest /= factor;
                times += 1;
            }
            times
        };
        let places = count(2).max(count(5));
        let digits = rest.is_one().then(|| self.0.numer() * ten_to(places) / self.0.denom())?;
        Some((digits, places))
    }
}

/// The power of ten of a float's first digit.
fn exponent_of(float: f64) -> i32 {
    let text = format!("{float:e}");
    text.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0)
}

fn ten_to(places: usize) -> BigInt {
    num_traits::pow(BigInt::from(10), places)
}

/// Digits of which so many are behind the point.
fn scaled(digits: BigInt, places: i64) -> BigRational {
    let ten = ten_to(usize::try_from(places.unsigned_abs()).unwrap_or(0));
    if places > 0 { BigRational::new(digits, ten) } else { BigRational::from_integer(digits * ten) }
}

impl FromStr for Rational {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let number = match text.split_once('/') {
            None => decimal(text, LARGEST, FINEST)?,
            Some((above, below)) => {
                let part = |text| decimal(text, OF_FRACTIONS, FINEST);
                match (part(above)?, part(below)?) {
                    (_, below) if below.is_zero() => return Err(NumberError::Malformed),
                    (above, below) => above / below,
                }
            }
        };
        if number.abs() >= scaled(BigInt::one(), -LARGEST) {
            return Err(NumberError::TooLarge);
        }
        Ok(Self(number))
    }
}

/// `-1`, `.5`, `+2.50e-3`
fn decimal(text: &str, largest: i64, finest: i64) -> Result<BigRational, NumberError> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let all = [whole, fraction].concat();
    let power = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(&all) || !plain(power) {
        return Err(NumberError::Malformed);
    }
    let significant = all.trim_end_matches('0');
    let digits = significant.trim_start_matches('0');
    if digits.is_empty() {
        return Ok(BigRational::zero());
    }
    // An exponent that this does not hold is beyond all bounds.
    let beyond = if exponent.starts_with('-') { i32::MIN } else { i32::MAX };
    let exponent = i64::from(exponent.parse::<i32>().unwrap_or(beyond));
    let count = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    // Zeros at the end are no digits: where they stand before the point, places are below zero.
    let places = count(fraction) - (count(&all) - count(significant)) - exponent;
    if count(digits) - places > largest {
        return Err(NumberError::TooLarge);
    }
    if places > finest {
        return Err(NumberError::TooFine);
    }
    let digits: BigInt = digits.parse().map_err(|_| NumberError::Malformed)?;
    Ok(scaled(if mantissa.starts_with('-') { -digits } else { digits }, places))
}

impl fmt::Display for Rational {
    /// As short as it can be written exactly: a decimal where that is short, else what is shortest.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{}/{}", self.0.numer(), self.0.denom());
        let Some((digits, places)) = self.decimal() else { return f.write_str(&fraction) };
        let sign = if digits.is_negative() { "-" } else { "" };
        let all = digits.abs().to_string();
        let plain = match all.len().checked_sub(places) {
            _ if places == 0 => format!("{sign}{all}"),
            Some(point @ 1..) => format!("{sign}{}.{}", &all[..point], &all[point..]),
            _ => format!("{sign}0.{all:0>places$}"),
        };
        if plain.len() <= PLAIN {
            return f.write_str(&plain);
        }
        let significant = all.trim_end_matches('0');
        let (first, rest) = significant.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let exponent = i128::try_from(all.len()).unwrap_or(0) - 1 - i128::try_from(places).unwrap_or(0);
        let scientific = format!("{sign}{first}{point}{rest}e{exponent}");
        let forms = if self.0.is_integer() { 2 } else { 3 };
        let shortest = [plain, scientific, fraction].into_iter().take(forms).min_by_key(String::len);
        f.write_str(&shortest.unwrap_or_default())
    }
}

/// Decimals of up to so many characters are written out.
const PLAIN: usize = 14;

/// Written as a number where a float holds it, else as text: `0.25`, `"1/3"`.
impl serde::Serialize for Rational {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let float = self.value();
        if float.is_finite() && Self::written(float) == *self {
            serializer.serialize_f64(float)
        } else {
            serializer.collect_str(self)
        }
    }
}

/// What [`Rational`] is written as.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Form {
    Number(f64),
    Text(String),
}

impl<'de> serde::Deserialize<'de> for Rational {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Form::deserialize(deserializer)? {
            Form::Number(float) if float.is_finite() => Ok(Self::written(float)),
            Form::Number(_) => Err(serde::de::Error::custom(NumberError::Malformed)),
            Form::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, written: &str, value: f64) {
        let number: Rational = text.parse().expect(text);
        assert_eq!((number.to_string().as_str(), number.value()), (written, value), "{text}");
        assert_eq!(written.parse(), Ok(number), "{text}");
    }

    #[test]
    fn numbers_are_read_to_their_last_digit_and_written_short() {
        check("9.876543", "9.876543", 9.876_543);
        check("-2.000001", "-2.000001", -2.000_001);
        check("+.50", "0.5", 0.5);
        check("007.", "7", 7.0);
        check("-4/6", "-2/3", -2.0 / 3.0);
        check("1/0.25", "4", 4.0);
        check("1e-9", "0.000000001", 1e-9);
        check("1234567890123456789012345", "1234567890123456789012345", 1.234_567_890_123_456_8e24);
        check("100e20", "1e22", 1e22);
        check("-12e-30", "-1.2e-29", -1.2e-29);
        check("1/1048576", "1/1048576", 1.0 / 1_048_576.0);
        check("0.3333333333333333", "0.3333333333333333", 0.333_333_333_333_333_3);
        check("0e99", "0", 0.0);
    }

    #[test]
    fn what_is_no_number_or_beyond_what_is_read_is_refused() {
        let refused = |text: &str| text.parse::<Rational>().expect_err(text);
        for text in ["", ".", "-", "x", "1e", "1e+", "1/2/3", "1/0", "0x10", "inf", "1,5", "--1", "\u{221e}"]
        {
            assert_eq!(refused(text), NumberError::Malformed, "{text}");
        }
        for text in ["1e200", "1e30", "-9e99999999999999999999", "1/1e-40"] {
            assert_eq!(refused(text), NumberError::TooLarge, "{text}");
        }
        for text in ["1e-331", "1e-99999999999999999999"] {
            assert_eq!(refused(text), NumberError::TooFine, "{text}");
        }
    }

    #[track_caller]
    fn meant(computed: f64, largest: f64, written: &str) {
        assert_eq!(Rational::meant(computed, largest).to_string(), written, "{computed}");
    }

    #[test]
    fn amounts_that_were_computed_are_told_apart_to_twelve_digits() {
        meant(0.1 + 0.2, 1.0, "0.3");
        meant(0.1 + 0.2 - 0.3, 1.0, "0");
        meant(1.0 / 3.0, 1.0, "1/3");
        meant(-22.0 / 7.0, 10.0, "-22/7");
        meant(1.1 * 9.876_543, 10.0, "10.8641973");
        meant(9.876_543, 10.0, "9.876543");
        meant(0.333_333_333_333, 1.0, "0.333333333333");
        meant(std::f64::consts::PI, 10.0, "3.14159265359");
        meant(1e-3 + 1.1e-16, 1.0, "0.001");
        meant(1e18, 1e18, "1e18");
        meant(0.1 * 3.0 * 1e9, 1e9, "300000000");
    }

    #[test]
    fn a_float_is_the_shortest_decimal_that_reads_as_it() {
        for float in [0.1, -2.5, 1e300, 5e-324, f64::MAX, 0.1 + 0.2, 0.0, 1e15] {
            let number = Rational::written(float);
            assert_eq!(number.value(), float);
            let text = serde_json::to_string(&number).expect("text");
            assert_eq!(serde_json::from_str::<Rational>(&text).expect(&text), number);
        }
        let third: Rational = "1/3".parse().expect("a number");
        assert_eq!(serde_json::to_string(&third).expect("text"), "\"1/3\"");
    }
}
