//! What an output folder holds.

use std::fmt::Write;

use serde::Serialize;
use sha2::{Digest, Sha256};

/// The names of all files that demarche writes into an output folder.
#[must_use]
pub fn file_names() -> &'static [&'static str] {
    &[
        "outcomes.csv",
        "joint.csv",
        "turns.csv",
        "moves.csv",
        "scores.csv",
        "lengths.csv",
        "draws.csv",
        "measures.csv",
        "posterior.csv",
        "weights.csv",
        "replications.csv",
        "facts.csv",
        "agreement.csv",
        "against.csv",
        "differences.csv",
        "transitions.csv",
        "claims.csv",
        "cited.csv",
        "bare.csv",
        "sensitivity.csv",
        "indices.csv",
        "variances.csv",
        "points.csv",
        "models.csv",
        "sweep.csv",
        "flips.csv",
        "frontier.csv",
        "answers.csv",
        "choices.csv",
        "payments.csv",
        "effects.csv",
        "levels.csv",
        "ending.csv",
        "totals.csv",
        "options.csv",
        "terms.csv",
        "payoffs.csv",
        "cells.csv",
        "eliminated.csv",
        "equilibria.csv",
        "security.csv",
        "correlated.csv",
        "quantal.csv",
        "game.nfg",
        "boxes.csv",
        "trajectory.csv",
        "points.csv",
        "scenario.toml",
        "manifest.json",
    ]
}

/// What a folder's files were made with. No clock and no machine: the same run writes the same bytes.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest {
    /// The version of demarche.
    pub version: &'static str,
    /// How the distribution was found.
    pub method: &'static str,
    /// The seed of all chance.
    pub seed: u64,
    /// Plays in all.
    pub replications: u64,
    /// Draws of the parameters; 0: central values.
    pub draws: u64,
    /// The SHA-256 of scenario.toml, as `sha256sum` prints it.
    pub sha256: String,
}

/// The text of manifest.json.
#[must_use]
pub fn manifest(method: &'static str, seed: u64, replications: u64, draws: u64, scenario: &str) -> String {
    let sha256 = sha256(scenario.as_bytes());
    let version = env!("CARGO_PKG_VERSION");
    let manifest = Manifest { version, method, seed, replications, draws, sha256 };
    let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text.push('\n');
    text
}

/// The SHA-256 of some bytes, as `sha256sum` prints it.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_says_what_the_files_were_made_with_and_nothing_else() {
        let text =
            manifest("sample", 7, 1000, 10, "format = 1\n").replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(text, @r#"
        {
          "version": "VERSION",
          "method": "sample",
          "seed": 7,
          "replications": 1000,
          "draws": 10,
          "sha256": "a1af1bccf46862c1ce45d1064094b00a0808329540e06a44bcedd8c921849f1e"
        }
        "#);
    }

    #[test]
    fn the_hash_is_the_one_that_everybody_knows() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
