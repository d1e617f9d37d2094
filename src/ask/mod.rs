//! One question, one answer: the door of the library.
//!
//! A [`Source`] is the text of a scenario with every file that it names. A [`Session`] has read and compiled it once.
//! A [`Question`] is plain data: what the command line parses, `[studies.NAME]` keeps, a manifest records and a program
//! writes as JSON is this one thing. [`ask`] answers it with an [`Answer`]: owned, serialisable, with the names and
//! titles of what it is about and its [`Provenance`]. From an answer come tables ([`crate::tables`]) and text
//! ([`crate::words`]).
//!
//! Nothing here opens a file, reads a clock, knows a terminal, or spells an option of the command line: what could be
//! done about a failure is data.

mod about;
mod answer;
mod asking;
mod command;
mod decision;
mod failure;
mod fields;
mod form;
mod gather;
mod layers;
mod measured;
mod notice;
mod notices;
mod options;
mod place;
mod question;
mod session;
mod settings;
mod source;
mod studies;
#[cfg(test)]
mod tests;

pub mod agree;
pub mod check;
pub mod claims;
pub mod compare;
pub mod discover;
pub mod explain;
pub mod flip;
pub mod models;
pub mod play;
pub mod run;
pub mod sensitivity;
pub mod solve;
pub mod sweep;
pub mod tables;
pub mod verify;

pub use about::{
    About, AboutActor, AboutClaim, AboutClassification, AboutEffect, AboutOutcome, AboutSeat, AboutVariable,
    Named,
};
pub use answer::{Answer, Findings, Provenance, sha256};
pub use asking::Asking;
pub use command::{COMMANDS, Command};
pub use decision::{BeliefRule, ChoiceRule, DecisionRule};
pub use failure::{Advice, Failure, Fault};
pub use fields::{Fields, PRESENTATION, number, whole};
pub use form::FORM;
pub use layers::{LayerName, Layers};
pub use measured::Measured;
pub use notice::Notice;
pub use place::Place;
pub use question::Question;
pub use session::Session;
pub use settings::Settings;
pub use source::Source;
pub use studies::{STUDY_COMMANDS, place_faults, study_faults};

use crate::study::Watch;

/// Answers a question about a scenario.
///
/// Everything that is wrong with the question is found before anything is computed, and told at once. Where the
/// question changes the scenario (`set`, `variant`, `overlay`) otherwise than the session does, the scenario is read
/// again from the session's own texts.
///
/// Cost: that of the study; see each question's own page. Runs on the threads of the rayon pool that the caller has
/// installed; the answer does not depend on how many there are.
///
/// # Errors
/// See [`Failure`].
///
/// # Examples
/// ```
/// use demarche::ask::{Layers, Question, Session, Source, ask};
/// use demarche::study::Unwatched;
///
/// let text = r#"
/// format = 1
/// turns  = 1
/// [variables.deal]
/// levels = ["none", "struck"]
/// [actors.buyer]
/// [actors.seller]
/// [issues.price.moves]
/// buyer  = ["high", "low"]
/// seller = ["take", "leave"]
/// [issues.price.effects.strike]
/// when = { buyer = "high", seller = "take" }
/// set  = { deal = "struck" }
/// [outcomes.end.deal]
/// when = { deal = "struck" }
/// [outcomes.end.none]
/// "#;
/// let session = Session::open(Source::new("deal.toml", text), &Layers::default()).unwrap();
/// let question: Question = serde_json::from_str(r#"{ "command": "run", "seed": 7 }"#).unwrap();
/// let answer = ask(&session, &question, &Unwatched).unwrap();
/// let outcomes = &demarche::tables::tables(&answer)[0];
/// assert_eq!(outcomes.name(), "outcomes");
/// assert_eq!(outcomes.number("probability", 0), Some(0.25)); // both choose uniformly between two moves
/// ```
pub fn ask(session: &Session, question: &Question, watch: &dyn Watch) -> Result<Answer, Failure> {
    ask_each(session, question, watch, None)
}

/// The same; `plays` is handed every single play, in order, in batches, where the question asks for them (`run` with
/// `each`): there may be more than memory holds.
///
/// # Errors
/// See [`Failure`].
pub fn ask_each(
    session: &Session,
    question: &Question,
    watch: &dyn Watch,
    plays: run::Plays<'_>,
) -> Result<Answer, Failure> {
    let session = session.under(&question.layers)?;
    let settings = &question.settings;
    let observed = settings.given.as_deref().map(|name| session.history(name)).transpose()?;
    let (history, sources) = observed.unzip();
    let sampling = settings.sampling(history);
    let asking = Asking { session: &session, settings, sampling: &sampling, watch };
    question.command.check(&asking)?;
    let found = question.command.answer(&asking, plays).map_err(|failure| failure.placed(sources))?;
    let notices = notices::notices(&asking, question, &found);
    Ok(Answer::new(&session, question, found, notices))
}
