//! The evaluation of a plan.

use serde::{Deserialize, Serialize};

use super::plan::{Group, Plan};
use crate::scenario::Changes;
use crate::stats::Estimate;
use crate::study::NoAnswer;
use crate::study::error::StudyError;
use crate::study::experiment::Experiment;
use crate::study::measure::is_share;
use crate::study::prepare::{Prepared, Shared};
use crate::study::settings::{Method, Settings};
use crate::study::watch::{Watch, Within};

/// What a sweep found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepResult {
    /// `estimates[point][measure]`; `None` for a ratio whose denominator is 0.
    pub estimates: Vec<Vec<Option<Estimate>>>,
    /// The points, by their places, that have no answer; their estimates are missing.
    pub absent: Vec<(usize, NoAnswer)>,
    /// For each measure, whether it lies between 0 and 1.
    pub shares: Vec<bool>,
    /// The most draws of a point; 0: nothing was left to draw.
    pub draws: u64,
    /// How the points were found: [`Method::Sample`] where any of them was played.
    pub method: Method,
}

/// So many points are evaluated before their clusters are forgotten.
const AT_ONCE: usize = 256;

/// Evaluates a plan's points on the same chance. Where a point leaves no parameter
/// uncertain, nothing is drawn. Progress is told in plays.
///
/// # Errors
/// See [`StudyError`]; of several, that of the first point.
pub fn sweep(
    plan: &Plan<'_>,
    settings: &Settings,
    method: Method,
    watch: &dyn Watch,
) -> Result<SweepResult, StudyError> {
    let count = plan.design.points.len();
    let mut swept = SweepResult {
        estimates: vec![Vec::new(); count],
        absent: Vec::new(),
        shares: plan.groups.first().map_or_else(Vec::new, shares),
        draws: 0,
        method: Method::Exact,
    };
    let mut shared = Shared::default();
    let mut done = 0;
    for group in &plan.groups {
        let prepared = shared.prepare(&group.document.scenario, &group.document.slots)?;
        let experiment = experiment(&prepared, group, settings, method)?;
        swept.draws = swept.draws.max(experiment.draws());
        if experiment.method() == Method::Sample {
            swept.method = Method::Sample;
        }
        for points in group.points.chunks(AT_ONCE) {
            let changes: Vec<Changes> = points.iter().map(|&point| plan.changes(group, point)).collect();
            let plays = settings.replications;
            let (before, total) = (done * plays, count as u64 * plays);
            let part = Within { whole: watch, before, total, place: String::new() };
            let found = experiment.answered(&changes, &part)?;
            for (&point, found) in points.iter().zip(found) {
                let measures = 0..group.measures.len();
                let estimate = |at| found.as_ref().ok().and_then(|found| experiment.estimate(found, at));
                swept.estimates[point] = measures.map(estimate).collect();
                swept.absent.extend(found.err().map(|why| (point, why)));
            }
            done += points.len() as u64;
        }
    }
    swept.absent.sort_by_key(|(point, _)| *point);
    Ok(swept)
}

fn shares(group: &Group<'_>) -> Vec<bool> {
    group.measures.iter().map(|&measure| is_share(&group.document.scenario, measure)).collect()
}

/// An experiment that draws nothing where the points leave no parameter uncertain.
fn experiment<'p>(
    prepared: &'p Prepared<'p>,
    group: &Group<'_>,
    settings: &Settings,
    method: Method,
) -> Result<Experiment<'p>, StudyError> {
    let given: Vec<_> = group.factors.iter().flatten().filter_map(|factor| factor.parameter).collect();
    let left = prepared.scenario.uncertain().iter().any(|id| !given.contains(id));
    let draws = if left { settings.draws } else { Some(0) };
    Experiment::new(prepared, group.measures.clone(), &Settings { draws, ..settings.clone() }, method)
}
