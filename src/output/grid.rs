//! Columns of text, aligned.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

/// Rows under a header, without lines around them; the columns of `numbers` are aligned to the right. Every line
/// ends with a line feed.
pub(super) fn grid(
    header: impl IntoIterator<Item = String>,
    rows: impl IntoIterator<Item = Vec<String>>,
    numbers: Range<usize>,
) -> String {
    let rows: Vec<Vec<String>> = std::iter::once(header.into_iter().collect()).chain(rows).collect();
    let columns = Columns::of(&rows, numbers);
    let lines = rows.iter().flat_map(|row| columns.lines(row, ""));
    lines.map(|line| format!("{}\n", line.trim_end())).collect()
}

/// How wide each column is as a terminal shows it, and which are aligned to the right.
struct Columns {
    widths: Vec<usize>,
    numbers: Range<usize>,
}

impl Columns {
    fn of(rows: &[Vec<String>], numbers: Range<usize>) -> Self {
        let mut widths = vec![1; rows.iter().map(Vec::len).max().unwrap_or(0)];
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.split('\n').map(UnicodeWidthStr::width).fold(*width, usize::max);
            }
        }
        Self { widths, numbers }
    }

    /// A row as lines of text: as many as its cell of most lines has, a blank on both sides of each cell.
    fn lines(&self, row: &[String], between: &str) -> Vec<String> {
        let parts: Vec<Vec<&str>> = row.iter().map(|cell| cell.split('\n').collect()).collect();
        let height = parts.iter().map(Vec::len).max().unwrap_or(1);
        let cell = |line: usize, column: usize| {
            let text = parts.get(column).and_then(|lines| lines.get(line)).copied().unwrap_or("");
            let space = " ".repeat(self.widths[column] - text.width());
            if self.numbers.contains(&column) {
                format!(" {space}{text} ")
            } else {
                format!(" {text}{space} ")
            }
        };
        let joined = |line: usize| {
            let cells = (0..self.widths.len()).map(|column| cell(line, column));
            cells.collect::<Vec<_>>().join(between)
        };
        (0..height).map(joined).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: [&str; 3]) -> Vec<String> {
        cells.map(str::to_owned).to_vec()
    }

    #[test]
    fn columns_are_as_wide_as_a_terminal_shows_their_text() {
        let rows = [row(["戦争", "1", "as long\nas two lines"]), row(["a", "10.5", ""])];
        assert_eq!(
            grid(row(["", "share", ""]), rows, 1..2),
            "       share\n 戦争      1  as long\n              as two lines\n a      10.5\n"
        );
    }

    #[test]
    fn without_a_header_its_line_is_empty() {
        assert_eq!(grid([], [row(["a", "b", "c"])], 0..0), "\n a  b  c\n");
    }
}
