//! Variables that nobody reads and parameters that nobody uses. What a variant mentions counts as used.

use crate::scenario::lower::Mentions;
use crate::scenario::{Condition, Diagnostic, Measure, Scenario, VariableId};

pub(super) fn variables(scenario: &Scenario, mentions: &Mentions, warnings: &mut Vec<Diagnostic>) {
    let mut read = vec![false; scenario.variables.len()];
    for clause in conditions(scenario).into_iter().flat_map(|condition| &condition.any) {
        clause.levels.iter().for_each(|(variable, _)| read[variable.index()] = true);
    }
    let per = scenario.terms.iter().filter_map(|term| term.per);
    let per = per.chain(scenario.measures.iter().filter_map(|measure| measure.per));
    let measured = scenario.facts.iter().flat_map(|fact| &fact.measures);
    let measured = measured.filter_map(|(path, _)| variable_of(scenario.measure(path).ok()?));
    let divided_by = scenario.measures.iter().filter_map(|measure| variable_of(measure.of?));
    per.chain(measured).chain(divided_by).for_each(|variable: VariableId| read[variable.index()] = true);
    for (variable, _) in scenario.variables.iter().zip(read).filter(|(_, read)| !read) {
        if !mentions.variants.contains(&variable.id) {
            let message = format!("nobody reads the variable `{}`", variable.id);
            warnings.push(Diagnostic::warning("unread", variable.span, message));
        }
    }
}

fn variable_of(measure: Measure) -> Option<VariableId> {
    match measure {
        Measure::FinalLevel(variable, _) | Measure::FinalValue(variable) => Some(variable),
        _ => None,
    }
}

fn conditions(scenario: &Scenario) -> Vec<&Condition> {
    let issues = scenario.issues.iter().map(|issue| &issue.when);
    let moves = scenario.seats.iter().flat_map(|seat| &seat.moves).map(|one| &one.when);
    let terms = scenario.terms.iter().map(|term| &term.when);
    let effects = scenario.effects.iter().map(|effect| &effect.when);
    let outcomes = scenario.classifications.iter().flat_map(|class| &class.outcomes);
    let outcomes = outcomes.filter_map(|outcome| outcome.when.as_ref());
    let measures = scenario.measures.iter().map(|measure| &measure.when);
    issues.chain(moves).chain(terms).chain(effects).chain(outcomes).chain(measures).collect()
}

pub(super) fn parameters(scenario: &Scenario, mentions: &Mentions, warnings: &mut Vec<Diagnostic>) {
    for (parameter, _) in
        scenario.parameters.iter().zip(scenario.readers()).filter(|(_, readers)| *readers == 0)
    {
        if !mentions.variants.contains(&parameter.id) {
            let message = format!("nobody uses the parameter `{}`", parameter.id);
            warnings.push(Diagnostic::warning("unused", parameter.span, message));
        }
    }
}
