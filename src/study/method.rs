//! Which way to the distribution suits a scenario: plays, or exact propagation.

use super::prepare::{Prepared, Shared};
use super::propagate::propagate;
use super::run::{PlayRecord, Run, run};
use super::runner::{Method, Settings, StudyError, Watch};
use crate::scenario::Document;

/// What is handed every play.
pub type Record<'r> = &'r mut (dyn FnMut(&[PlayRecord]) + Send);

/// The distribution of a scenario by the method that was asked for, or by the one that takes less work.
///
/// `tolerance` is that of [`propagate`]. `record` wants every play, which only plays can give.
///
/// # Errors
/// See [`StudyError`].
pub fn evaluate(
    document: &Document,
    settings: &Settings,
    asked: Method,
    tolerance: f64,
    watch: &dyn Watch,
    record: Option<Record<'_>>,
) -> Result<Run, StudyError> {
    let (method, why) = match asked {
        Method::Auto if record.is_some() => (Method::Sample, "as every play is asked for".to_owned()),
        Method::Auto => {
            let prepared = Shared::default().prepare(&document.scenario, &document.slots)?;
            choose(&prepared, settings)
        }
        asked => (asked, String::new()),
    };
    let found = match method {
        Method::Exact => propagate(document, settings, tolerance, watch),
        Method::Auto | Method::Sample => run(document, settings, watch, record),
    };
    Ok(Run { why, ..found? })
}

/// A turn of a play takes about as long as so many steps from a state to one that may follow it.
const STEPS_A_TURN: f64 = 60.0;

/// So many steps take no time that anybody notices.
const FEW_STEPS: f64 = 2e7;

/// The method that takes less work, and why. What follows a state is bounded by what effects can do to each
/// variable, so exact work may be less than is thought, never more.
pub(crate) fn choose(prepared: &Prepared<'_>, settings: &Settings) -> (Method, String) {
    let blueprint = &prepared.game.blueprint;
    if !prepared.scenario.learners().is_empty() {
        return (Method::Sample, "as somebody learns from what was done before".to_owned());
    }
    let draws = settings.draws_of(!prepared.scenario.uncertain().is_empty());
    let mut writers = vec![0_usize; blueprint.levels.len()];
    for (variable, _) in blueprint.effects.iter().flat_map(|effect| &effect.changes) {
        writers[*variable] += 1;
    }
    let successors =
        writers.iter().zip(&blueprint.levels).map(|(writers, levels)| (writers + 1).min(*levels));
    #[expect(clippy::cast_precision_loss, reason = "estimates of work")]
    let (exact, sampled) = {
        let turns = blueprint.turns as f64;
        let successors: f64 = successors.map(|n| n as f64).product();
        let exact = turns * prepared.game.states.cells as f64 * successors * draws.max(1) as f64;
        (exact, turns * settings.replications as f64 * STEPS_A_TURN)
    };
    if exact <= sampled.max(FEW_STEPS) {
        (Method::Exact, "as that is the lesser work".to_owned())
    } else {
        let times = exact / sampled;
        (Method::Sample, format!("as exact propagation may take {} times the work", rounded(times)))
    }
}

/// A number to two digits, or "over a million".
fn rounded(times: f64) -> String {
    if times > 1e6 {
        return "over a million".to_owned();
    }
    if times < 10.0 { format!("{times:.1}") } else { format!("{times:.0}") }
}
