//! All amounts that a scenario states, in one order.

use super::{
    Actor, Amount, Beliefs, Choice, Expression, Factor, Notes, ParameterKind, Scenario, Script, Start,
};

/// An amount, with what that to which it belongs says of it.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'s> {
    /// The amount.
    pub amount: &'s Amount,
    /// What it says.
    pub kind: AmountKind,
    /// Title and reasons of the payoff term, effect, actor, ... to which it belongs; `None` for the script's.
    pub notes: Option<&'s Notes>,
}

/// What an amount says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AmountKind {
    /// What a level of a variable is worth.
    Value,
    /// The weight of a level at the start.
    Start,
    /// A number of an actor's way to decide: precision, discount, regard, ...
    Decision,
    /// The weight of a move in naive play.
    Salience,
    /// The weight of a move in the script.
    Script,
    /// What a payoff term or an outcome pays to an actor.
    Payoff,
    /// The probability that an effect fires where it holds.
    Chance,
}

impl Stated<'_> {
    /// Whether a study may put another number in its place: where the file writes one, and not in the script,
    /// of which a weight of 0 takes a move away.
    #[must_use]
    pub fn can_vary(&self) -> bool {
        self.amount.written && self.kind != AmountKind::Script
    }

    /// It as a factor, given every parameter's central value.
    pub(crate) fn factor(&self, central: &[f64]) -> Factor {
        let (path, central) = (self.amount.path.clone(), self.amount.value(central));
        Factor { path, parameter: None, central }
    }
}

impl Scenario {
    /// Every amount, those among them that the file leaves out and the format lays down: variables', actors',
    /// moves' and the script's, payoff terms', effects', outcomes'. Parameters are none. O(amounts).
    #[must_use]
    pub fn amounts(&self) -> Vec<Stated<'_>> {
        let mut all = Vec::new();
        for variable in &self.variables {
            all.extend(stated(&variable.values, AmountKind::Value, Some(&variable.notes)));
            if let Start::Weights(weights) = &variable.start {
                let weights = weights.iter().map(|(_, amount)| amount);
                all.extend(stated(weights, AmountKind::Start, Some(&variable.notes)));
            }
        }
        for actor in &self.actors {
            all.extend(stated(decision(actor), AmountKind::Decision, Some(&actor.notes)));
        }
        for seat in &self.seats {
            for one in &seat.moves {
                all.extend(stated([&one.salience], AmountKind::Salience, Some(&one.notes)));
            }
            if let Some(Script::Draw(weights)) = &seat.script {
                all.extend(stated(weights.iter().map(|(_, amount)| amount), AmountKind::Script, None));
            }
        }
        for term in &self.terms {
            let pays = term.pays.iter().map(|(_, amount)| amount);
            all.extend(stated(pays, AmountKind::Payoff, Some(&term.notes)));
        }
        for effect in &self.effects {
            all.extend(stated(&effect.chance, AmountKind::Chance, Some(&effect.notes)));
        }
        for outcome in self.classifications.iter().flat_map(|class| &class.outcomes) {
            let pays = outcome.pays.iter().map(|(_, amount)| amount);
            all.extend(stated(pays, AmountKind::Payoff, Some(&outcome.notes)));
        }
        all
    }

    /// How often each parameter is named, by amounts and by other parameters, in the scenario's order. O(amounts and
    /// parameters).
    #[must_use]
    pub fn readers(&self) -> Vec<usize> {
        let mut readers = vec![0; self.parameters.len()];
        let mut count =
            |expression: &Expression| expression.each_parameter(&mut |id| readers[id.index()] += 1);
        self.amounts().iter().for_each(|stated| count(&stated.amount.expression));
        for parameter in &self.parameters {
            if let ParameterKind::Known(expression) = &parameter.kind {
                count(expression);
            }
        }
        readers
    }
}

fn stated<'s>(
    amounts: impl IntoIterator<Item = &'s Amount>,
    kind: AmountKind,
    notes: Option<&'s Notes>,
) -> impl Iterator<Item = Stated<'s>> {
    amounts.into_iter().map(move |amount| Stated { amount, kind, notes })
}

/// The numbers of an actor's way to decide.
fn decision(actor: &Actor) -> Vec<&Amount> {
    let mut all = match &actor.choice {
        Choice::Logit(amount) => vec![amount],
        Choice::Learning(rule) => rule.numbers(),
        Choice::Uniform | Choice::Best => Vec::new(),
    };
    all.push(&actor.tremble);
    if let Beliefs::Poisson(amount, _) = &actor.beliefs {
        all.push(amount);
    }
    all.push(&actor.discount);
    all.extend(actor.regard.iter().map(|(_, amount)| amount));
    all
}
