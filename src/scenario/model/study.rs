//! Studies that a scenario keeps.

use crate::scenario::{Notes, Span};

/// A command with its options, kept under a name. What options a command has, only the command line knows: they are
/// texts here, as they would be typed.
#[derive(Clone, Debug)]
pub struct Study {
    /// Its id.
    pub id: String,
    /// The command, and where it stands.
    pub command: (String, Span),
    /// The options, in the file's order.
    pub options: Vec<StudyOption>,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// An option of a study.
#[derive(Clone, Debug)]
pub struct StudyOption {
    /// Its name without the two hyphens: `of`.
    pub name: String,
    /// Its values, each as one would type it; one that is switched on has none.
    pub values: Vec<String>,
    /// Whether it is given at all: one that is `false` is not.
    pub given: bool,
    /// Where its name stands.
    pub span: Span,
}
