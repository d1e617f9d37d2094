//! The compiled finite stochastic game: what can be known of a scenario before any parameter has a value.
//!
//! Takes a checked [`Scenario`](crate::scenario::Scenario) and gives out a [`Game`]: conditions as sets,
//! and for every turn and depth of look-ahead the independent [`Component`]s into which the actors' decision
//! problem falls, each with the few variables that it reads. Nothing here has an amount or a chance: a
//! draw of the parameters changes numbers, never structure, so one game serves all draws and threads.
//! Nothing here knows how actors choose or how plays are sampled.

mod blueprint;
mod compile;
mod compiled;
mod component;
mod effect_diagram;
mod ids;
mod lazy_table;
mod limits;
mod local_state;
mod menu;
mod partition;
mod place;
mod transition;
mod variable_set;

pub use blueprint::{
    ActorPlan, BeliefPlan, Blueprint, ClassPlan, EffectPlan, Learns, OutcomePlan, Rule, SeatPlan, TermPlan,
};
pub use compiled::Game;
pub use component::{
    ActiveEffect, ActiveTerm, ChangeGroup, Component, ComponentKind, ComponentStructure, ContinuationTerm,
    Member, ShorterHorizon, StatusQuo,
};
pub use effect_diagram::{DiagramShape, DiagramStage, EffectDiagram};
pub use ids::{CellId, Code, ComponentId, MemberId, MenuId, StructureId, SubsetId, TransitionId};
pub use lazy_table::{GrowingLazyTable, LazyTable};
pub use limits::GameError;
pub use local_state::{LocalState, MoveFactor, OptionSubsets, PayoffProduct};
pub use menu::{Menu, SeatStatus};
pub use transition::{ChangedVariable, EffectTransition, TransitionTable};
pub use variable_set::VariableSet;

pub(crate) use blueprint::{at_levels, fold, in_turn};
pub(crate) use lazy_table::Interner;
pub(crate) use place::compact;
