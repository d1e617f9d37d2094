//! One cell of one component, thought through: every mind's choice, and what the cell is worth to it.

use super::continuation::{Contribution, NodeDistribution, contribution};
use super::draw_numbers::MenuProbabilities;
use super::expectation::{Amounts, Expectation, chances};
use super::findings::DecisionPoint;
use super::policies::{Play, Policies};
use super::reasoning::{LevelMixture, ReasoningLevel};
use super::rules;
use crate::game::{ComponentId, ComponentKind, ComponentStructure, LocalState, Menu, Rule, ShorterHorizon};

/// What was found for a cell of a component.
#[derive(Debug)]
pub(crate) struct LocalSolution {
    /// `values[lane]`: what the state's levels are worth to each mind, as far as this component goes.
    pub(crate) values: Box<[f64]>,
    /// For each member of the component, how it plays; empty for components that are asked for their value only.
    pub(crate) plays: Vec<Play>,
}

/// Room for the numbers of one thought: on the stack where they fit, for most cells are small.
pub(crate) struct Workspace {
    small: [f64; 512],
    large: Vec<f64>,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        Self { small: [0.0; 512], large: Vec::new() }
    }

    /// So many zeros.
    fn zeros(&mut self, length: usize) -> &mut [f64] {
        if length <= self.small.len() {
            return &mut self.small[..length];
        }
        self.large.resize(length, 0.0);
        &mut self.large
    }
}

/// A cell that is being thought through, step by step. A row of numbers here has one for each option of
/// each member, in the order of [`Cell::options_of`].
pub(crate) struct LocalSolver<'a> {
    pub(super) policies: &'a Policies<'a>,
    pub(crate) structure: &'a ComponentStructure,
    pub(crate) local: &'a LocalState,
    levels: &'a [ReasoningLevel],
    /// `worth[continuation term]`: see [`super::continuation::worth`].
    pub(crate) continuation_values: Vec<Vec<f64>>,
    /// A row for each step taken, step 0 being naive play: what its minds choose under their rules,
    /// without tremble. Zero for members whom nobody at that step thought through, because nobody asks.
    pub(super) rules: &'a mut [f64],
    /// The same with tremble.
    pub(super) chosen: &'a mut [f64],
    /// What the minds of the step last taken believe of the others.
    pub(super) believed: &'a mut [f64],
    /// What every option is worth to them.
    pub(super) values: &'a mut [f64],
    /// `chances[subset]`: how probable they take it that the member does something of the subset.
    pub(super) chances: &'a mut [f64],
    /// The component's: see [`ComponentKind::Turn`](crate::game::ComponentKind::Turn).
    pub(super) shorter_horizons: &'a [ShorterHorizon],
    /// How many turns are looked at.
    pub(super) depth: usize,
    /// The component's number.
    component: ComponentId,
    /// The cell's number.
    pub(super) cell: usize,
    /// Where other equilibria branch off: see [`crate::equilibrium::Equilibrium`].
    pub(super) bifurcations: Vec<f64>,
}

impl<'a> LocalSolver<'a> {
    /// A cell of a component, in which a turn is played, with naive play in it.
    pub(crate) fn new(
        policies: &'a Policies<'a>,
        component: ComponentId,
        number: usize,
        room: &'a mut Workspace,
    ) -> Option<Self> {
        let ComponentKind::Turn { structure, continuation_terms, depth, shorter_horizons, .. } =
            &policies.game.components()[component].kind
        else {
            return None;
        };
        let (structure, cell, depth) = (*structure, number, *depth);
        let (structure, cell) =
            (policies.game.structure(structure), policies.game.local_state(structure, cell));
        let steps = policies.reasoning.levels(depth);
        let options = cell.options();
        let worth = cell
            .diagrams
            .iter()
            .zip(continuation_terms)
            .map(|(diagram, &component)| policies.continuation_values(diagram, component));
        let all_steps = (steps.len() + 1) * options;
        let room = room.zeros(2 * (all_steps + options) + cell.subsets.len());
        let (rules, room) = room.split_at_mut(all_steps);
        let (chosen, room) = room.split_at_mut(all_steps);
        let (believed, room) = room.split_at_mut(options);
        let (values, chances) = room.split_at_mut(options);
        for (at, (member, menu)) in structure.members.iter().zip(&cell.menus).enumerate() {
            rules[cell.options_of(at)].copy_from_slice(&policies.menu_numbers(member, menu).naive);
        }
        chosen[..options].copy_from_slice(&rules[..options]);
        let worth = worth.collect();
        Some(Self {
            policies,
            structure,
            local: cell,
            levels: steps,
            continuation_values: worth,
            rules,
            chosen,
            believed,
            values,
            chances,
            shorter_horizons,
            depth,
            component,
            cell: number,
            bifurcations: Vec::new(),
        })
    }

