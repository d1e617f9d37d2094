//! Scenario discovery: in which part of the uncertain parameters something happens.

mod boxes;

use serde::{Deserialize, Serialize};

use super::absence::NoAnswer;
use super::designs::latin;
use super::error::StudyError;
use super::experiment::Experiment;
use super::prepare::Prepared;
use super::response::Response;
use super::settings::{Method, Settings};
use super::watch::Watch;
use crate::scenario::{Changes, Measure, ParameterId, Scenario};
use crate::stats::Estimate;

/// What is asked of a discovery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiscoveryRequest {
    /// The measure that is looked at.
    pub measure: Measure,
    /// Which points are in: those for which conditions are sought.
    pub bound: Bound,
    /// Points of the design; at least 1.
    pub points: usize,
    /// Plays at each point, where points are found by plays; at least 1.
    pub plays: u64,
    /// Boxes, each on what those before have left; at least 1.
    pub boxes: usize,
    /// The step of the trajectory to take, box by box; the best where it is left out.
    pub steps: Vec<usize>,
    /// Whether limits that are less significant than [`LEVEL`] are dropped.
    pub sure: bool,
}

/// Limits with a greater p-value may be chance.
pub const LEVEL: f64 = 0.05;

/// Which points are in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Bound {
    /// Those where the measure is in the highest quarter of its values over the points.
    Quarter,
    /// Those where it is so much or more.
    AtLeast(f64),
    /// Those where it is so much or less.
    AtMost(f64),
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Discovery {
    /// The uncertain parameters: the columns of all that follows.
    pub parameters: Vec<ParameterId>,
    /// The points of the design, in its order.
    pub points: Vec<Point>,
    /// The points, by their places, that have no answer.
    pub absent: Vec<(usize, NoAnswer)>,
    /// Which points are in, as a number: never [`Bound::Quarter`].
    pub bound: Bound,
    /// So many points lie within their interval of the bound: they may be on its other side.
    pub near: usize,
    /// The boxes, each on the points that those before have left: fewer than were asked for where no further one
    /// is denser than all points are.
    pub boxes: Vec<FoundBox>,
    /// How the points were found.
    pub method: Method,
}

/// A point of the design.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The parameters' values, each in its own unit.
    pub values: Vec<f64>,
    /// The measure; `None` for a ratio of nothing. Such a point is left out of all boxes.
    pub estimate: Option<Estimate>,
    /// Whether it is in.
    pub inside: bool,
}

/// A box, with the way to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundBox {
    /// Its trajectory: from all points that were left to the densest box, and on to the one that was taken where
    /// limits were dropped.
    pub steps: Vec<TrajectoryStep>,
    /// So many of the last steps drop a limit.
    pub dropped: usize,
    /// The step that was taken.
    pub chosen: usize,
    /// Its limits, in the order of the parameters.
    pub limits: Vec<Limit>,
}

/// A step of a trajectory.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrajectoryStep {
    /// The share of all points that are in which the box holds.
    pub coverage: f64,
    /// The share of the box's points that are in.
    pub density: f64,
    /// The share of all points that the box holds.
    pub mass: f64,
    /// The measure's mean over the box's points, in its own unit.
    pub mean: f64,
    /// How many parameters it limits.
    pub restricted: usize,
}

/// What a box says of one parameter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// The parameter's place among the uncertain ones.
    pub parameter: usize,
    /// The least that it may be, in the parameter's own unit, as are all limits here; `None` where it may be as little
    /// as at any point.
    pub low: Option<f64>,
    /// The most that it may be.
    pub high: Option<f64>,
    /// The least and the greatest that it is at any point.
    pub range: (f64, f64),
    /// How likely, in [0, 1], the box would be as dense without these limits by chance: see
    /// [`p_value`](crate::stats::prim::Cases::p_value).
    pub p_value: Option<f64>,
    /// The same for the lower limit alone.
    pub p_low: Option<f64>,
    /// The same for the upper limit alone.
    pub p_high: Option<f64>,
}

/// Why nothing was discovered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoveryError {
    /// The study came to no result.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// There is nothing to vary.
    #[error("no parameter is uncertain, so there is nothing to discover: give one a distribution")]
    Certain,
    /// The measure has no value anywhere.
    #[error("{0} has no value at any point: what it is divided by never happens")]
    NoValue(String),
    /// The measure is the same everywhere.
    #[error("{measure} is {} at every point: no uncertain parameter moves it", short(*value))]
    Alike {
        /// The measure.
        measure: String,
        /// Its value.
        value: f64,
    },
    /// No point is in.
    #[error(
        "{measure} is {bound} at no point: it goes from {} to {}, so choose a number between",
        short(*least), short(*most)
    )]
    NoneIn {
        /// The measure.
        measure: String,
        /// In words: `0.3 or more`.
        bound: String,
        /// Its least value.
        least: f64,
        /// Its greatest value.
        most: f64,
    },
    /// Every point is in.
    #[error(
        "{measure} is {bound} at every point: it goes from {} to {}, so choose a number between",
        short(*least), short(*most)
    )]
    AllIn {
        /// The measure.
        measure: String,
        /// In words: `0.3 or more`.
        bound: String,
        /// Its least value.
        least: f64,
        /// Its greatest value.
        most: f64,
    },
    /// A trajectory has no such step.
    #[error("{requested}: box {number} has steps from 0 to {last}")]
    Step {
        /// The step that was asked for.
        requested: usize,
        /// The box, from 1.
        number: usize,
        /// The last step.
        last: usize,
    },
}

