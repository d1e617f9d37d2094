//! `play`: one replication, turn by turn.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use crate::study::{Method, Story, story};

/// Which play.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlayOptions {
    /// The replication, from 0: the one that a run with the same settings plays.
    pub replication: u64,
}

/// What happened in a play.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlayFindings {
    /// The play.
    pub story: Story,
}

impl Options for PlayOptions {
    type Findings = PlayFindings;

    fn read(fields: &mut Fields) -> Self {
        Self { replication: fields.whole("replication", 0, u64::MAX).unwrap_or(0) }
    }

    fn ignores(&self) -> Vec<&'static str> {
        vec!["method", "threads"]
    }

    fn faults(&self, _: &Asking<'_>) -> Vec<Fault> {
        Vec::new()
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let story = story(&asking.session.prepared()?, asking.sampling, self.replication, asking.watch)?;
        if let Some(branching) = &story.branching {
            asking.watch.branches(branching);
        }
        Ok(Found {
            findings: PlayFindings { story },
            method: Method::Sample,
            sampling: asking.sampling.clone(),
        })
    }
}
