//! Numbers as people read them: the one place that says with how many digits, which sign and which unit.

use crate::equilibrium::simplest;
use crate::stats::Estimate;

/// Decimals of a share in percent, and of any other measure.
const SHARE_DECIMALS: usize = 1;
const OTHER_DECIMALS: usize = 3;

/// What stands where there is no number.
pub(crate) const NOTHING: &str = "-";

/// A share in percent, to one decimal: `37.1 %`.
pub(crate) fn share(share: f64) -> String {
    format!("{:.SHARE_DECIMALS$} %", share * 100.0)
}

/// A share in percent without the sign: `37.1`.
pub(crate) fn points(share: f64) -> String {
    format!("{:.SHARE_DECIMALS$}", share * 100.0)
}

/// Two ends of an interval of a share: `34.9 to 39.5`; [`NOTHING`] where nothing is known of it.
pub(crate) fn points_interval(low: f64, high: f64) -> String {
    ends(low, high, points)
}

/// Two ends of an interval: `1.25 to 1.5`; [`NOTHING`] where nothing is known of it.
pub(crate) fn ends(low: f64, high: f64, shown: impl Fn(f64) -> String) -> String {
    if low.is_finite() && high.is_finite() {
        format!("{} to {}", shown(low), shown(high))
    } else {
        NOTHING.to_owned()
    }
}

/// A probability in percent: whole, but for small ones, so that what can happen never reads as 0 %, and what need not
/// never as 100 %.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    match percent {
        p if p <= 0.0 => "0 %".to_owned(),
        p if p < 0.1 => "<0.1 %".to_owned(),
        p if p < 1.0 => format!("{p:.1} %"),
        p if p >= 100.0 => "100 %".to_owned(),
        p if p > 99.0 => format!("{:.1} %", p.min(99.9)),
        p => format!("{p:.0} %"),
    }
}

/// The value of a measure: in percent where it is a share, else to three decimals.
pub(crate) fn measure(value: f64, is_share: bool) -> String {
    if is_share { share(value) } else { format!("{value:.OTHER_DECIMALS$}") }
}

/// The value of a measure without its unit.
pub(crate) fn bare_measure(value: f64, is_share: bool) -> String {
    if is_share { points(value) } else { format!("{value:.OTHER_DECIMALS$}") }
}

/// The value of a measure without its unit; what rounds to zero has no sign.
pub(crate) fn unsigned(value: f64, is_share: bool) -> String {
    if is_share { rounded(100.0 * value, SHARE_DECIMALS) } else { rounded(value, OTHER_DECIMALS) }
}

/// A number that was varied, where it is written with more digits than people read.
pub(crate) fn value(number: f64) -> String {
    format!("{number:.4}")
}

/// A difference of two values of a measure, with its sign: of shares, in points of a percent. `more` decimals than the
/// values themselves.
pub(crate) fn difference(value: f64, is_share: bool, more: usize) -> String {
    if is_share { signed(100.0 * value, SHARE_DECIMALS + more) } else { signed(value, OTHER_DECIMALS + more) }
}

/// A difference of two values of a measure with half the width of its interval, where it has one.
pub(crate) fn difference_within(found: Estimate, is_share: bool) -> String {
    let reach = (found.high - found.low) / 2.0;
    if reach > 0.0 {
        format!("{} \u{b1}{}", difference(found.value, is_share, 0), bare_measure(reach, is_share))
    } else {
        difference(found.value, is_share, 1)
    }
}

/// A number to at most three decimals, without zeros at its end.
pub(crate) fn few(number: f64) -> String {
    crate::study::discover::short(number)
}

