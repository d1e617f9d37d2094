//! Progress on a terminal, Ctrl-C, and what has to be said of the way to a result.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use demarche::study::{Branching, StudyError, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::open::tell;
use super::{Status, say};
use demarche::scenario::{Diagnostic, Sources};

/// Set by Ctrl-C.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// A progress bar on standard error, where that is a terminal; stops at Ctrl-C.
#[derive(Debug)]
pub(crate) struct Watching {
    bar: ProgressBar,
    quiet: bool,
    /// The first one that was told: there may be one in every draw.
    branching: OnceLock<Branching>,
}

impl Watching {
    /// Starts to watch.
    pub(crate) fn new(quiet: bool) -> Self {
        // A second handler cannot be set; the first does the same.
        let _ = ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed));
        let bar = ProgressBar::new(0);
        let hidden = quiet || !std::io::stderr().is_terminal();
        bar.set_draw_target(if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() });
        if let Ok(style) =
            ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} plays, {eta} left")
        {
            bar.set_style(style);
        }
        Self { bar, quiet, branching: OnceLock::new() }
    }

    /// Takes the bar away, and says what has to be said.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
        warn(self.branching.get(), self.quiet);
    }
}

impl Watch for Watching {
    fn progress(&self, done: u64, total: u64) {
        self.bar.set_length(total);
        self.bar.set_position(done);
    }

    fn stopped(&self) -> bool {
        INTERRUPTED.load(Ordering::Relaxed)
    }

    fn branches(&self, branching: &Branching) {
        self.branching.get_or_init(|| branching.clone());
    }
}

/// Says that an equilibrium may not be the only one, unless nobody wants to hear it.
pub(crate) fn warn(branching: Option<&Branching>, quiet: bool) {
    if let Some(branching) = branching.filter(|_| !quiet) {
        say(&format!("warning: {branching}"));
    }
}

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
