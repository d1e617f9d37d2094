//! Payoff matrices as text: the first actor picks the row, the second the column.

use std::fmt::Write;

use comfy_table::{Table as TextTable, presets};

use super::Style;
use crate::scenario::Scenario;
use crate::study::Matrices;

/// The matrices of an issue: one for each combination of moves of the third actor and those after it.
/// A star marks each payoff whose actor could do no better this turn against the others' moves.
#[must_use]
pub fn payoff_matrices(scenario: &Scenario, matrices: &Matrices, style: Style) -> String {
    let name =
        |seat: usize| scenario.actors[scenario.seats[matrices.seats[seat]].actor.index()].name.as_str();
    let made = |seat: usize, at: usize| {
        scenario.seats[matrices.seats[seat]].moves[matrices.moves[seat][at]].id.as_str()
    };
    let sizes: Vec<usize> = matrices.moves.iter().map(Vec::len).collect();
    let columns = sizes.get(1).copied().unwrap_or(1);
    let behind: usize = sizes.iter().skip(2).product();
    let names: Vec<&str> = (0..sizes.len()).map(name).collect();
    let mut text = style.bold(&scenario.issues[matrices.issue].id);
    let _ = writeln!(text, ": payoffs to {}; * where it is a best reply this turn", names.join(", "));
    for rest in 0..behind {
        let mut left = rest;
        let mut given = Vec::new();
        for seat in (2..sizes.len()).rev() {
            given.push(format!("{} {}", name(seat), made(seat, left % sizes[seat])));
            left /= sizes[seat];
        }
        given.reverse();
        let mut table = TextTable::new();
        table.load_style(presets::UTF8_FULL_CONDENSED);
        let corner = if sizes.len() > 1 { format!("{} \\ {}", name(0), name(1)) } else { name(0).to_owned() };
        let header = (0..columns).map(|c| if sizes.len() > 1 { made(1, c) } else { "" }.to_owned());
        table.set_header(std::iter::once(corner).chain(header));
        for row in 0..sizes[0] {
            let cells = (0..columns).map(|column| {
                let at = (row * columns + column) * behind + rest;
                let shown = matrices.payoffs[at].iter().enumerate().map(|(seat, payoff)| {
                    let star = if matrices.is_best_reply(at, seat) { "*" } else { "" };
                    format!("{payoff:.2}{star}")
                });
                shown.collect::<Vec<_>>().join(", ")
            });
            table.add_row(std::iter::once(made(0, row).to_owned()).chain(cells));
        }
        if !given.is_empty() {
            let _ = writeln!(text, "\n{}", given.join(", "));
        }
        let _ = writeln!(text, "{table}");
    }
    text
}
