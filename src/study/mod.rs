//! Studies: many plays, under many draws, of one scenario or of several side by side.
//!
//! Takes a [`Document`](crate::scenario::Document) and [`Settings`], and gives out estimates. Work is cut
//! into segments of at most 1,024 replications that lie within one draw; segments are played on whatever
//! threads the caller has installed, and folded in their order, so that nothing depends on how many
//! threads there are. Nothing here reads a clock, opens a file, or makes a thread.

mod absence;
mod agree;
mod apart;
mod certain;
mod claims;
mod clusters;
mod compare;
mod condition;
mod conditioning;
pub mod designs;
pub mod discover;
mod effort;
mod equilibria;
mod error;
mod experiment;
mod explain;
mod flip;
mod folding;
mod matrices;
mod measure;
mod method;
mod models;
mod notice;
mod observed;
mod outlook;
mod paired;
mod precise;
mod prepare;
mod propagate;
mod replications;
mod response;
mod run;
mod runner;
mod segments;
pub mod sensitivity;
mod settings;
mod shared_measures;
mod situation;
mod spread;
mod stage;
mod story;
pub mod sweep;
mod tree;
mod verify;
mod watch;

pub use absence::NoAnswer;
pub use agree::{Agreement, Distance, agree};
pub use apart::compare_apart;
pub use claims::{AtPlace, Cited, ClaimResult, Place, claims};
pub use compare::{Compared, Comparing, Comparison, Transitions, compare};
pub use conditioning::{Conditioning, Location, ParameterPosterior, Posterior};
pub use effort::Effort;
pub use equilibria::Bifurcation;
pub use error::StudyError;
pub use experiment::Experiment;
pub use explain::explain;
pub use flip::{
    Boundary, Column, Criterion, Flip, FlipVerdict, Flipped, Flips, Frontier, LOOKS_FURTHER, Margins,
    SearchVariable, Selection, flips, frontier,
};
pub use matrices::{Matrices, matrices};
pub(crate) use measure::is_share;
pub use method::{Evaluating, Record, evaluate, evaluate_prepared};
pub use models::{DecisionModel, decision_models};
pub use notice::Notice;
pub use observed::Quantity;
pub use outlook::{Closest, Outlook};
pub use precise::{Precision, evaluate_until};
pub use prepare::{Prepared, Shared};
pub use propagate::propagate;
pub use replications::Segment;
pub use response::{MeasuredChange, Response};
pub use run::{DrawResult, Estimates, PlayRecord, Run, run};
pub use segments::{Assembly, Part, PartError, plan, play};
pub use settings::{Method, OFF_BY, Settings};
pub use situation::{Drawn, Situation, start_state};
pub use stage::{Stage, StageGame, StageRequest, stage};
pub use story::{EffectInPlay, MoveInPlay, PaymentInPlay, Story, TurnOfPlay, story};
pub use tree::{Merge, Tree, Twice};
pub use verify::{FactResult, Reference, Verdict, verify};
pub use watch::{Points, Unwatched, Watch};
