//! What is wrong with a text, as data; how it is shown is the renderer's affair.

use super::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The scenario cannot be used.
    Error,
    /// Legal, but surely not meant.
    Warning,
}

/// A second place that belongs to a finding, such as where an id was first defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there.
    pub text: String,
}

/// One finding about a scenario: what, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A short kebab-case name of the kind of finding, such as `unknown-id`.
    pub id: &'static str,
    /// The place.
    pub span: Span,
    /// What is wrong: names the value and what was wanted, no full stop.
    pub message: String,
    /// What to do about it, where there is something to say.
    pub help: Option<String>,
    /// Other places that matter.
    pub labels: Vec<Label>,
}

impl Diagnostic {
    /// An error.
    pub fn error(id: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, id, span, message: message.into(), help: None, labels: Vec::new() }
    }

    /// A warning.
    pub fn warning(id: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(id, span, message) }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }
}
