//! A scenario's outcomes under decision models, side by side.

use super::grid::grid;
use super::{Cell, Style, Table};
use crate::scenario::Scenario;
use crate::study::{DecisionModel, Run};

/// A model with what it came to: a run, or why there is none.
pub type ModelResult = (DecisionModel, Result<Run, String>);

/// models.csv: one row for a model and outcome.
#[must_use]
pub fn models_table(scenario: &Scenario, results: &[ModelResult]) -> Table {
    let mut table = Table::new(&["model", "classification", "outcome", "probability", "low", "high"]);
    for (model, run) in results {
        let Ok(run) = run else { continue };
        for (class, row) in scenario.classifications.iter().zip(&run.estimates.outcomes) {
            for (outcome, estimate) in class.outcomes.iter().zip(row) {
                let names =
                    [model.name.as_str().into(), class.id.as_str().into(), outcome.id.as_str().into()];
                table.rows.push(names.into_iter().chain(Cell::interval(*estimate)).collect());
            }
        }
    }
    table
}

/// The outcomes for people: a row for each model, a table for each classification; in percent, with the half
/// width of the interval.
#[must_use]
pub fn models_text(scenario: &Scenario, results: &[ModelResult], style: Style) -> String {
    let mut text = String::new();
    for (at, class) in scenario.classifications.iter().enumerate() {
        let ids = class.outcomes.iter().map(|outcome| outcome.id.clone());
        let rows = results.iter().filter_map(|(model, run)| {
            let row = &run.as_ref().ok()?.estimates.outcomes[at];
            let most = row.iter().map(|estimate| estimate.value).fold(0.0, f64::max);
            let shown = row.iter().map(|estimate| {
                let reach = 100.0 * (estimate.high - estimate.low) / 2.0;
                let number = if reach == 0.0 {
                    format!("{:.1}", 100.0 * estimate.value)
                } else {
                    format!("{:.1} \u{b1}{reach:.1}", 100.0 * estimate.value)
                };
                if estimate.value == most { style.bold(&number) } else { number }
            });
            Some([model.name.clone()].into_iter().chain(shown).collect())
        });
        text += &grid([class.id.clone()].into_iter().chain(ids), rows, 1..class.outcomes.len() + 1);
        text.push('\n');
    }
    text += "In percent, with half the width of the 95 % interval where there is one.\n";
    for (model, run) in results {
        let says =
            run.as_ref().map_or_else(|why| format!("not possible here: {why}"), |_| model.says.clone());
        text += &format!("  {:<11}  {says}\n", model.name);
    }
    text
}
