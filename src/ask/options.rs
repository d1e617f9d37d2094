//! What all kinds of questions have: options that are read, looked through, and answered.

use serde::Serialize;

use super::asking::Asking;
use super::failure::{Failure, Fault};
use super::fields::Fields;
use crate::study::{self, Method};

/// The options of one kind of question.
pub(super) trait Options: Serialize + Sized {
    /// What it finds.
    type Findings;

    /// Takes them from the keys of a question.
    fn read(fields: &mut Fields) -> Self;

    /// Goes through the names of files among them.
    fn each_file(&mut self, visit: &mut dyn FnMut(&'static str, &mut String)) {
        let _ = visit;
    }

    /// The keys of a question that change nothing here.
    fn ignores(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// What is wrong with them for a scenario, as far as can be told without computing anything.
    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault>;

    /// Looks at everything that can be told without computing anything.
    fn check(&self, asking: &Asking<'_>) -> Result<(), Failure> {
        let faults = self.faults(asking);
        if faults.is_empty() { Ok(()) } else { Err(Failure::Question(faults)) }
    }

    /// The answer.
    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure>;
}

/// What a kind of question found, and how.
pub(super) struct Found<T> {
    pub(super) findings: T,
    /// How it was found.
    pub(super) method: Method,
    /// The plays and draws that it took.
    pub(super) sampling: study::Settings,
}

impl<T> Found<T> {
    /// What was computed at one state: exactly, whatever the settings say of plays and draws.
    pub(super) fn at_one_state(findings: T, asking: &Asking<'_>) -> Self {
        let sampling = study::Settings { draws: Some(0), ..asking.sampling.clone() };
        Self { findings, method: Method::Exact, sampling }
    }

    /// The same as what any question may find.
    pub(super) fn into_any<U: From<T>>(self) -> Found<U> {
        Found { findings: self.findings.into(), method: self.method, sampling: self.sampling }
    }
}
