//! `check`: whether a scenario is sound, and how large it is.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use super::studies::study_faults;
use crate::scenario::{Diagnostic, Scenario};

/// `check` has no options of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckOptions {}

/// A sound scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckFindings {
    /// How many things are legal in it, but surely not meant.
    pub warnings: usize,
    /// How large it is.
    pub sizes: Vec<Size>,
}

/// How many of something a scenario has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// What is counted, in words.
    pub what: String,
    /// How many there are.
    pub count: u64,
}

impl Options for CheckOptions {
    type Findings = CheckFindings;

    fn read(_: &mut Fields) -> Self {
        Self {}
    }

    fn ignores(&self) -> Vec<&'static str> {
        super::place::IGNORED.into_iter().chain(["seed"]).collect()
    }

    fn faults(&self, _: &Asking<'_>) -> Vec<Fault> {
        Vec::new()
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let session = asking.session;
        let scenario = &session.document().scenario;
        // A game that is too large to be computed with is an error of the scenario's too.
        session.prepared()?;
        let diagnostics: Vec<Diagnostic> =
            scenario.studies.iter().flat_map(|study| study_faults(session, study)).collect();
        if !diagnostics.is_empty() {
            return Err(Failure::Text { diagnostics, sources: Box::new(session.sources().clone()) });
        }
        let found = CheckFindings { warnings: session.warnings().len(), sizes: sizes(scenario) };
        Ok(Found::at_one_state(found, asking))
    }
}

fn sizes(scenario: &Scenario) -> Vec<Size> {
    let states: u64 = scenario.variables.iter().map(|it| it.levels.len() as u64).fold(1, u64::saturating_mul);
    let uncertain = scenario.uncertain().len();
    let outcomes: usize = scenario.classifications.iter().map(|class| class.outcomes.len()).sum();
    let size = |what: &str, count: u64| Size { what: what.to_owned(), count };
    let counted = |what: &str, count: usize| size(what, count as u64);
    vec![
        size(&format!("turns, one {} each", scenario.turn), scenario.turns.into()),
        size("states", states),
        counted("variables", scenario.variables.len()),
        counted("actors", scenario.actors.len()),
        counted("issues", scenario.issues.len()),
        counted("payoff terms, rows of tables included", scenario.terms.len()),
        counted("effects and events", scenario.effects.len()),
        counted(&format!("parameters, {uncertain} of them uncertain"), scenario.parameters.len()),
        counted("outcomes", outcomes),
        counted("claims", scenario.claims.len()),
        counted("facts", scenario.facts.len()),
        counted("variants", scenario.variants.len()),
    ]
}
