//! Failures in words: the one place where what went wrong, and what to do about it, is said in the terms of the command
//! line.

use demarche::ask::Failure;
use demarche::scenario::Sources;
use demarche::study::{Effort, StudyError};

use super::open::tell as show;
use super::question::fault;
use super::{Status, say};

/// Says why there is no answer, and gives the exit status that goes with it.
pub(crate) fn tell(failure: &Failure) -> Status {
    tell_after(failure, &Sources::default(), 0.0)
}

/// The same after so many seconds of work on the texts of a scenario.
pub(crate) fn tell_after(failure: &Failure, sources: &Sources, seconds: f64) -> Status {
    match failure {
        Failure::Text { diagnostics, sources } => {
            show(diagnostics, sources);
            Status::Wrong
        }
        Failure::Question(faults) => {
            for it in faults {
                say(&format!("error: {}", fault(it)));
            }
            Status::Wrong
        }
        Failure::Study(error) => study(error, sources, seconds),
        other => {
            say(&format!("error: {other}"));
            Status::Wrong
        }
    }
}

fn study(error: &StudyError, sources: &Sources, seconds: f64) -> Status {
    match error {
        StudyError::Stopped => {
            say("stopped; nothing was written");
            return Status::Interrupted;
        }
        StudyError::Amounts { draw, diagnostics } => {
            show(diagnostics, sources);
            say(&match draw {
                Some(draw) => format!(
                    "error: the scenario's numbers are out of range in draw {draw}: narrow the distributions \
                     that they rest on, or change the expression"
                ),
                None => "error: the scenario's numbers are out of range at central values".to_owned(),
            });
        }
        StudyError::Game(error) => show(&[error.diagnostic()], sources),
        StudyError::Equilibrium { .. } => {
            say(&format!("error: {error}"));
            return Status::Failed;
        }
        StudyError::Precision { half_width, needed, done } => {
            say(&too_precise(*half_width, *needed, *done, seconds));
            return Status::Failed;
        }
        StudyError::Exact(why) => say(&format!("error: {why}: use --method sample")),
        StudyError::Measures(all) => all.iter().for_each(|why| say(&format!("error: {why}"))),
        other => say(&format!("error: {other}")),
    }
    Status::Wrong
}

/// Why a precision is not gone for.
fn too_precise(half_width: f64, needed: Effort, done: Effort, seconds: f64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "an estimate of time")]
    let times = (needed.plays.max(needed.draws) as f64) / (done.plays.max(done.draws).max(1) as f64);
    format!(
        "error: a half width of {half_width} would take {}, {}: ask for a wider one, or allow more plays with \
         --at-most",
        needed.in_words(),
        demarche::words::duration(seconds * times)
    )
}