    /// Where the cell is, for whoever has to be told.
    pub(super) fn decision_point(&self) -> DecisionPoint {
        let game = self.policies.game;
        let mut levels = vec![0; game.blueprint.levels.len()];
        self.structure.scope.write(self.cell, &mut levels);
        let levels = self.structure.scope.variables.iter().map(|&v| (v, levels[v])).collect();
        let chosen_in = |turn: &usize| {
            let mut actors = self.structure.members.iter().map(|member| member.actor);
            actors.any(|actor| {
                game.choices(actor, *turn).iter().any(|(component, _)| *component == self.component)
            })
        };
        let played = (0..game.blueprint.turns).find(chosen_in);
        let turn = played.unwrap_or(self.structure.turn);
        DecisionPoint { levels, turn, depth: self.depth, played: played.is_some() }
    }

    pub(crate) fn amounts(&self) -> Amounts<'a> {
        Amounts {
            pays: &self.policies.weighted.pays,
            actors: self.policies.game.blueprint.actors.len(),
            per: &self.policies.weighted.per,
        }
    }

    /// Takes all steps; the worth of the cell to each mind, where it is asked for, goes into `worth[lane]`.
    pub(crate) fn solve(&mut self, mut worth: Option<&mut [f64]>) {
        for (at, level) in self.levels.iter().enumerate() {
            for &(actor, from) in &level.copied {
                self.copy(actor, from, at + 1);
            }
            if level.reasoners.is_empty() {
                continue;
            }
            if level.equilibrium {
                self.solve_equilibrium(at + 1, level);
                self.evaluate(level, worth.as_deref_mut());
            } else {
                mix(self.chosen, self.local.options(), &level.believed, 0, self.believed);
                self.evaluate(level, worth.as_deref_mut());
                for (member, of) in self.structure.members.iter().enumerate() {
                    if level.reasons[of.actor] {
                        self.choose(at + 1, member);
                    }
                }
            }
            if let Some(worth) = worth.as_deref_mut() {
                self.add_chosen(at + 1, level, worth);
            }
        }
    }

    /// Lets an actor play in a step as it does in an earlier one.
    fn copy(&mut self, actor: usize, from: usize, to: usize) {
        if let Some(member) = self.structure.member_of(actor) {
            let (options, own) = (self.local.options(), self.local.options_of(member));
            let start = from * options + own.start;
            self.chosen.copy_within(start..start + own.len(), to * options + own.start);
        }
    }

    /// What a step believes of the others, once all steps are taken: a row.
    pub(crate) fn believed(&self, level: &ReasoningLevel) -> Vec<f64> {
        if level.equilibrium {
            // It is the last step.
            return self.believed.to_vec();
        }
        let mut mixed = vec![0.0; self.local.options()];
        mix(self.chosen, self.local.options(), &level.believed, 0, &mut mixed);
        mixed
    }

    /// What every option is worth to the minds of a step, and, where it is asked for, what comes to them
    /// whatever they do: `alike[lane]`.
    pub(super) fn evaluate(&mut self, level: &ReasoningLevel, mut alike: Option<&mut [f64]>) {
        chances(self.local, self.believed, self.chances);
        self.values.fill(0.0);
        let expectation = Expectation { cell: self.local, amounts: self.amounts(), chances: self.chances };
        expectation.add_to_options(&level.reasons, self.values);
        if let Some(alike) = alike.as_deref_mut() {
            expectation.add_common_to_all(&level.reasoners, alike);
        }
        let lanes = self.policies.reasoning.reasoners;
        for (diagram, worth) in self.local.diagrams.iter().zip(&self.continuation_values) {
            let forward = NodeDistribution::new(diagram, self.local, self.believed);
            for mind in &level.reasoners {
                let member = self.structure.member_of(mind.actor);
                match contribution(&forward, worth, lanes, *mind, member) {
                    Contribution::Constant(value) => {
                        if let Some(alike) = alike.as_deref_mut() {
                            alike[mind.index] += value;
                        }
                    }
                    Contribution::ByClass(stage, values) => {
                        let stage = &diagram.shape.stages[stage];
                        let options = &mut self.values[self.local.options_of(stage.member)];
                        for (sum, class) in options.iter_mut().zip(&stage.class_of) {
                            *sum += values[*class as usize];
                        }
                    }
                }
            }
        }
    }

    /// Applies a member's choice rule to what its options are worth.
    pub(super) fn choose(&mut self, step: usize, member: usize) {
        let (of, menu) = (&self.structure.members[member], &self.local.menus[member]);
        let numbers = self.policies.menu_numbers(of, menu);
        let own = self.local.options_of(member);
        let start = step * self.local.options() + own.start;
        let at = start..start + own.len();
        let (values, rule) = (&self.values[own], &mut self.rules[at.clone()]);
        self.policies.choose(of.actor, menu, numbers, values, rule);
        let tremble = self.policies.numbers.actors[of.actor].tremble;
        rules::tremble_into(rule, &numbers.uniform, tremble, &mut self.chosen[at]);
    }

    /// Adds what minds expect of their own choices.
    fn add_chosen(&self, step: usize, taken: &ReasoningLevel, worth: &mut [f64]) {
        let chosen = &self.chosen[step * self.local.options()..];
        for mind in &taken.reasoners {
            let Some(member) = self.structure.member_of(mind.actor) else { continue };
            let own = self.local.options_of(member);
            let weighed = chosen[own.clone()].iter().zip(&self.values[own]).map(|(p, q)| p * q);
            worth[mind.index] += weighed.sum::<f64>();
        }
    }

    /// How a member plays, once all steps are taken.
    pub(crate) fn play(&self, member: usize) -> Play {
        let of = &self.structure.members[member];
        let mixture = &self.policies.reasoning.plays[of.actor];
        let (options, own) = (self.local.options(), self.local.options_of(member));
        let mut policy = vec![0.0; own.len()];
        mix(self.chosen, options, mixture, own.start, &mut policy);
        let modes = if self.policies.mixes(of.actor) {
            let rule = |&(step, _): &(usize, f64)| self.rules[step * options..][own.clone()].to_vec();
            let uniform = &self.policies.menu_numbers(of, &self.local.menus[member]).uniform;
            mixture.iter().map(rule).chain([uniform.clone()]).collect()
        } else {
            Vec::new()
        };
        Play { policy, modes }
    }
}

