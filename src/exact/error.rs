//! Why there may be no exact answer.

/// Why a distribution cannot be propagated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExactError {
    /// There are too many states to hold a probability for each.
    #[error(
        "the scenario has {states} states, more than the {limit} whose probabilities are carried forward exactly"
    )]
    States {
        /// How many there are.
        states: usize,
        /// How many there may be.
        limit: usize,
    },
    /// Somebody learns.
    #[error(
        "`{actor}` learns from what has been done so far in a play, so what it does next depends on more than the \
         state and the turn, and cannot be carried forward exactly"
    )]
    Learning {
        /// The first who does.
        actor: String,
    },
    /// Too many conditions hang together.
    #[error(
        "{clauses} conditions of effects and choices hang together in one state, on {profiles} combinations of moves; \
         more than {limit} are taken apart exactly only where there are fewer combinations"
    )]
    Clauses {
        /// How many conditions hold in the state as far as its levels go.
        clauses: usize,
        /// How many there may be, whatever is chosen.
        limit: usize,
        /// How many combinations of options there are in the state.
        profiles: usize,
    },
    /// It was asked to stop.
    #[error("stopped")]
    Stopped,
}
