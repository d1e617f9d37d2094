//! What people may have meant by a name that does not exist.

/// The known name nearest to what was typed, where one is near enough to be what was meant: at most one
/// slip (a wrong, missing, extra or swapped letter) for every three letters, and at least one. Of equally
/// near names, the first.
pub fn did_you_mean<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = typed.chars().count();
    let slips_allowed = (length / 3).max(1);
    known
        .filter(|name| name.chars().count().abs_diff(length) <= slips_allowed)
        .map(|name| (strsim::damerau_levenshtein(typed, name), name))
        .filter(|(slips, name)| *slips <= slips_allowed && *slips < name.chars().count())
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, name)| name)
}

/// What to write instead of a number with a decimal comma, as a hint; nothing of other texts.
pub(crate) fn decimal_comma(text: &str) -> Option<String> {
    with_point(text).map(|number| format!("decimals are written with a point: `{number}`"))
}

/// A number with a decimal comma as one with a point: 7,5 is 7.5; nothing of other texts.
pub(crate) fn with_point(text: &str) -> Option<String> {
    let text = text.trim();
    let (whole, fraction) = text.split_once(',')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    // Points between thousands go with a decimal comma.
    let mut thousands = unsigned.split('.');
    let is_number = digits(fraction) && thousands.all(digits);
    is_number.then(|| format!("{}.{fraction}", whole.replace('.', "")))
}

#[cfg(test)]
mod tests {
    use super::{decimal_comma, did_you_mean};

    #[test]
    fn a_decimal_comma_is_known_by_the_digits_around_it() {
        let hint = |number: &str| Some(format!("decimals are written with a point: `{number}`"));
        assert_eq!(decimal_comma("7,5"), hint("7.5"));
        assert_eq!(decimal_comma(" -0,25 "), hint("-0.25"));
        assert_eq!(decimal_comma("1.234,5"), hint("1234.5"));
        for text in ["7.5", "7", ",5", "7,", "a,5", "1,2,3", "7,5x", "1..2,3"] {
            assert_eq!(decimal_comma(text), None, "{text}");
        }
    }

    #[track_caller]
    fn check(typed: &str, known: &[&str], expected: Option<&str>) {
        assert_eq!(did_you_mean(typed, known.iter().copied()), expected);
    }

    #[test]
    fn finds_the_nearest_name() {
        check("bejing", &["brussels", "beijing", "moscow"], Some("beijing"));
        check("ofer", &["refuse", "offer"], Some("offer"));
        check("whne", &["pays", "when"], Some("when"));
        check("parameter.prestige", &["parameters.prestige"], Some("parameters.prestige"));
    }

    #[test]
    fn keeps_silent_where_nothing_is_near() {
        check("tokyo", &["beijing", "moscow"], None);
        check("a", &["b"], None);
        check("", &["b", "of"], None);
    }
}
