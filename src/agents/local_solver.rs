//! One local state of one component, solved: every reasoner's choice, and what the state is worth to it.
//!
//! Takes what the policies of the draw know so far (what comes after is asked for there, which solves further local
//! states where need be), and gives out a [`LocalSolution`](super::solution::LocalSolution). Nothing here is kept:
//! that is the policies' business.

use super::choosing::Chooser;
use super::continuation::{Contribution, NodeDistribution, SetValues, contribution};
use super::expectation::{Amounts, Expectation, chances};
use super::findings::DecisionPoint;
use super::ids::LevelNumber;
use super::policies::Policies;
use super::reasoning::{LevelMixture, ReasoningLevel};
use super::rules;
use super::solution::Play;
use crate::game::{
    CellId, ComponentId, ComponentKind, ComponentStructure, LocalState, MemberId, ShorterHorizon,
};
use crate::scenario::ActorId;

/// Memory for the numbers of one solver: on the stack where they fit, for most local states are small.
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

    /// Rows of zeros of these lengths.
    fn rows<const N: usize>(&mut self, lengths: [usize; N]) -> [&mut [f64]; N] {
        let mut rest = self.zeros(lengths.iter().sum());
        lengths.map(|length| {
            let (row, behind) = std::mem::take(&mut rest).split_at_mut(length);
            rest = behind;
            row
        })
    }
}

/// A local state that is being solved, level by level: what a level believes of the others is what levels below it
/// play, so each level is solved after those that it believes in. A row of numbers here has one for each option of
/// each member, in the order of [`LocalState::options_of`].
pub(crate) struct LocalSolver<'a> {
    pub(super) policies: &'a Policies<'a>,
    pub(crate) structure: &'a ComponentStructure,
    pub(crate) local: &'a LocalState,
    levels: &'a [ReasoningLevel],
    /// By continuation term: see [`super::continuation::Continuation::values_of_sets`].
    pub(crate) continuation_values: Vec<SetValues>,
    /// A row for each level, level 0 being naive play: what its reasoners choose under their rules,
    /// without tremble. Zero for members who have no reasoner at that level, because nobody asks.
    pub(super) rules: &'a mut [f64],
    /// The same with tremble.
    pub(super) chosen: &'a mut [f64],
    /// What the reasoners of the level solved last believe of the others.
    pub(super) believed: &'a mut [f64],
    /// What every option is worth to them.
    pub(super) values: &'a mut [f64],
    /// `chances[subset]`: how probable they take it that the member does something of the subset.
    pub(super) chances: &'a mut [f64],
    /// The component's: see [`ComponentKind::Turn`](crate::game::ComponentKind::Turn).
    pub(super) shorter_horizons: &'a [ShorterHorizon],
    /// How many turns are looked at.
    pub(super) depth: usize,
    component: ComponentId,
    /// The number of the local state: the cell of the component's scope.
    pub(super) cell: CellId,
    /// Where other equilibria branch off: see [`crate::equilibrium::Equilibrium`].
    pub(super) bifurcations: Vec<f64>,
}

impl<'a> LocalSolver<'a> {
    /// The solver of a cell of a component in which a turn is played, with naive play in it; `None` for other
    /// components.
    pub(crate) fn new(
        policies: &'a Policies<'a>,
        component: ComponentId,
        cell: CellId,
        workspace: &'a mut Workspace,
    ) -> Option<Self> {
        let ComponentKind::Turn { structure, continuation_terms, depth, shorter_horizons, .. } =
            &policies.game.components()[component].kind
        else {
            return None;
        };
        let (depth, local) = (*depth, policies.game.local_state(*structure, cell));
        let structure = policies.game.structure(*structure);
        let levels = policies.reasoning.levels(depth);
        let options = local.options();
        let all_levels = (levels.len() + 1) * options;
        let [rules, chosen, believed, values, chances] =
            workspace.rows([all_levels, all_levels, options, options, local.subsets.len()]);
        for ((at, member), menu) in structure.members.numbered().zip(&local.menus) {
            rules[local.options_of(at)].copy_from_slice(&policies.menu_numbers(member, menu).naive);
        }
        chosen[..options].copy_from_slice(&rules[..options]);
        Some(Self {
            policies,
            structure,
            local,
            levels,
            continuation_values: policies.values_after(local, continuation_terms),
            rules,
            chosen,
            believed,
            values,
            chances,
            shorter_horizons,
            depth,
            component,
            cell,
            bifurcations: Vec::new(),
        })
    }

