//! A file of points: a row of paths, then a row for each point.

use rustc_hash::FxHashMap;

use super::design::{Column, Design, MOST_POINTS};
use super::values::value;
use crate::scenario::cells::{Cell, parted_by_comma, row_span, rows};
use crate::scenario::{Diagnostic, FileId, Sources, Span, text};

/// Reads a file of points, in CSV: paths in the first row, a point in every other. `name` is what people know
/// the file by.
///
/// Gives the points that can be read, and everything that is wrong: no text, no points, columns without a name or
/// with one that stands twice, rows of another length, empty cells, numbers that are not finite.
pub fn read_points(sources: &mut Sources, name: &str, bytes: &[u8]) -> (Design, Vec<Diagnostic>) {
    let file = match text::add(sources, name, bytes) {
        Ok(file) => file,
        Err(error) => return (Design::default(), vec![error]),
    };
    let mut rows = match rows(&sources.get(file).text, file) {
        Ok(rows) => rows.into_iter(),
        Err(error) => return (Design::default(), vec![error]),
    };
    let Some(header) = rows.next() else {
        let message = "the file has no points: its first row must name paths, such as `parameters.prestige`";
        return (Design::default(), vec![Diagnostic::error("bad-points", start_of(file), message)]);
    };
    let mut errors = Vec::new();
    check_header(&header, &mut errors);
    let column = |cell: &Cell| Column { path: cell.text.clone(), span: cell.span, values: Vec::new() };
    let design = Design { columns: header.iter().map(column).collect(), ..Design::default() };
    if !errors.is_empty() {
        // Whoever has mistaken the columns has not mistaken every cell.
        return (design, errors);
    }
    let mut reader = Reader { design, known: vec![FxHashMap::default(); header.len()], errors };
    for (number, row) in (1_usize..).zip(rows) {
        reader.row(number, &row);
    }
    reader.finish(row_span(&header))
}

fn start_of(file: FileId) -> Span {
    Span { file, start: 0, end: 0 }
}

fn check_header(header: &[Cell], errors: &mut Vec<Diagnostic>) {
    for (at, cell) in header.iter().enumerate() {
        if cell.text.is_empty() {
            let error = Diagnostic::error("bad-points", cell.span, "a column without a name");
            errors.push(error.help("every column is a path, such as `parameters.prestige`"));
        } else if cell.text.contains([';', '\t']) {
            let error = Diagnostic::error("bad-points", cell.span, format!("`{}` is no path", cell.text));
            errors.push(error.help("columns are separated by commas"));
        } else if let Some(first) = header[..at].iter().find(|first| first.text == cell.text) {
            let message = format!("column `{}` stands twice", cell.text);
            errors.push(Diagnostic::error("repeated", cell.span, message).label(first.span, "first here"));
        }
    }
}

struct Reader {
    design: Design,
    /// The values of each column so far, by what is written.
    known: Vec<FxHashMap<String, usize>>,
    errors: Vec<Diagnostic>,
}

impl Reader {
    fn row(&mut self, number: usize, row: &[Cell]) {
        let columns = self.known.len();
        if row.len() != columns {
            let fault = if row.len() < columns { "too few" } else { "too many" };
            let cells = row.len();
            let message = format!("row {number} has {fault} cells: {cells} for {columns} columns");
            let error = Diagnostic::error("ragged-row", row_span(row), message);
            self.errors.push(match parted_by_comma(row).filter(|_| columns < cells) {
                Some(help) => error.help(help),
                None => error,
            });
            return;
        }
        let mut point = Vec::with_capacity(columns);
        for (at, cell) in row.iter().enumerate() {
            point.extend(self.cell(at, cell));
        }
        if point.len() == columns {
            self.design.points.push(point);
        }
    }

    /// Which of its column's values a cell is.
    fn cell(&mut self, at: usize, cell: &Cell) -> Option<usize> {
        if let Some(&known) = self.known[at].get(&cell.text) {
            return Some(known);
        }
        let read =
            if cell.text.is_empty() { Err("an empty cell".to_owned()) } else { value(&cell.text, cell.span) };
        match read {
            Ok(value) => {
                let values = &mut self.design.columns[at].values;
                values.push(value);
                self.known[at].insert(cell.text.clone(), values.len() - 1);
                Some(values.len() - 1)
            }
            Err(message) => {
                self.errors.push(Diagnostic::error("bad-cell", cell.span, message));
                None
            }
        }
    }

    fn finish(mut self, header: Span) -> (Design, Vec<Diagnostic>) {
        let count = self.design.points.len();
        if count == 0 && self.errors.is_empty() {
            self.errors.push(Diagnostic::error(
                "bad-points",
                header,
                "the file has no points below its header",
            ));
        }
        if count > MOST_POINTS {
            let message = format!("{count} points are more than anybody can wait for");
            self.errors.push(Diagnostic::error("bad-points", header, message));
        }
        (self.design, self.errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The points as `path=value` texts, or the errors with their places.
    fn errors(bytes: &[u8]) -> Vec<String> {
        let mut sources = Sources::default();
        let (design, errors) = read_points(&mut sources, "points.csv", bytes);
        let place = |error: &Diagnostic| sources.line_column(error.span.file, error.span.start);
        let wrong = errors.iter().map(|error| format!("{:?} {}", place(error), error.message));
        (0..design.points.len()).map(|point| design.place(point)).chain(wrong).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(errors(text.as_bytes()), expected);
    }

    #[test]
    fn a_row_is_a_point() {
        check("a,b.c\n1,2\n1,3\n", &["a = 1, b.c = 2", "a = 1, b.c = 3"]);
        check(
            "\u{feff}a,b\r\n 1 ,best\r\n\r\n2,\"{ logit = 2 }\"\r\n",
            &["a = 1, b = best", "a = 2, b = { logit = 2 }"],
        );
    }

    #[test]
    fn everything_that_is_wrong_has_its_place() {
        check(
            "",
            &["(1, 1) the file has no points: its first row must name paths, such as `parameters.prestige`"],
        );
        check("a,b\n", &["(1, 1) the file has no points below its header"]);
        check("a,,a\n1,2,3\n", &["(1, 3) a column without a name", "(1, 4) column `a` stands twice"]);
        check("a;b\n1;2\n", &["(1, 1) `a;b` is no path"]);
        check(
            "a,b\n1\n1,2,3\n,4\n5,nan\n6,7\n",
            &[
                "a = 6, b = 7",
                "(2, 1) row 1 has too few cells: 1 for 2 columns",
                "(3, 1) row 2 has too many cells: 3 for 2 columns",
                "(4, 1) an empty cell",
                "(5, 3) `nan` is no finite number",
            ],
        );
        assert_eq!(errors(b"a\n\xFF\n"), ["(2, 1) byte 2 (0xFF) is not UTF-8"]);
    }
}
