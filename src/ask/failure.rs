//! Why a question has no answer: data, for whoever words it.

use crate::scenario::{Diagnostic, Sources};
use crate::study::StudyError;

/// Why a question has no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The scenario cannot be read as the question wants it, or a file that the question names is wrong.
    Text {
        /// Everything that is wrong, and what is surely not meant.
        diagnostics: Vec<Diagnostic>,
        /// The texts that it is about.
        sources: Box<Sources>,
    },
    /// The question does not fit: everything that is wrong with it.
    Question(Vec<Fault>),
    /// The study came to no result.
    Study(StudyError),
}

/// One thing that is wrong with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key of the question that is wrong, as its JSON has it: `of`; `None` where it is the whole.
    pub key: Option<String>,
    /// The value that is wrong, as it was written, where the key may have several.
    pub value: Option<String>,
    /// What is wrong: names the value and what was wanted, no full stop.
    pub message: String,
    /// What to do about it.
    pub advice: Option<Advice>,
    /// Whether there is no such key, rather than something wrong with its value.
    pub is_unknown_key: bool,
}

/// What to do about a fault, as data: whoever speaks to people words it in the terms of the door through which they
/// came.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Advice {
    /// Give this key another value, or this value.
    Use {
        /// The key.
        key: &'static str,
        /// The value, where one is known to do; `None`: any.
        value: Option<String>,
    },
    /// Leave this key out.
    LeaveOut(&'static str),
    /// Write this key instead.
    Rename(String),
}

impl Fault {
    /// A fault of one key.
    pub fn of(key: impl Into<String>, message: impl Into<String>) -> Self {
        Self { key: Some(key.into()), ..Self::whole(message) }
    }

    /// A fault of one of the values of a key.
    pub(super) fn of_value(key: &str, value: &str, message: impl Into<String>) -> Self {
        Self { value: Some(value.to_owned()), ..Self::of(key, message) }
    }

    /// A fault of the whole question.
    pub fn whole(message: impl Into<String>) -> Self {
        Self { key: None, value: None, message: message.into(), advice: None, is_unknown_key: false }
    }

    /// There is no such key.
    pub(super) fn unknown_key(key: &str, message: impl Into<String>) -> Self {
        Self { is_unknown_key: true, ..Self::of(key, message) }
    }

    /// The same with advice.
    #[must_use]
    pub fn advise(mut self, advice: Advice) -> Self {
        self.advice = Some(advice);
        self
    }
}

impl Failure {
    /// The same, an observation that cannot be shown at its row; `sources` are the texts with the history among them.
    #[must_use]
    pub(super) fn placed(self, sources: Option<Sources>) -> Self {
        match (self, sources) {
            (Self::Study(StudyError::Impossible(row)), Some(sources)) => {
                let span = row.span;
                let error = Diagnostic::error("impossible", span, StudyError::Impossible(row).to_string());
                let help = "check the row, or leave it out; `demarche explain` says what an actor may do";
                Self::Text { diagnostics: vec![error.help(help)], sources: Box::new(sources) }
            }
            (other, _) => other,
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.key, &self.value) {
            (Some(key), Some(value)) => write!(f, "`{key}` {value}: ")?,
            (Some(key), None) => write!(f, "`{key}`: ")?,
            (None, _) => {}
        }
        f.write_str(&self.message)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let joined = |all: Vec<String>| all.join("; ");
        match self {
            Self::Text { diagnostics, sources } => {
                let errors = diagnostics.iter().filter(|it| it.severity == crate::scenario::Severity::Error);
                let place = |it: &Diagnostic| {
                    let (line, column) = sources.line_column(it.span.file, it.span.start);
                    format!("{}:{line}:{column}: {}", sources.get(it.span.file).name, it.message)
                };
                f.write_str(&joined(errors.map(place).collect()))
            }
            Self::Question(faults) => f.write_str(&joined(faults.iter().map(Fault::to_string).collect())),
            Self::Study(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<StudyError> for Failure {
    fn from(error: StudyError) -> Self {
        Self::Study(error)
    }
}

impl From<Vec<Fault>> for Failure {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Question(faults)
    }
}
