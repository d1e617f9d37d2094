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
        "{clauses} conditions of effects and choices hang together in one turn, more than the {limit} that are taken apart exactly"
    )]
    Clauses {
        /// How many conditions.
        clauses: usize,
        /// How many there may be.
        limit: usize,
    },
    /// It was asked to stop.
    #[error("stopped")]
    Stopped,
}