/// What a mixture of steps plays: rows of `length` numbers, from `start` on as far as `mixed` reaches.
pub(super) fn mix(rows: &[f64], length: usize, mixture: &LevelMixture, start: usize, mixed: &mut [f64]) {
    mixed.fill(0.0);
    for (step, weight) in mixture {
        for (sum, p) in mixed.iter_mut().zip(&rows[step * length + start..]) {
            *sum += weight * p;
        }
    }
}

impl Policies<'_> {
    /// Applies an actor's choice rule to what its options are worth, without tremble.
    pub(crate) fn choose(
        &self,
        actor: usize,
        menu: &Menu,
        numbers: &MenuProbabilities,
        values: &[f64],
        probabilities: &mut [f64],
    ) {
        let (rule, precision) = (self.game.blueprint.actors[actor].rule, self.numbers.actors[actor].logit);
        match &numbers.script {
            None => apply(rule, precision, values, probabilities),
            Some(script) => apply_scripted(rule, precision, values, menu, script, probabilities),
        }
    }
}

/// Writes the probability of each option under a rule, where nothing is drawn by the script.
fn apply(rule: Rule, precision: f64, values: &[f64], probabilities: &mut [f64]) {
    match rule {
        Rule::Uniform => rules::uniform_into(probabilities),
        Rule::Best => rules::best_into(values, probabilities),
        Rule::Logit => rules::logit_into(values, precision, probabilities),
    }
}

/// The same where the script draws in some seats: the actor chooses in the others, and the value of a
/// choice is its mean over the script.
fn apply_scripted(
    rule: Rule,
    precision: f64,
    values: &[f64],
    menu: &Menu,
    script: &[f64],
    probabilities: &mut [f64],
) {
    let mut worth = vec![0.0; menu.choices];
    for ((value, choice), drawn) in values.iter().zip(&menu.choice_of).zip(script) {
        worth[*choice] += value * drawn;
    }
    let mut chosen = vec![0.0; menu.choices];
    apply(rule, precision, &worth, &mut chosen);
    for ((probability, choice), drawn) in probabilities.iter_mut().zip(&menu.choice_of).zip(script) {
        *probability = chosen[*choice] * drawn;
    }
}