/// A number with three decimals at most.
pub(crate) fn short(number: f64) -> String {
    let text = format!("{number:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Quarter => f.write_str("in its highest quarter"),
            Self::AtLeast(value) => write!(f, "{} or more", short(*value)),
            Self::AtMost(value) => write!(f, "{} or less", short(*value)),
        }
    }
}

impl Bound {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::Quarter => false,
            Self::AtLeast(least) => value >= least,
            Self::AtMost(most) => value <= most,
        }
    }

    /// The number that decides.
    #[must_use]
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Quarter => None,
            Self::AtLeast(number) | Self::AtMost(number) => Some(number),
        }
    }
}

/// Measures a scenario at the points of a Latin hypercube over the quantiles of its uncertain parameters, and finds
/// boxes that hold many of the points that are in and few others.
///
/// All points meet the same chance. O(`points` x the cost of a point); boxes cost little beside that.
///
/// # Errors
/// See [`DiscoveryError`].
///
/// # References
/// Bryant and Lempert (2010), Thinking inside the box, Technological Forecasting and Social Change 77(1), 34-49.
pub fn discover(
    prepared: &Prepared<'_>,
    request: &DiscoveryRequest,
    settings: &Settings,
    method: Method,
    watch: &dyn Watch,
) -> Result<Discovery, DiscoveryError> {
    let scenario = prepared.scenario;
    let parameters = scenario.uncertain();
    if parameters.is_empty() {
        return Err(DiscoveryError::Certain);
    }
    let design = design(scenario, &parameters, request.points, settings.seed);
    let settings = Settings { draws: Some(0), replications: request.plays, ..settings.clone() };
    let changes: Vec<Changes> = design.iter().map(|values| at_point(&parameters, values)).collect();
    in_range(prepared, &changes, settings.seed)?;
    let experiment = Experiment::new(prepared, vec![request.measure], &settings, method)?;
    let found = experiment.answered(&changes, watch)?;
    let known = |found: &Result<Response, NoAnswer>| experiment.estimate(found.as_ref().ok()?, 0);
    let estimates: Vec<Option<Estimate>> = found.iter().map(known).collect();
    let values = found.iter().filter_map(|found| found.as_ref().ok()?.value(0)).collect();
    let absent = found.into_iter().enumerate().filter_map(|(at, found)| Some((at, found.err()?))).collect();
    let measure = scenario.measure_name(request.measure);
    let bound = bound(request.bound, &measure, values)?;
    let points: Vec<Point> = design
        .into_iter()
        .zip(estimates)
        .map(|(values, estimate)| Point {
            values,
            inside: estimate.is_some_and(|estimate| bound.holds(estimate.value)),
            estimate,
        })
        .collect();
    let number = bound.number().unwrap_or(0.0);
    let near = |estimate: &Estimate| {
        estimate.low < estimate.high && (estimate.low..=estimate.high).contains(&number)
    };
    Ok(Discovery {
        parameters,
        near: points.iter().filter_map(|point| point.estimate.as_ref()).filter(|one| near(one)).count(),
        boxes: boxes::boxes(&points, request)?,
        points,
        absent,
        bound,
        method: experiment.method(),
    })
}

/// The points: a Latin hypercube of quantiles.
fn design(scenario: &Scenario, parameters: &[ParameterId], points: usize, seed: u64) -> Vec<Vec<f64>> {
    let quantile = |(id, u): (&ParameterId, f64)| {
        scenario.distribution(*id).map_or(f64::NAN, |distribution| distribution.quantile(u))
    };
    let space = latin(parameters.len(), points, seed);
    space.into_iter().map(|point| parameters.iter().zip(point).map(quantile).collect()).collect()
}

fn at_point(parameters: &[ParameterId], values: &[f64]) -> Changes {
    let mut changes = Changes::default();
    for (&id, &value) in parameters.iter().zip(values) {
        changes.set_parameter(id, value);
    }
    changes
}

/// Nothing, if all amounts are in range at every point; else what is not, at the first such point, which counts as a
/// draw.
fn in_range(prepared: &Prepared<'_>, points: &[Changes], seed: u64) -> Result<(), StudyError> {
    for (number, changes) in points.iter().enumerate() {
        prepared.with(changes.clone()).numbers(seed, None).map_err(|error| match error {
            StudyError::Amounts { diagnostics, .. } => {
                StudyError::Amounts { draw: Some(number as u64), diagnostics }
            }
            other => other,
        })?;
    }
    Ok(())
}

/// The number that decides which points are in, where there are some that are and some that are not.
fn bound(requested: Bound, measure: &str, mut values: Vec<f64>) -> Result<Bound, DiscoveryError> {
    values.sort_unstable_by(|one, other| other.total_cmp(one));
    let (Some(&most), Some(&least)) = (values.first(), values.last()) else {
        return Err(DiscoveryError::NoValue(measure.to_owned()));
    };
    let measure = measure.to_owned();
    // The same sum of probabilities may come out a little different.
    if most - least <= 1e-9 * most.abs().max(1.0) {
        return Err(DiscoveryError::Alike { measure, value: least });
    }
    let bound = match requested {
        Bound::Quarter => Bound::AtLeast(values[values.len().div_ceil(4) - 1]),
        requested => requested,
    };
    match values.iter().filter(|&&value| bound.holds(value)).count() {
        0 => Err(DiscoveryError::NoneIn { measure, bound: bound.to_string(), least, most }),
        all if all == values.len() => {
            Err(DiscoveryError::AllIn { measure, bound: bound.to_string(), least, most })
        }
        _ => Ok(bound),
    }
}
