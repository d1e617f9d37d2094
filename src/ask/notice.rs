//! What has to be said of an answer beside it: data, which whoever speaks to people words.

use serde::{Deserialize, Serialize};

use super::answer::Found;
use super::{Asking, Findings, Question};

/// Something about an answer that its reader should know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Notice {
    /// What was observed leaves so few draws in effect that intervals over them may be too narrow.
    FewDrawsInEffect {
        /// The number of draws that would weigh alike and know as much.
        effective: f64,
        /// The number of draws.
        draws: u64,
    },
    /// Draws were asked for, and nothing is uncertain: there are none.
    NothingUncertain {
        /// The number that was asked for.
        draws: u64,
    },
    /// Over so few draws there is no interval.
    NoInterval {
        /// The number of draws.
        draws: u64,
    },
    /// A key of the question has no effect on this command.
    NoEffect {
        /// The key.
        key: String,
        /// The command.
        command: String,
    },
}

impl Notice {
    /// A key that has no effect on a command.
    #[must_use]
    pub fn no_effect(key: &str, command: &str) -> Self {
        Self::NoEffect { key: key.to_owned(), command: command.to_owned() }
    }
}

/// Fewer draws in effect than this say little of a mean over them.
const FEW_DRAWS: f64 = 10.0;

/// Over fewer draws than this there is no interval.
const LEAST_DRAWS: u64 = 3;

/// What has to be said of what was found.
pub(super) fn notices(asking: &Asking<'_>, question: &Question, found: &Found) -> Vec<Notice> {
    let command = question.command.name();
    let ignored = question.ignored();
    let no_effect = |key: &&'static str| Notice::no_effect(key, command);
    let mut notices: Vec<Notice> = ignored.iter().map(no_effect).collect();
    let uncertain = !asking.session.document().scenario.uncertain().is_empty();
    if let Some(draws) =
        asking.settings.draws.filter(|draws| *draws > 0 && !uncertain && !ignored.contains(&"draws"))
    {
        notices.push(Notice::NothingUncertain { draws });
    }
    let draws = found.sampling.draws_of(uncertain);
    if uncertain && (1..LEAST_DRAWS).contains(&draws) {
        notices.push(Notice::NoInterval { draws });
    }
    if let Findings::Run(found) = &found.findings
        && let Some(given) = found.run.given.as_ref().filter(|given| given.effective < FEW_DRAWS)
        && found.run.draws > 0
    {
        notices.push(Notice::FewDrawsInEffect { effective: given.effective, draws: found.run.draws });
    }
    notices
}
