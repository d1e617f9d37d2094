//! What is found for a local state: how its members play, and what it is worth.

use crate::game::MemberId;
use crate::scenario::IdVec;

/// How a member of a component plays in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Play {
    /// The probability of each option of its menu.
    pub policy: Vec<f64>,
    /// For an actor whose play in several issues is a mixture (of levels, or of its rule and trembling):
    /// the options' probabilities in each of [`Policies::modes`](super::Policies::modes); empty for others.
    pub modes: Vec<Vec<f64>>,
}

/// What was found for a local state of a component.
#[derive(Debug)]
pub(crate) struct LocalSolution {
    /// `values[reasoner]`: what the state's levels are worth to each reasoner, as far as this component goes.
    pub(crate) values: Box<[f64]>,
    /// For each member of the component, how it plays; empty for components that are asked for their value only.
    pub(crate) plays: IdVec<MemberId, Play>,
}
