//! An answer: what was found, the names of what it is about, and where it comes from.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::about::About;
use super::notice::Notice;
use super::options::Found;
use super::question::Question;
use super::session::Session;
use super::{
    agree, check, claims, compare, discover, explain, flip, models, play, run, sensitivity, solve, sweep,
    tables, verify,
};
use crate::study::Method;

/// What was found, the names of what it is about, and where it comes from: owned, and complete by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Where it comes from.
    pub provenance: Provenance,
    /// The names and titles of what it is about.
    pub about: About,
    /// What has to be said of it.
    pub notices: Vec<Notice>,
    /// What was found.
    pub findings: Findings,
}

/// Where an answer comes from: with the texts of the scenario, all that it takes to find it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// The version of demarche.
    pub version: String,
    /// How it was found: never [`Method::Auto`].
    pub method: Method,
    /// The seed of all chance.
    pub seed: u64,
    /// Plays in all.
    pub replications: u64,
    /// Draws of the parameters; 0: every parameter at its central value.
    pub draws: u64,
    /// The question.
    pub question: Question,
    /// The scenario as it was run, a text that runs alone.
    pub scenario: String,
    /// The SHA-256 of that text, as `sha256sum` prints it.
    pub sha256: String,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Findings {
    /// How large a sound scenario is.
    Check(check::CheckFindings),
    /// The outcome distribution.
    Run(Box<run::RunFindings>),
    /// What happened in a play.
    Play(play::PlayFindings),
    /// Why an actor chooses what it does.
    Explain(explain::ExplainFindings),
    /// The payoff matrices.
    Tables(tables::TablesFindings),
    /// Which facts hold.
    Verify(verify::VerifyFindings),
    /// What differs between two scenarios.
    Compare(compare::CompareFindings),
    /// Which numbers rest on which claim, and what they do.
    Claims(claims::ClaimsFindings),
    /// What measures are wherever values stand.
    Sweep(sweep::SweepFindings),
    /// What flips the answer.
    Flip(Box<flip::FlipFindings>),
    /// The outcomes under every decision model.
    Models(models::ModelsFindings),
    /// What moves a measure.
    Sensitivity(Box<sensitivity::SensitivityFindings>),
    /// Boxes in the uncertain parameters.
    Discover(discover::DiscoverFindings),
    /// How far plays are from the exact distribution.
    Agree(agree::AgreeFindings),
    /// A stage game and what is known of it.
    Solve(Box<solve::SolveFindings>),
    /// A stage game as a text.
    Export(solve::ExportFindings),
}

/// What one kind of question finds is something that any may find.
macro_rules! found {
    ($variant:ident, $kind:ty $(, $boxed:path)?) => {
        impl From<$kind> for Findings {
            fn from(found: $kind) -> Self {
                Self::$variant($($boxed)?(found))
            }
        }
    };
}

found!(Check, check::CheckFindings);
found!(Run, run::RunFindings, Box::new);
found!(Play, play::PlayFindings);
found!(Explain, explain::ExplainFindings);
found!(Tables, tables::TablesFindings);
found!(Verify, verify::VerifyFindings);
found!(Compare, compare::CompareFindings);
found!(Claims, claims::ClaimsFindings);
found!(Sweep, sweep::SweepFindings);
found!(Flip, flip::FlipFindings, Box::new);
found!(Models, models::ModelsFindings);
found!(Sensitivity, sensitivity::SensitivityFindings, Box::new);
found!(Discover, discover::DiscoverFindings);
found!(Agree, agree::AgreeFindings);
found!(Solve, solve::SolveFindings, Box::new);
found!(Export, solve::ExportFindings);

impl Answer {
    pub(super) fn new(
        session: &Session,
        question: &Question,
        found: Found<Findings>,
        notices: Vec<Notice>,
    ) -> Self {
        let document = session.document();
        let draws = found.sampling.draws_of(!document.scenario.uncertain().is_empty());
        let provenance = Provenance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            method: found.method,
            seed: found.sampling.seed,
            replications: found.sampling.replications,
            draws,
            question: question.clone(),
            scenario: document.resolved.clone(),
            sha256: sha256(document.resolved.as_bytes()),
        };
        let about = About::new(&document.scenario);
        Self { provenance, about, notices, findings: found.findings }
    }
}

/// The SHA-256 of some bytes, as `sha256sum` prints it.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
