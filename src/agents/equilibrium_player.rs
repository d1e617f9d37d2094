//! Who plays in the equilibrium of a local state.

use super::reasoning::Reasoner;
use crate::game::MemberId;

/// A member that has something to choose.
pub(super) struct EquilibriumPlayer {
    pub(super) member: MemberId,
    pub(super) reasoner: Reasoner,
    /// What the others see of its choices, a row for each option: the chance that the option comes of a
    /// choice is the script's share of it, less what trembling takes.
    pub(super) steadiness: f64,
    /// Where its choices begin in a profile.
    pub(super) start: usize,
}
