//! The entries of lists that have names, so that a path can lead through a list.
//!
//! Moves are named by their ids, values by the levels that they belong to, the conditions of a list by their number,
//! 1 being the first.

use super::format::{Branch, Form};
use super::tree::{Node, Table, Value};

/// How the entries of the list at a place are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryNames {
    /// By the ids of the moves.
    Moves,
    /// By the variable's levels.
    Levels,
    /// By their numbers.
    Numbers,
}

impl EntryNames {
    /// How the entries of the list that may stand at a place are named; `None` where a list is set whole.
    pub(crate) fn of(branch: Branch) -> Option<Self> {
        if branch.has(Form::Moves) {
            Some(Self::Moves)
        } else if branch.has(Form::AmountsByLevel) {
            Some(Self::Levels)
        } else {
            branch.has(Form::Conditions).then_some(Self::Numbers)
        }
    }

    /// The names of a list's entries. `levels`: those of the variable to which the list belongs.
    pub(crate) fn names(self, items: &[Node], levels: &[String]) -> Vec<String> {
        match self {
            Self::Moves => items.iter().filter_map(move_name).map(str::to_owned).collect(),
            Self::Levels => levels[..levels.len().min(items.len())].to_vec(),
            Self::Numbers => (1..=items.len()).map(|number| number.to_string()).collect(),
        }
    }
}

/// The id of a move in a list of moves.
pub(crate) fn move_name(item: &Node) -> Option<&str> {
    item.as_str().or_else(|| item.as_table()?.get("move")?.as_str())
}

/// The texts in a list.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    let Value::Array(items) = value else { return Vec::new() };
    items.iter().filter_map(Node::as_str).map(str::to_owned).collect()
}

/// A move that is an id alone, as a table to which more can be added.
pub(crate) fn move_as_table(item: &Node) -> Table {
    match &item.value {
        Value::Table(table) => table.clone(),
        _ => Table {
            entries: vec![(super::Key { name: "move".to_owned(), span: item.span }, item.clone())],
            inline: true,
        },
    }
}
