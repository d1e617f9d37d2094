//! What a table is made of: its columns, each with its role and unit.

use serde::Serialize;

/// A table that some answer may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TableSchema {
    /// Its name: that of its file, without `.csv`, and its key in JSON.
    pub name: &'static str,
    /// The commands whose answers have it.
    pub commands: &'static [&'static str],
    /// What a row is.
    pub doc: &'static str,
    /// Its columns, in order; titles come after them.
    pub columns: &'static [ColumnSchema],
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnSchema {
    /// Its name; in capitals where the scenario's names stand in for it: `pays.ACTOR` is a column for each actor.
    pub name: &'static str,
    /// What part it plays.
    pub role: Role,
    /// The kind of its cells.
    pub kind: Kind,
    /// The unit of its numbers.
    pub unit: Unit,
    /// What its cells name, where they name something of the scenario's.
    pub thing: Option<Thing>,
    /// What it says.
    pub doc: &'static str,
}

/// What part a column plays in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// It tells rows apart.
    Key,
    /// What was found.
    Value,
    /// The lower end of the 95 % interval of the value before it.
    Low,
    /// The upper end.
    High,
    /// How much a row weighs.
    Weight,
    /// How people call what a key names.
    Title,
}

/// The kind of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Texts.
    Text,
    /// Whole numbers, at least 0.
    Whole,
    /// Numbers.
    Number,
    /// Numbers or texts: values that were varied.
    Any,
}

/// The unit of a column's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// None: texts, numbers that tell rows apart.
    None,
    /// A share or probability, between 0 and 1.
    Share,
    /// Payoffs, in the scenario's own unit.
    Payoff,
    /// Turns.
    Turns,
    /// How many.
    Count,
    /// The unit of what the row is about: of its measure or parameter.
    Own,
}

/// What of a scenario's a cell names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// A classification.
    Classification,
    /// An outcome of the row's classification.
    Outcome,
    /// A variable.
    Variable,
    /// A level of the row's variable.
    Level,
    /// An actor.
    Actor,
    /// An issue.
    Issue,
    /// A move of the row's actor in the row's issue; or of the actor that the column is named after.
    Move,
    /// A parameter.
    Parameter,
    /// A measure, by its path.
    Measure,
    /// A claim.
    Claim,
    /// Anything else that has a path in the scenario file.
    Path,
}

impl Thing {
    /// Whether people call such things by titles that stand beside their ids.
    #[must_use]
    pub const fn has_titles(self) -> bool {
        matches!(self, Self::Outcome | Self::Level | Self::Actor | Self::Move | Self::Parameter)
    }
}

impl ColumnSchema {
    /// Whether it stands for several columns, named after things of the scenario.
    #[must_use]
    pub fn is_pattern(&self) -> bool {
        self.name.bytes().any(|byte| byte.is_ascii_uppercase())
    }
}

/// A key that names something of the scenario's.
pub(super) const fn names(name: &'static str, thing: Thing, doc: &'static str) -> ColumnSchema {
    ColumnSchema { name, role: Role::Key, kind: Kind::Text, unit: Unit::None, thing: Some(thing), doc }
}

/// A key that is a text of its own.
pub(super) const fn text(name: &'static str, doc: &'static str) -> ColumnSchema {
    ColumnSchema { name, role: Role::Key, kind: Kind::Text, unit: Unit::None, thing: None, doc }
}

/// A key that is a whole number.
pub(super) const fn whole(name: &'static str, unit: Unit, doc: &'static str) -> ColumnSchema {
    ColumnSchema { name, role: Role::Key, kind: Kind::Whole, unit, thing: None, doc }
}

/// What was found, as a number.
pub(super) const fn value(name: &'static str, unit: Unit, doc: &'static str) -> ColumnSchema {
    ColumnSchema { name, role: Role::Value, kind: Kind::Number, unit, thing: None, doc }
}

/// What was found, as a whole number.
pub(super) const fn counted(name: &'static str, doc: &'static str) -> ColumnSchema {
    ColumnSchema { name, role: Role::Value, kind: Kind::Whole, unit: Unit::Count, thing: None, doc }
}

/// What was found, as a text.
pub(super) const fn said(name: &'static str, doc: &'static str) -> ColumnSchema {
    ColumnSchema { name, role: Role::Value, kind: Kind::Text, unit: Unit::None, thing: None, doc }
}

/// A number or text that was varied.
pub(super) const fn varied(name: &'static str, doc: &'static str) -> ColumnSchema {
    ColumnSchema { name, role: Role::Key, kind: Kind::Any, unit: Unit::Own, thing: None, doc }
}

/// The lower end of an interval.
pub(super) const fn low(unit: Unit) -> ColumnSchema {
    let doc = "lower end of the 95 % interval of sampling error; the value itself where nothing was sampled";
    ColumnSchema { name: "low", role: Role::Low, kind: Kind::Number, unit, thing: None, doc }
}

/// The upper end of an interval.
pub(super) const fn high(unit: Unit) -> ColumnSchema {
    let doc = "upper end of the same interval";
    ColumnSchema { name: "high", role: Role::High, kind: Kind::Number, unit, thing: None, doc }
}

/// An end of an interval under another name.
pub(super) const fn end(name: &'static str, role: Role, unit: Unit, doc: &'static str) -> ColumnSchema {
    ColumnSchema { name, role, kind: Kind::Number, unit, thing: None, doc }
}
