//! The table of a sweep.

use super::schema::{TableSchema, Thing, Unit, high, low, names, said, value, varied, whole};
use super::table::{Cell, Table};
use crate::ask::sweep::SweepFindings;
use crate::study::sweep::Value;

pub(super) const SWEEP: TableSchema = TableSchema {
    name: "sweep",
    commands: &["sweep"],
    doc: "One row for each point and measure. A point that has no answer has rows without numbers.",
    columns: &[
        whole("point", Unit::None, "the point, from 1"),
        varied("PATH", "where that path stands"),
        names("measure", Thing::Measure, "the measure"),
        value("value", Unit::Own, "the measure there"),
        low(Unit::Own),
        high(Unit::Own),
        said("why_not", "why there are no numbers; empty where there are"),
    ],
};

pub(super) fn tables(found: &SweepFindings) -> Vec<Table> {
    let SweepFindings { design, measures, swept, .. } = found;
    let paths = design.columns.iter().map(|column| column.path.clone()).collect();
    let mut table = Table::with_columns(&SWEEP, &[paths]);
    let mut absent = swept.absent.iter().peekable();
    for (point, row) in swept.estimates.iter().enumerate() {
        let why = absent.next_if(|(place, _)| *place == point);
        let why = why.map_or(Cell::Missing, |(_, why)| Cell::Text(why.to_string()));
        for (measure, estimate) in measures.iter().zip(row) {
            let values = (0..design.columns.len()).map(|column| cell(design.value(point, column)));
            let cells = [Cell::from(point + 1)].into_iter().chain(values).chain([Cell::from(measure)]);
            table.push(cells.chain(Cell::interval(*estimate)).chain([why.clone()]));
        }
    }
    vec![table]
}

fn cell(value: &Value) -> Cell {
    value.number.map_or_else(|| value.text.as_str().into(), Cell::from)
}
