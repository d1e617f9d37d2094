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

/// Lines drawn around a header and rows and between them, dashed between columns; all columns but the first
/// are aligned to the right.
pub(super) fn boxed(header: Vec<String>, rows: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    let numbers = 1..header.len();
    let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    let columns = Columns::of(&rows, numbers);
    let content = |row: &Vec<String>| columns.lines(row, "┆").into_iter().map(|line| format!("│{line}│"));
    let mut lines = vec![columns.rule(['┌', '─', '┬', '┐'])];
    lines.extend(content(&rows[0]));
    lines.push(columns.rule(['╞', '═', '╪', '╡']));
    lines.extend(rows[1..].iter().flat_map(content));
    lines.push(columns.rule(['└', '─', '┴', '┘']));
    lines
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

    /// A line across: its left end, what it is drawn with, where columns meet, its right end.
    fn rule(&self, [left, fill, junction, right]: [char; 4]) -> String {
        let across = |&width: &usize| fill.to_string().repeat(width + 2);
        let parts: Vec<String> = self.widths.iter().map(across).collect();
        format!("{left}{}{right}", parts.join(&junction.to_string()))
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