    /// Where the local state is met, for faults and bifurcations.
    pub(super) fn decision_point(&self) -> DecisionPoint {
        let game = self.policies.game;
        let mut levels = game.blueprint.lowest();
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

    /// Solves all levels, in their order. What the local state is worth to each reasoner is added to
    /// `state_values[reasoner]`, where that is asked for.
    pub(crate) fn solve(&mut self, mut state_values: Option<&mut [f64]>) {
        for (at, level) in self.levels.iter().enumerate() {
            // Naive play has the first row.
            let number = LevelNumber::new(at + 1);
            for &(actor, from) in &level.copied {
                self.copy(actor, from, number);
            }
            if level.reasoners.is_empty() {
                continue;
            }
            if level.equilibrium {
                // Afterwards `believed` holds what everybody plays, the players among them.
                self.solve_equilibrium(number, level);
                self.evaluate(level, state_values.as_deref_mut());
            } else {
                mix(self.chosen, self.local.options(), &level.believed, 0, self.believed);
                self.evaluate(level, state_values.as_deref_mut());
                for (member, of) in self.structure.members.numbered() {
                    if level.reasons[of.actor] {
                        self.choose(number, member);
                    }
                }
            }
            if let Some(state_values) = state_values.as_deref_mut() {
                self.add_chosen(number, level, state_values);
            }
        }
    }

    /// Lets an actor play at a level as it does at an earlier one.
    fn copy(&mut self, actor: ActorId, from: LevelNumber, to: LevelNumber) {
        if let Some(member) = self.structure.member_of(actor) {
            let (options, own) = (self.local.options(), self.local.options_of(member));
            let start = from.index() * options + own.start;
            self.chosen.copy_within(start..start + own.len(), to.index() * options + own.start);
        }
    }

    /// What a level believes of the others, once all levels are solved: a row.
    pub(crate) fn believed(&self, level: &ReasoningLevel) -> Vec<f64> {
        if level.equilibrium {
            // It is the last level.
            return self.believed.to_vec();
        }
        let mut mixed = vec![0.0; self.local.options()];
        mix(self.chosen, self.local.options(), &level.believed, 0, &mut mixed);
        mixed
    }

    /// What every option is worth to the reasoners of a level, and, where it is asked for, what comes to them
    /// whatever they do: `common_to_all[reasoner]`.
    pub(super) fn evaluate(&mut self, level: &ReasoningLevel, mut common_to_all: Option<&mut [f64]>) {
        chances(self.local, self.believed, self.chances);
        self.values.fill(0.0);
        let expectation = Expectation { local: self.local, amounts: self.amounts(), chances: self.chances };
        expectation.add_to_options(&level.reasons, self.values);
        if let Some(common_to_all) = common_to_all.as_deref_mut() {
            expectation.add_common_to_all(&level.reasoners, common_to_all);
        }
        for (diagram, values_after) in self.local.diagrams.iter().zip(&self.continuation_values) {
            let nodes = NodeDistribution::new(diagram, self.local, self.believed);
            for reasoner in &level.reasoners {
                let member = self.structure.member_of(reasoner.actor);
                match contribution(&nodes, values_after, *reasoner, member) {
                    Contribution::Constant(value) => {
                        if let Some(common_to_all) = common_to_all.as_deref_mut() {
                            common_to_all[reasoner.id.index()] += value;
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
    pub(super) fn choose(&mut self, level_number: LevelNumber, member: MemberId) {
        let (of, menu) = (&self.structure.members[member], &self.local.menus[member]);
        let numbers = self.policies.menu_numbers(of, menu);
        let own = self.local.options_of(member);
        let start = level_number.index() * self.local.options() + own.start;
        let at = start..start + own.len();
        let (values, rule) = (&self.values[own], &mut self.rules[at.clone()]);
        self.policies.choose(Chooser { actor: of.actor, menu, numbers }, values, rule);
        let tremble = self.policies.numbers.actor(of.actor).tremble;
        rules::tremble_into(rule, &numbers.uniform, tremble, &mut self.chosen[at]);
    }

    /// Adds what reasoners expect of their own choices.
    fn add_chosen(&self, level_number: LevelNumber, level: &ReasoningLevel, state_values: &mut [f64]) {
        let chosen = &self.chosen[level_number.index() * self.local.options()..];
        for reasoner in &level.reasoners {
            let Some(member) = self.structure.member_of(reasoner.actor) else { continue };
            let own = self.local.options_of(member);
            let weighed = chosen[own.clone()].iter().zip(&self.values[own]).map(|(p, q)| p * q);
            state_values[reasoner.id.index()] += weighed.sum::<f64>();
        }
    }

    /// How a member plays, once all levels are solved.
    pub(crate) fn play(&self, member: MemberId) -> Play {
        let of = &self.structure.members[member];
        let mixture = &self.policies.reasoning.plays[of.actor];
        let (options, own) = (self.local.options(), self.local.options_of(member));
        let mut policy = vec![0.0; own.len()];
        mix(self.chosen, options, mixture, own.start, &mut policy);
        let modes = if self.policies.mixes(of.actor) {
            let rule = |&(level_number, _): &(LevelNumber, f64)| {
                self.rules[level_number.index() * options..][own.clone()].to_vec()
            };
            let uniform = &self.policies.menu_numbers(of, &self.local.menus[member]).uniform;
            mixture.iter().map(rule).chain([uniform.clone()]).collect()
        } else {
            Vec::new()
        };
        Play { policy, modes }
    }
}

/// What a mixture of levels plays: rows of `length` numbers, from `start` on as far as `mixed` reaches.
pub(super) fn mix(rows: &[f64], length: usize, mixture: &LevelMixture, start: usize, mixed: &mut [f64]) {
    mixed.fill(0.0);
    for (level_number, weight) in mixture {
        for (sum, p) in mixed.iter_mut().zip(&rows[level_number.index() * length + start..]) {
            *sum += weight * p;
        }
    }
}
