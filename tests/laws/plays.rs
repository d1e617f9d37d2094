//! What is counted over plays agrees with the exact distribution, and what is propagated is that distribution.

use demarche::scenario::Document;
use demarche::study::{Settings, Unwatched, propagate, run};

use crate::agreement::{Allowance, disagreement};
use crate::draft::Draft;
use crate::oracle::Oracle;
use crate::tape::{Tape, always};

const PLAYS: u32 = 20_000;

/// Whether everything that a run counts, and its means, are near the exact distribution.
pub(crate) fn counts_are_near(document: &Document) -> Result<(), String> {
    let settings = Settings { seed: 3, replications: PLAYS.into(), draws: Some(0), history: None };
    let played = run(document, &settings, &Unwatched, None).map_err(|error| error.to_string())?;
    let scenario = &document.scenario;
    let numbers = scenario.numbers(&scenario.central()).map_err(|errors| format!("{errors:?}"))?;
    let exact = Oracle::new(scenario, &numbers).exact();
    disagreement(scenario, &played.estimates, &exact, Allowance::Plays(PLAYS.into()))
}

fn law(_: &Draft, document: &Document, _: &mut Tape<'_>) -> Result<(), String> {
    counts_are_near(document)
}

#[test]
fn everything_that_is_counted_is_near_the_truth() {
    always(50, 2, law);
}

/// Whether what is propagated is the distribution that the rules give when taken literally.
pub(crate) fn propagation_is_exact(document: &Document) -> Result<(), String> {
    let settings = Settings { draws: Some(0), ..Settings::default() };
    let found = propagate(document, &settings, 0.0, &Unwatched).map_err(|error| error.to_string())?;
    let scenario = &document.scenario;
    let numbers = scenario.numbers(&scenario.central()).map_err(|errors| format!("{errors:?}"))?;
    let exact = Oracle::new(scenario, &numbers).exact();
    disagreement(scenario, &found.estimates, &exact, Allowance::Rounding)
}

#[test]
fn what_is_propagated_is_the_truth() {
    always(120, 3, |_: &Draft, document: &Document, _: &mut Tape<'_>| propagation_is_exact(document));
}
