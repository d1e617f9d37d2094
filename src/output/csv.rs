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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Cell;

    #[track_caller]
    fn check(cells: Vec<Cell>, expected: &str) {
        let columns: Vec<String> = (0..cells.len()).map(|n| format!("c{n}")).collect();
        let table = Table { columns, rows: vec![cells] };
        let text = String::from_utf8(csv(&table)).expect("CSV is text");
        assert_eq!(text.split_once('\n').map(|(_, rows)| rows), Some(expected));
    }

    #[test]
    fn numbers_keep_every_bit_and_stay_short() {
        check(vec![0.1.into(), 1e-300.into(), (1.0 / 3.0).into()], "0.1,1e-300,0.3333333333333333\n");
    }

    #[test]
    fn what_is_missing_is_empty_and_whole_numbers_are_whole() {
        check(vec![Cell::Missing, f64::NAN.into(), 7_u64.into()], ",,7\n");
    }

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        check(
            vec!["a, b".into(), "say \"no\"".into(), "plain".into()],
            "\"a, b\",\"say \"\"no\"\"\",plain\n",
        );
    }

    #[test]
    fn rows_can_be_written_without_their_header() {
        let rows = Table { columns: Vec::new(), rows: vec![vec![1_u64.into()], vec![2_u64.into()]] };
        assert_eq!(csv(&rows), b"1\n2\n");
    }
}
