//! Words and numbers as they stand in texts for people.

use std::fmt::Write;

/// Lines are broken at this many characters.
pub(crate) const WIDTH: usize = 80;

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
