//! Outcomes that can never be first, and early ends that freeze what another classification watches.

use super::never::MAX_WORLDS;
use crate::scenario::worlds::Worlds;
use crate::scenario::{Classification, Diagnostic, Scenario, VariableId};

pub(super) fn never_first(scenario: &Scenario, warnings: &mut Vec<Diagnostic>) {
    for class in &scenario.classifications {
        let conditions = class.outcomes.iter().filter_map(|outcome| outcome.when.as_ref());
        let worlds = Worlds::named_by(scenario, conditions);
        if MAX_WORLDS < worlds.count() {
            continue;
        }
        let order: Vec<usize> = class.trial_order().collect();
        let mut seen = vec![false; class.outcomes.len()];
        worlds.find(|world| {
            let matches = |outcome: &&usize| {
                class.outcomes[**outcome].when.as_ref().is_none_or(|when| world.satisfies(when))
            };
            if let Some(first) = order.iter().find(matches) {
                seen[*first] = true;
            }
            seen.iter().all(|seen| *seen)
        });
        for (outcome, _) in class.outcomes.iter().zip(seen).filter(|(_, seen)| !seen) {
            let path = format!("outcomes.{}.{}", class.id, outcome.id);
            let message = match &outcome.when {
                Some(when)
                    if Worlds::named_by(scenario, [when].into_iter())
                        .find(|it| it.satisfies(when))
                        .is_none() =>
                {
                    format!("outcome `{path}` can never hold")
                }
                Some(_) => {
                    format!("outcome `{path}` can never be first: wherever it holds, an earlier one does")
                }
                None => format!("outcome `{path}` can never be: the others leave it nothing"),
            };
            warnings.push(Diagnostic::warning("never-first", outcome.span, message));
        }
    }
}

pub(super) fn freezes_another(scenario: &Scenario, warnings: &mut Vec<Diagnostic>) {
    let changes: Vec<VariableId> =
        scenario.effects.iter().flat_map(|effect| &effect.changes).map(|(variable, _)| *variable).collect();
    for (index, class) in scenario.classifications.iter().enumerate() {
        let others = scenario.classifications.iter().enumerate().filter(|(other, _)| *other != index);
        let changing = |other: &Classification| watched(other).any(|variable| changes.contains(&variable));
        let frozen: Vec<String> =
            others.filter(|(_, other)| changing(other)).map(|(_, other)| format!("`{}`", other.id)).collect();
        for outcome in class.outcomes.iter().filter(|outcome| outcome.ends && !frozen.is_empty()) {
            let frozen = frozen.join(" and ");
            let message = format!(
                "`outcomes.{}.{}` ends the play, and with it what {frozen} watches",
                class.id, outcome.id
            );
            let warning = Diagnostic::warning("freezes", outcome.span, message);
            warnings.push(warning.help("close the issues that are settled instead, and let the play go on"));
        }
    }
}

/// The variables that a classification's conditions name.
fn watched(class: &Classification) -> impl Iterator<Item = VariableId> + '_ {
    let conditions = class.outcomes.iter().filter_map(|outcome| outcome.when.as_ref());
    conditions.flat_map(|when| &when.any).flat_map(|clause| &clause.levels).map(|(variable, _)| *variable)
}
