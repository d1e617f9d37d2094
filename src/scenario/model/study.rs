//! Studies that a scenario keeps.

use serde_json::{Map, Value};

use crate::scenario::{Notes, Span};

/// A command with its options, kept under a name. The reader of the format knows no command: whoever asks the
/// question reads [`Study::values`], and points at what is wrong in them by [`Study::key_span`] and
/// [`Study::value_span`].
#[derive(Clone, Debug)]
pub struct Study {
    /// Its id.
    pub id: String,
    /// The command.
    pub command: StudyCommand,
    /// Everything but title and reasons, `command` among it, in the file's order.
    pub entries: Vec<StudyEntry>,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// The command of a study.
#[derive(Clone, Debug)]
pub struct StudyCommand {
    /// Its name: `sensitivity`.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A key of a study with its value.
#[derive(Clone, Debug)]
pub struct StudyEntry {
    /// The key, as the file writes it: `off_by`.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// A text, a number, `true` or `false`, or a list of such.
    pub value: Value,
    /// Where the value stands.
    pub value_span: Span,
}

impl Study {
    /// The study as a value to deserialise: `command` and all other keys, without `title` and `because`.
    #[must_use]
    pub fn values(&self) -> Map<String, Value> {
        self.entries.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
    }

    /// Where a key stands; the study's own place where it has no such key.
    #[must_use]
    pub fn key_span(&self, key: &str) -> Span {
        self.entry(key).map_or(self.span, |entry| entry.key_span)
    }

    /// Where a key's value stands; the study's own place where it has no such key.
    #[must_use]
    pub fn value_span(&self, key: &str) -> Span {
        self.entry(key).map_or(self.span, |entry| entry.value_span)
    }

    fn entry(&self, key: &str) -> Option<&StudyEntry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}
