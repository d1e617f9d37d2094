//! `claims`: which numbers rest on which claim, and what they do.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Failure, Fault};
use super::fields::Fields;
use super::measured::{Measured, measure_faults, measures, off_by};
use super::options::{Found, Options};
use crate::scenario::Factor;
use crate::study::{ClaimResult, Experiment, OFF_BY, StudyError, claims};

/// What is asked of the claims.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimsOptions {
    /// Paths of measures; none: every outcome.
    pub of: Vec<String>,
    /// How far a known number may be off, as a share of itself: 0.5 takes it from half to one and a half times what it
    /// is. Uncertain numbers go over their distributions.
    pub off_by: f64,
}

impl Default for ClaimsOptions {
    fn default() -> Self {
        Self { of: Vec::new(), off_by: OFF_BY }
    }
}

/// What was found of the claims.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimsFindings {
    /// The measures.
    pub measures: Vec<Measured>,
    /// Each measure with everything as it is, in its own unit; `None` for a ratio of nothing.
    pub base: Vec<Option<f64>>,
    /// Each claim.
    pub results: Vec<ClaimResult>,
    /// The numbers that give no reason at all.
    pub bare: Vec<Factor>,
    /// By how much known numbers were moved, as a share of them.
    pub off_by: f64,
}

impl Options for ClaimsOptions {
    type Findings = ClaimsFindings;

    fn read(fields: &mut Fields) -> Self {
        Self { of: fields.texts("of"), off_by: off_by(fields) }
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        measure_faults(&asking.session.document().scenario, &self.of)
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let scenario = &asking.session.document().scenario;
        let measures = measures(scenario, &self.of).map_err(StudyError::Measures)?;
        let prepared = asking.session.prepared()?;
        let experiment = Experiment::new(&prepared, measures, asking.sampling, asking.settings.method)?;
        let (base, results) = claims(&experiment, self.off_by, asking.watch)?;
        let findings = ClaimsFindings {
            measures: Measured::all(&experiment),
            base: (0..experiment.measures().len()).map(|at| base.value(at)).collect(),
            results,
            bare: scenario.bare(),
            off_by: self.off_by,
        };
        Ok(Found { findings, method: experiment.method(), sampling: asking.sampling.clone() })
    }
}
