//! Words and numbers as they stand in texts for people.

use std::fmt::Write;

use crate::scenario::{Because, Reason, Scenario};

/// Lines are broken at this many characters.
pub(crate) const WIDTH: usize = 80;

/// An amount with its sign and two decimals; nothing that rounds to zero has a sign.
pub(crate) fn signed(amount: f64) -> String {
    let text = format!("{amount:+.2}");
    if text == "-0.00" || text == "+0.00" { " 0.00".to_owned() } else { text }
}

/// A number with two decimals; what rounds to zero has no sign.
pub(crate) fn plain(number: f64) -> String {
    let text = format!("{number:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

/// A probability in percent: whole, but for small ones, so that what can happen never reads as 0 %, and
/// what need not never as 100 %.
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

/// Every variable with its level: `force none, fighting war`.
pub(crate) fn state(scenario: &Scenario, levels: &[usize]) -> String {
    let variables = scenario.variables.iter().zip(levels);
    let shown: Vec<String> = variables.map(|(v, &level)| format!("{} {}", v.id, v.levels[level])).collect();
    shown.join(", ")
}

/// Adds `words`, broken into lines of [`WIDTH`] characters; the first line goes on where the text is,
/// later ones begin with `indent` spaces. A percent sign stays with its number.
pub(crate) fn flow(text: &mut String, words: &str, indent: usize) {
    let line_start = text.rfind('\n').map_or(0, |at| at + 1);
    let mut column = text[line_start..].chars().count();
    let mut words = words.split_whitespace().peekable();
    let mut first = true;
    while let Some(word) = words.next() {
        let sign = words.next_if(|next| next.starts_with('%'));
        let word = sign.map_or_else(|| word.to_owned(), |sign| format!("{word} {sign}"));
        let length = word.chars().count();
        if !first && column + 1 + length > WIDTH {
            let _ = write!(text, "\n{:indent$}", "");
            column = indent;
        } else if !first {
            text.push(' ');
            column += 1;
        }
        text.push_str(&word);
        column += length;
        first = false;
    }
    text.push('\n');
}

/// The claims that a text has cited, to be spelt out at its end.
#[derive(Debug, Default)]
pub(crate) struct Cited {
    claims: Vec<usize>,
}

impl Cited {
    /// The reasons in short: ids of claims, and texts as they are; empty where there are none.
    pub(crate) fn reasons(&mut self, scenario: &Scenario, because: &Because) -> String {
        let shown: Vec<String> = because
            .reasons
            .iter()
            .map(|reason| match reason {
                Reason::Text(text) => text.clone(),
                Reason::Claim(claim) => {
                    self.claims.push(*claim);
                    scenario.claims[*claim].id.clone()
                }
            })
            .collect();
        shown.join("; ")
    }

    /// What the cited claims say, in the scenario's order.
    pub(crate) fn spell_out(mut self, text: &mut String, scenario: &Scenario) {
        self.claims.sort_unstable();
        self.claims.dedup();
        let width = self.claims.iter().map(|&claim| scenario.claims[claim].id.len()).max().unwrap_or(0);
        for claim in self.claims {
            let claim = &scenario.claims[claim];
            let source = claim.source.as_ref().map_or_else(String::new, |source| format!(" ({source})"));
            let _ = write!(text, "  {:width$}  ", claim.id);
            flow(text, &format!("{}{source}", claim.text), width + 4);
        }
    }

    /// Whether nothing was cited.
    pub(crate) fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }
}

/// The greatest number of characters among some names.
pub(crate) fn widest<'n>(names: impl Iterator<Item = &'n str>) -> usize {
    names.map(|name| name.chars().count()).max().unwrap_or(0)
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
        assert_eq!(signed(-0.001), " 0.00");
        assert_eq!(signed(0.001), " 0.00");
        assert_eq!(signed(-1.5), "-1.50");
        assert_eq!(plain(-0.001), "0.00");
    }

    #[test]
    fn a_percent_sign_stays_with_its_number() {
        let mut text = String::new();
        flow(&mut text, &"<0.1 % ".repeat(30), 2);
        assert!(text.lines().all(|line| line.trim_start().starts_with('<')), "{text}");
    }

    #[test]
    fn lines_break_between_words_and_keep_their_indent() {
        let mut text = "  because ".to_owned();
        flow(&mut text, &"word ".repeat(20), 10);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.lines().nth(1).is_some_and(|line| line.starts_with("          word")), "{text}");
    }
}
