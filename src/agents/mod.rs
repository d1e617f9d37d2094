//! Decision models: from a compiled game and the numbers of one draw to policies.
//!
//! Takes a [`Game`](crate::game::Game) and [`Numbers`](crate::scenario::Numbers), and gives out, for each
//! component of the game and each cell of it that somebody asks for, the probabilities of every member's
//! options. Nothing here draws a number, and nothing here knows of plays.

mod choosing;
mod continuation;
mod draw_numbers;
mod equilibrium_player;
mod evaluator;
mod expectation;
mod explain;
mod findings;
mod given_beliefs;
mod ids;
mod learning;
mod local_equilibrium;
mod local_game;
mod local_solver;
mod policies;
mod reasoning;
mod rules;
mod solution;
mod stage_continuation;
mod tabulated;

pub use stage_continuation::StageContinuation;

pub(crate) use choosing::Chooser;
pub(crate) use draw_numbers::MenuProbabilities;
pub(crate) use given_beliefs::Prospect;
pub(crate) use learning::Experience;

pub use explain::{ExplainedOption, Explanation, Moves, TermShare};
pub use findings::{Bifurcation, BranchPosition, DecisionPoint, Fault};
pub use ids::{ActionId, LevelNumber, ReasonerId};
pub use policies::Policies;
pub use reasoning::{LevelMixture, Reasoner, ReasoningLevel, ReasoningPlan};
pub use rules::{TIE, best, logit, tremble, uniform};
pub use solution::Play;
