//! The tables that a run of the benchmark ends in.

use std::fmt;

use super::pair::{Bound, Pair, Timing};
use super::process::Cost;

const NOTHING: &str = "not measured";

/// Rows of cells under a header, shown as Markdown does; all columns but the first are aligned to the right.
pub(crate) struct Table(Vec<Vec<String>>);

impl Table {
    fn new(header: &[&str]) -> Self {
        Self(vec![header.iter().map(|&cell| cell.to_owned()).collect()])
    }

    /// Adds a row.
    pub(crate) fn add_row<const N: usize>(&mut self, row: &[String; N]) {
        self.0.push(row.to_vec());
    }

    /// Whether there is nothing but the header.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.len() == 1
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = |row: &Vec<String>, column: usize| row[column].chars().count();
        let widest = |column: usize| self.0.iter().map(|row| length(row, column)).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.0[0].len()).map(widest).collect();
        for (number, row) in self.0.iter().enumerate() {
            for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
                if column == 0 {
                    write!(out, "| {cell:<width$} |")
                } else {
                    write!(out, " {cell:>width$} |")
                }?;
            }
            writeln!(out)?;
            if number == 0 {
                let lines: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
                writeln!(out, "|{}|", lines.join("|"))?;
            }
        }
        Ok(())
    }
}

/// A table of pairs, which grows a row at a time.
pub(crate) fn pairs() -> Table {
    Table::new(&["what", "engine", "against", "ratio", "bound", ""])
}

/// A table of processes.
pub(crate) fn processes() -> Table {
    Table::new(&["whole process", "wall", "CPU", "peak memory"])
}

/// What was found about a pair, in the columns of [`pairs`].
pub(crate) fn pair_row(pair: &Pair, timing: &Timing) -> [String; 6] {
    let time = |seconds: Option<f64>| seconds.map_or(NOTHING.to_owned(), |seconds| told(seconds, pair.unit));
    let ratio =
        timing.ratio.map(|ratio| if matches!(pair.bound, Bound::Faster(_)) { 1.0 / ratio } else { ratio });
    let (bound, verdict) = match pair.bound {
        Bound::AtMost(most) => (format!("at most {most}"), ratio.map(|ratio| ratio <= most)),
        Bound::Faster(least) => (format!("{least} times as fast"), ratio.map(|ratio| ratio >= least)),
        Bound::Open => (String::new(), None),
    };
    [
        pair.what.to_owned(),
        time(timing.subject),
        time(timing.against),
        ratio.map_or(String::new(), |ratio| format!("{ratio:.2}")),
        bound,
        verdict.map_or("", |kept| if kept { "kept" } else { "MISSED" }).to_owned(),
    ]
}

/// What a process took, in the columns of [`processes`].
pub(crate) fn process_row(what: &str, cost: &Result<Cost, String>) -> [String; 4] {
    let missing = || NOTHING.to_owned();
    match cost {
        Ok(cost) => [
            what.to_owned(),
            duration(cost.wall),
            cost.cpu.map_or_else(missing, |cpu| format!("{cpu:.2} s")),
            cost.memory.map_or_else(missing, |kib| format!("{:.1} MiB", kib / 1024.0)),
        ],
        Err(reason) => [what.to_owned(), reason.clone(), String::new(), String::new()],
    }
}

fn told(seconds: f64, unit: Option<(f64, &str)>) -> String {
    match unit {
        Some((count, name)) => format!("{} ({} a {name})", duration(seconds), duration(seconds / count)),
        None => duration(seconds),
    }
}

/// Three digits and the unit that suits them.
fn duration(seconds: f64) -> String {
    match seconds {
        _ if seconds >= 1.0 => format!("{seconds:.2} s"),
        _ if seconds >= 1e-3 => format!("{:.2} ms", seconds * 1e3),
        _ if seconds >= 1e-6 => format!("{:.2} us", seconds * 1e6),
        _ => format!("{:.1} ns", seconds * 1e9),
    }
}
