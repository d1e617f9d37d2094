//! `agree`: plays held against the exact distribution.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use crate::study::{self, Agreement, Method, agree};

/// `agree` has no options of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AgreeOptions {}

/// How far plays are from the exact distribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgreeFindings {
    /// How far.
    pub agreement: Agreement,
}

/// A statistic as unlikely as that says that something is wrong, not that chance was unkind.
const IMPOSSIBLE: f64 = 1e-6;

impl AgreeFindings {
    /// Whether so large a difference may come of chance alone.
    #[must_use]
    pub fn is_plausible(&self) -> bool {
        self.agreement.p_value >= IMPOSSIBLE
    }
}

impl Options for AgreeOptions {
    type Findings = AgreeFindings;

    fn read(_: &mut Fields) -> Self {
        Self {}
    }

    fn ignores(&self) -> Vec<&'static str> {
        vec!["method", "draws"]
    }

    fn faults(&self, _: &Asking<'_>) -> Vec<Fault> {
        Vec::new()
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let sampling = study::Settings { draws: Some(0), ..asking.sampling.clone() };
        let agreement = agree(asking.session.document(), &sampling, asking.watch)?;
        Ok(Found { findings: AgreeFindings { agreement }, method: Method::Sample, sampling })
    }
}
