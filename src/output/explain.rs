//! Why an actor chooses what it does, term by term.

use std::fmt::Write;

use super::Style;
use super::reasons::{moves, reasons, state};
use crate::agents::{ExplainedOption, Explanation};
use crate::scenario::Scenario;

/// The explanation as text, for the state `levels` in `turn` (0-based).
#[must_use]
pub fn explanation(
    scenario: &Scenario,
    actor: usize,
    levels: &[usize],
    turn: usize,
    explained: &[Explanation],
    style: Style,
) -> String {
    let mut text = format!(
        "{}\n{} {} where {}\n",
        style.bold(&format!("Why {} chooses as it does", scenario.actors[actor].name)),
        scenario.turn,
        turn + 1,
        state(scenario, levels)
    );
    for part in explained {
        explain_part(&mut text, scenario, part, style);
    }
    if explained.is_empty() {
        text.push_str("\nIt has no say in any issue.\n");
    }
    text
}

fn explain_part(text: &mut String, scenario: &Scenario, part: &Explanation, style: Style) {
    if part.step == 0 {
        let _ = writeln!(text, "\nIt plays naively here, by salience alone.");
    }
    for (other, seats, options) in &part.believed {
        let name = &scenario.actors[*other].name;
        let shares: Vec<String> = options
            .iter()
            .filter(|(_, p)| *p >= 0.005)
            .map(|(made, p)| format!("{} {:.0} %", moves(scenario, seats, made), p * 100.0))
            .collect();
        let _ = writeln!(text, "\n  believes of {name}: {}", shares.join(", "));
    }
    let mut order: Vec<&ExplainedOption> = part.options.iter().collect();
    order.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    for option in order {
        let name = style.bold(&moves(scenario, &part.seats, &option.moves));
        let _ = writeln!(text, "\n  {name}  {:.1} %, worth {:+.3}", option.probability * 100.0, option.value);
        explain_option(text, scenario, option, style);
    }
}

/// Shares smaller than this are not shown, in payoff units.
const NEGLIGIBLE: f64 = 5e-4;

fn explain_option(text: &mut String, scenario: &Scenario, option: &ExplainedOption, style: Style) {
    let mut shares = option.terms.clone();
    shares.sort_by(|a, b| b.amount.abs().total_cmp(&a.amount.abs()));
    for share in shares.iter().filter(|share| share.amount.abs() >= NEGLIGIBLE) {
        let term = &scenario.terms[share.term];
        let why = reasons(scenario, &term.notes);
        let _ = writeln!(text, "    {:+8.3}  {}  {}", share.amount, term.path, style.dim(&why));
    }
    for (variables, amount) in option.after.iter().filter(|(_, amount)| amount.abs() >= NEGLIGIBLE) {
        let named: Vec<&str> = variables.iter().map(|&v| scenario.variables[v].id.as_str()).collect();
        let _ = writeln!(text, "    {amount:+8.3}  what comes after, through {}", named.join(", "));
    }
}
