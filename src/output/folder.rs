//! What an output folder holds.

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
        "replications.csv",
        "facts.csv",
        "choices.csv",
        "payments.csv",
        "effects.csv",
        "levels.csv",
        "ending.csv",
        "totals.csv",
        "options.csv",
        "terms.csv",
        "payoffs.csv",
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
    let digest = Sha256::digest(scenario.as_bytes());
    let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let version = env!("CARGO_PKG_VERSION");
    let manifest = Manifest { version, method, seed, replications, draws, sha256 };
    let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text.push('\n');
    text
}
