//! The tables of a comparison.

use super::schema::{TableSchema, Thing, Unit, counted, high, low, names, said, text, value};
use super::table::{Cell, Table};
use crate::ask::compare::CompareFindings;
use crate::study::{Compared, Comparison, Method};

pub(super) const AGAINST: TableSchema = TableSchema {
    name: "against",
    commands: &["compare"],
    doc: "What makes the other scenario, change by change.",
    columns: &[
        text("kind", "`assignment`, `variant` or `overlay`"),
        said("change", "the change as it was written"),
    ],
};

pub(super) const DIFFERENCES: TableSchema = TableSchema {
    name: "differences",
    commands: &["compare"],
    doc: "One row for each measure, paired on the same random numbers.",
    columns: &[
        names("measure", Thing::Measure, "the measure"),
        value("value", Unit::Own, "in the scenario"),
        value("against", Unit::Own, "in the other scenario"),
        value("difference", Unit::Own, "in the other less in the scenario: what the change does"),
        low(Unit::Own),
        high(Unit::Own),
        value("tighter", Unit::Own, "how many times wider the interval of two independent runs would be"),
    ],
};

pub(super) const TRANSITIONS: TableSchema = TableSchema {
    name: "transitions",
    commands: &["compare"],
    doc: "Which plays end where, in the scenario and in the other; where plays were played.",
    columns: &[
        names("classification", Thing::Classification, "the classification"),
        names("from", Thing::Outcome, "the outcome in the scenario"),
        names("to", Thing::Outcome, "the outcome in the other"),
        counted("plays", "how many plays"),
        value("share", Unit::Share, "of all plays"),
        low(Unit::Share),
        high(Unit::Share),
    ],
};

/// `against`, `differences`, and `transitions` where there were plays.
pub(super) fn tables(found: &CompareFindings) -> Vec<Table> {
    let mut against = Table::new(&AGAINST);
    for change in &found.changes {
        against.push([Cell::from(&change.kind), Cell::from(&change.text)]);
    }
    let mut tables = vec![against, differences(&found.comparison.measures)];
    if found.comparison.by != Method::Exact || !found.comparison.transitions.is_empty() {
        tables.push(transitions(&found.comparison));
    }
    tables
}

fn differences(measures: &[Compared]) -> Table {
    let mut table = Table::new(&DIFFERENCES);
    for compared in measures {
        let values = [Cell::from(&compared.measure), compared.value.into(), compared.against.into()];
        let last = [compared.tighter.into()];
        table.push(values.into_iter().chain(Cell::interval(compared.difference)).chain(last));
    }
    table
}

fn transitions(found: &Comparison) -> Table {
    let mut table = Table::new(&TRANSITIONS);
    for class in &found.transitions {
        for (from, row) in class.outcomes.iter().zip(&class.counts) {
            for (to, quantity) in class.outcomes.iter().zip(row) {
                let names = [Cell::from(&class.classification), Cell::from(from), Cell::from(to)];
                let plays = [quantity.hits().into()];
                let share = Cell::interval(quantity.share_over(found.draws));
                table.push(names.into_iter().chain(plays).chain(share));
            }
        }
    }
    table
}
