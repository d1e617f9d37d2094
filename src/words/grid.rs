//! Columns of text, aligned.

use std::ops::Range;

use super::layout::visible_width;

/// Rows under a header, without lines around them; the columns of `numbers` are aligned to the right. No line where the
/// header is empty. Every line ends with a line feed.
pub(crate) fn grid(
    header: impl IntoIterator<Item = String>,
    rows: impl IntoIterator<Item = Vec<String>>,
    numbers: Range<usize>,
) -> String {
    let header: Vec<String> = header.into_iter().collect();
    let mut lines: Vec<Vec<String>> = if header.is_empty() { Vec::new() } else { vec![header] };
    lines.extend(rows);
    let widths = widths(&lines);
    let line = |cells: &Vec<String>| {
        let padded = cells.iter().zip(&widths).enumerate();
        let padded = padded.map(|(at, (cell, width))| pad(cell, *width, numbers.contains(&at)));
        let line = format!(" {}", padded.collect::<Vec<_>>().join("  "));
        format!("{}\n", line.trim_end())
    };
    lines.iter().map(line).collect()
}

/// Rows under a header in a frame of lines; all columns but the first are aligned to the right.
pub(crate) fn framed(header: Vec<String>, rows: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    let mut lines = vec![header];
    lines.extend(rows);
    let widths = widths(&lines);
    let rule = |left: &str, line: &str, cross: &str, right: &str| {
        let parts: Vec<String> = widths.iter().map(|width| line.repeat(width + 2)).collect();
        format!("{left}{}{right}", parts.join(cross))
    };
    let row = |cells: &Vec<String>| {
        let padded = cells.iter().zip(&widths).enumerate();
        let padded: Vec<String> =
            padded.map(|(at, (cell, width))| format!(" {} ", pad(cell, *width, at > 0))).collect();
        format!("│{}│", padded.join("┆"))
    };
    let mut drawn = vec![rule("┌", "─", "┬", "┐"), row(&lines[0]), rule("╞", "═", "╪", "╡")];
    drawn.extend(lines[1..].iter().map(row));
    drawn.push(rule("└", "─", "┴", "┘"));
    drawn
}

/// The width of each column.
fn widths(lines: &[Vec<String>]) -> Vec<usize> {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| visible_width(cell)).fold(1, usize::max)
    };
    (0..columns).map(width).collect()
}

/// A cell as wide as its column.
fn pad(cell: &str, width: usize, right: bool) -> String {
    let space = " ".repeat(width - visible_width(cell));
    if right { space + cell } else { cell.to_owned() + &space }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_whatever_colours_their_cells_have() {
        let rows = [["a", "1"], ["\x1b[1mbb\x1b[0m", "\x1b[1m10\x1b[0m"]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        let text = grid(["name", "n"].map(str::to_owned), rows, 1..2);
        assert_eq!(text, " name   n\n a      1\n \x1b[1mbb\x1b[0m    \x1b[1m10\x1b[0m\n");
    }

    #[test]
    fn wide_characters_take_two_places() {
        let rows = [["北京", "1"], ["ab", "2"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(grid([], rows, 1..2), " 北京  1\n ab    2\n");
    }
}
