//! The cells of a CSV file, each with its place.

use std::ops::Range;

use super::{FileId, Span};

/// A cell: its text without quotes and spaces, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// From the first cell of a row to its last.
pub(crate) fn row_span(row: &[Cell]) -> Span {
    let (first, last) = (row.first(), row.last());
    let (first, last) = (first.map(|cell| cell.span), last.map(|cell| cell.span));
    let first = first.unwrap_or_default();
    Span { end: last.map_or(first.end, |span| span.end), ..first }
}

/// All rows that are not blank.
pub(crate) fn rows(text: &str, file: FileId) -> Vec<Vec<Cell>> {
    rows_from(text, 0, file)
}

/// All rows that are not blank, from a byte of the text on.
pub(crate) fn rows_from(text: &str, from: usize, file: FileId) -> Vec<Vec<Cell>> {
    let table = &text.as_bytes()[from..];
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(table);
    let records = reader.records().filter_map(Result::ok);
    let rows = records.map(|record| {
        let byte = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(byte).expect("a place in a text that is in memory");
        let places = cell_places(text, from + start, record.len());
        let cells = record.iter().zip(places);
        cells
            .map(|(cell, place)| Cell { text: cell.trim().to_owned(), span: Span::new(file, &place) })
            .collect()
    });
    rows.filter(|row: &Vec<Cell>| row.iter().any(|cell| !cell.text.is_empty())).collect()
}

/// Where the cells of the record stand that begins at or after `start`: the reader of the format tells
/// only where records begin.
fn cell_places(text: &str, start: usize, n_cells: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = start;
    while matches!(bytes.get(at), Some(b'\r' | b'\n')) {
        at += 1;
    }
    let mut places = Vec::with_capacity(n_cells);
    while places.len() < n_cells {
        let begin = at;
        let mut quoted = false;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => quoted = !quoted,
                b',' | b'\r' | b'\n' if !quoted => break,
                _ => {}
            }
            at += 1;
        }
        places.push(trimmed(text, begin..at));
        at += 1;
    }
    places
}

/// The range without the spaces around.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(cell) = text.get(range.clone()) else { return range.start.min(text.len())..text.len() };
    let start = range.start + (cell.len() - cell.trim_start().len());
    start..(start + cell.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&[(&str, &str)]]) {
        let rows = rows(text, FileId(0));
        let found: Vec<Vec<(&str, &str)>> = rows
            .iter()
            .map(|row| {
                let cells = row.iter();
                cells
                    .map(|cell| (cell.text.as_str(), &text[cell.span.start as usize..cell.span.end as usize]))
                    .collect()
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_cell_knows_its_place() {
        check("a,b\n1, 2 \n", &[&[("a", "a"), ("b", "b")], &[("1", "1"), ("2", "2")]]);
        check("\r\na\r\n\r\n1,,3\r\n", &[&[("a", "a")], &[("1", "1"), ("", ""), ("3", "3")]]);
        check(
            "\"a, b\",\"say \"\"x\"\"\",c",
            &[&[("a, b", "\"a, b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("c", "c")]],
        );
        check("a\n , \n\"é\nf\",g", &[&[("a", "a")], &[("é\nf", "\"é\nf\""), ("g", "g")]]);
    }
}
