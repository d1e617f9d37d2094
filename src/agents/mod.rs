//! Decision models: from a compiled game and the numbers of one draw to policies.
//!
//! Takes a [`Game`](crate::game::Game) and [`Numbers`](crate::scenario::Numbers), and gives out, for each
//! component of the game and each cell of it that somebody asks for, the probabilities of every member's
//! options. Nothing here draws a number, and nothing here knows of plays.

mod after;
mod continuation;
mod expectation;
mod explain;
mod joint;
mod learned;
mod learning;
mod minds;
mod numbers;
mod places;
mod policies;
mod row;
mod rules;
mod tabulated;

pub use after::After;

pub(crate) use learned::Prospect;
pub(crate) use learning::Experience;
pub(crate) use numbers::MenuNumbers;

pub use explain::{ExplainedOption, Explanation, Moves, TermShare};
pub use minds::{Believed, Mind, Minds, Step};
pub use places::{Crossing, Fault, Place, Reached};
pub use policies::{Play, Policies};
pub use rules::{TIE, best, logit, tremble, uniform};
