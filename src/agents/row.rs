//! One cell of one part, thought through: every mind's choice, and what the cell is worth to it.

use super::continuation::{Addition, Forward, addition};
use super::expectation::{Amounts, Gathered};
use super::minds::{Believed, Mind};
use super::policies::{Play, Policies};
use super::rules;
use crate::game::{Cell, PartId, Rule, Shape};

/// What was found for a cell of a part.
#[derive(Debug)]
pub(crate) struct Row {
    /// `values[lane]`: what the state's levels are worth to each mind, as far as this part goes.
    pub(crate) values: Box<[f64]>,
    /// For each member of the part, how it plays; empty for parts that are asked for their value only.
    pub(crate) plays: Vec<Play>,
}

/// What a mind chooses.
pub(crate) struct Choice {
    /// What each option of its menu is worth to it.
    pub(crate) values: Vec<f64>,
    /// The probability of each option under its rule, without tremble.
    pub(crate) rule: Vec<f64>,
    /// The probability of each option.
    pub(crate) policy: Vec<f64>,
}

/// A cell that is being thought through.
pub(crate) struct Thought<'a> {
    policies: &'a Policies<'a>,
    pub(crate) shape: &'a Shape,
    pub(crate) cell: &'a Cell,
    /// `worth[piece]`: see [`super::continuation::worth`].
    pub(crate) worth: Vec<Vec<f64>>,
    per: Vec<f64>,
    member_of: Vec<Option<usize>>,
    /// `steps[step][member]`: what the minds of each step choose; step 0 is naive play.
    pub(crate) steps: Vec<Vec<Option<Choice>>>,
}

impl<'a> Thought<'a> {
    /// Thinks a cell of a part through: `shape` and `pieces` are the part's.
    pub(crate) fn new(
        policies: &'a Policies<'a>,
        shape: usize,
        pieces: &[PartId],
        depth: usize,
        cell: usize,
    ) -> Self {
        let (shape, cell) = (policies.game.shape(shape), policies.game.cell(shape, cell));
        let mut member_of = vec![None; policies.game.blueprint.actors.len()];
        for (at, member) in shape.members.iter().enumerate() {
            member_of[member.actor] = Some(at);
        }
        let worth = cell.lattices.iter().zip(pieces).map(|(lattice, &part)| policies.worth(lattice, part));
        let mut thought = Self {
            worth: worth.collect(),
            per: policies.per_of(cell),
            steps: Vec::with_capacity(policies.minds.steps(depth).len() + 1),
            policies,
            shape,
            cell,
            member_of,
        };
        let naive = (0..shape.members.len()).map(|m| Some(thought.naive(m))).collect();
        thought.steps.push(naive);
        thought
    }

    fn naive(&self, member: usize) -> Choice {
        let menu = self.policies.menu_numbers(&self.shape.members[member], &self.cell.menus[member]);
        Choice { values: Vec::new(), rule: menu.naive.clone(), policy: menu.naive.clone() }
    }

