//! Morris' screening: which numbers matter at all, and which depend on others.

use serde::{Deserialize, Serialize};

use super::super::designs::{Trajectory, trajectories};
use super::super::error::StudyError;
use super::super::experiment::Experiment;
use super::super::watch::Watch;
use super::input_space::{InputPoint, InputSpace};
use super::shares::evaluated;
use crate::stats::{ElementaryEffects, Step, elementary_effects};

/// The elementary effects of each number on each measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Screening {
    /// `effects[measure][number]`; `None` where the measure had no value at some point.
    pub effects: Vec<Option<Vec<ElementaryEffects>>>,
    /// All points, in the order of their trajectories.
    pub points: Vec<InputPoint>,
}

/// Walks through the space of `count` trajectories. The experiment needs to be one without draws.
///
/// # Errors
/// See [`StudyError`].
pub fn screening(
    experiment: &Experiment<'_>,
    space: &InputSpace<'_>,
    count: usize,
    seed: u64,
    watch: &dyn Watch,
) -> Result<Screening, StudyError> {
    let walks = trajectories(space.factors.len(), count, seed);
    let places: Vec<Vec<f64>> = walks.iter().flat_map(Trajectory::points).collect();
    let found = evaluated(experiment, space, &places, watch)?;
    let steps: Vec<Vec<Step>> = walks.iter().map(|walk| walk.steps.clone()).collect();
    let effects = found.measures.iter().map(|measure| {
        let (values, clusters) = measure.as_ref()?;
        Some(elementary_effects(space.factors.len(), &steps, values, clusters))
    });
    let length = space.factors.len() + 1;
    let name = |at: usize| ((at / length).to_string(), at % length);
    Ok(Screening { effects: effects.collect(), points: found.points(places, name) })
}
