//! The engine's side of the benchmark: each function makes one piece of work ready and hands it over.
//!
//! What is made ready here is not timed. A subject that the engine cannot do yet is `None`, and its row says "not
//! measured".

use std::path::PathBuf;

use crate::harness::pair::Work;

/// A scenario, and where it stands (which says where what it extends is to be found).
#[expect(dead_code, reason = "no subject reads it yet")]
pub(crate) struct Scenario {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// Samples on one thread and counts outcomes alone: no turns, no moves, no scores. Policies are made ready.
pub(crate) fn sampler_outcomes(_scenario: &Scenario, _replications: u64) -> Option<Work> {
    None
}

/// Samples on so many threads with all tallies and scores. Policies are made ready.
pub(crate) fn sampler_all(_scenario: &Scenario, _replications: u64, _threads: usize) -> Option<Work> {
    None
}

/// The policies of the first turn in all states, on one thread, whatever depends on conditions alone made ready.
pub(crate) fn policies(_scenario: &Scenario) -> Option<Work> {
    None
}

/// From the checked scenario to its first policies in all states: with all that is made once for a scenario.
pub(crate) fn first_draw(_scenario: &Scenario) -> Option<Work> {
    None
}

/// Another draw of the same scenario: amounts and chances change, and conditions do not.
pub(crate) fn further_draw(_scenario: &Scenario) -> Option<Work> {
    None
}

/// From the checked scenario to its exact table of outcomes.
pub(crate) fn exact(_scenario: &Scenario) -> Option<Work> {
    None
}
