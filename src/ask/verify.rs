//! `verify`: whether a scenario's facts hold.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Advice, Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use crate::study::{FactResult, Method, Verdict, verify};

/// `verify` has no options of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VerifyOptions {}

/// How the facts came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerifyFindings {
    /// Each fact, in the scenario's order; one with two bounds comes out twice.
    pub facts: Vec<FactResult>,
}

impl VerifyFindings {
    /// Whether all facts hold.
    #[must_use]
    pub fn all_hold(&self) -> bool {
        self.facts.iter().all(|fact| fact.verdict == Verdict::Holds)
    }
}

impl Options for VerifyOptions {
    type Findings = VerifyFindings;

    fn read(_: &mut Fields) -> Self {
        Self {}
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        if asking.settings.method != Method::Exact {
            return Vec::new();
        }
        let fault = Fault::whole("facts are judged by plays that meet the same chance");
        vec![fault.advise(Advice::LeaveOut("method"))]
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let facts = verify(asking.session.document(), asking.sampling, asking.watch)?;
        Ok(Found {
            findings: VerifyFindings { facts },
            method: Method::Sample,
            sampling: asking.sampling.clone(),
        })
    }
}
