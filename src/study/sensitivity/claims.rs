//! What if a claim is wrong: all numbers that rest on it, together, at either end.

use serde::{Deserialize, Serialize};

use super::super::absence::NoAnswer;
use super::super::claims::{Place, all_at, cited};
use super::super::error::StudyError;
use super::super::experiment::Experiment;
use super::super::response::{MeasuredChange, Response};
use super::super::watch::Watch;
use super::is_legal;
use crate::scenario::{Changes, Factor, Scenario};

/// What a measure does where all numbers that rest on a claim stand at an end of their ranges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WrongClaim {
    /// The claim's place in [`Scenario::claims`].
    pub claim: usize,
    /// The numbers that rest on it.
    pub factors: Vec<Factor>,
    /// The measures at the low and at the high ends; `None` where some amount would be out of range, or nothing can
    /// move.
    pub ends: [Option<Vec<MeasuredChange>>; 2],
    /// Why an end that was looked at has no answer: its measures have no values.
    pub absent: [Option<NoAnswer>; 2],
}

impl WrongClaim {
    /// The larger of the two differences that a wrong claim makes to a measure, in size; 0 without any.
    #[must_use]
    pub fn size(&self, measure: usize) -> f64 {
        let differences = self.ends.iter().flatten().filter_map(|end| end[measure].difference);
        differences.map(|difference| difference.value.abs()).fold(0.0, f64::max)
    }
}

/// The number of points that [`wrong_claims`] evaluates.
#[must_use]
pub fn claim_points(scenario: &Scenario, off_by: f64) -> usize {
    plan(scenario, off_by).iter().flat_map(|(_, _, ends)| ends).flatten().count()
}

/// Doubts each claim in turn: all numbers that rest on it go to the low ends of their ranges, then to the high ones,
/// all else as in the base. In the scenario's order of claims; one on which no number rests has no factors.
///
/// # Errors
/// See [`StudyError`].
pub fn wrong_claims(
    experiment: &Experiment<'_>,
    base: &Response,
    off_by: f64,
    watch: &dyn Watch,
) -> Result<Vec<WrongClaim>, StudyError> {
    let plan = plan(experiment.prepared().scenario, off_by);
    let points: Vec<Changes> = plan.iter().flat_map(|(_, _, ends)| ends).flatten().cloned().collect();
    let mut found = experiment.answered(&points, watch)?.into_iter();
    let mut claims = Vec::new();
    for (claim, factors, [low, high]) in plan {
        let mut at = |changes: Option<Changes>| {
            let found = changes.and_then(|_| found.next());
            found.map(|found| experiment.moved_or_absent(base, found)).unzip()
        };
        let ((low, why_low), (high, why_high)) = (at(low), at(high));
        let (ends, absent) = ([low, high], [why_low.flatten(), why_high.flatten()]);
        claims.push(WrongClaim { claim, factors, ends, absent });
    }
    Ok(claims)
}

/// Claims, what rests on them, and what puts all of it to the low and to the high ends.
fn plan(scenario: &Scenario, off_by: f64) -> Vec<(usize, Vec<Factor>, [Option<Changes>; 2])> {
    let of = |claim: usize| {
        let cited = cited(scenario, claim, off_by);
        let ends = [Place::Low, Place::High]
            .map(|end| all_at(scenario, &cited, end).filter(|changes| is_legal(scenario, changes)));
        (claim, cited.into_iter().map(|cited| cited.factor).collect(), ends)
    };
    (0..scenario.claims.len()).map(of).collect()
}
