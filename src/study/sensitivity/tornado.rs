//! One number at a time, over its range.

use serde::{Deserialize, Serialize};

use super::super::absence::NoAnswer;
use super::super::error::StudyError;
use super::super::experiment::Experiment;
use super::super::response::{MeasuredChange, Response};
use super::super::watch::Watch;
use super::is_legal;
use crate::scenario::{Changes, Factor, FactorRange, Scenario};

/// What a measure does while one number goes through its range, all else as in the base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneAtATime {
    /// The number.
    pub factor: Factor,
    /// Its range.
    pub range: FactorRange,
    /// Where it stood, rising.
    pub points: Vec<Evaluation>,
    /// For each measure, whether it both rises and falls on the way, by more than twice what chance explains.
    pub turns: Vec<bool>,
}

/// A place in a number's range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Which place.
    pub place: RangePlace,
    /// The number there, in its own unit.
    pub number: f64,
    /// The measures there; without values where there is no answer.
    pub measures: Vec<MeasuredChange>,
    /// Why there is no answer.
    pub absent: Option<NoAnswer>,
}

/// A place in a number's range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RangePlace {
    /// Its lower end.
    Low,
    /// Where a quarter of an uncertain number's probability lies at this or below.
    LowerQuartile,
    /// Half of the way from a fixed number to the lower end.
    HalfWayDown,
    /// Where the number stands.
    Central,
    /// Half of the way from a fixed number to the upper end.
    HalfWayUp,
    /// Where a quarter of an uncertain number's probability lies above.
    UpperQuartile,
    /// Its upper end.
    High,
    /// One of the only values that it can have.
    Entry,
}

impl std::fmt::Display for RangePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Low => "low",
            Self::LowerQuartile => "lower quartile",
            Self::HalfWayDown => "half way down",
            Self::Central => "central",
            Self::HalfWayUp => "half way up",
            Self::UpperQuartile => "upper quartile",
            Self::High => "high",
            Self::Entry => "entry",
        })
    }
}

impl OneAtATime {
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
) -> Result<Vec<OneAtATime>, StudyError> {
    let scenario = experiment.prepared().scenario;
    let (mut plan, mut points) = (Vec::new(), Vec::new());
    for factor in factors {
        let range = scenario.range_of(factor, off_by);
        for (name, number, changes) in places(scenario, factor, &range) {
            plan.push((factor, range.clone(), name, number));
            points.push(changes);
        }
    }
    let found = experiment.answered(&points, watch)?;
    let mut one_at_a_time = Vec::new();
    let mut rest = plan.iter().zip(found).peekable();
    while let Some(((factor, range, ..), _)) = rest.peek() {
        let mut own = Vec::new();
        while let Some(next) = rest.next_if(|((other, ..), _)| other.path == factor.path) {
            own.push(next);
        }
        let responses: Vec<&Response> = own.iter().filter_map(|(_, found)| found.as_ref().ok()).collect();
        let turns = (0..experiment.measures().len()).map(|at| turns(experiment, &responses, at)).collect();
        let at = |((_, _, place, number), found): (&(_, _, RangePlace, f64), _)| {
            let (measures, absent) = experiment.moved_or_absent(base, found);
            Evaluation { place: *place, number: *number, measures, absent }
        };
        let points = own.into_iter().map(at).collect();
        one_at_a_time.push(OneAtATime { factor: (*factor).clone(), range: range.clone(), points, turns });
    }
    Ok(one_at_a_time)
}

/// The places at which a number is looked at, rising, with what puts it there.
fn places(scenario: &Scenario, factor: &Factor, range: &FactorRange) -> Vec<(RangePlace, f64, Changes)> {
    if range.is_point() {
        return Vec::new();
    }
    let mut places: Vec<(RangePlace, f64)> = if !range.entries.is_empty() {
        range.entries.iter().map(|entry| (RangePlace::Entry, *entry)).collect()
    } else if let Some(distribution) = scenario.distribution_of(factor) {
        let quartile = |share: f64| distribution.quantile(share);
        vec![
            (RangePlace::Low, range.low),
            (RangePlace::LowerQuartile, quartile(0.25)),
            (RangePlace::Central, factor.central),
            (RangePlace::UpperQuartile, quartile(0.75)),
            (RangePlace::High, range.high),
        ]
    } else {
        let half = |end: f64| end / 2.0 + factor.central / 2.0;
        vec![
            (RangePlace::Low, range.low),
            (RangePlace::HalfWayDown, half(range.low)),
            (RangePlace::Central, factor.central),
            (RangePlace::HalfWayUp, half(range.high)),
            (RangePlace::High, range.high),
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
