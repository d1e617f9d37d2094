//! The table of facts.

use super::schema::{TableSchema, Thing, Unit, high, low, names, said, text, value};
use super::table::{Cell, Table};
use crate::ask::verify::VerifyFindings;

pub(super) const FACTS: TableSchema = TableSchema {
    name: "facts",
    commands: &["verify"],
    doc: "One row for each fact; two for one with two bounds.",
    columns: &[
        text("fact", "the fact"),
        names("measure", Thing::Measure, "its measure"),
        value("value", Unit::Own, "the measure in the fact's run"),
        value("against", Unit::Own, "what it was held against: another run, another measure, a bound"),
        value("difference", Unit::Own, "the first less the second"),
        low(Unit::Own),
        high(Unit::Own),
        said("verdict", "`holds`, `fails` or `unclear`"),
        said("why_not", "why a run of the fact has no answer; empty where it has one"),
    ],
};

pub(super) fn tables(found: &VerifyFindings) -> Vec<Table> {
    let mut table = Table::new(&FACTS);
    for result in &found.facts {
        let names = [Cell::from(&result.fact), Cell::from(&result.measure)];
        let values = [result.value.into(), result.against.into()];
        let why = result.absent.as_ref().map_or(Cell::Missing, |why| Cell::Text(why.to_string()));
        let verdict = [Cell::Text(result.verdict.to_string()), why];
        let difference = Cell::interval(result.difference);
        table.push(names.into_iter().chain(values).chain(difference).chain(verdict));
    }
    vec![table]
}
