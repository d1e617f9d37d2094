//! A TOML document as a tree in which every key and value knows its place, whatever file it came from.

use super::Span;

/// A key and where it stands.
#[derive(Clone, Debug)]
pub struct Key {
    /// The key, unquoted.
    pub name: String,
    /// Its place.
    pub span: Span,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place; for a table with a header, the header.
    pub span: Span,
}

/// What can stand behind a key.
#[derive(Clone, Debug)]
pub enum Value {
    /// A text.
    String(String),
    /// A number as it was written, unread: `1_000`, `0.10`, `inf`, `99999999999999999999`.
    Number(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A date or time, which no key of the format wants.
    Datetime(String),
    /// A list.
    Array(Vec<Node>),
    /// A table.
    Table(Table),
}

/// Keys with their values, in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The entries; keys are unique.
    pub entries: Vec<(Key, Node)>,
    /// Written as `{ ... }`: an overlay's inline table replaces, one with a header or dotted keys merges.
    pub inline: bool,
}

impl Table {
    /// The value behind a key.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }
}
