//! What is known of a state that nobody sees, after what has been observed: a distribution over states.

use crate::scenario::Levels;

/// The belief state after the last turn of a history: where plays may stand, and how likely each is.
#[derive(Clone, Debug, PartialEq)]
pub struct BeliefState {
    /// The probability of all that was observed.
    pub likelihood: f64,
    /// Turns gone by.
    pub turns: usize,
    /// Where plays stand: probabilities given what was observed, in the order of states; they sum to 1.
    pub states: Vec<PossibleState>,
}

/// A state in which plays may stand.
#[derive(Clone, Debug, PartialEq)]
pub struct PossibleState {
    /// The level of each variable.
    pub levels: Levels,
    /// The turns played: all that have gone by, or fewer where the play has stopped.
    pub turns: usize,
    /// Whether the play has stopped.
    pub ended: bool,
    /// How likely it is.
    pub probability: f64,
}
