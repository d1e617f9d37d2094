//! Payoff matrices as game theorists draw them.

use std::fmt::Write;

use super::Style;
use super::grid::framed;
use super::layout::flow;
use super::numbers::amount;
use crate::ask::tables::TablesFindings;
use crate::ask::{About, Answer};
use crate::study::Matrices;

/// The matrices, issue by issue.
pub(super) fn text(answer: &Answer, found: &TablesFindings, style: Style) -> String {
    let about = &answer.about;
    let issues = found.issues.iter().map(|(id, matrices)| match matrices {
        Some(matrices) => issue(about, matrices, style),
        None => format!("{}: closed in this state\n", about.issues[id.index()].id),
    });
    issues.collect::<Vec<_>>().join("\n")
}

/// The matrices of an issue: the first actor picks the row, the second the column, and there is one matrix
/// for each combination of the others' moves. A star marks each payoff whose actor could do no better this
/// turn against the others' moves.
fn issue(about: &About, matrices: &Matrices, style: Style) -> String {
    let drawing = Drawing { about, matrices };
    let names: Vec<&str> = (0..matrices.seats.len()).map(|seat| drawing.name(seat)).collect();
    let mut text = style.bold(&about.issues[matrices.issue].id);
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
        let left_out = matrices.elsewhere.iter().map(|&term| about.terms[term].id.as_str());
        text.push_str("  left out, for they hang on moves elsewhere too: ");
        flow(&mut text, &left_out.collect::<Vec<_>>().join(", "), 4, style.width);
    }
    text
}

struct Drawing<'d> {
    about: &'d About,
    matrices: &'d Matrices,
}

impl<'d> Drawing<'d> {
    fn name(&self, seat: usize) -> &'d str {
        &self.about.actors[self.about.seats[self.matrices.seats[seat]].actor.index()].name
    }

    fn made(&self, seat: usize, at: usize) -> &'d str {
        &self.about.seats[self.matrices.seats[seat]].moves[self.matrices.moves[seat][at]].id
    }

    /// How wide each actor's payoffs are, so that they stand under each other.
    fn widths(&self) -> Vec<usize> {
        let width = |seat: usize| {
            let payoffs = self.matrices.payoffs.iter();
            payoffs.map(|row| amount(row[seat]).len()).max().unwrap_or(0)
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
        for line in framed(header, rows) {
            let _ = writeln!(text, "  {}", line.trim_end());
        }
    }

    fn cell(&self, combination: usize, widths: &[usize]) -> String {
        let payoffs = self.matrices.payoffs[combination].iter().zip(widths).enumerate();
        let shown = payoffs.map(|(seat, (payoff, &width))| {
            let star = if self.matrices.is_best_reply(combination, seat) { "*" } else { " " };
            format!("{:>width$}{star}", amount(*payoff))
        });
        shown.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{CERTAIN, answered, said};

    #[test]
    fn a_matrix_has_the_first_actor_s_moves_in_rows() {
        let free = CERTAIN.replace("\"guard.crossing\" = \"yield\"", "");
        let question = r#"{ "command": "tables" }"#;
        insta::assert_snapshot!(said(&free, question), @r#"
        crossing: payoffs to The guard, guest; * a best reply this turn
          ┌───────────────────┬──────────────┬──────────────┐
          │ The guard \ guest ┆          ask ┆         wait │
          ╞═══════════════════╪══════════════╪══════════════╡
          │ yield             ┆ 1.00*  1.50* ┆ 0.00*  0.00  │
          │ hold              ┆ 0.00  -0.50  ┆ 0.00*  0.00* │
          └───────────────────┴──────────────┴──────────────┘
        "#);
        let tables = crate::tables::tables(&answered(&free, question));
        insta::assert_snapshot!(String::from_utf8_lossy(&crate::tables::csv(&tables[0])), @r#"
        issue,guard,guest,pays.guard,pays.guest,guard_title,guest_title
        crossing,yield,ask,1.0,1.5,yield,ask
        crossing,yield,wait,0.0,0.0,yield,wait
        crossing,hold,ask,0.0,-0.5,hold,ask
        crossing,hold,wait,0.0,0.0,hold,wait
        "#);
    }
}
