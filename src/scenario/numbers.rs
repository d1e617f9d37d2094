//! All numbers of a scenario under one draw of its parameters.

use super::dependencies::dependency_order;
use super::{
    Actor, ActorId, Amount, Beliefs, Changes, Choice, Diagnostic, Distribution, EffectId, Expression,
    Learning, LevelId, ParameterId, ParameterKind, Scenario, Script, Seat, Span, Start, TermId, Variable,
    VariableId,
};

/// What every amount of a scenario is worth under one draw. All are finite and at most 1e15 in size, so
/// that no sum or product of them that a game makes overflows; probabilities and weights are in range.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// `values[variable][level]`
    pub values: Vec<Vec<f64>>,
    /// `starts[variable][level]`: probabilities, each row sums to 1.
    pub starts: Vec<Vec<f64>>,
    /// `pays[term][actor]`: what the term pays each actor, in payoff units; 0 where it pays nothing.
    pub pays: Vec<Vec<f64>>,
    /// `chances[effect]`: the probability that it fires where it holds.
    pub chances: Vec<f64>,
    /// `outcome_pays[classification][outcome][actor]`
    pub outcome_pays: Vec<Vec<Vec<f64>>>,
    /// `salience[seat][move]`: weights in naive play, not negative; not scaled.
    pub salience: Vec<Vec<f64>>,
    /// `script[seat][move]`: weights of a drawn or fixed script, not negative, not scaled; empty for a
    /// seat without one (a narrowing script has no weights).
    pub script: Vec<Vec<f64>>,
    /// One entry per actor.
    pub actors: Vec<ActorNumbers>,
}

/// The numbers of one actor.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorNumbers {
    /// Precision of the logit rule, at least 0; 0 for other rules.
    pub logit: f64,
    /// Probability of uniform play.
    pub tremble: f64,
    /// Weight of the next turn against this one, in [0, 1].
    pub discount: f64,
    /// Mean number of steps of a cognitive hierarchy, at least 0; 0 for other beliefs.
    pub tau: f64,
    /// The learning rule that stands in place of a choice rule: precision and strength at least 0, shares in
    /// [0, 1].
    pub learning: Option<Learning<f64>>,
    /// `regard[actor]`: weights on others' payoffs, 0 for itself.
    pub regard: Vec<f64>,
}

impl Numbers {
    /// The numbers of an actor.
    #[inline]
    #[must_use]
    pub fn actor(&self, actor: ActorId) -> &ActorNumbers {
        &self.actors[actor.index()]
    }

    /// The number that a level of a variable stands for.
    #[inline]
    #[must_use]
    pub fn value(&self, variable: VariableId, level: LevelId) -> f64 {
        self.values[variable.index()][level.index()]
    }

    /// What a term pays each actor: see [`Numbers::pays`].
    #[inline]
    #[must_use]
    pub fn pays_of(&self, term: TermId) -> &[f64] {
        &self.pays[term.index()]
    }

    /// The probability that an effect fires where it holds.
    #[inline]
    #[must_use]
    pub fn chance(&self, effect: EffectId) -> f64 {
        self.chances[effect.index()]
    }
}

impl Scenario {
    /// The parameters that a draw draws: those with a distribution.
    #[must_use]
    pub fn uncertain(&self) -> Vec<ParameterId> {
        let ids = (0..self.parameters.len()).map(ParameterId::new);
        ids.filter(|id| matches!(self.parameters[id.index()].kind, ParameterKind::Uncertain(_))).collect()
    }

    /// Every parameter's value where each uncertain one stands at its central value, in the scenario's
    /// order of parameters.
    #[must_use]
    pub fn central(&self) -> Vec<f64> {
        self.central_under(&Changes::default())
    }

    /// The same, with some numbers changed.
    #[must_use]
    pub fn central_under(&self, changes: &Changes) -> Vec<f64> {
        self.parameter_values(changes, |_, distribution| distribution.central())
    }

    /// Every parameter's value under a draw, in the scenario's order of parameters. `uniform` gives, for
    /// each uncertain parameter, in that order, a number in [0, 1]: the place in its distribution.
    #[must_use]
    pub fn parameters_at(&self, changes: &Changes, mut uniform: impl FnMut(ParameterId) -> f64) -> Vec<f64> {
        self.parameter_values(changes, |id, distribution| distribution.quantile(uniform(id)))
    }

