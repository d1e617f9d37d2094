//! Sensitivity: how much a measure moves with the numbers on which it rests.
//!
//! All points meet the chance of the base, so that differences are paired. One number at a time
//! ([`tornado`]) and all numbers behind a claim together ([`wrong_claims`]) move away from the base, with its draws;
//! the points of [`screening`] and [`shares`] fix every number that is looked into, so that nothing is left to draw.

mod claims;
mod cube;
mod screening;
mod shares;
mod tornado;

pub use claims::{WrongClaim, claim_points, wrong_claims};
pub use cube::{Cube, CubePoint, Vary, varied};
pub use screening::{Screening, screening};
pub use shares::{Shares, shares};
pub use tornado::{At, Swing, tornado, tornado_points};

use super::experiment::{Experiment, Response};
use crate::scenario::{Changes, Factor, FactorRange, Scenario};
use crate::stats::Estimate;

/// A measure at a point, and how far that is from the base.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved {
    /// Its value; `None` for a ratio of nothing.
    pub value: Option<f64>,
    /// The paired difference from the base.
    pub difference: Option<Estimate>,
}

/// Every measure of an experiment, at a point.
fn moved(experiment: &Experiment<'_>, base: &Response, point: &Response) -> Vec<Moved> {
    (0..experiment.measures().len())
        .map(|at| Moved { value: point.value(at), difference: experiment.difference(point, base, at) })
        .collect()
}

/// Puts a number at a place of its range: an amount is multiplied, so that it moves with what it rests on.
fn put(scenario: &Scenario, changes: &mut Changes, factor: &Factor, value: f64) {
    if factor.parameter.is_some() || scenario.distribution_of(factor).is_some() || factor.central == 0.0 {
        changes.set(factor, value);
    } else {
        changes.scale(factor, value / factor.central);
    }
}

/// Whether all numbers are in range with these changes, every other parameter at its central value.
fn is_legal(scenario: &Scenario, changes: &Changes) -> bool {
    scenario.numbers_under(changes, &scenario.central_under(changes)).is_ok()
}

/// The two ends of a range.
fn ends(range: &FactorRange) -> [f64; 2] {
    [range.low, range.high]
}
