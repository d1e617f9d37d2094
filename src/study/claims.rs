//! Claims put to the test: what outcomes do when all numbers that rest on a claim move together.

use serde::{Deserialize, Serialize};

use super::absence::NoAnswer;
use super::error::StudyError;
use super::experiment::Experiment;
use super::response::{MeasuredChange, Response};
use super::watch::Watch;
use crate::scenario::{AmountKind, Changes, Factor, FactorRange, Reason, Scenario, Stated};

/// Where the numbers that rest on a claim are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// All at the low ends of their ranges.
    Low,
    /// All at the high ends.
    High,
    /// The payoffs that cite the claim are 0, and everything else as it is.
    Without,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Low => "low",
            Self::High => "high",
            Self::Without => "without",
        })
    }
}

/// A number that rests on a claim, and how far it is moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cited {
    /// The number.
    pub factor: Factor,
    /// Its range.
    pub range: FactorRange,
}

/// What the measures are with a claim's numbers at one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AtPlace {
    /// The place.
    pub at: Place,
    /// For each measure its value, and how much more that is than with everything as it is; or why there is no
    /// answer.
    pub found: Result<Vec<MeasuredChange>, NoAnswer>,
}

/// A claim, what rests on it, and what that does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimResult {
    /// Its place in [`Scenario::claims`].
    pub claim: usize,
    /// The numbers that rest on it; see [`Scenario::resting_on`].
    pub cited: Vec<Cited>,
    /// What they do; empty where there are none.
    pub moved: Vec<AtPlace>,
}

/// Moves the numbers behind every claim, a claim at a time, on the same chance as the scenario itself.
///
/// `by`: the share by which known numbers move; see [`Scenario::range_of`]. An expression is multiplied by what its
/// central value moves by, so that it stays as uncertain as it is. Returns what was found of the scenario as it is,
/// then of each claim. A place at which a number is out of range is told as such, and the others are not lost.
///
/// # Errors
/// See [`StudyError`].
pub fn claims(
    experiment: &Experiment<'_>,
    by: f64,
    watch: &dyn Watch,
) -> Result<(Response, Vec<ClaimResult>), StudyError> {
    let scenario = experiment.prepared().scenario;
    let base = experiment.at(&Changes::default(), watch)?;
    let points: Vec<(usize, Place, Changes)> =
        (0..scenario.claims.len()).flat_map(|claim| places(scenario, claim, by)).collect();
    let changes: Vec<Changes> = points.iter().map(|(_, _, changes)| changes.clone()).collect();
    let found = experiment.each(&changes, watch);
    let mut results: Vec<ClaimResult> = (0..scenario.claims.len())
        .map(|claim| ClaimResult { claim, cited: cited(scenario, claim, by), moved: Vec::new() })
        .collect();
    for ((claim, at, _), found) in points.iter().zip(found) {
        let found = match found {
            Ok(response) => Ok(experiment.moved(&base, &response)),
            Err(error) => Err(NoAnswer::at_a_point(error)?),
        };
        results[*claim].moved.push(AtPlace { at: *at, found });
    }
    Ok((base, results))
}

/// The numbers that rest on a claim, with their ranges.
pub(super) fn cited(scenario: &Scenario, claim: usize, by: f64) -> Vec<Cited> {
    let factors = scenario.resting_on(claim).into_iter();
    factors.map(|factor| Cited { range: scenario.range_of(&factor, by), factor }).collect()
}

/// The points of a claim: none where nothing rests on it, and nothing without it where it pays nobody.
fn places(scenario: &Scenario, claim: usize, by: f64) -> Vec<(usize, Place, Changes)> {
    let cited = cited(scenario, claim, by);
    let ends = [Place::Low, Place::High].into_iter();
    let mut points: Vec<(usize, Place, Changes)> =
        ends.filter_map(|end| Some((claim, end, all_at(scenario, &cited, end)?))).collect();
    let payoffs = payoffs_of(scenario, claim);
    if !payoffs.is_empty() {
        let mut changes = Changes::default();
        for factor in &payoffs {
            changes.set(factor, 0.0);
        }
        points.push((claim, Place::Without, changes));
    }
    points
}

/// What puts all numbers to that end of their ranges (the high one, unless it is [`Place::Low`]); `None` where none of
/// them can move.
pub(super) fn all_at(scenario: &Scenario, cited: &[Cited], end: Place) -> Option<Changes> {
    let mut changes = Changes::default();
    let mut moving = cited.iter().filter(|cited| !cited.range.is_point()).peekable();
    moving.peek()?;
    for Cited { factor, range } in moving {
        changes.put(scenario, factor, if end == Place::Low { range.low } else { range.high });
    }
    Some(changes)
}

/// The payoffs of the terms and outcomes that cite a claim, those among them that move with a parameter too.
fn payoffs_of(scenario: &Scenario, claim: usize) -> Vec<Factor> {
    let cites = |stated: &Stated<'_>| {
        stated.notes.is_some_and(|notes| notes.because.reasons.contains(&Reason::Claim(claim)))
    };
    let central = scenario.central();
    let payoffs = scenario
        .amounts()
        .into_iter()
        .filter(|stated| stated.kind == AmountKind::Payoff && stated.can_vary() && cites(stated));
    payoffs.map(|stated| stated.factor(&central)).collect()
}
