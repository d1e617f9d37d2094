//! The design read literally, for tiny games: nothing is factored, nothing is shared with the engine but
//! the checked scenario and the numbers of a draw.
//!
//! Conditions are judged on the whole state, profile and turn; expectations go through every profile and
//! every set of effects that may fire; look-ahead is the recursion as it is written. Turns are counted
//! from 1, as in the file.

mod exact;
mod minds;
mod world;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use demarche::scenario::{Numbers, Scenario};

pub(crate) use exact::{Exact, Mean, Moves};
use minds::Asked;

/// A level for every variable.
pub(crate) type State = Vec<usize>;

/// What one actor does in a turn: seat and move, in each of its open issues, seats ascending.
pub(crate) type Action = Vec<(usize, usize)>;

/// Actions with their probabilities.
pub(crate) type Policy = Vec<(Action, f64)>;

/// A move for every seat; `None` where the issue is closed.
pub(crate) type Profile = Vec<Option<usize>>;

/// A scenario under one draw.
pub(crate) struct Oracle<'s> {
    pub(crate) scenario: &'s Scenario,
    pub(crate) numbers: &'s Numbers,
    steps: RefCell<HashMap<(usize, State, Profile), Rc<Step>>>,
    policies: RefCell<HashMap<Asked, Rc<Policy>>>,
    worths: RefCell<HashMap<Asked, f64>>,
}

/// What a profile pays and where it leads.
pub(crate) struct Step {
    /// To each actor, not weighted.
    pub(crate) pays: Vec<f64>,
    /// States with their probabilities.
    pub(crate) next: Vec<(State, f64)>,
}

impl<'s> Oracle<'s> {
    pub(crate) fn new(scenario: &'s Scenario, numbers: &'s Numbers) -> Self {
        Self {
            scenario,
            numbers,
            steps: RefCell::default(),
            policies: RefCell::default(),
            worths: RefCell::default(),
        }
    }

    pub(crate) fn turns(&self) -> usize {
        self.scenario.turns as usize
    }

    /// Every state there is.
    pub(crate) fn states(&self) -> Vec<State> {
        let mut states = vec![Vec::new()];
        for variable in &self.scenario.variables {
            let longer = |state: &State| -> Vec<State> {
                (0..variable.levels.len()).map(|level| [state.as_slice(), &[level]].concat()).collect()
            };
            states = states.iter().flat_map(longer).collect();
        }
        states
    }
}
