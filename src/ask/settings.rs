//! How a question is evaluated.

use serde_json::{Map, Value};

use super::fields::Fields;
use crate::scenario::History;
use crate::study::{self, Method};

/// How a question is evaluated: chance, amount of work, method, what has been observed.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The seed of all chance.
    pub seed: u64,
    /// Plays in all; at least 1.
    pub replications: u64,
    /// Draws of the uncertain parameters; 0: every parameter at its central value; `None`: 100 where a parameter is
    /// uncertain.
    pub draws: Option<u64>,
    /// How the distribution is found.
    pub method: Method,
    /// The file of what has been observed so far, from which plays go on.
    pub given: Option<String>,
}

/// More draws than this cost more than anybody means.
pub(super) const MOST_DRAWS: u64 = 1_000_000;

const METHODS: [(&str, Method); 3] =
    [("auto", Method::Auto), ("exact", Method::Exact), ("sample", Method::Sample)];

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, replications: 10_000, draws: None, method: Method::Auto, given: None }
    }
}

impl Settings {
    /// Takes the settings from a question; `n` is short for `replications`.
    pub(super) fn read(fields: &mut Fields) -> Self {
        let default = Self::default();
        let replications = fields.whole("replications", 1, u64::MAX);
        let short = fields.whole("n", 1, u64::MAX);
        Self {
            seed: fields.whole("seed", 0, u64::MAX).unwrap_or(default.seed),
            replications: replications.or(short).unwrap_or(default.replications),
            draws: fields.whole("draws", 0, MOST_DRAWS),
            method: fields.word("method", &METHODS).unwrap_or_default(),
            given: fields.text("given"),
        }
    }

    /// Adds what is not as usual to the JSON of a question.
    pub(super) fn write(&self, map: &mut Map<String, Value>) {
        let default = Self::default();
        let mut put = |key: &str, value: Value| drop(map.insert(key.to_owned(), value));
        if self.seed != default.seed {
            put("seed", self.seed.into());
        }
        if self.replications != default.replications {
            put("replications", self.replications.into());
        }
        if let Some(draws) = self.draws {
            put("draws", draws.into());
        }
        if let Some((name, _)) =
            METHODS.iter().find(|(_, method)| *method == self.method && *method != default.method)
        {
            put("method", (*name).into());
        }
        if let Some(given) = &self.given {
            put("given", given.as_str().into());
        }
    }

    /// What a study takes of it, with what has been observed.
    #[must_use]
    pub fn sampling(&self, history: Option<History>) -> study::Settings {
        study::Settings { seed: self.seed, replications: self.replications, draws: self.draws, history }
    }
}
