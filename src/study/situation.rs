//! A state and turn that somebody names, and which values of the parameters count there.

use serde::{Deserialize, Serialize};

use super::error::StudyError;
use super::prepare::Prepared;
use crate::scenario::{Numbers, Scenario, Start, Variable};

/// A state in a turn, under some values of the parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// The level of each variable, in the scenario's order.
    pub levels: Vec<usize>,
    /// The turn, 0-based.
    pub turn: usize,
    /// Which values of the parameters count.
    pub drawn: Drawn,
}

/// Which values of the parameters count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The seed of the draws.
    pub seed: u64,
    /// The draw; `None`: every parameter at its central value.
    pub draw: Option<u64>,
}

impl Situation {
    /// The first turn, in the state in which every variable starts; every parameter at its central value.
    #[must_use]
    pub fn start(scenario: &Scenario) -> Self {
        Self { levels: start_state(scenario), turn: 0, drawn: Drawn::default() }
    }

    /// The scenario's numbers there.
    pub(super) fn numbers(&self, prepared: &Prepared<'_>) -> Result<Numbers, StudyError> {
        prepared.numbers(self.drawn.seed, self.drawn.draw)
    }
}

/// The state in which every variable starts; the likeliest level where the start is drawn.
#[must_use]
pub fn start_state(scenario: &Scenario) -> Vec<usize> {
    let central = scenario.central();
    let level = |variable: &Variable| match &variable.start {
        Start::Level(level) => *level,
        Start::Weights(weights) => {
            let weighed = weights.iter().map(|(level, weight)| (*level, weight.value(&central)));
            weighed.fold((0, f64::NEG_INFINITY), |best, next| if next.1 > best.1 { next } else { best }).0
        }
    };
    scenario.variables.iter().map(level).collect()
}
