//! Exact propagation: the distribution of states, carried forward turn by turn.
//!
//! Takes a compiled game with the policies of one draw, and gives out the [`PlayDistribution`] of everything
//! that a run observes, without a single play. A turn's chance falls into components: choices and effects
//! that a condition or a variable ties together. Components are independent once the state is known, and
//! each depends on few variables, so that what can happen in one is made once for a cell of those variables;
//! a state's successors are products of such lists, and no matrix over states is ever held. Nothing here
//! knows seeds, replications or intervals.

mod belief;
mod clause_diagram;
mod component;
mod decisions;
mod effect_expansion;
mod error;
mod filter;
mod forward;
mod gather;
mod item;
mod propagator;
mod result;
mod resume;
mod sums;
mod turn_structure;
mod wanted;
mod work;

pub use belief::{BeliefState, PossibleState};
pub use error::ExactError;
pub use filter::{FilterError, filter};
pub use propagator::Propagation;
pub use result::{PlayDistribution, SeatShares};
pub use wanted::{distribution, distribution_for};
pub use work::steps;