    fn parameter_values(
        &self,
        changes: &Changes,
        mut draw: impl FnMut(ParameterId, &Distribution) -> f64,
    ) -> Vec<f64> {
        let mut values = vec![f64::NAN; self.parameters.len()];
        for id in dependency_order(&self.parameters).0 {
            let kind = &self.parameters[id.index()].kind;
            let changed = changes.parameter(id, || match kind {
                ParameterKind::Uncertain(distribution) => distribution.central(),
                ParameterKind::Known(expression) => expression.value(&values),
            });
            values[id.index()] = changed.unwrap_or_else(|| match kind {
                ParameterKind::Uncertain(distribution) => draw(id, distribution),
                ParameterKind::Known(expression) => expression.value(&values),
            });
        }
        values
    }

    /// Every amount's value under `parameters` (one number a parameter, in the scenario's order).
    ///
    /// # Errors
    /// Every value that is out of its range: not finite, or larger than 1e15; a probability or a discount
    /// outside [0, 1]; a precision, a mean level or a weight below 0; weights that are all 0. If a parameter
    /// itself is not finite, only that.
    pub fn numbers(&self, parameters: &[f64]) -> Result<Numbers, Vec<Diagnostic>> {
        self.numbers_under(&Changes::default(), parameters)
    }

    /// The same, with some amounts changed.
    ///
    /// # Errors
    /// As [`Scenario::numbers`].
    pub fn numbers_under(&self, changes: &Changes, parameters: &[f64]) -> Result<Numbers, Vec<Diagnostic>> {
        let wrong = self.wrong_parameters(parameters);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut evaluation = Evaluation { scenario: self, changes, parameters, errors: Vec::new() };
        let numbers = evaluation.numbers();
        if evaluation.errors.is_empty() { Ok(numbers) } else { Err(evaluation.errors) }
    }

    fn wrong_parameters(&self, values: &[f64]) -> Vec<Diagnostic> {
        let pairs = self.parameters.iter().zip(values).filter(|(_, value)| !value.is_finite());
        pairs
            .map(|(parameter, value)| {
                let (id, value) = (&parameter.id, shown(*value));
                let message = format!("`parameters.{id}` must be a finite number, not {value}");
                let error = Diagnostic::error("bad-value", parameter.span, message);
                match &parameter.kind {
                    ParameterKind::Known(expression) => match self.named(expression, values) {
                        named if named.is_empty() => error,
                        named => error.help(format!("it rests on {named}")),
                    },
                    ParameterKind::Uncertain(_) => error.help("its distribution is too wide for a number"),
                }
            })
            .collect()
    }

    /// The parameters that an expression names, with their values: `stake = 0, cost = 0.5`.
    fn named(&self, expression: &Expression, values: &[f64]) -> String {
        let mut ids = Vec::new();
        expression.each_parameter(&mut |id| ids.push(id.index()));
        ids.sort_unstable();
        ids.dedup();
        let named = ids.iter().map(|&id| format!("{} = {}", self.parameters[id].id, shown(values[id])));
        named.collect::<Vec<_>>().join(", ")
    }
}

