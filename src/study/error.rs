//! Why a study came to no result.

use super::effort::Effort;
use super::replications::Segment;
use crate::equilibrium::{FormError, LogitError};
use crate::exact::ExactError;
use crate::game::GameError;
use crate::scenario::{Diagnostic, Sighting};

/// Why a study came to no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// It was asked to stop.
    #[error("stopped")]
    Stopped,
    /// An amount is out of range.
    #[error("{} under {}", diagnostics.first().map_or("an amount is out of range", |d| d.message.as_str()), draw.map_or_else(|| "central values".to_owned(), |d| format!("draw {d}")))]
    Amounts {
        /// The draw; `None`: central values.
        draw: Option<u64>,
        /// Every such amount.
        diagnostics: Vec<Diagnostic>,
    },
    /// The game is too large.
    #[error(transparent)]
    Game(#[from] GameError),
    /// There is no equilibrium to be found in some state.
    #[error("where {place}{}: {error}", draw.map_or_else(String::new, |d| format!(", under draw {d}")))]
    Equilibrium {
        /// The draw; `None`: central values.
        draw: Option<u64>,
        /// Turn and state.
        place: String,
        /// Why.
        error: LogitError,
    },
    /// The scenario has no variant of that name.
    #[error("there is no variant `{0}`")]
    Variant(String),
    /// A run has no such replication.
    #[error("there is no replication {number}: a run of {replications} has those from 0 to {}", replications - 1)]
    Replication {
        /// The one that was asked for.
        number: u64,
        /// How many there are.
        replications: u64,
    },
    /// An issue's payoffs are too many to be drawn.
    #[error("`{issue}` has {count} combinations of moves; {limit} are the most that are drawn")]
    Combinations {
        /// The issue.
        issue: String,
        /// Its combinations.
        count: usize,
        /// The most that are drawn.
        limit: usize,
    },
    /// Its distribution cannot be propagated exactly.
    #[error("{0}")]
    Exact(ExactError),
    /// A change of the scenario makes it unsound.
    #[error("{0}")]
    Unsound(String),
    /// Nothing is open where a stage game was asked for.
    #[error("no issue is open in this state and turn: there is no game to solve")]
    Closed,
    /// The stage game is too large.
    #[error("the stage game cannot be laid out: {0}")]
    Stage(#[from] FormError),
    /// The scenario gives what was observed probability zero.
    #[error("the scenario gives this probability zero after the rows before it")]
    Impossible(Sighting),
    /// The same, where no row can be named.
    #[error("the probability of what was observed is too small for a number")]
    Vanishing,
    /// Intervals as narrow as that would take too long.
    #[error("a half width of {half_width} takes about {}", needed.in_words())]
    Precision {
        /// The half width that was asked for.
        half_width: f64,
        /// What it would take.
        needed: Effort,
        /// What has been done to find out.
        done: Effort,
    },
    /// No play counts: there was none, or none that weighs anything.
    #[error("there is no play to count")]
    Nothing,
    /// A segment is none of the run's.
    #[error("replications {} to {} are no segment of this run", .0.begin, .0.end)]
    Segment(Segment),
    /// A run has been put together from fewer parts than it has.
    #[error("{} segments of the run are missing", .0.len())]
    Incomplete(Vec<Segment>),
    /// Measures cannot be resolved, or have no value: why, each by itself.
    #[error("{}", .0.join("; "))]
    Measures(Vec<String>),
}

impl From<ExactError> for StudyError {
    fn from(error: ExactError) -> Self {
        match error {
            ExactError::Stopped => Self::Stopped,
            other => Self::Exact(other),
        }
    }
}
