//! `tables`: the payoff matrices, issue by issue.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use super::place::{self, Place};
use crate::scenario::IssueId;
use crate::study::{Matrices, Situation, matrices};

/// Which matrices, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TablesOptions {
    /// Only this issue.
    pub issue: Option<String>,
    /// The state.
    #[serde(flatten)]
    pub place: Place,
}

/// The payoff matrices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TablesFindings {
    /// Where.
    pub situation: Situation,
    /// Each issue with its payoffs; `None` where it is closed.
    pub issues: Vec<(IssueId, Option<Matrices>)>,
}

impl Options for TablesOptions {
    type Findings = TablesFindings;

    fn read(fields: &mut Fields) -> Self {
        Self { issue: fields.text("issue"), place: Place::read(fields) }
    }

    fn ignores(&self) -> Vec<&'static str> {
        self.place.ignores()
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        self.find(asking).err().unwrap_or_default()
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let (issues, situation) = self.find(asking)?;
        let prepared = asking.session.prepared()?;
        let issues: Result<Vec<_>, _> = issues
            .into_iter()
            .map(|issue| Ok::<_, Failure>((issue, matrices(&prepared, &situation, issue)?)))
            .collect();
        let found = TablesFindings { issues: issues?, situation };
        Ok(Found::at_one_state(found, asking))
    }
}

impl TablesOptions {
    fn find(&self, asking: &Asking<'_>) -> Result<(Vec<IssueId>, Situation), Vec<Fault>> {
        let mut faults = Vec::new();
        let all = asking.session.document().scenario.issues.len();
        let issues = match &self.issue {
            None => (0..all).map(IssueId::new).collect(),
            Some(name) => place::issue(asking, name, &mut faults).into_iter().collect(),
        };
        let situation = self.place.find(asking, &mut faults);
        if faults.is_empty() { Ok((issues, situation)) } else { Err(faults) }
    }
}
