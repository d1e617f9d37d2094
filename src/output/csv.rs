//! Tables as CSV: a header, then a line a row, `\n` at the end of each.

use super::Table;

/// The table as CSV; without a header where it has no columns.
#[must_use]
pub fn csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and rows are as long as the header.
    if !table.columns.is_empty() {
        let _ = writer.write_record(&table.columns);
    }
    for row in &table.rows {
        let _ = writer.write_record(row.iter().map(super::Cell::field));
    }
    writer.into_inner().unwrap_or_default()
}
