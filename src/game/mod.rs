//! The compiled finite stochastic game: what can be known of a scenario before any parameter has a value.
//!
//! Takes a checked [`Scenario`](crate::scenario::Scenario) and gives out a [`Game`]: conditions as sets,
//! and for every turn and depth of look-ahead the independent [`Part`]s into which the actors' decision
//! problem falls, each with the few variables that it reads. Nothing here has an amount or a chance: a
//! draw of the parameters changes numbers, never structure, so one game serves all draws and threads.
//! Nothing here knows how actors choose or how plays are sampled.

mod blueprint;
mod cell;
mod compile;
mod lattice;
mod limits;
mod menu;
mod partition;
mod shelf;
mod space;
mod transition;

pub use blueprint::{
    ActorPlan, BeliefPlan, Blueprint, ClassPlan, EffectPlan, Learns, OutcomePlan, Rule, SeatPlan, TermPlan,
};
pub use cell::{Cell, Factor, Product, Subsets};
pub use compile::Game;
pub use lattice::{Form, Group, Lattice, Stage};
pub use limits::GameError;
pub use menu::{Menu, SeatStatus};
pub use partition::{LiveEffect, LiveTerm, Member, Part, PartId, PartKind, Piece, Shape};
pub use shelf::{Roll, Shelf};
pub use space::Scope;
pub use transition::{Transition, Transitions};

pub(crate) use blueprint::{at_levels, fold, in_turn};
pub(crate) use shelf::Catalogue;
