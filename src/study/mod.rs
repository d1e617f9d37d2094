//! Studies: many plays, under many draws, of one scenario or of several side by side.
//!
//! Takes a [`Document`](crate::scenario::Document) and [`Settings`], and gives out estimates. Work is cut
//! into segments of at most 1,024 replications that lie within one draw; segments are played on whatever
//! threads the caller has installed, and folded in their order, so that nothing depends on how many
//! threads there are. Nothing here reads a clock, opens a file, or makes a thread.

mod absence;
mod agree;
mod answer;
mod both;
mod claims;
mod compare;
pub mod designs;
pub mod discover;
mod experiment;
mod explain;
mod flip;
mod gauge;
mod given;
mod matrices;
mod method;
mod models;
mod notice;
mod observed;
mod outlook;
mod pairing;
mod precise;
mod prepare;
mod propagate;
mod run;
mod runner;
pub mod sensitivity;
mod situation;
mod sound;
mod spread;
mod stage;
mod story;
pub mod sweep;
mod verify;

pub use absence::NoAnswer;
pub use agree::{Agreement, Distance, agree};
pub use claims::{AtPlace, Cited, ClaimResult, Place, claims};
pub use compare::{Compared, Comparison, Transitions, compare};
pub use experiment::{Experiment, Moved, Response};
pub use explain::explain;
pub use flip::{
    Aim, Boundary, Column, Dial, Flip, FlipVerdict, Flipped, Flips, Frontier, LOOKS_FURTHER, Reading, Which,
    flips, frontier,
};
pub(crate) use gauge::is_share;
pub use given::{Given, Location, Posterior, Weighing};
pub use matrices::{Matrices, matrices};
pub use method::{Record, evaluate, evaluate_given};
pub use models::{DecisionModel, decision_models};
pub use notice::Notice;
pub use observed::Quantity;
pub use outlook::{Closest, Effort, Outlook};
pub use precise::{Precision, evaluate_until};
pub use prepare::{Prepared, Shared};
pub use propagate::propagate;
pub use run::{DrawResult, Estimates, PlayRecord, Run, draw_parameters, run};
pub use runner::{Method, OFF_BY, Points, Settings, StudyError, Unwatched, Watch};
pub use situation::{Drawn, Situation, start_state};
pub use sound::Branching;
pub use stage::{Stage, StageGame, StageRequest, stage};
pub use story::{EffectInPlay, MoveInPlay, PaymentInPlay, Story, TurnOfPlay, story};
pub use verify::{FactResult, Reference, Verdict, verify};
