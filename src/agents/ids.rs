//! Ids of who reasons, and how deeply.

use crate::scenario::ids;

ids! {
    /// An actor at one level of reasoning: an index into [`ReasoningPlan::actors`](super::ReasoningPlan::actors).
    ReasonerId,
    /// A level of reasoning by its number over all ways of reasoning, from 1; see [`LevelNumber::NAIVE`].
    LevelNumber,
    /// What an actor that learns, or is learnt of, has chosen in all its seats: a number below that of its codes.
    ActionId,
}

impl LevelNumber {
    /// Naive play, which nobody reasons about.
    pub const NAIVE: Self = Self(0);
}
