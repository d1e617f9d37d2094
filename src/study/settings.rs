//! What is asked of a study, besides its question.

use serde::{Deserialize, Serialize};

use super::notice::Notice;
use crate::scenario::History;

/// How the distribution is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Method {
    /// Whatever suits the scenario.
    #[default]
    Auto,
    /// By propagating the distribution of states.
    Exact,
    /// By plays.
    Sample,
}

/// What is asked of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The seed of all chance.
    pub seed: u64,
    /// Plays in all; at least 1.
    pub replications: u64,
    /// Draws of the parameters; 0: every parameter at its central value; `None`: as the scenario calls for.
    pub draws: Option<u64>,
    /// What has been observed so far of each scenario that is studied: draws weigh as likely as they make it, and
    /// plays go on from where they may stand after its last turn. Scores and measures count what comes after.
    pub history: Option<History>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, replications: 10_000, draws: None, history: None }
    }
}

/// How far a known number may be off, as a share of itself, where nobody says: from half to one and a half times.
pub const OFF_BY: f64 = 0.5;

/// Draws, where a parameter is uncertain and nobody says how many.
const DRAWS: u64 = 100;

/// So few draws say nothing of how far others would lie from them.
pub(crate) const FEW_DRAWS: u64 = 2;

impl Settings {
    /// The number of draws that a scenario is run with: 0 for central values, and where nothing is `uncertain`.
    #[must_use]
    pub fn draws_of(&self, uncertain: bool) -> u64 {
        if uncertain { self.draws.unwrap_or(DRAWS).min(self.replications) } else { 0 }
    }

    /// What has to be said of the draws that are asked for, of scenarios of which some are `uncertain` or none.
    #[must_use]
    pub fn notices(&self, uncertain: bool) -> Vec<Notice> {
        match (self.draws, self.draws_of(uncertain)) {
            (Some(draws @ 1..), 0) => vec![Notice::NothingToDraw { draws }],
            (_, draws @ 1..=FEW_DRAWS) => vec![Notice::TooFewDraws { draws }],
            _ => Vec::new(),
        }
    }
}
