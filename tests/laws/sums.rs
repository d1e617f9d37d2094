//! Probabilities sum to one, and what is told twice is told alike.

use demarche::scenario::Document;
use demarche::stats::Estimate;
use demarche::study::{Settings, Unwatched, run};

use crate::draft::Draft;
use crate::tape::{Tape, always};

fn sums_to_one(row: &[Estimate], what: &str) -> Result<(), String> {
    let total: f64 = row.iter().map(|estimate| estimate.value).sum();
    if (total - 1.0).abs() > 1e-12 {
        return Err(format!("{what}: {row:?} sums to {total}"));
    }
    match row.iter().find(|e| !(0.0 <= e.low && e.low <= e.value && e.value <= e.high && e.high <= 1.0)) {
        Some(estimate) => Err(format!("{what}: {estimate:?}")),
        None => Ok(()),
    }
}

fn law(_: &Draft, document: &Document, tape: &mut Tape<'_>) -> Result<(), String> {
    let settings = Settings { seed: 6, replications: 1500, draws: Some(tape.of(&[0, 4])), history: None };
    let found = run(document, &settings, &Unwatched, None).map_err(|error| error.to_string())?.estimates;
    found.outcomes.iter().try_for_each(|row| sums_to_one(row, "outcomes"))?;
    sums_to_one(&found.joint, "joint")?;
    sums_to_one(&found.lengths, "lengths")?;
    found.turns.iter().flatten().try_for_each(|row| sums_to_one(row, "turns"))?;
    for row in found.moves.iter().flatten() {
        let open: Vec<Estimate> = row.iter().copied().flatten().collect();
        if !open.is_empty() {
            sums_to_one(&open, "moves")?;
        }
        if !open.is_empty() && open.len() < row.len() {
            return Err(format!("an issue is open for some moves only: {row:?}"));
        }
    }
    margins(&found.joint, &found.outcomes)
}

/// The joint distribution has the outcomes' as its margins.
fn margins(joint: &[Estimate], outcomes: &[Vec<Estimate>]) -> Result<(), String> {
    let mut stride = joint.len();
    for (class, row) in outcomes.iter().enumerate() {
        stride /= row.len();
        for (outcome, estimate) in row.iter().enumerate() {
            let combinations = joint.iter().enumerate().filter(|(at, _)| at / stride % row.len() == outcome);
            let sum: f64 = combinations.map(|(_, estimate)| estimate.value).sum();
            if (sum - estimate.value).abs() > 1e-12 {
                return Err(format!("outcome {outcome} of classification {class}: {sum} and {estimate:?}"));
            }
        }
    }
    Ok(())
}

#[test]
fn shares_sum_to_one() {
    always(60, 31, law);
}
