//! Effects that can set one variable differently in the same turn: the later in the file wins.

use super::never::are_compatible;
use crate::scenario::{Change, Clause, Condition, Diagnostic, Effect, Scenario, VariableId};

/// Pairs that are told, at most: a scenario with more has a habit and not a slip.
const MAX_PAIRS: usize = 20;

/// Pairs that are looked at, at most, so that thousands of effects are still checked in no time.
const MAX_LOOKED_AT: usize = 1_000_000;

pub(super) fn set_differently(scenario: &Scenario, warnings: &mut Vec<Diagnostic>) {
    let effects = &scenario.effects;
    let pairs =
        effects.iter().enumerate().flat_map(|(index, one)| effects[..index].iter().map(move |it| (it, one)));
    let conflicts = pairs.take(MAX_LOOKED_AT).filter_map(|(earlier, later)| {
        let variable = both_set(earlier, later)?;
        can_meet(scenario, earlier, later).then_some((earlier, later, variable))
    });
    for (earlier, later, variable) in conflicts.take(MAX_PAIRS) {
        let variable = &scenario.variables[variable.index()].id;
        let message = format!(
            "`{}` and `{}` can set `{variable}` differently in the same turn: the later wins",
            earlier.path, later.path
        );
        let warning = Diagnostic::warning("set-differently", later.span, message);
        warnings.push(warning.label(earlier.span, "the earlier"));
    }
}

/// A variable that both set, to different levels.
fn both_set(one: &Effect, other: &Effect) -> Option<VariableId> {
    let differs = |(variable, change): &&(VariableId, Change)| {
        let Change::Set(level) = change else { return false };
        other.changes.iter().any(|(known, change)| {
            known == variable && matches!(change, Change::Set(other) if other != level)
        })
    };
    one.changes.iter().find(differs).map(|(variable, _)| *variable)
}

/// Whether both can hold in one turn, with their issues open.
fn can_meet(scenario: &Scenario, one: &Effect, other: &Effect) -> bool {
    let gates = [one, other].map(|effect| effect.issue.map(|id| &scenario.issues[id.index()].when));
    let conditions: Vec<&Condition> =
        [&one.when, &other.when].into_iter().chain(gates.into_iter().flatten()).collect();
    conditions.iter().enumerate().all(|(index, condition)| {
        conditions[..index].iter().all(|earlier| are_conditions_compatible(condition, earlier))
    })
}

fn are_conditions_compatible(one: &Condition, other: &Condition) -> bool {
    let meets = |clause: &Clause| other.any.iter().any(|known| are_compatible(clause, known));
    one.any.iter().any(meets)
}
