//! Every policy of the engine, in every state and turn, is the design's.

use std::fmt::Debug;

use demarche::agents::Policies;
use demarche::scenario::Document;
use demarche::study::Shared;

use crate::draft::Draft;
use crate::engine::play;
use crate::oracle::Oracle;
use crate::tape::{Tape, always};

/// The engine's policies against the oracle's, at central values or under a draw.
pub(crate) fn agree(document: &Document, draw: Option<u64>) -> Result<(), String> {
    let scenario = &document.scenario;
    let prepared = Shared::default().prepare(scenario, &document.slots).map_err(|error| error.to_string())?;
    let numbers = prepared.numbers(1, draw).map_err(|error| error.to_string())?;
    let policies = Policies::new(&prepared.game, &numbers);
    let oracle = Oracle::new(scenario, &numbers);
    // A play never chooses where it has stopped.
    for state in oracle.states().into_iter().filter(|state| !oracle.stops(state)) {
        for turn in 1..=oracle.turns() {
            for actor in 0..scenario.actors.len() {
                let found = play(&policies, &prepared.game, actor, turn, &state);
                let expected = oracle.play(actor, turn, &state);
                same(&found, &expected, 1e-9).map_err(|why| {
                    format!("{} in turn {turn} at {state:?}: {why}", scenario.actors[actor].id)
                })?;
            }
        }
    }
    Ok(())
}

/// Whether two policies are the same, whatever the order of their actions.
pub(crate) fn same<A: PartialEq + Debug>(
    found: &[(A, f64)],
    expected: &[(A, f64)],
    allowed: f64,
) -> Result<(), String> {
    let total: f64 = found.iter().map(|(_, p)| p).sum();
    if (total - 1.0).abs() > 1e-12 {
        return Err(format!("{found:?} sums to {total}"));
    }
    let of = |policy: &[(A, f64)], action: &A| {
        policy.iter().find(|(known, _)| known == action).map_or(0.0, |(_, p)| *p)
    };
    for (action, _) in found.iter().chain(expected) {
        let (a, b) = (of(found, action), of(expected, action));
        if (a - b).abs() > allowed || a.is_nan() {
            return Err(format!("{action:?} has {a}, not {b}: {found:?}, not {expected:?}"));
        }
    }
    Ok(())
}

fn law(_: &Draft, document: &Document, tape: &mut Tape<'_>) -> Result<(), String> {
    agree(document, tape.of(&[None, Some(0), Some(7)]))
}

#[test]
fn every_policy_is_the_oracles() {
    always(150, 1, law);
}
