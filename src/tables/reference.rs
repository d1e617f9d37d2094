//! The reference of all tables, `docs/tables.md`.

use std::fmt::Write;

use super::registry::TABLES;
use super::schema::{ColumnSchema, Kind, Role, TableSchema, Thing, Unit};

/// The reference as Markdown.
#[must_use]
pub fn reference() -> String {
    let mut text = HEAD.to_owned();
    for table in TABLES {
        describe(&mut text, table);
    }
    text
}

const HEAD: &str = "\
# Tables

Every table that demarche writes: `NAME.csv` in an output folder, and the key `NAME` of the JSON object. A row is one
observation; numbers are in full precision; an empty field (`null` in JSON) means that there is no value. `low` and
`high` bound a 95 % interval of sampling error. A column in capitals stands for several: one for each thing of that kind
in the scenario, under its id. Columns that end in `_title` say how the scenario calls what the column before names: its
title, or its id where it has none.

Units: *share*, between 0 and 1; *payoff*, the scenario's own unit; *turns*; *count*; *own*, the unit of the measure or
parameter of the row.
";

fn describe(text: &mut String, table: &TableSchema) {
    let commands: Vec<String> = table.commands.iter().map(|name| format!("`{name}`")).collect();
    let _ = write!(text, "\n## {} ({})\n\n{}\n\n", table.name, commands.join(", "), table.doc);
    text.push_str("| column | role | kind | unit | what it says |\n|---|---|---|---|---|\n");
    for column in table.columns {
        let ColumnSchema { name, role, kind, unit, doc, .. } = column;
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {doc} |",
            role_name(*role),
            kind_name(*kind),
            unit_name(*unit)
        );
    }
    for column in table.columns.iter().filter(|column| column.thing.is_some_and(Thing::has_titles)) {
        let _ = writeln!(text, "| {0}_title | title | text | | title of `{0}` |", column.name);
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Key => "key",
        Role::Value => "value",
        Role::Low => "low",
        Role::High => "high",
        Role::Weight => "weight",
        Role::Title => "title",
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Whole => "whole number",
        Kind::Number => "number",
        Kind::Any => "number or text",
    }
}

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::None => "",
        Unit::Share => "share",
        Unit::Payoff => "payoff",
        Unit::Turns => "turns",
        Unit::Count => "count",
        Unit::Own => "own",
    }
}
