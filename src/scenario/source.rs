//! Where texts come from, and places in them.

use std::ops::Range;

/// A text by its number in [`Sources`].
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct FileId(pub u32);

/// A range of bytes in one of the texts.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A range of bytes of a text.
    ///
    /// # Panics
    /// Beyond 4 GiB: larger texts are refused when they are read, long before anything points into them.
    #[must_use]
    pub fn new(file: FileId, range: &Range<usize>) -> Self {
        let byte = |at: usize| u32::try_from(at).expect("texts are far smaller than 4 GiB");
        Self { file, start: byte(range.start), end: byte(range.end) }
    }
}

/// One text that was read: a scenario file, an overlay, a payoff table, or part of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name that people know it by: a path as they typed it; of a text that is no file, the key of the question
    /// that has it, with its number where there are several: `set 1`.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether it is no file: part of a question.
    pub typed: bool,
}

/// All texts that were read, in the order of their reading.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a text; one that is there already, by name and content, keeps its number.
    ///
    /// # Panics
    /// Beyond 2^32 texts, which no machine holds.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.keep(Source { name: name.into(), text: text.into(), typed: false })
    }

    /// Adds a text that is no file, but part of a question; see [`Source::name`].
    pub fn add_typed(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.keep(Source { name: name.into(), text: text.into(), typed: true })
    }

    fn keep(&mut self, source: Source) -> FileId {
        let known = self.files.iter().position(|known| *known == source);
        let index = known.unwrap_or_else(|| {
            self.files.push(source);
            self.files.len() - 1
        });
        FileId(u32::try_from(index).expect("fewer than 2^32 texts"))
    }

    /// The name of the text in whose folder the paths are that `file` names: an assignment of a
    /// question has no folder, and speaks of the scenario's, which is the first text.
    #[must_use]
    pub fn home(&self, file: FileId) -> &str {
        if self.is_typed(file) { &self.files[0].name } else { &self.get(file).name }
    }

    /// Whether the text was part of a question, rather than kept in a file.
    #[must_use]
    pub fn is_typed(&self, file: FileId) -> bool {
        self.get(file).typed
    }

    /// The text of that name, where it was read.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<FileId> {
        let index = self.files.iter().position(|source| source.name == name)?;
        u32::try_from(index).ok().map(FileId)
    }

    /// The text of that number.
    #[must_use]
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// Line and column (both from 1, the column in characters) of a byte.
    #[must_use]
    pub fn line_column(&self, file: FileId, byte: u32) -> (usize, usize) {
        let text = &self.get(file).text;
        let mut end = (byte as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// Who can hand over the texts that a scenario names; the command line reads files, a test a map.
pub trait Library {
    /// The text at `path`, as the text called `from` (a [`Source::name`]) names it: relative to that
    /// text's folder. Whoever calls has seen to it that `path` is relative and never climbs with `..`.
    ///
    /// # Errors
    /// Says why the text cannot be had, as the end of a sentence that starts with the path.
    fn read(&self, from: &str, path: &str) -> Result<Vec<u8>, String>;
}

/// A function that reads the text of a name: the path from where the program stands.
impl<F: Fn(&str) -> Result<Vec<u8>, String>> Library for F {
    fn read(&self, from: &str, path: &str) -> Result<Vec<u8>, String> {
        self(&super::paths::beside(from, path))
    }
}
