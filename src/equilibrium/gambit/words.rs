//! The words of Gambit's files: texts in quotes, numbers, braces, bare words.

use crate::equilibrium::{NumberError, Rational};

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct FileError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// One word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word<'t> {
    /// In quotes, which are taken off.
    Quoted(String),
    /// `{`
    Open,
    /// `}`
    Close,
    /// Anything else up to white space, a comma, a brace or a quote: a number, or a name.
    Bare(&'t str),
    /// The end of the text.
    End,
}

impl Word<'_> {
    fn shown(&self) -> String {
        match self {
            Self::Quoted(text) => format!("the text \"{}\"", short(text)),
            Self::Open => "`{`".to_owned(),
            Self::Close => "`}`".to_owned(),
            Self::Bare(text) => format!("`{}`", short(text)),
            Self::End => "the end of the file".to_owned(),
        }
    }
}

/// The first words of what may be long.
fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        shown.push_str("...");
    }
    shown
}

/// The text of a file.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, FileError> {
    std::str::from_utf8(bytes).map(|text| text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|error| {
        let sound = &bytes[..error.valid_up_to()];
        let message = format!("not UTF-8 at byte {}: save it as UTF-8", error.valid_up_to());
        place(&String::from_utf8_lossy(sound), sound.len(), message)
    })
}

fn place(text: &str, at: usize, message: String) -> FileError {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    FileError { line, column: before[start..].chars().count() + 1, message }
}

/// A text that is read word by word.
#[derive(Clone)]
pub(super) struct Words<'t> {
    text: &'t str,
    at: usize,
    /// Where the word last read began.
    began: usize,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, began: 0 }
    }

    /// An error at the word last read.
    pub(super) fn error(&self, message: impl Into<String>) -> FileError {
        place(self.text, self.began, message.into())
    }

    /// The next word. White space and commas part words.
    pub(super) fn next(&mut self) -> Result<Word<'t>, FileError> {
        let rest = &self.text[self.at..];
        let parts = |c: char| c.is_whitespace() || c == ',';
        let blank = rest.len() - rest.trim_start_matches(parts).len();
        self.at += blank;
        self.began = self.at;
        let rest = &self.text[self.at..];
        match rest.chars().next() {
            None => Ok(Word::End),
            Some('{') => Ok(self.symbol(Word::Open)),
            Some('}') => Ok(self.symbol(Word::Close)),
            Some('"') => self.quoted(),
            Some(_) => {
                let ends = |c: char| parts(c) || matches!(c, '{' | '}' | '"');
                let length = rest.find(ends).unwrap_or(rest.len());
                self.at += length;
                Ok(Word::Bare(&rest[..length]))
            }
        }
    }

    fn symbol(&mut self, word: Word<'t>) -> Word<'t> {
        self.at += 1;
        word
    }

    fn quoted(&mut self) -> Result<Word<'t>, FileError> {
        let mut text = String::new();
        let mut chars = self.text[self.at + 1..].char_indices();
        while let Some((offset, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += offset + 2;
                    return Ok(Word::Quoted(text));
                }
                '\\' => match chars.next() {
                    Some((_, escaped @ ('"' | '\\'))) => text.push(escaped),
                    Some((_, other)) => text.extend(['\\', other]),
                    None => {}
                },
                other => text.push(other),
            }
        }
        Err(self.error("this text has no closing quote"))
    }

    /// The next word, which stays to be read.
    pub(super) fn peek(&self) -> Result<Word<'t>, FileError> {
        self.clone().next()
    }

    /// The next word where it is a bare one.
    pub(super) fn peek_word(&self) -> Option<&'t str> {
        match self.peek() {
            Ok(Word::Bare(word)) => Some(word),
            _ => None,
        }
    }

    /// Complains of the word just read.
    pub(super) fn unexpected(&self, wanted: &str, found: &Word<'_>) -> FileError {
        self.error(format!("expected {wanted}, found {}", found.shown()))
    }

    /// A text in quotes.
    pub(super) fn text(&mut self, wanted: &str) -> Result<String, FileError> {
        match self.next()? {
            Word::Quoted(text) => Ok(text),
            other => Err(self.unexpected(&format!("{wanted} in quotes"), &other)),
        }
    }

    /// A text in quotes, where there is one.
    pub(super) fn text_if(&mut self) -> Result<Option<String>, FileError> {
        if matches!(self.peek()?, Word::Quoted(_)) { self.text("a text").map(Some) } else { Ok(None) }
    }

    pub(super) fn open(&mut self, wanted: &str) -> Result<(), FileError> {
        match self.next()? {
            Word::Open => Ok(()),
            other => Err(self.unexpected(&format!("`{{` and {wanted}"), &other)),
        }
    }

    /// Whether the next word closes a list; if so, it is read.
    pub(super) fn closes(&mut self) -> Result<bool, FileError> {
        let closes = self.peek()? == Word::Close;
        if closes {
            self.next()?;
        }
        Ok(closes)
    }

    /// A whole number that is not negative.
    pub(super) fn whole(&mut self, wanted: &str) -> Result<usize, FileError> {
        let word = self.next()?;
        let number = if let Word::Bare(text) = word { text.parse().ok() } else { None };
        number.ok_or_else(|| self.unexpected(&format!("{wanted}, a whole number"), &word))
    }

    /// A number: `-1`, `0.25`, `1e-3`, `2/3`.
    pub(super) fn number(&mut self, wanted: &str) -> Result<Rational, FileError> {
        let word = self.next()?;
        let Word::Bare(text) = word else { return Err(self.unexpected(wanted, &word)) };
        text.parse().map_err(|why| match why {
            NumberError::Malformed => self.unexpected(wanted, &word),
            why => self.error(format!("expected {wanted}, found {}: {why}", word.shown())),
        })
    }
}
