//! The table of a scenario's sizes.

use super::schema::{TableSchema, counted, text};
use super::table::{Cell, Table};
use crate::ask::check::CheckFindings;

pub(super) const SIZES: TableSchema = TableSchema {
    name: "sizes",
    commands: &["check"],
    doc: "How large a scenario is.",
    columns: &[text("what", "what is counted"), counted("size", "how many there are")],
};

pub(super) fn tables(found: &CheckFindings) -> Vec<Table> {
    let mut table = Table::new(&SIZES);
    for size in &found.sizes {
        table.push([Cell::from(&size.what), size.count.into()]);
    }
    vec![table]
}
