//! The cells of a CSV file, each with its place.

use std::ops::Range;

use super::{Diagnostic, FileId, Span, with_point};

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

/// A hint where a row may have too many cells because of a decimal comma: 7,5 is two cells.
pub(crate) fn parted_by_comma(row: &[Cell]) -> Option<String> {
    row.windows(2).find_map(|pair| {
        let written = format!("{},{}", pair[0].text, pair[1].text);
        with_point(&written).map(|number| format!("if `{written}` is one number, write `{number}`"))
    })
}

/// All rows that are not blank.
///
/// # Errors
/// Where a quote is opened and not closed as it should be.
pub(crate) fn rows(text: &str, file: FileId) -> Result<Vec<Vec<Cell>>, Diagnostic> {
    rows_from(text, 0, file)
}

/// All rows that are not blank, from a byte of the text on, without empty columns at the end: spreadsheets
/// write them where something stood once.
///
/// # Errors
/// As [`rows`].
pub(crate) fn rows_from(text: &str, from: usize, file: FileId) -> Result<Vec<Vec<Cell>>, Diagnostic> {
    let table = &text.as_bytes()[from..];
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(table);
    let mut rows = Vec::new();
    let mut width = 0;
    for record in reader.records().filter_map(Result::ok) {
        let byte = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(byte).expect("a place in a text that is in memory");
        let places = cell_places(text, from + start, record.len()).map_err(|quote| unclosed(file, quote))?;
        let cells = record.iter().zip(places);
        let cells =
            cells.map(|(cell, place)| Cell { text: cell.trim().to_owned(), span: Span::new(file, &place) });
        let mut row: Vec<Cell> = cells.collect();
        if row.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        // The header says which columns there are: of other rows, cells up to its last stay.
        while row.len() > width && row.last().is_some_and(|cell| cell.text.is_empty()) {
            row.pop();
        }
        if width == 0 {
            width = row.len();
        }
        rows.push(row);
    }
    Ok(rows)
}

fn unclosed(file: FileId, quote: usize) -> Diagnostic {
    let message = "the quote that opens here is not closed at the end of the cell";
    let error = Diagnostic::error("unclosed-quote", Span::new(file, &(quote..quote + 1)), message);
    error.help("close it, and write a quote within a quoted cell twice: `\"\"`")
}

/// Where the cells of the record stand that begins at or after `start`: the reader of the format tells
/// only where records begin.
///
/// # Errors
/// Where the quote stands that is not closed, or behind whose end something else stands than the end of the
/// cell: it was closed by one that opens another.
fn cell_places(text: &str, start: usize, n_cells: usize) -> Result<Vec<Range<usize>>, usize> {
    let bytes = text.as_bytes();
    let mut at = start;
    while matches!(bytes.get(at), Some(b'\r' | b'\n')) {
        at += 1;
    }
    let mut places = Vec::with_capacity(n_cells);
    while places.len() < n_cells {
        let begin = at;
        if bytes.get(at) == Some(&b'"') {
            at = behind_quotes(bytes, at).ok_or(begin)?;
            while matches!(bytes.get(at), Some(b' ' | b'\t')) {
                at += 1;
            }
            if !ends_cell(bytes.get(at)) {
                return Err(begin);
            }
        }
        while !ends_cell(bytes.get(at)) {
            at += 1;
        }
        places.push(trimmed(text, begin..at));
        at += 1;
    }
    Ok(places)
}

/// Whether a cell ends before this byte, or with the text.
fn ends_cell(byte: Option<&u8>) -> bool {
    matches!(byte, None | Some(b',' | b'\r' | b'\n'))
}

/// Where the text goes on behind a quoted one that begins here; a quote that is written twice is one in it.
fn behind_quotes(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'"')? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
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
        let rows = rows(text, FileId(0)).expect("quotes are closed");
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

    #[test]
    fn empty_columns_at_the_end_are_none() {
        check(
            "a,b,,\n1,2,,\n3,,,\n",
            &[&[("a", "a"), ("b", "b")], &[("1", "1"), ("2", "2")], &[("3", "3"), ("", "")]],
        );
        check(
            "a,b\n1,2,,\n1,2,,x\n",
            &[
                &[("a", "a"), ("b", "b")],
                &[("1", "1"), ("2", "2")],
                &[("1", "1"), ("2", "2"), ("", ""), ("x", "x")],
            ],
        );
    }

    #[track_caller]
    fn check_unclosed(text: &str, quote: u32) {
        let error = rows(text, FileId(0)).expect_err(text);
        assert_eq!((error.id, error.span.start), ("unclosed-quote", quote), "{text}");
    }

    #[test]
    fn a_quote_that_is_not_closed_is_told_where_it_opens() {
        check_unclosed("a,b\n\"x,1\ny,2\n", 4);
        check_unclosed("a,b\n\"x,1\n\"y\",2\n", 4);
        check_unclosed("\"", 0);
        check("3\" pipe,\"x\" ,b\n", &[&[("3\" pipe", "3\" pipe"), ("x", "\"x\""), ("b", "b")]]);
    }
}
