//! Warnings: what is legal in a sound scenario, but surely not meant.
//!
//! Each check is a function from the scenario to its findings, and none changes anything. They judge
//! what can be seen without playing: a condition that contradicts itself is found, a state that no play
//! reaches is not.

mod citations;
mod conflicts;
mod never;
mod outcomes;
mod unused;

use super::lower::Mentions;
use super::{Diagnostic, Scenario};

/// Everything that is surely not meant in a sound scenario.
pub(crate) fn lint(scenario: &Scenario, mentions: &Mentions) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    never::never_holds(scenario, &mut warnings);
    never::scripted_but_unavailable(scenario, &mut warnings);
    outcomes::never_first(scenario, &mut warnings);
    outcomes::freezes_another(scenario, &mut warnings);
    conflicts::set_differently(scenario, &mut warnings);
    citations::cited_nowhere(scenario, mentions, &mut warnings);
    citations::without_because(scenario, &mut warnings);
    unused::variables(scenario, mentions, &mut warnings);
    unused::parameters(scenario, mentions, &mut warnings);
    warnings
}
