//! Bytes in, text out: UTF-8 alone, without a byte order mark.

use super::{Diagnostic, FileId, Sources, Span};

/// Larger than any text that people write or spreadsheets edit.
const MAX_BYTES: usize = 64 << 20;

/// Takes the bytes of a file into the sources.
///
/// # Errors
/// Where they are no text: the diagnostic points at what could be read before the first wrong byte.
pub(crate) fn add(sources: &mut Sources, name: &str, bytes: &[u8]) -> Result<FileId, Diagnostic> {
    match check(bytes) {
        Ok(text) => Ok(sources.add(name, text)),
        Err((id, readable, message)) => {
            let file = sources.add(name, readable);
            let end = readable.len();
            let error = Diagnostic::error(id, Span::new(file, &(end..end)), message);
            Err(if id == "not-utf-8" { error.help("save the file as UTF-8") } else { error })
        }
    }
}

/// Sees to it that a text is no larger than what is read: that is what lets a [`Span`] count bytes in 32 bits.
///
/// # Errors
/// Says how large it is.
pub(crate) fn check_size(bytes: &[u8]) -> Result<(), String> {
    if bytes.len() <= MAX_BYTES {
        return Ok(());
    }
    Err(format!("the file has {} MiB, and at most {} are read", bytes.len() >> 20, MAX_BYTES >> 20))
}

/// Whether a text is a game in a file of Gambit's, by its first word.
#[must_use]
pub fn is_gambit(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text).trim_ascii_start();
    let word = text.split(u8::is_ascii_whitespace).next();
    matches!(word, Some(b"NFG" | b"EFG"))
}

/// The text, or the kind of fault, what is readable before it, and what it is.
fn check(bytes: &[u8]) -> Result<&str, (&'static str, &str, String)> {
    check_size(bytes).map_err(|message| ("too-large", "", message))?;
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(("not-utf-8", "", "the file is UTF-16, from byte 0 on".to_owned()));
    }
    let whole = bytes;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mark = whole.len() - bytes.len();
    let (text, fault) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let (readable, _) = bytes.split_at(error.valid_up_to());
            (std::str::from_utf8(readable).unwrap_or_default(), Some(error.valid_up_to()))
        }
    };
    if let Some(at) = text.find('\0') {
        let message = format!("byte {} is NUL: this is no text file", at + mark);
        return Err(("not-text", &text[..at], message));
    }
    match fault {
        Some(at) => {
            Err(("not-utf-8", text, format!("byte {} (0x{:02X}) is not UTF-8", at + mark, bytes[at])))
        }
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let mut sources = Sources::default();
        let found = match add(&mut sources, "s.toml", bytes) {
            Ok(file) => sources.get(file).text.clone(),
            Err(error) => {
                let (line, column) = sources.line_column(error.span.file, error.span.start);
                format!("{line}:{column}: {}", error.message)
            }
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn text_is_utf_8_and_loses_its_byte_order_mark() {
        check(b"", "");
        check("a = \"é\"".as_bytes(), "a = \"é\"");
        check(b"\xEF\xBB\xBFa = 1", "a = 1");
    }

    #[test]
    fn games_of_gambit_s_are_known_by_their_first_word() {
        assert!(is_gambit(b"\xEF\xBB\xBF\n NFG 1 R") && is_gambit(b"EFG\t2 R"));
        assert!(!is_gambit(b"format = 1") && !is_gambit(b"NFGs = 1") && !is_gambit(b""));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        check(b"a = 1\nb = \"\xE9\"", "2:6: byte 11 (0xE9) is not UTF-8");
        check(b"\xFF\xFEa\0", "1:1: the file is UTF-16, from byte 0 on");
        check(b"\xEF\xBB\xBFa\xFF", "1:2: byte 4 (0xFF) is not UTF-8");
        check(b"\x7FELF\x02\0\0\xFF", "1:6: byte 5 is NUL: this is no text file");
    }
}