    pub(crate) fn amounts(&self) -> Amounts<'_> {
        Amounts {
            pays: &self.policies.weighted.pays,
            actors: self.policies.game.blueprint.actors.len(),
            per: &self.per,
        }
    }

    /// Takes one more step; the values of the cell, where they are asked for, go into `values`.
    pub(crate) fn step(&mut self, believed: &Believed, minds: &[Mind], values: Option<&mut [f64]>) {
        let mut choices: Vec<Option<Choice>> = self.shape.members.iter().map(|_| None).collect();
        if !minds.is_empty() {
            let mixed = self.believed(believed);
            let gathered = self.gather(&mixed, minds);
            for mind in minds {
                if let Some(member) = self.member_of[mind.actor] {
                    choices[member] = Some(self.choose(mind.actor, member, &gathered.options[member]));
                }
            }
            if let Some(values) = values {
                self.value(minds, &choices, &gathered, values);
            }
        }
        self.steps.push(choices);
    }

    /// What a mixture of earlier steps plays: `mixed[member][option]`; empty for members that nobody at
    /// those steps thought through, because nobody asks.
    pub(crate) fn believed(&self, believed: &Believed) -> Vec<Vec<f64>> {
        (0..self.shape.members.len())
            .map(|member| {
                let mut mixed = vec![0.0; self.cell.menus[member].len()];
                for (step, weight) in believed {
                    if let Some(choice) = &self.steps[*step][member] {
                        for (sum, p) in mixed.iter_mut().zip(&choice.policy) {
                            *sum += weight * p;
                        }
                    }
                }
                mixed
            })
            .collect()
    }

    /// What every option is worth to the minds that believe `mixed` of the others.
    fn gather(&self, mixed: &[Vec<f64>], minds: &[Mind]) -> Gathered {
        let believed: Vec<&[f64]> = mixed.iter().map(Vec::as_slice).collect();
        let mut gathered = Gathered::new(self.cell, self.policies.game.blueprint.actors.len());
        gathered.add_products(self.cell, &self.amounts(), &believed, minds, &self.member_of);
        let lanes = self.policies.minds.lanes;
        for (lattice, worth) in self.cell.lattices.iter().zip(&self.worth) {
            let forward = Forward::new(lattice, &believed);
            for mind in minds {
                let member = self.member_of[mind.actor];
                match addition(lattice, &forward, worth, lanes, *mind, member) {
                    Addition::Constant(value) => gathered.alike[mind.actor] += value,
                    Addition::ByClass(stage, values) => {
                        let stage = &lattice.stages[stage];
                        let options = &mut gathered.options[stage.member];
                        for (sum, class) in options.iter_mut().zip(&stage.class_of) {
                            *sum += values[*class as usize];
                        }
                    }
                }
            }
        }
        gathered
    }

    fn choose(&self, actor: usize, member: usize, values: &[f64]) -> Choice {
        let menu = &self.cell.menus[member];
        let numbers = self.policies.menu_numbers(&self.shape.members[member], menu);
        let mut worth = vec![0.0; menu.choices];
        for ((value, choice), script) in values.iter().zip(&menu.choice_of).zip(&numbers.script) {
            worth[*choice] += value * script;
        }
        let own = &self.policies.numbers.actors[actor];
        let rule = match self.policies.game.blueprint.actors[actor].rule {
            Rule::Uniform => rules::uniform(menu.choices),
            Rule::Best => rules::best(&worth),
            Rule::Logit => rules::logit(&worth, own.logit),
        };
        let rule: Vec<f64> = menu
            .choice_of
            .iter()
            .zip(&numbers.script)
            .map(|(choice, script)| rule[*choice] * script)
            .collect();
        let policy = if own.tremble == 0.0 {
            rule.clone()
        } else {
            rules::tremble(&rule, &numbers.uniform, own.tremble)
        };
        Choice { values: values.to_vec(), rule, policy }
    }

    fn value(&self, minds: &[Mind], choices: &[Option<Choice>], gathered: &Gathered, values: &mut [f64]) {
        for mind in minds {
            let own = self.member_of[mind.actor].and_then(|member| choices[member].as_ref());
            let chosen: f64 =
                own.map_or(0.0, |choice| choice.policy.iter().zip(&choice.values).map(|(p, q)| p * q).sum());
            values[mind.lane] = gathered.alike[mind.actor] + chosen;
        }
    }

    /// How a member plays, once all steps are taken.
    pub(crate) fn play(&self, member: usize) -> Play {
        let actor = self.shape.members[member].actor;
        let mixture = &self.policies.minds.plays[actor];
        let menu = &self.cell.menus[member];
        let mut policy = vec![0.0; menu.len()];
        for (step, weight) in mixture {
            if let Some(choice) = &self.steps[*step][member] {
                for (sum, p) in policy.iter_mut().zip(&choice.policy) {
                    *sum += weight * p;
                }
            }
        }
        let modes = if self.policies.mixes(actor) {
            let uniform = &self.policies.menu_numbers(&self.shape.members[member], menu).uniform;
            let rules = mixture.iter().map(|(step, _)| {
                self.steps[*step][member].as_ref().map_or_else(Vec::new, |choice| choice.rule.clone())
            });
            rules.chain([uniform.clone()]).collect()
        } else {
            Vec::new()
        };
        Play { policy, modes }
    }
}
