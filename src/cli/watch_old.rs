//! Failures of the commands that do not ask questions yet.

use demarche::scenario::{Diagnostic, Sources};
use demarche::study::StudyError;

use super::opened::tell;
use super::{Status, say};

/// Says why a study came to nothing, and gives the exit status that goes with it.
pub(crate) fn explain_failure(error: &StudyError, sources: &Sources) -> Status {
    match error {
        StudyError::Stopped => {
            say("stopped; nothing was written");
            Status::Interrupted
        }
        StudyError::Amounts { draw, diagnostics } => {
            tell(diagnostics, sources);
            say(&match draw {
                Some(draw) => format!(
                    "error: the scenario's numbers are out of range in draw {draw}: narrow the distributions \
                     that they rest on, or change the expression"
                ),
                None => "error: the scenario's numbers are out of range at central values".to_owned(),
            });
            Status::Wrong
        }
        StudyError::Impossible(row) => {
            let message = error.to_string();
            let told = Diagnostic::error("impossible", row.span, message);
            tell(
                &[told.help("check the row, or leave it out; `demarche explain` says what an actor may do")],
                sources,
            );
            Status::Wrong
        }
        StudyError::Game(error) => {
            tell(&[error.diagnostic()], sources);
            Status::Wrong
        }
        StudyError::Equilibrium { .. } => {
            say(&format!("error: {error}"));
            Status::Failed
        }
        StudyError::Measures(all) => {
            for why in all {
                say(&format!("error: {why}"));
            }
            Status::Wrong
        }
        other => {
            say(&format!("error: {other}"));
            Status::Wrong
        }
    }
}
