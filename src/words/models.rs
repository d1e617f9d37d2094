//! A scenario's outcomes under decision models, side by side.

use super::grid::grid;
use super::{Style, numbers};
use crate::ask::Answer;
use crate::ask::models::{ModelResult, ModelsFindings};
use crate::stats::Estimate;

/// The outcomes: a row for each model, a table for each classification; in percent, with half the width of the interval.
pub(super) fn text(answer: &Answer, found: &ModelsFindings, style: Style) -> String {
    let mut text = String::new();
    for (at, class) in answer.about.classifications.iter().enumerate() {
        let ids = class.outcomes.iter().map(|outcome| outcome.id.clone());
        let columns = class.outcomes.len();
        let rows = found.models.iter().map(|result| row(result, at, columns, style));
        text += &grid([class.id.clone()].into_iter().chain(ids), rows, 1..columns + 1);
        text.push('\n');
    }
    text += "In percent, with half the width of the 95 % interval where there is one.\n";
    for ModelResult { model, run } in &found.models {
        let says =
            run.as_ref().map_or_else(|why| format!("not possible here: {why}"), |_| model.says.clone());
        text += &format!("  {:<11}  {says}\n", model.name);
    }
    text
}

/// A model's outcomes in a classification; empty where it has none.
fn row(result: &ModelResult, class: usize, columns: usize, style: Style) -> Vec<String> {
    let name = result.model.name.clone();
    let Ok(run) = &result.run else {
        return [name].into_iter().chain(vec![numbers::NOTHING.to_owned(); columns]).collect();
    };
    let row = &run.estimates.outcomes[class];
    let most = row.iter().map(|estimate| estimate.value).fold(0.0, f64::max);
    let shown = row.iter().map(|Estimate { value, low, high }| {
        let reach = (high - low) / 2.0;
        let number = if reach == 0.0 || reach.is_infinite() {
            numbers::points(*value)
        } else {
            format!("{} \u{b1}{}", numbers::points(*value), numbers::points(reach))
        };
        if *value == most { style.bold(&number) } else { number }
    });
    [name].into_iter().chain(shown).collect()
}
