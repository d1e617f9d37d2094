//! Warnings: what is legal in a sound scenario, but surely not meant.
//!
//! Each check is a function from the scenario to its findings, and none changes anything. They judge
//! what can be seen without playing: a condition that contradicts itself is found, a state that no play
//! reaches is not.

mod citations;
mod conflicts;
mod never;
mod outcomes;
mod unused;

use super::lower::Mentions;
use super::{Amount, Choice, Diagnostic, ParameterKind, Scenario, Script, Start};

/// Everything that is surely not meant in a sound scenario.
pub(crate) fn lint(scenario: &Scenario, mentions: &Mentions) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    never::never_holds(scenario, &mut warnings);
    never::scripted_but_unavailable(scenario, &mut warnings);
    outcomes::never_first(scenario, &mut warnings);
    outcomes::freezes_another(scenario, &mut warnings);
    conflicts::set_differently(scenario, &mut warnings);
    citations::cited_nowhere(scenario, mentions, &mut warnings);
    citations::without_because(scenario, &mut warnings);
    unused::variables(scenario, mentions, &mut warnings);
    unused::parameters(scenario, mentions, &mut warnings);
    warnings
}

/// Calls `visit` with every amount of the scenario.
fn each_amount<'s>(scenario: &'s Scenario, visit: &mut impl FnMut(&'s Amount)) {
    for variable in &scenario.variables {
        let weights: &[_] = if let Start::Weights(weights) = &variable.start { weights } else { &[] };
        variable.values.iter().chain(weights.iter().map(|(_, amount)| amount)).for_each(&mut *visit);
    }
    for actor in &scenario.actors {
        if let Choice::Logit(amount) = &actor.choice {
            visit(amount);
        }
        if let Choice::Learning(rule) = &actor.choice {
            rule.numbers().into_iter().for_each(&mut *visit);
        }
        if let super::Beliefs::Poisson(amount, _) = &actor.beliefs {
            visit(amount);
        }
        visit(&actor.tremble);
        visit(&actor.discount);
        actor.regard.iter().for_each(|(_, amount)| visit(amount));
    }
    for seat in &scenario.seats {
        let weights: &[_] = if let Some(Script::Draw(weights)) = &seat.script { weights } else { &[] };
        let saliences = seat.moves.iter().map(|one| &one.salience);
        saliences.chain(weights.iter().map(|(_, amount)| amount)).for_each(&mut *visit);
    }
    scenario.terms.iter().flat_map(|term| &term.pays).for_each(|(_, amount)| visit(amount));
    scenario.effects.iter().filter_map(|effect| effect.chance.as_ref()).for_each(&mut *visit);
    let outcomes = scenario.classifications.iter().flat_map(|class| &class.outcomes);
    outcomes.flat_map(|outcome| &outcome.pays).for_each(|(_, amount)| visit(amount));
}

/// Whether a parameter is a number of its own, not derived from others.
fn is_assumption(kind: &ParameterKind) -> bool {
    let mut derived = false;
    if let ParameterKind::Known(expression) = kind {
        expression.each_parameter(&mut |_| derived = true);
    }
    !derived
}