/// A number in four significant digits.
pub(crate) fn significant(value: f64) -> String {
    let rounded: f64 = format!("{value:.3e}").parse().unwrap_or(value);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// A lead in points of a percent, with its interval where it has one.
pub(crate) fn lead(lead: Estimate) -> String {
    if lead.low == lead.high {
        return format!("{} points", points(lead.value));
    }
    format!("{} points ({})", points(lead.value), points_interval(lead.low, lead.high))
}

/// A part of something in percent, with no more digits than it has: `50 %`.
pub(crate) fn part(share: f64) -> String {
    format!("{} %", few(100.0 * share))
}

/// A number with its sign; what rounds to zero has none.
pub(crate) fn signed(value: f64, decimals: usize) -> String {
    unsigned_zero(format!("{value:+.decimals$}"))
}

/// A number; what rounds to zero has no sign.
pub(crate) fn rounded(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if text.starts_with('-') { unsigned_zero(text) } else { text }
}

/// A number that begins with a sign, without it where its digits are all zero.
fn unsigned_zero(number: String) -> String {
    let digits = &number[1..];
    if digits.chars().all(|c| matches!(c, '0' | '.')) { digits.to_owned() } else { number }
}

/// A payoff with its sign and two decimals, a space in place of the sign of what rounds to zero.
pub(crate) fn signed_amount(amount: f64) -> String {
    let text = signed(amount, 2);
    if text.starts_with(['+', '-']) { text } else { format!(" {text}") }
}

/// A payoff with two decimals.
pub(crate) fn amount(amount: f64) -> String {
    rounded(amount, 2)
}

/// A measure of a fact, or a probability of statistics: to four decimals.
pub(crate) fn fact(value: f64) -> String {
    format!("{value:.4}")
}

/// A difference of two measures of a fact, with its sign.
pub(crate) fn signed_fact(value: f64) -> String {
    format!("{value:+.4}")
}

/// A number that is held against one that should be the same: to six decimals.
pub(crate) fn precise(value: f64) -> String {
    format!("{value:.6}")
}

/// A statistic without a unit: to two decimals.
pub(crate) fn statistic(value: f64) -> String {
    format!("{value:.2}")
}

/// A probability of a solution: as a fraction where that is short.
pub(crate) fn fraction(probability: f64) -> String {
    let fraction = simplest(probability, 1e-12);
    match fraction.denominator {
        1 => fraction.numerator.to_string(),
        ..1000 => format!("{}/{}", fraction.numerator, fraction.denominator),
        _ if probability < 0.000_05 => format!("{probability:.1e}"),
        _ => format!("{probability:.4}"),
    }
}

/// Probabilities side by side, to three decimals.
pub(crate) fn thousandths(probabilities: &[f64]) -> String {
    probabilities.iter().map(|p| format!("{p:.3}")).collect::<Vec<_>>().join(" ")
}

/// How many, with commas between thousands.
pub(crate) fn count(count: u64) -> String {
    crate::scenario::thousands(i128::from(count))
}

/// A time as people say it: `about 5 min`.
#[must_use]
pub fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 0.95 => "less than a second".to_owned(),
        s if s < 99.5 => format!("about {s:.0} s"),
        s if s < 5700.0 => format!("about {:.0} min", s / 60.0),
        s if s < 172_800.0 => format!("about {:.0} hours", s / 3600.0),
        s => format!("about {:.0} days", s / 86_400.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_percent(share: f64, expected: &str) {
        assert_eq!(percent(share), expected, "{share}");
    }

    #[test]
    fn what_can_happen_never_reads_as_nothing_or_as_certain() {
        check_percent(0.0, "0 %");
        check_percent(0.000_4, "<0.1 %");
        check_percent(0.004, "0.4 %");
        check_percent(0.234, "23 %");
        check_percent(0.994, "99.4 %");
        check_percent(0.999_99, "99.9 %");
        check_percent(1.0, "100 %");
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(signed_amount(-0.001), " 0.00");
        assert_eq!(signed_amount(0.001), " 0.00");
        assert_eq!(signed_amount(-1.5), "-1.50");
        assert_eq!(amount(-0.001), "0.00");
        assert_eq!(difference(0.000_004, true, 1), "0.00");
        assert_eq!(difference(-0.0272, true, 1), "-2.72");
    }

    #[test]
    fn numbers_are_short() {
        let shown = [0.0, -0.0, 1.0, 0.123_456, -12.345_6, 123_456.0, 1e-7].map(significant);
        assert_eq!(shown, ["0", "0", "1", "0.1235", "-12.35", "123500", "0.0000001"]);
    }

    #[test]
    fn long_times_are_said_roughly() {
        for (seconds, words) in [
            (0.2, "less than a second"),
            (12.3, "about 12 s"),
            (600.0, "about 10 min"),
            (7300.0, "about 2 hours"),
            (1e6, "about 12 days"),
        ] {
            assert_eq!(duration(seconds), words);
        }
    }
}
