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

#[cfg(test)]
mod tests {
    use super::did_you_mean;

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
