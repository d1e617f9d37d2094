//! The format as one table: every key that a scenario may have, what may stand behind it, and what it means.
//!
//! The reader asks this table which keys it knows and in which range numbers are; `PATH=VALUE` which paths there
//! are; merging how a change reaches into a list; the reference in `docs/language.md` and the JSON schema for
//! editors are written from it. A key that is not here does not exist.

mod branch;
mod form;
mod json_schema;
mod reference;
mod rows;

pub(crate) use branch::{Branch, at, of_path};
pub use form::{Form, Range};
pub use json_schema::json_schema;
pub use reference::reference;
pub use rows::{KEYS, KeyRule, VERSION};

/// Keys that belong to a file as a whole: no assignment sets them and no variant has them.
pub(crate) const OF_A_FILE: [&str; 3] = ["format", "extends", "variants"];

/// What any table but a condition may carry for people.
pub(crate) const NOTES: [&str; 2] = ["title", "because"];

/// The range of the amount at a path of a scenario (`actors.beijing.tremble`).
pub(crate) fn amount_range(path: &str) -> Range {
    let forms = of_path(path).map_or(&[][..], Branch::forms);
    let range =
        forms.iter().find_map(|form| if let Form::Amount(range) = form { Some(*range) } else { None });
    range.unwrap_or(Range::ANY)
}

/// The range of the whole number at a path of a scenario.
pub(crate) fn whole_range(path: &str) -> std::ops::RangeInclusive<i32> {
    let forms = of_path(path).map_or(&[][..], Branch::forms);
    let range = forms
        .iter()
        .find_map(|form| if let Form::Whole(low, high) = form { Some(*low..=*high) } else { None });
    range.unwrap_or(i32::MIN..=i32::MAX)
}

/// The words that may stand at a path of a scenario.
pub(crate) fn words(path: &str) -> &'static [&'static str] {
    let forms = of_path(path).map_or(&[][..], Branch::forms);
    forms
        .iter()
        .find_map(|form| if let Form::Word(words) = form { Some(*words) } else { None })
        .unwrap_or(&[])
}

/// The distributions' names in the file and the numbers that each wants.
pub(crate) fn shapes() -> impl Iterator<Item = (&'static str, &'static str)> {
    KEYS.iter().filter_map(|rule| match rule.forms {
        [Form::Numbers(shape)] => Some((rule.path.strip_prefix("parameters.*.")?, *shape)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_scenarios_find_their_rows() {
        let row = |path: &str| of_path(path).and_then(Branch::rule).map(|rule| rule.path);
        assert_eq!(row("turns"), Some("turns"));
        assert_eq!(row("actors.beijing.choice.ewa.phi"), Some("actors.*.choice.ewa.phi"));
        assert_eq!(row("actors.beijing.regard.moscow"), Some("actors.*.regard.ACTOR"));
        assert_eq!(row("issues.talks.payoffs.led.pays.moscow"), Some("payoffs.*.pays.ACTOR"));
        assert_eq!(
            row("issues.talks.moves.moscow.wait.salience"),
            Some("issues.*.moves.ACTOR.MOVE.salience")
        );
        assert_eq!(row("issues.talks.table.row_1.pays.moscow"), Some("issues.*.table.ROW.pays.ACTOR"));
        assert_eq!(row("script.beijing.trade.offer"), Some("script.SEAT.MOVE"));
        assert_eq!(row("variants.poor.issues.talks.effects.thaw.chance"), Some("events.*.chance"));
        assert_eq!(row("actors.beijing.chioce"), None);
        assert_eq!(amount_range("actors.beijing.beliefs.poisson"), Range::new(0.0, 50.0));
        assert_eq!(whole_range("events.thaw.shift.force"), -10_000..=10_000);
        assert_eq!(words("actors.beijing.beyond"), ["nothing", "status_quo"]);
    }

    #[test]
    fn every_row_hangs_on_a_table_and_stands_once() {
        for (index, rule) in KEYS.iter().enumerate() {
            assert!(KEYS[..index].iter().all(|other| other.path != rule.path), "{} stands twice", rule.path);
            if let Some((above, _)) = rule.path.rsplit_once('.') {
                assert!(
                    KEYS[..index].iter().any(|other| other.path == above),
                    "{} hangs on nothing",
                    rule.path
                );
            }
            assert!(!rule.forms.is_empty() && !rule.about.is_empty(), "{}", rule.path);
        }
    }
}
