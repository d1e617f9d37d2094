//! A table as CSV: a header, then a line a row, `\n` at the end of each.

use super::Table;

/// The table as CSV.
#[must_use]
pub fn csv(table: &Table) -> Vec<u8> {
    let mut bytes = csv_header(table);
    bytes.extend(csv_rows(table));
    bytes
}

/// The line of its columns' names.
#[must_use]
pub fn csv_header(table: &Table) -> Vec<u8> {
    written([table.columns().iter().map(|column| column.name.clone()).collect()])
}

/// Its rows alone, for a table that comes in batches.
#[must_use]
pub fn csv_rows(table: &Table) -> Vec<u8> {
    let row = |row: usize| table.columns().iter().map(|column| column.values.cell(row).field()).collect();
    written((0..table.rows()).map(row))
}

fn written(records: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        // Writing to memory cannot fail, and all records of a table are as long.
        let _ = writer.write_record(&record);
    }
    writer.into_inner().unwrap_or_default()
}
