//! What was observed before a run, and what it says of the parameters.

use super::Style;
use super::grid::grid;
use crate::ask::About;
use crate::study::{Location, Posterior};

/// How likely what was observed was, what it says of the parameters on which it says most, and
/// how many draws that rests on.
pub(super) fn text(about: &About, given: &Posterior, draws: u64, style: Style) -> String {
    let unit = &about.turn;
    let gone = format!("{} {unit}{}", given.turns, if given.turns == 1 { "" } else { "s" });
    let mut text = format!("\n{}\n", style.bold(&format!("Given what was observed of {gone}")));
    text += &format!("  the scenario gives it a probability of {}\n", likelihood(given.likelihood));
    if draws > 0 {
        text += &format!("  {:.1} of {draws} draws are left in effect\n", given.effective);
    }
    let mut moved: Vec<_> = given.posteriors.iter().collect();
    moved.sort_by(|a, b| shift(b).total_cmp(&shift(a)));
    let rows: Vec<Vec<String>> = moved
        .iter()
        .take(MOST_MOVED)
        .map(|found| {
            let id = about.parameters[found.parameter.index()].id.clone();
            vec![format!("  {id}"), location(found.prior), location(found.posterior)]
        })
        .collect();
    if !rows.is_empty() {
        let header = ["  parameters that it moves most", "before", "given that"];
        text += &grid(header.map(str::to_owned), rows, 1..1);
    }
    text
}

/// Parameters that are named, at most.
const MOST_MOVED: usize = 5;

/// By how much the mean moved, in units of the range that it had.
fn shift(found: &crate::study::ParameterPosterior) -> f64 {
    let width = found.prior.high - found.prior.low;
    if width > 0.0 { (found.posterior.mean - found.prior.mean).abs() / width } else { 0.0 }
}

/// `0.81 (0.42 to 1.30)`
fn location(of: Location) -> String {
    format!("{:.3} ({:.3} to {:.3})", of.mean, of.low, of.high)
}

fn likelihood(probability: f64) -> String {
    if probability < 1e-3 { format!("{probability:.1e}") } else { format!("{probability:.4}") }
}
