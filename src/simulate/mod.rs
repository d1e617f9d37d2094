//! Plays: what happens when policies meet chance.
//!
//! Takes a compiled game with the policies of one draw, and gives out plays, one replication at a time,
//! to whoever observes them. Every random number is addressed by replication, turn and slot, so that any
//! play can be replayed alone and nothing depends on threads. Nothing here knows how many plays are
//! wanted, or what is made of them.

mod actions;
mod beginning;
mod bits;
mod board;
mod chacha;
mod chance;
mod draws;
mod effects;
mod learners;
mod memory;
mod observe;
mod picks;
mod sampler;
mod sums;
mod table;
mod tally;

pub use beginning::Beginning;
pub use chance::Chance;
pub use draws::draw;
pub use observe::{BOARDS, Observer, Outcomes, PlayEnd, Turn};
pub use sampler::Sampler;
pub(crate) use sums::PlaySums;
pub use table::Table;
pub use tally::{Counting, Layout, Tally};
