//! Which notices an answer has.

use super::answer::Findings;
use super::asking::Asking;
use super::notice::Notice;
use super::options::Found;
use super::question::Question;
use crate::study;

/// Fewer draws in effect than this say little of a mean over them.
const FEW_DRAWS: f64 = 10.0;

/// What has to be said of what was found.
pub(super) fn notices(asking: &Asking<'_>, question: &Question, found: &Found<Findings>) -> Vec<Notice> {
    let command = question.command.name();
    let ignored = question.ignored();
    let no_effect = |key: &&'static str| Notice::no_effect(key, command);
    let mut notices: Vec<Notice> = ignored.iter().map(no_effect).collect();
    let uncertain = !asking.session.document().scenario.uncertain().is_empty();
    for notice in found.sampling.notices(uncertain) {
        match notice {
            study::Notice::NothingToDraw { .. } if ignored.contains(&"draws") => {}
            study::Notice::NothingToDraw { draws } => notices.push(Notice::NothingUncertain { draws }),
            study::Notice::TooFewDraws { draws } => notices.push(Notice::NoInterval { draws }),
        }
    }
    if let Findings::Run(found) = &found.findings
        && let Some(given) = found.run.given.as_ref().filter(|given| given.effective < FEW_DRAWS)
        && found.run.draws > 0
    {
        notices.push(Notice::FewDrawsInEffect { effective: given.effective, draws: found.run.draws });
    }
    notices
}
