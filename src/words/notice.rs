//! What has to be said of an answer beside it.

use super::Telling;
use crate::ask::Notice;

/// A notice in words, without a full stop.
#[must_use]
pub fn notice(notice: &Notice, telling: &Telling<'_>) -> String {
    let option = telling.option;
    match notice {
        Notice::FewDrawsInEffect { effective, draws } => format!(
            "what was observed leaves {effective:.1} of {draws} draws in effect, and intervals over so few may be too \
             narrow: take more with {}",
            option("draws", None)
        ),
        Notice::NothingUncertain { .. } => {
            format!(
                "nothing is uncertain in the scenario, so there is nothing to draw: {} has no effect",
                option("draws", None)
            )
        }
        Notice::NoInterval { draws } => {
            let s = if *draws == 1 { "" } else { "s" };
            format!("over {draws} draw{s} there is no interval: take more with {}", option("draws", None))
        }
        Notice::NoEffect { key, command } => {
            // Plays are known by their short name.
            let key = if key == "replications" { "n" } else { key };
            format!("{} has no effect here: {command} {}", option(key, None), why_not(command))
        }
    }
}

/// Why some settings have no effect on a command.
fn why_not(command: &str) -> &'static str {
    match command {
        "check" => "plays nothing",
        "play" => "plays one replication",
        "agree" => "finds the distribution both ways, every parameter at its central value",
        _ => "looks at one state",
    }
}
