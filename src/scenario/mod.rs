//! The file format: text in, a checked [`Scenario`] out, with everything that is wrong with the text.
//!
//! This floor takes the texts of scenario files and their tables from a [`Library`], and gives out a
//! [`Scenario`] in which every id is resolved to an index, every condition to sets, and every amount to
//! an expression over the parameters. It never opens a file, never draws a number, and knows nothing of
//! how a scenario is played.

mod amount;
mod assignment;
pub(crate) mod cells;
mod changes;
mod cited;
mod condition;
mod dependencies;
mod diagnostic;
mod distribution;
mod document;
mod expression;
pub mod format;
mod history;
mod ids;
mod keys;
mod layers;
mod learning;
mod lint;
mod lists;
mod lower;
mod measures;
mod merge;
mod model;
mod numbers;
mod paths;
mod ranges;
mod ratios;
mod render;
mod resolve;
#[cfg(test)]
mod settable;
mod slots;
mod source;
mod stated;
mod suggest;
#[cfg(test)]
pub(crate) mod tests_support;
pub(crate) mod text;
mod tree;
mod worlds;

pub use amount::{Amount, Expression};
pub use assignment::is_assignment;
pub use changes::{Changes, Factor};
pub use condition::{Clause, Condition, Set};
pub use diagnostic::{Diagnostic, Label, Severity};
pub use document::{Document, Layer, Reading, Request, TextKind, read, text_kind};
pub use history::{HISTORY_VERSION, History, Seen, Sighting};
pub use ids::{
    ActorId, ClassificationId, EffectId, Id, IdVec, IssueId, LevelId, Levels, Made, MeasureId, MoveId,
    OutcomeId, ParameterId, SeatId, TermId, VariableId,
};
pub use layers::GAMBIT_FILE;
pub use learning::Learning;
pub use model::*;
pub use numbers::{ActorNumbers, Numbers};
pub use ranges::FactorRange;
pub use ratios::{Ratio, Sum};
pub use render::{render, render_named};
pub use slots::{Region as SlotRegion, Slot, Slots};
pub use source::{FileId, Library, Source, Sources, Span};
pub use stated::{AmountKind, Stated};
pub use suggest::did_you_mean;
pub(crate) use suggest::{decimal_comma, with_point};
pub use text::is_gambit;
pub use tree::{Key, Node, Table, Value};

pub(crate) use ids::ids;
pub(crate) use lower::thousands;
pub(crate) use paths::beside;
