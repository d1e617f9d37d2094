//! Why there is no answer where one was asked for.

use serde::{Deserialize, Serialize};

use super::error::StudyError;
use crate::scenario::Sighting;

/// Why a point, a place, a claim's end or a decision model has no answer. Its row stays, its cells are empty, and
/// the rest of the study goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoAnswer {
    /// An amount is out of range there: which one, and of what.
    OutOfRange(String),
    /// No equilibrium can be followed there: where, and why.
    NoEquilibrium(String),
    /// What has been observed has probability zero there, at the latest with this row after those before it; none
    /// where its probability is too small for a number.
    Impossible(Option<Sighting>),
    /// The scenario cannot be made so: why.
    Unsound(String),
    /// It cannot be found: why.
    Unfindable(String),
}

impl NoAnswer {
    /// What one point's error says of that point; the error itself where it ends the whole study.
    ///
    /// # Errors
    /// If the study was stopped, or the game is too large at any point.
    pub fn at_a_point(error: StudyError) -> Result<Self, StudyError> {
        match error {
            StudyError::Amounts { diagnostics, .. } => {
                let first = diagnostics.into_iter().next();
                Ok(Self::OutOfRange(first.map_or_else(String::new, |diagnostic| diagnostic.message)))
            }
            StudyError::Equilibrium { place, error, .. } => {
                Ok(Self::NoEquilibrium(format!("where {place}: {error}")))
            }
            StudyError::Impossible(row) => Ok(Self::Impossible(Some(row))),
            StudyError::Vanishing => Ok(Self::Impossible(None)),
            other => Err(other),
        }
    }
}

impl std::fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OutOfRange(why) | Self::NoEquilibrium(why) | Self::Unsound(why) | Self::Unfindable(why) => {
                f.write_str(why)
            }
            Self::Impossible(_) => f.write_str("what was observed has probability zero here"),
        }
    }
}