/// A number as people write it: `nan`, and powers of ten rather than three hundred digits.
fn shown(value: f64) -> String {
    if value.is_nan() {
        "nan".to_owned()
    } else if value.is_finite() && LARGEST <= value.abs() {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

/// Larger than anything that is meant, and small enough that products of a few amounts, summed over all
/// turns, terms and plays and squared, are finite.
const LARGEST: f64 = 1e15;

/// The evaluation of all amounts under one draw.
struct Evaluation<'s> {
    scenario: &'s Scenario,
    changes: &'s Changes,
    parameters: &'s [f64],
    errors: Vec<Diagnostic>,
}

impl Evaluation<'_> {
    fn numbers(&mut self) -> Numbers {
        let scenario = self.scenario;
        Numbers {
            values: scenario.variables.iter().map(|it| self.all(&it.values)).collect(),
            starts: scenario.variables.iter().map(|it| self.start(it)).collect(),
            pays: scenario.terms.iter().map(|term| self.by_actor(&term.pays)).collect(),
            chances: scenario.effects.iter().map(|it| self.chance(it.chance.as_ref())).collect(),
            outcome_pays: scenario
                .classifications
                .iter()
                .map(|class| class.outcomes.iter().map(|outcome| self.by_actor(&outcome.pays)).collect())
                .collect(),
            salience: scenario.seats.iter().map(|seat| self.salience(seat)).collect(),
            script: scenario.seats.iter().map(|seat| self.script(seat)).collect(),
            actors: scenario.actors.iter().map(|actor| self.actor(actor)).collect(),
        }
    }

    fn value(&mut self, amount: &Amount) -> f64 {
        let unchanged = amount.value(self.parameters);
        let value = self.changes.amount(&amount.path, unchanged);
        if !amount.range.contains(value) || LARGEST < value.abs() {
            let wanted = if value.is_finite() && LARGEST < value.abs() {
                "at most 1e15 in size".to_owned()
            } else {
                amount.range.wanted()
            };
            let message = format!("`{}` must be {wanted}, not {}", amount.path, shown(value));
            let error = Diagnostic::error("bad-value", amount.span, message);
            let literal = matches!(amount.expression, Expression::Number(_));
            self.errors.push(if literal || value.to_bits() != unchanged.to_bits() {
                error
            } else {
                error.help(self.working(amount))
            });
        }
        value
    }

    /// `cost - 1, where cost = 0.5`
    fn working(&self, amount: &Amount) -> String {
        let named = self.scenario.named(&amount.expression, self.parameters);
        let place = if named.is_empty() { named } else { format!(", where {named}") };
        format!("it is `{}`{place}", amount.text)
    }

    fn all(&mut self, amounts: &[Amount]) -> Vec<f64> {
        amounts.iter().map(|amount| self.value(amount)).collect()
    }

    fn by_actor(&mut self, pays: &[(ActorId, Amount)]) -> Vec<f64> {
        let mut values = vec![0.0; self.scenario.actors.len()];
        for (actor, amount) in pays {
            values[actor.index()] = self.value(amount);
        }
        values
    }

    fn chance(&mut self, chance: Option<&Amount>) -> f64 {
        chance.map_or(1.0, |amount| self.value(amount))
    }

    fn start(&mut self, variable: &Variable) -> Vec<f64> {
        let n_levels = variable.levels.len();
        match &variable.start {
            Start::Level(start) => (0..n_levels).map(|level| f64::from(u8::from(level == *start))).collect(),
            Start::Weights(weights) => {
                let what = format!("weights of `variables.{}.start`", variable.id);
                let weights = self.weights(weights, n_levels, &what, variable.span);
                let total: f64 = weights.iter().sum();
                weights.into_iter().map(|weight| weight / total).collect()
            }
        }
    }

    fn weights(&mut self, weights: &[(usize, Amount)], len: usize, what: &str, span: Span) -> Vec<f64> {
        let errors_before = self.errors.len();
        let mut values = vec![0.0; len];
        for (place, amount) in weights {
            values[*place] = self.value(amount);
        }
        let total: f64 = values.iter().sum();
        let span = weights.first().map_or(span, |(_, amount)| amount.span);
        if errors_before < self.errors.len() {
            // Told already.
        } else if total <= 0.0 {
            let message = format!("the {what} must not all be 0");
            self.errors.push(Diagnostic::error("bad-value", span, message));
        }
        values
    }

    fn salience(&mut self, seat: &Seat) -> Vec<f64> {
        let amounts = seat.moves.iter().map(|one| one.salience.clone()).enumerate();
        let amounts: Vec<(usize, Amount)> = amounts.collect();
        self.weights(&amounts, seat.moves.len(), &format!("saliences of {}", self.whose(seat)), seat.span)
    }

    fn script(&mut self, seat: &Seat) -> Vec<f64> {
        match &seat.script {
            Some(Script::Draw(weights)) => self.weights(
                weights,
                seat.moves.len(),
                &format!("script's weights of {}", self.whose(seat)),
                seat.span,
            ),
            Some(Script::Narrow(_)) | None => Vec::new(),
        }
    }

    fn whose(&self, seat: &Seat) -> String {
        let (actor, issue) = (seat.actor.index(), seat.issue.index());
        format!("`{}` in `{}`", self.scenario.actors[actor].id, self.scenario.issues[issue].id)
    }

    fn actor(&mut self, actor: &Actor) -> ActorNumbers {
        ActorNumbers {
            logit: match &actor.choice {
                Choice::Logit(amount) => self.value(amount),
                Choice::Uniform | Choice::Best | Choice::Learning(_) => 0.0,
            },
            learning: match &actor.choice {
                Choice::Learning(rule) => Some(self.learning(rule)),
                _ => None,
            },
            tremble: self.value(&actor.tremble),
            discount: self.value(&actor.discount),
            tau: match &actor.beliefs {
                Beliefs::Poisson(amount, _) => self.value(amount),
                Beliefs::Level(_) | Beliefs::Equilibrium | Beliefs::Learned => 0.0,
            },
            regard: self.by_actor(&actor.regard),
        }
    }
}

impl Evaluation<'_> {
    fn learning(&mut self, rule: &Learning<Amount>) -> Learning<f64> {
        match rule {
            Learning::Ewa { logit, phi, delta, kappa } => Learning::Ewa {
                logit: self.value(logit),
                phi: self.value(phi),
                delta: self.value(delta),
                kappa: self.value(kappa),
            },
            Learning::RegretMatching => Learning::RegretMatching,
            Learning::Reinforcement { phi, strength, floor } => Learning::Reinforcement {
                phi: self.value(phi),
                strength: self.value(strength),
                floor: self.value(floor),
            },
        }
    }
}
