//! Which way to the distribution suits a scenario: plays, or exact propagation.

use super::error::StudyError;
use super::prepare::{Prepared, Shared};
use super::propagate::propagate_prepared;
use super::run::{PlayRecord, Run, run_prepared};
use super::settings::{Method, Settings};
use super::watch::Watch;
use crate::agents::Policies;
use crate::exact::steps;
use crate::scenario::Document;

/// What is handed every play.
pub type Record<'r> = &'r mut (dyn FnMut(&[PlayRecord]) + Send);

/// The distribution of a scenario by the method that was asked for, or by the one that takes less work; after what has
/// been observed so far, where `settings` have a history.
///
/// # Errors
/// [`StudyError::Impossible`] if the scenario gives the history probability zero; see [`StudyError`].
pub fn evaluate(document: &Document, how: &Evaluating<'_>) -> Result<Run, StudyError> {
    let prepared = Shared::default().prepare(&document.scenario, &document.slots)?;
    evaluate_prepared(&prepared, how, None)
}

/// How a scenario is evaluated.
#[derive(Clone, Copy)]
pub struct Evaluating<'a> {
    /// What is asked.
    pub settings: &'a Settings,
    /// By which method.
    pub method: Method,
    /// That of [`propagate`](super::propagate()).
    pub tolerance: f64,
    /// Who watches.
    pub watch: &'a dyn Watch,
}

/// [`evaluate`] for a scenario that was made ready. `record` wants every play, which only plays can give.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_prepared(
    prepared: &Prepared<'_>,
    how: &Evaluating<'_>,
    record: Option<Record<'_>>,
) -> Result<Run, StudyError> {
    let Evaluating { settings, tolerance, watch, .. } = *how;
    let prepared = prepared.conditioned(settings, watch)?;
    let (method, why) = match how.method {
        Method::Auto if record.is_some() => {
            (Method::Sample, "by plays, as every one is asked for".to_owned())
        }
        Method::Auto => choose(&prepared, settings)?,
        method => (method, String::new()),
    };
    let found = match method {
        Method::Exact => propagate_prepared(&prepared, settings, tolerance, watch),
        Method::Auto | Method::Sample => run_prepared(&prepared, settings, watch, record),
    };
    Ok(Run { why, given: prepared.summary(settings), ..found? })
}

/// A turn of a play takes about as long as so many steps from a state to one that may follow it.
const STEPS_A_TURN: f64 = 60.0;

/// So many steps take no time that anybody notices.
const FEW_STEPS: f64 = 2e7;

/// The method that takes less work, and why.
pub(crate) fn choose(prepared: &Prepared<'_>, settings: &Settings) -> Result<(Method, String), StudyError> {
    let draws = prepared.draws(settings);
    let numbers = prepared.numbers(settings.seed, (draws > 0).then_some(0))?;
    let policies = Policies::new(&prepared.game, &numbers);
    let exact = match steps(prepared.scenario, &policies) {
        Ok(steps) => steps,
        Err(why) => return Ok((Method::Sample, format!("by plays, as {why}"))),
    };
    #[expect(clippy::cast_precision_loss, reason = "estimates of work")]
    let (exact, sampled) = {
        let turns = prepared.game.blueprint.turns as f64;
        (exact * draws.max(1) as f64, turns * settings.replications as f64 * STEPS_A_TURN)
    };
    Ok(if exact <= sampled.max(FEW_STEPS) {
        (Method::Exact, "exactly, as that takes little work".to_owned())
    } else {
        (Method::Sample, "by plays, as exact propagation would take longer".to_owned())
    })
}
