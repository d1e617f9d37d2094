//! Why an actor chooses what it does, in a state that somebody names.

use serde::{Deserialize, Serialize};

use super::error::StudyError;
use super::prepare::Shared;
use super::sound::sound;
use crate::agents::{Explanation, Policies};
use crate::scenario::{Document, Start};

/// The state in which every variable starts; the likeliest level where the start is drawn.
#[must_use]
pub fn start_state(document: &Document) -> Vec<usize> {
    let central = document.scenario.central();
    let level = |variable: &crate::scenario::Variable| match &variable.start {
        Start::Level(level) => *level,
        Start::Weights(weights) => {
            let weighed = weights.iter().map(|(level, weight)| (*level, weight.value(&central)));
            weighed.fold((0, f64::NEG_INFINITY), |best, next| if next.1 > best.1 { next } else { best }).0
        }
    };
    document.scenario.variables.iter().map(level).collect()
}

/// Which values of the parameters count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The seed of the draws.
    pub seed: u64,
    /// The draw; `None`: every parameter at its central value.
    pub draw: Option<u64>,
}

/// Why `actor` chooses what it does in the state `levels` in `turn` (0-based).
///
/// # Errors
/// See [`StudyError`].
pub fn explain(
    document: &Document,
    drawn: Drawn,
    actor: usize,
    levels: &[usize],
    turn: usize,
) -> Result<Vec<Explanation>, StudyError> {
    let prepared = Shared::default().prepare(&document.scenario, &document.slots)?;
    let numbers = prepared.numbers(drawn.seed, drawn.draw)?;
    let policies = Policies::new(&prepared.game, &numbers);
    let explained = policies.explain(actor, levels, turn);
    sound(&document.scenario, &policies, drawn.draw)?;
    Ok(explained)
}
