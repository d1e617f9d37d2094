//! How the facts came out.

use super::grid::grid;
use super::{Cell, Style, Table};
use crate::study::{FactResult, Verdict};

/// facts.csv.
#[must_use]
pub fn facts_table(results: &[FactResult]) -> Table {
    let mut table =
        Table::new(&["fact", "measure", "value", "against", "difference", "low", "high", "verdict"]);
    for result in results {
        let mut row: Vec<Cell> = vec![result.fact.as_str().into(), result.measure.as_str().into()];
        row.extend([result.value.into(), result.against.into()]);
        row.extend(Cell::interval(result.difference));
        row.push(Cell::Text(result.verdict.to_string()));
        table.rows.push(row);
    }
    table
}

/// The facts for people, and a last line that counts them.
#[must_use]
pub fn facts_text(results: &[FactResult], style: Style) -> String {
    let header = ["fact", "demands", "value", "against", "difference", "95 % interval", ""];
    let shown = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |v| format!("{v:.4}"));
    let rows = results.iter().map(|result| {
        let interval =
            result.difference.map_or_else(|| "-".to_owned(), |d| format!("{:+.4} to {:+.4}", d.low, d.high));
        vec![
            result.fact.clone(),
            format!("{} {}", result.measure, result.demand),
            shown(result.value),
            shown(result.against),
            result.difference.map_or_else(|| "-".to_owned(), |d| format!("{:+.4}", d.value)),
            interval,
            match result.verdict {
                Verdict::Holds => "holds".to_owned(),
                Verdict::Fails => style.bold("FAILS"),
                Verdict::Unclear => style.bold("unclear"),
            },
        ]
    });
    let table = grid(header.map(str::to_owned), rows, 2..5);
    let holding = results.iter().filter(|result| result.verdict == Verdict::Holds).count();
    format!("{table}\n{holding} of {} hold\n", results.len())
}
