//! Where words and columns stand: running text, aligned columns, bars.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

/// How many places of a terminal a text takes: colours take none, wide characters two.
pub(crate) fn visible_width(text: &str) -> usize {
    let mut width = 0;
    for (at, part) in text.split('\x1b').enumerate() {
        // After an escape comes its code, up to the letter that ends it.
        let shown = if at == 0 { part } else { part.find('m').map_or("", |end| &part[end + 1..]) };
        width += shown.width();
    }
    width
}

/// Adds `words`, broken into lines of `width` characters; the first line goes on where the text is, later ones begin
/// with `indent` spaces. A percent sign stays with its number.
pub(crate) fn flow(text: &mut String, words: &str, indent: usize, width: usize) {
    let line_start = text.rfind('\n').map_or(0, |at| at + 1);
    let mut column = text[line_start..].chars().count();
    let mut words = words.split_whitespace().peekable();
    let mut first = true;
    while let Some(word) = words.next() {
        let sign = words.next_if(|next| next.starts_with('%'));
        let word = sign.map_or_else(|| word.to_owned(), |sign| format!("{word} {sign}"));
        let length = word.chars().count();
        if !first && column + 1 + length > width {
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

/// A text in lines of at most `width` characters, broken between words; longer words stay whole.
pub(crate) fn broken(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The greatest number of characters among some names.
pub(crate) fn widest<'n>(names: impl Iterator<Item = &'n str>) -> usize {
    names.map(|name| name.chars().count()).max().unwrap_or(0)
}

/// A bar that fills `share` of `width` characters, an eighth of a character fine.
#[must_use]
pub(crate) fn bar(share: f64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a terminal's width"
    )]
    let eighths = (share.clamp(0.0, 1.0) * width as f64 * 8.0).round() as usize;
    let text = "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
    let shown = eighths.div_ceil(8);
    text + &" ".repeat(width.saturating_sub(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_always_as_wide_as_asked() {
        for share in [0.0, 0.01, 0.33, 0.5, 0.999, 1.0] {
            assert_eq!(bar(share, 20).chars().count(), 20, "{share}");
        }
    }

    #[test]
    fn a_percent_sign_stays_with_its_number() {
        let mut text = String::new();
        flow(&mut text, &"<0.1 % ".repeat(30), 2, 80);
        assert!(text.lines().all(|line| line.trim_start().starts_with('<')), "{text}");
    }

    #[test]
    fn lines_break_between_words_and_keep_their_indent() {
        let mut text = "  because ".to_owned();
        flow(&mut text, &"word ".repeat(20), 10, 80);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.lines().nth(1).is_some_and(|line| line.starts_with("          word")), "{text}");
    }
}
