//! Payoff matrices as a game theorist draws them, and tidy.

use std::fmt::Write;

use super::grid::boxed;
use super::text::{flow, plain};
use super::{Cell, Style, Table};
use crate::scenario::Scenario;
use crate::study::Matrices;

/// One tidy table of several issues: the issue, the move of each actor that has a seat in it, and what
/// each of these is paid.
#[must_use]
pub fn payoff_table(scenario: &Scenario, issues: &[Matrices]) -> Table {
    let ids = || scenario.actors.iter().map(|actor| actor.id.clone());
    let columns = std::iter::once("issue".to_owned()).chain(ids());
    let mut tidy = Table::new(&columns.chain(ids().map(|id| format!("pays.{id}"))).collect::<Vec<_>>());
    for matrices in issues {
        for (n, payoffs) in matrices.payoffs.iter().enumerate() {
            let mut row = vec![Cell::Missing; tidy.columns.len()];
            row[0] = scenario.issues[matrices.issue].id.as_str().into();
            for (at, (made, payoff)) in matrices.digits(n).into_iter().zip(payoffs).enumerate() {
                let seat = &scenario.seats[matrices.seats[at]];
                row[1 + seat.actor.index()] = seat.moves[matrices.moves[at][made]].id.as_str().into();
                row[1 + scenario.actors.len() + seat.actor.index()] = (*payoff).into();
            }
            tidy.rows.push(row);
        }
    }
    tidy
}

/// The matrices of an issue: the first actor picks the row, the second the column, and there is one matrix
/// for each combination of the others' moves. A star marks each payoff whose actor could do no better this
/// turn against the others' moves.
#[must_use]
pub fn payoff_matrices(scenario: &Scenario, matrices: &Matrices, style: Style) -> String {
    let drawing = Drawing { scenario, matrices };
    let names: Vec<&str> = (0..matrices.seats.len()).map(|seat| drawing.name(seat)).collect();
    let mut text = style.bold(&scenario.issues[matrices.issue].id);
    let _ = writeln!(text, ": payoffs to {}; * a best reply this turn", names.join(", "));
    let others: usize = matrices.moves.iter().skip(2).map(Vec::len).product();
    let widths = drawing.widths();
    for rest in 0..others {
        let given = matrices.digits(rest);
        let given: Vec<String> = (2..names.len())
            .map(|seat| format!("{} {}", names[seat], drawing.made(seat, given[seat])))
            .collect();
        if !given.is_empty() {
            let _ = writeln!(text, "\n  where {}", given.join(", "));
        }
        drawing.matrix(&mut text, rest, others, &widths);
    }
    if !matrices.elsewhere.is_empty() {
        let left_out = matrices.elsewhere.iter().map(|&term| scenario.terms[term].id.as_str());
        text.push_str("  left out, for they hang on moves elsewhere too: ");
        flow(&mut text, &left_out.collect::<Vec<_>>().join(", "), 4);
    }
    text
}

struct Drawing<'d> {
    scenario: &'d Scenario,
    matrices: &'d Matrices,
}

impl<'d> Drawing<'d> {
    fn name(&self, seat: usize) -> &'d str {
        &self.scenario.actors[self.scenario.seats[self.matrices.seats[seat]].actor.index()].name
    }

    fn made(&self, seat: usize, at: usize) -> &'d str {
        &self.scenario.seats[self.matrices.seats[seat]].moves[self.matrices.moves[seat][at]].id
    }

    /// How wide each actor's payoffs are, so that they stand under each other.
    fn widths(&self) -> Vec<usize> {
        let width = |seat: usize| {
            let payoffs = self.matrices.payoffs.iter();
            payoffs.map(|row| plain(row[seat]).len()).max().unwrap_or(0)
        };
        (0..self.matrices.seats.len()).map(width).collect()
    }

    fn matrix(&self, text: &mut String, rest: usize, others: usize, widths: &[usize]) {
        let two = self.matrices.seats.len() > 1;
        let columns = self.matrices.moves.get(1).map_or(1, Vec::len);
        let corner =
            if two { format!("{} \\ {}", self.name(0), self.name(1)) } else { self.name(0).to_owned() };
        let heads = (0..columns).map(|at| if two { self.made(1, at) } else { "" }.to_owned());
        let header = std::iter::once(corner).chain(heads).collect();
        let rows = (0..self.matrices.moves[0].len()).map(|row| {
            let cells =
                (0..columns).map(|column| self.cell((row * columns + column) * others + rest, widths));
            std::iter::once(self.made(0, row).to_owned()).chain(cells).collect()
        });
        for line in boxed(header, rows) {
            let _ = writeln!(text, "  {}", line.trim_end());
        }
    }

    fn cell(&self, combination: usize, widths: &[usize]) -> String {
        let payoffs = self.matrices.payoffs[combination].iter().zip(widths).enumerate();
        let shown = payoffs.map(|(seat, (payoff, &width))| {
            let star = if self.matrices.is_best_reply(combination, seat) { "*" } else { " " };
            format!("{:>width$}{star}", plain(*payoff))
        });
        shown.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::examples::{CERTAIN, document};
    use crate::scenario::IssueId;
    use crate::study::{Drawn, matrices};

    #[test]
    fn a_matrix_has_the_first_actor_s_moves_in_rows() {
        let text = CERTAIN.replace("\"guard.crossing\" = \"yield\"", "");
        let document = document(&text);
        let found = matrices(&document, Drawn::default(), IssueId::new(0), &[0, 0], 0).expect("small enough");
        let found = found.expect("open");
        insta::assert_snapshot!(payoff_matrices(&document.scenario, &found, Style { colour: false }), @r#"
        crossing: payoffs to The guard, guest; * a best reply this turn
          ┌───────────────────┬──────────────┬──────────────┐
          │ The guard \ guest ┆          ask ┆         wait │
          ╞═══════════════════╪══════════════╪══════════════╡
          │ yield             ┆ 1.00*  1.50* ┆ 0.00*  0.00  │
          │ hold              ┆ 0.00  -0.50  ┆ 0.00*  0.00* │
          └───────────────────┴──────────────┴──────────────┘
        "#);
        insta::assert_snapshot!(
            String::from_utf8_lossy(&crate::output::csv(&payoff_table(&document.scenario, &[found]))), @r#"
        issue,guard,guest,pays.guard,pays.guest
        crossing,yield,ask,1.0,1.5
        crossing,yield,wait,0.0,0.0
        crossing,hold,ask,0.0,-0.5
        crossing,hold,wait,0.0,0.0
        "#
        );
    }
}
