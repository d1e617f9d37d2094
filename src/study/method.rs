//! Which way to the distribution suits a scenario: plays, or exact propagation.

use std::sync::Arc;

use super::given::Given;
use super::prepare::{Prepared, Shared};
use super::propagate::propagate_prepared;
use super::run::{PlayRecord, Run, run_prepared};
use super::runner::{Method, Settings, StudyError, Watch};
use crate::agents::Policies;
use crate::exact::steps;
use crate::scenario::{Document, History};

/// What is handed every play.
pub type Record<'r> = &'r mut (dyn FnMut(&[PlayRecord]) + Send);

/// The distribution of a scenario by the method that was asked for, or by the one that takes less work.
///
/// `tolerance` is that of [`propagate`](super::propagate()). `record` wants every play, which only plays can give.
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
    evaluate_given(document, settings, asked, tolerance, None, watch, record)
}

/// The same after what has been observed so far, where there is a history: draws weigh as likely as they make it,
/// and plays go on from where they may stand after its last turn. Scores and measures count what comes after.
///
/// # Errors
/// [`StudyError::Impossible`] if the scenario gives the history probability zero; see [`StudyError`].
pub fn evaluate_given(
    document: &Document,
    settings: &Settings,
    asked: Method,
    tolerance: f64,
    history: Option<&History>,
    watch: &dyn Watch,
    record: Option<Record<'_>>,
) -> Result<Run, StudyError> {
    let mut prepared = Shared::default().prepare(&document.scenario, &document.slots)?;
    let weighed = match history {
        None => None,
        Some(history) => {
            let given = Given::new(&prepared, settings, history, watch)?;
            let told = given.told(&prepared, settings);
            prepared.given = Some(Arc::new(given));
            Some(told)
        }
    };
    let (method, why) = match asked {
        Method::Auto if record.is_some() => {
            (Method::Sample, "by plays, as every one is asked for".to_owned())
        }
        Method::Auto => choose(&prepared, settings)?,
        asked => (asked, String::new()),
    };
    let found = match method {
        Method::Exact => propagate_prepared(&prepared, settings, tolerance, watch),
        Method::Auto | Method::Sample => run_prepared(&prepared, settings, watch, record),
    };
    Ok(Run { why, given: weighed, ..found? })
}

/// A turn of a play takes about as long as so many steps from a state to one that may follow it.
const STEPS_A_TURN: f64 = 60.0;

/// So many steps take no time that anybody notices.
const FEW_STEPS: f64 = 2e7;

/// The method that takes less work, and why.
pub(crate) fn choose(prepared: &Prepared<'_>, settings: &Settings) -> Result<(Method, String), StudyError> {
    let draws = settings.draws_of(!prepared.scenario.uncertain().is_empty());
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
