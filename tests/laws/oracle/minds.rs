//! Section 4 of the design: how actors choose.

use std::rc::Rc;

use demarche::scenario::{Beliefs, Beyond, Choice as Rule, Horizon};

use super::world::{Choice, mixed, with_action};
use super::{Oracle, Policy};

/// An actor that reasons at some level: level-k, or in a cognitive hierarchy with that mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mind {
    pub(crate) actor: usize,
    pub(crate) level: u32,
    pub(crate) poisson: Option<f64>,
}

/// A mind, how many turns it looks ahead, the turn, and the state: the mean as bits.
pub(super) type Asked = (usize, u32, Option<u64>, usize, usize, Vec<usize>);

fn asked(mind: Mind, ahead: usize, turn: usize, state: &[usize]) -> Asked {
    (mind.actor, mind.level, mind.poisson.map(f64::to_bits), ahead, turn, state.to_vec())
}

impl Oracle<'_> {
    /// How an actor plays: the mixture of the minds that it may have.
    pub(crate) fn play(&self, actor: usize, turn: usize, state: &[usize]) -> Policy {
        let ahead = self.ahead(actor, turn);
        let minds = self.minds(actor).into_iter();
        let policies = minds.map(|(mind, weight)| (self.policy(mind, ahead, turn, state), weight));
        merged(&policies.collect::<Vec<_>>())
    }

    /// How many turns an actor looks ahead.
    pub(crate) fn ahead(&self, actor: usize, turn: usize) -> usize {
        let left = self.turns() - turn + 1;
        match self.scenario.actors[actor].horizon {
            Horizon::Turns(turns) => left.min(turns as usize),
            Horizon::End => left,
        }
    }

    /// The minds that an actor plays by, with weights that sum to one.
    pub(crate) fn minds(&self, actor: usize) -> Vec<(Mind, f64)> {
        let tau = self.numbers.actors[actor].tau;
        match self.scenario.actors[actor].beliefs {
            Beliefs::Level(level) => vec![(Mind { actor, level, poisson: None }, 1.0)],
            Beliefs::Poisson(_, Some(level)) => vec![(Mind { actor, level, poisson: Some(tau) }, 1.0)],
            Beliefs::Poisson(_, None) => {
                let mut last = 0;
                while 1.0 - poisson(tau, last).iter().sum::<f64>() >= 1e-6 {
                    last += 1;
                }
                let weights = scaled(poisson(tau, last));
                let mind = |level| Mind { actor, level, poisson: Some(tau) };
                (0..).map(mind).zip(weights).collect()
            }
            _ => panic!("the oracle knows no such beliefs"),
        }
    }

    /// `policy_i^{l,k}(. | s)`
    pub(crate) fn policy(&self, mind: Mind, ahead: usize, turn: usize, state: &[usize]) -> Rc<Policy> {
        let key = asked(mind, ahead, turn, state);
        if let Some(known) = self.policies.borrow().get(&key) {
            return Rc::clone(known);
        }
        let policy = Rc::new(if mind.level == 0 {
            self.naive(mind.actor, turn, state)
        } else {
            let choices = self.choices(mind.actor, turn, state);
            let values: Vec<f64> =
                choices.iter().map(|it| self.value(mind, ahead, turn, state, it)).collect();
            mixed(choices.iter().zip(self.rule(mind.actor, &values)))
        });
        self.policies.borrow_mut().insert(key, Rc::clone(&policy));
        policy
    }

    /// The choice rule, trembling included.
    fn rule(&self, actor: usize, values: &[f64]) -> Vec<f64> {
        let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weight = |value: &f64| match self.scenario.actors[actor].choice {
            Rule::Uniform => 1.0,
            Rule::Best => f64::from(u8::from(best - value <= 1e-9)),
            Rule::Logit(_) => libm::exp(self.numbers.actors[actor].logit * (value - best)),
            Rule::Learning(_) => panic!("the oracle knows no such rule"),
        };
        let rule = scaled(values.iter().map(weight).collect());
        let alike = scaled(vec![1.0; values.len()]);
        let tremble = self.numbers.actors[actor].tremble;
        rule.iter().zip(alike).map(|(rule, alike)| (1.0 - tremble) * rule + tremble * alike).collect()
    }

    /// `Q_i^{l,k}(s, a_i)` of a choice: its mean over the script.
    pub(crate) fn value(
        &self,
        mind: Mind,
        ahead: usize,
        turn: usize,
        state: &[usize],
        choice: &Choice,
    ) -> f64 {
        let others = self.believed(mind, ahead, turn, state);
        let discount = self.numbers.actors[mind.actor].discount;
        let mut sum = 0.0;
        for (others, p) in self.profiles(&others.iter().collect::<Vec<_>>()) {
            for (action, q) in choice {
                let step = self.step(turn, state, &with_action(&others, action));
                let after = step.next.iter().map(|(next, r)| r * self.worth(mind, ahead - 1, turn + 1, next));
                sum += p * q * (self.weighted(mind.actor, &step.pays) + discount * after.sum::<f64>());
            }
        }
        sum
    }

    /// What a mind believes of each other actor.
    fn believed(&self, mind: Mind, ahead: usize, turn: usize, state: &[usize]) -> Vec<Policy> {
        let others = (0..self.scenario.actors.len()).filter(|&other| other != mind.actor);
        let of = |actor: usize| {
            let levels = match mind.poisson {
                None => vec![(mind.level - 1, 1.0)],
                Some(tau) => (0..).zip(scaled(poisson(tau, mind.level - 1))).collect(),
            };
            let policies = levels.into_iter().map(|(level, weight)| {
                (self.policy(Mind { actor, level, ..mind }, ahead, turn, state), weight)
            });
            merged(&policies.collect::<Vec<_>>())
        };
        others.map(of).collect()
    }

    /// `W_i^{l,k}(s)`, where `turn` is the next to be played.
    fn worth(&self, mind: Mind, ahead: usize, turn: usize, state: &[usize]) -> f64 {
        let key = asked(mind, ahead, turn, state);
        if let Some(&known) = self.worths.borrow().get(&key) {
            return known;
        }
        let worth = if self.stops(state) || turn > self.turns() {
            self.weighted(mind.actor, &self.outcome_pays(state))
        } else if ahead == 0 {
            self.beyond(mind.actor, turn, state)
        } else {
            let policy = self.policy(mind, ahead, turn, state);
            let alone = |action| vec![(action, 1.0)];
            let acts = policy.iter();
            acts.map(|(action, p)| p * self.value(mind, ahead, turn, state, &alone(action.clone()))).sum()
        };
        self.worths.borrow_mut().insert(key, worth);
        worth
    }

    /// What lies beyond the horizon, where `turn` is the first that the actor does not look at.
    fn beyond(&self, actor: usize, turn: usize, state: &[usize]) -> f64 {
        if self.scenario.actors[actor].beyond == Beyond::Nothing {
            return 0.0;
        }
        let (mut value, mut weight) = (0.0, 1.0);
        for turn in turn..=self.turns() {
            value += weight * self.weighted(actor, &self.standing_pays(turn, state));
            weight *= self.numbers.actors[actor].discount;
        }
        value + weight * self.weighted(actor, &self.outcome_pays(state))
    }
}

/// Poisson probabilities of 0 to `last`.
fn poisson(tau: f64, last: u32) -> Vec<f64> {
    let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
    (0..=last).map(|n| libm::exp(-tau) * libm::pow(tau, f64::from(n)) / factorial(n)).collect()
}

fn scaled(weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// A mixture of policies over the same actions.
fn merged(policies: &[(Rc<Policy>, f64)]) -> Policy {
    let mut merged: Policy = Vec::new();
    for (policy, weight) in policies {
        for (action, p) in policy.iter() {
            match merged.iter_mut().find(|(known, _)| known == action) {
                Some((_, sum)) => *sum += weight * p,
                None => merged.push((action.clone(), weight * p)),
            }
        }
    }
    merged
}
