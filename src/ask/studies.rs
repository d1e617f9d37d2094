//! Questions that a scenario keeps as `[studies.NAME]`.

use super::Asking;
use super::failure::{Advice, Failure, Fault};
use super::question::Question;
use super::session::Session;
use crate::scenario::{Diagnostic, Severity, Source, Study, beside, did_you_mean};
use crate::study::Unwatched;

/// The commands that a study may keep: those that ask something of the whole scenario.
pub const KEPT: [&str; 11] = [
    "run",
    "verify",
    "compare",
    "claims",
    "models",
    "agree",
    "sweep",
    "sensitivity",
    "flip",
    "discover",
    "tables",
];

impl Question {
    /// The question of a study; files that it names lie in the folder of the scenario, whose name is `scenario`.
    ///
    /// # Errors
    /// Everything that is wrong with its keys; see [`place_faults`].
    pub fn of_study(study: &Study, scenario: &str) -> Result<Self, Vec<Fault>> {
        let name = study.command.name.as_str();
        if !KEPT.contains(&name) {
            let fault = Fault::of("command", format!("a study cannot be of the command `{name}`"));
            let near = did_you_mean(name, KEPT.iter().copied()).map(str::to_owned);
            return Err(vec![fault.advise(Advice::Use { key: "command", value: near })]);
        }
        let mut question = Self::read(study.values())?;
        question.each_file(&mut |_, path| *path = beside(scenario, path));
        Ok(question)
    }
}

/// What is wrong with a study, as far as can be told without computing anything, at its place in the scenario file. The
/// files that it names must be among the session's texts.
#[must_use]
pub fn study_faults(session: &Session, study: &Study) -> Vec<Diagnostic> {
    let faults = match Question::of_study(study, &session.source().name) {
        Err(faults) => faults,
        Ok(question) => match session.under(&question.layers) {
            Err(failure) => vec![Fault::whole(failure.to_string())],
            Ok(session) => {
                let settings = &question.settings;
                let sampling = settings.sampling(None);
                let asking = Asking { session: &session, settings, sampling: &sampling, watch: &Unwatched };
                let history = settings.given.as_deref().map(|name| session.history(name));
                let unread = history.and_then(Result::err).map(|why| Fault::of("given", why.to_string()));
                let wrong = question.command.check(&asking).err().map(faults_of).unwrap_or_default();
                wrong.into_iter().chain(unread).collect()
            }
        },
    };
    place_faults(study, faults)
}

/// What is wrong with a question, by its keys.
fn faults_of(failure: Failure) -> Vec<Fault> {
    let Failure::Text { diagnostics, sources } = failure else {
        return match failure {
            Failure::Question(faults) => faults,
            other => vec![Fault::whole(other.to_string())],
        };
    };
    let fault = |told: Diagnostic| {
        let Source { name, typed, .. } = sources.get(told.span.file);
        // What is part of the question is called after its key: `vary 1`.
        let key = name.split(' ').next().filter(|_| *typed);
        match key {
            Some(key) => Fault::of(key, told.message),
            None => {
                let (line, column) = sources.line_column(told.span.file, told.span.start);
                Fault::whole(format!("{name}:{line}:{column}: {}", told.message))
            }
        }
    };
    diagnostics.into_iter().filter(|told| told.severity == Severity::Error).map(fault).collect()
}

/// Faults of a study at the lines of its keys.
#[must_use]
pub fn place_faults(study: &Study, faults: Vec<Fault>) -> Vec<Diagnostic> {
    let place = |fault: Fault| {
        let unknown =
            matches!(fault.advice, Some(Advice::Rename(_))) || fault.message.contains("has no option");
        let span = match fault.key.as_deref() {
            None => study.span,
            Some("command") => study.command.span,
            Some(key) if unknown => study.key_span(key),
            Some(key) => study.value_span(key),
        };
        let id = if unknown { "unknown-key" } else { "bad-study" };
        let message = match fault.key.as_deref() {
            Some(key) if !unknown && key != "command" => format!("`{key}`: {}", fault.message),
            _ => fault.message,
        };
        let error = Diagnostic::error(id, span, message);
        match fault.advice {
            Some(Advice::Rename(near)) => error.help(format!("did you mean `{near}`?")),
            Some(Advice::Use { key: "command", value: Some(near) }) => {
                error.help(format!("did you mean `{near}`?"))
            }
            Some(Advice::Use { key: "command", value: None }) => {
                error.help(format!("commands of studies are {}", KEPT.join(", ")))
            }
            Some(Advice::Use { key, value: Some(value) }) => error.help(format!("write `{key} = {value}`")),
            Some(Advice::Use { key, value: None }) => error.help(format!("`{key}` does it")),
            Some(Advice::LeaveOut(key)) => error.help(format!("leave out `{key}`")),
            None => error,
        }
    };
    faults.into_iter().map(place).collect()
}
