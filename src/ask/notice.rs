//! What has to be said of an answer beside it: data, which whoever speaks to people words.

use serde::{Deserialize, Serialize};

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
