//! One number at a time, over its range.

use super::super::experiment::{Experiment, Moved, Response};
use super::super::runner::{StudyError, Watch};
use super::is_legal;
use crate::scenario::{Changes, Factor, FactorRange, Scenario};

/// What a measure does while one number goes through its range, all else as in the base.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// The number.
    pub factor: Factor,
    /// Its range.
    pub range: FactorRange,
    /// Where it stood, rising.
    pub points: Vec<At>,
    /// For each measure, whether it both rises and falls on the way, by more than twice what chance explains.
    pub turns: Vec<bool>,
}

/// A place in a number's range.
#[derive(Clone, Debug, PartialEq)]
pub struct At {
    /// What the place is called: `low`, `lower quartile`, `central`, `upper quartile`, `high`; `entry`.
    pub name: &'static str,
    /// The number there.
    pub number: f64,
    /// The measures there.
    pub measures: Vec<Moved>,
}

impl Swing {
    /// The distance between the least and the greatest value of a measure on the way; 0 where it has none.
    #[must_use]
    pub fn size(&self, measure: usize) -> f64 {
        let values = self.points.iter().filter_map(|at| at.measures[measure].value);
        let (least, most) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
            (least.min(value), most.max(value))
        });
        (most - least).max(0.0)
    }
}

/// The number of points that [`tornado`] evaluates.
#[must_use]
pub fn tornado_points(scenario: &Scenario, factors: &[Factor], off_by: f64) -> usize {
    factors.iter().map(|factor| places(scenario, factor, &scenario.range_of(factor, off_by)).len()).sum()
}

/// Takes each number through its range: an uncertain parameter through both ends, the quartiles and the central value
/// of its distribution, or through its entries; any other number through the ends, and half way to them. Numbers that
/// cannot be varied, and places at which some amount is out of range, are left out.
///
/// In the order of `factors`. `off_by`: see [`Scenario::range_of`].
///
/// # Errors
/// See [`StudyError`].
pub fn tornado(
    experiment: &Experiment<'_>,
    base: &Response,
    factors: &[Factor],
    off_by: f64,
    watch: &dyn Watch,
) -> Result<Vec<Swing>, StudyError> {
    let scenario = experiment.prepared().scenario;
    let (mut plan, mut points) = (Vec::new(), Vec::new());
    for factor in factors {
        let range = scenario.range_of(factor, off_by);
        for (name, number, changes) in places(scenario, factor, &range) {
            plan.push((factor, range.clone(), name, number));
            points.push(changes);
        }
    }
    let found = experiment.all(&points, watch)?;
    let mut swings = Vec::new();
    let mut rest = plan.iter().zip(&found).peekable();
    while let Some(((factor, range, ..), _)) = rest.peek() {
        let mut own = Vec::new();
        while let Some(next) = rest.next_if(|((other, ..), _)| other.path == factor.path) {
            own.push(next);
        }
        let responses: Vec<&Response> = own.iter().map(|(_, response)| *response).collect();
        let at = |((_, _, name, number), response): &(&(_, _, &'static str, f64), &Response)| At {
            name,
            number: *number,
            measures: experiment.moved(base, response),
        };
        swings.push(Swing {
            factor: (*factor).clone(),
            range: range.clone(),
            points: own.iter().map(at).collect(),
            turns: (0..experiment.measures().len()).map(|at| turns(experiment, &responses, at)).collect(),
        });
    }
    Ok(swings)
}

/// The places at which a number is looked at, rising, with what puts it there.
fn places(scenario: &Scenario, factor: &Factor, range: &FactorRange) -> Vec<(&'static str, f64, Changes)> {
    if range.is_point() {
        return Vec::new();
    }
    let mut places: Vec<(&'static str, f64)> = if !range.entries.is_empty() {
        range.entries.iter().map(|entry| ("entry", *entry)).collect()
    } else if let Some(distribution) = scenario.distribution_of(factor) {
        let quartile = |share: f64| distribution.quantile(share);
        vec![
            ("low", range.low),
            ("lower quartile", quartile(0.25)),
            ("central", factor.central),
            ("upper quartile", quartile(0.75)),
            ("high", range.high),
        ]
    } else {
        let half = |end: f64| end / 2.0 + factor.central / 2.0;
        vec![
            ("low", range.low),
            ("half way down", half(range.low)),
            ("central", factor.central),
            ("half way up", half(range.high)),
            ("high", range.high),
        ]
    };
    places.sort_by(|one, other| one.1.total_cmp(&other.1));
    let placed = places.into_iter().map(|(name, number)| {
        let mut changes = Changes::default();
        changes.put(scenario, factor, number);
        (name, number, changes)
    });
    placed.filter(|(_, _, changes)| is_legal(scenario, changes)).collect()
}

/// Whether a measure both rises and falls from one place to the next, each by more than twice its interval: of a
/// hundred steps that chance alone makes, less than one in a hundred goes so far.
fn turns(experiment: &Experiment<'_>, found: &[&Response], at: usize) -> bool {
    let (mut rises, mut falls) = (false, false);
    for pair in found.windows(2) {
        let Some(step) = experiment.difference(pair[1], pair[0], at) else { continue };
        let reach = (step.high - step.low).max(1e-9);
        rises |= step.value > reach;
        falls |= step.value < -reach;
    }
    rises && falls
}
