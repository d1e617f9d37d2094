//! The measures that a question asks of, and how far it moves numbers.

use serde::{Deserialize, Serialize};

use super::failure::Fault;
use super::fields::Fields;
use crate::scenario::{Measure, Scenario};
use crate::study::{Experiment, OFF_BY};

/// A measure that was asked of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Its path: `outcomes.war.truce`.
    pub path: String,
    /// Whether it is a share, between 0 and 1.
    pub is_share: bool,
}

impl Measured {
    /// The measures of an experiment, in its order.
    pub(super) fn all(experiment: &Experiment<'_>) -> Vec<Self> {
        let scenario = experiment.prepared().scenario;
        let measures = experiment.measures().iter().enumerate();
        let named = |(at, measure): (usize, &Measure)| Self {
            path: scenario.measure_name(*measure),
            is_share: experiment.is_share(at),
        };
        measures.map(named).collect()
    }
}

/// The measures that paths name; every outcome of every classification where there are none.
pub(super) fn measures(scenario: &Scenario, of: &[String]) -> Result<Vec<Measure>, Vec<String>> {
    if !of.is_empty() {
        return scenario.measures_at(of);
    }
    let classes = scenario.classifications.iter().enumerate();
    let outcomes = classes.flat_map(|(class, it)| (0..it.outcomes.len()).map(move |at| (class, at)));
    Ok(outcomes.map(|(class, at)| Measure::Outcome(class, at)).collect())
}

/// What is wrong with paths of measures.
pub(super) fn measure_faults(scenario: &Scenario, of: &[String]) -> Vec<Fault> {
    let wrong = scenario.measures_at(of).err().unwrap_or_default();
    wrong.into_iter().map(|why| Fault::of("of", why)).collect()
}

/// How far a known number may be off, as a share of itself; uncertain ones go over their distributions.
pub(super) fn off_by(fields: &mut Fields) -> f64 {
    let wanted = "a number above 0 and up to 10, such as 0.5";
    fields.number("off_by", |share| 0.0 < share && share <= MOST_OFF_BY, wanted).unwrap_or(OFF_BY)
}

/// Nobody is off by more than this many times a number.
const MOST_OFF_BY: f64 = 10.0;
