//! Plays: what happens when policies meet chance.
//!
//! Takes a compiled game with the policies of one draw, and gives out plays, one replication at a time,
//! to whoever observes them. Every random number is addressed by replication, turn and slot, so that any
//! play can be replayed alone and nothing depends on threads. Nothing here knows how many plays are
//! wanted, or what is made of them.

mod accumulators;
mod actions;
mod bits;
mod chacha;
mod chance;
mod choice_group;
mod cumulative_rows;
mod draws;
mod effects;
mod learners;
mod memory;
mod observe;
mod outcome_table;
mod payments;
mod play_state;
mod prepared_game;
mod sampler;
mod start;
mod sums;
mod tally;
mod tally_layout;
mod width;

pub use accumulators::AccumulatorId;
pub use chance::Chance;
pub use draws::draw;
pub use observe::{BATCH, Observer, OutcomeCounter, PlayEnd, Turn};
pub use prepared_game::PreparedGame;
pub use sampler::PlaySampler;
pub use start::StartDistribution;
pub(crate) use sums::PlaySums;
pub use tally::{Counting, Tally};
pub use tally_layout::TallyLayout;
