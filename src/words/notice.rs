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
        Notice::NoEffect { key, command } => format!("{} has no effect on `{command}`", option(key, None)),
    }
}
