//! Claims put to the test: what outcomes do when all numbers that rest on a claim move together.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::experiment::{Experiment, Response};
use super::runner::{StudyError, Watch};
use crate::scenario::{AmountKind, Changes, Factor, FactorRange, ParameterKind, Reason, Scenario, Stated};
use crate::stats::Estimate;

/// Where the numbers that rest on a claim are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    /// The number.
    pub factor: Factor,
    /// Its range.
    pub range: FactorRange,
}

/// What the measures are with a claim's numbers at one place.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The place.
    pub at: Place,
    /// For each measure its value, and how much more that is than with everything as it is; or why there is no
    /// answer.
    pub found: Result<Vec<(Option<f64>, Option<Estimate>)>, String>,
}

/// A claim, what rests on it, and what that does.
#[derive(Clone, Debug)]
pub struct ClaimResult {
    /// Its place in [`Scenario::claims`].
    pub claim: usize,
    /// The numbers that rest on it; see [`Scenario::resting_on`].
    pub cited: Vec<Cited>,
    /// What they do; empty where there are none.
    pub moved: Vec<Moved>,
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
    let done = AtomicU64::new(0);
    let under = |(_, _, changes): &(usize, Place, Changes)| {
        if watch.stopped() {
            return Err(StudyError::Stopped);
        }
        let found = experiment.at(changes, watch);
        let before = done.fetch_add(1, Ordering::Relaxed);
        let plays = experiment.replications();
        watch.progress((before + 1) * plays, points.len() as u64 * plays);
        found
    };
    let found: Vec<Result<Response, StudyError>> = points.par_iter().map(under).collect();
    let mut results: Vec<ClaimResult> = (0..scenario.claims.len())
        .map(|claim| ClaimResult { claim, cited: cited(scenario, claim, by), moved: Vec::new() })
        .collect();
    for ((claim, at, _), found) in points.iter().zip(found) {
        let found = match found {
            Ok(response) => Ok(held_against(experiment, &response, &base)),
            Err(StudyError::Amounts { diagnostics, .. }) => {
                Err(diagnostics.first().map_or_else(String::new, |told| told.message.clone()))
            }
            Err(other) => return Err(other),
        };
        results[*claim].moved.push(Moved { at: *at, found });
    }
    Ok((base, results))
}

fn held_against(
    experiment: &Experiment<'_>,
    found: &Response,
    base: &Response,
) -> Vec<(Option<f64>, Option<Estimate>)> {
    let of = |at: usize| (found.value(at), experiment.difference(found, base, at));
    (0..experiment.measures().len()).map(of).collect()
}

fn cited(scenario: &Scenario, claim: usize, by: f64) -> Vec<Cited> {
    let factors = scenario.resting_on(claim).into_iter();
    factors.map(|factor| Cited { range: scenario.range_of(&factor, by), factor }).collect()
}

/// The points of a claim: none where nothing rests on it, and nothing without it where it pays nobody.
fn places(scenario: &Scenario, claim: usize, by: f64) -> Vec<(usize, Place, Changes)> {
    let cited = cited(scenario, claim, by);
    let mut points = Vec::new();
    if cited.iter().any(|cited| !cited.range.is_point()) {
        for at in [Place::Low, Place::High] {
            let mut changes = Changes::default();
            for Cited { factor, range } in cited.iter().filter(|cited| !cited.range.is_point()) {
                put(scenario, factor, if at == Place::Low { range.low } else { range.high }, &mut changes);
            }
            points.push((claim, at, changes));
        }
    }
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

/// Puts a number at a value; one that is an expression is multiplied by as much as its central value is.
fn put(scenario: &Scenario, factor: &Factor, value: f64, changes: &mut Changes) {
    let derived = match factor.parameter {
        Some(id) => match &scenario.parameters[id.index()].kind {
            ParameterKind::Known(expression) => !expression.is_number(),
            ParameterKind::Uncertain(_) => false,
        },
        None => true,
    };
    if derived && factor.central != 0.0 {
        changes.scale(factor, value / factor.central);
    } else {
        changes.set(factor, value);
    }
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
    let factor = |stated: Stated<'_>| Factor {
        path: stated.amount.path.clone(),
        parameter: None,
        central: stated.amount.value(&central),
    };
    payoffs.map(factor).collect()
}
