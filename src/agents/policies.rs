//! The policies of all actors under one draw: a store, filled as local states are asked for.
//!
//! What is found is kept here, with the draw's numbers that finding it takes; [`super::evaluator`] says how it is
//! found. Threads share a store: what it holds does not depend on who asks first.

use super::continuation::TransitionDistribution;
use super::draw_numbers::{MenuProbabilities, WeightedPayoffs};
use super::findings::{Bifurcation, Fault, Findings};
use super::ids::LevelNumber;
use super::reasoning::ReasoningPlan;
use super::solution::LocalSolution;
use crate::game::{
    CellId, ComponentId, Game, GrowingLazyTable, LazyTable, Member, Menu, MenuId, TransitionId,
};
use crate::scenario::{ActorId, IdVec, Numbers};

/// The policies under one draw: a view of a [`Game`] with [`Numbers`], filled as cells are asked for, from
/// any thread.
#[derive(Debug)]
pub struct Policies<'g> {
    pub(crate) game: &'g Game,
    pub(crate) numbers: &'g Numbers,
    pub(crate) weighted: WeightedPayoffs,
    /// Who reasons how deeply.
    pub reasoning: ReasoningPlan,
    /// The discount of each reasoner's actor.
    pub(super) discounts: Vec<f64>,
    /// For each actor, whether its play is a mixture over components of the game.
    mixing: IdVec<ActorId, bool>,
    solutions: IdVec<ComponentId, LazyTable<CellId, LocalSolution>>,
    transitions: GrowingLazyTable<TransitionId, TransitionDistribution>,
    menus: GrowingLazyTable<MenuId, MenuProbabilities>,
    pub(super) findings: Findings,
}

impl<'g> Policies<'g> {
    /// The policies of a game under these numbers, of which nothing has been computed.
    pub(super) fn empty(game: &'g Game, numbers: &'g Numbers) -> Self {
        let reasoning = ReasoningPlan::new(&game.blueprint, numbers);
        let is_mixture =
            |actor: ActorId| reasoning.plays[actor].len() > 1 || numbers.actor(actor).tremble > 0.0;
        let actors = game.blueprint.actors.ids();
        Self {
            // Who learns decides on all its issues at once.
            mixing: actors
                .map(|actor| !game.learns(actor) && is_mixture(actor) && game.is_split(actor))
                .collect(),
            discounts: reasoning.actors.iter().map(|&actor| numbers.actor(actor).discount).collect(),
            solutions: game
                .components()
                .iter()
                .map(|component| LazyTable::new(component.scope.cells))
                .collect(),
            weighted: WeightedPayoffs::new(numbers),
            transitions: GrowingLazyTable::default(),
            menus: GrowingLazyTable::default(),
            findings: Findings::default(),
            reasoning,
            game,
            numbers,
        }
    }

    /// The game.
    #[must_use]
    pub fn game(&self) -> &'g Game {
        self.game
    }

    /// The numbers of the draw.
    #[must_use]
    pub fn numbers(&self) -> &'g Numbers {
        self.numbers
    }

    /// Where, among all that was asked for so far, there is no answer: of several such states, the last
    /// turn's. Whoever has asked for plays must ask for this before anything is made of them.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        self.findings.fault()
    }

    /// Where, among all that was asked for so far, other equilibria leave the branch that was followed: of
    /// several such states, the first turn's.
    #[must_use]
    pub fn bifurcation(&self) -> Option<Bifurcation> {
        self.findings.bifurcation()
    }

    /// Whether an actor's play is a mixture that has to be drawn once for all its issues.
    #[must_use]
    pub fn mixes(&self, actor: ActorId) -> bool {
        self.mixing[actor]
    }

    /// How many ways of playing the chance of a play chooses from: an actor's modes, or one.
    #[must_use]
    pub fn modes_of(&self, actor: ActorId) -> usize {
        if self.mixes(actor) { self.reasoning.plays[actor].len() + 1 } else { 1 }
    }

    /// The probabilities of an actor's modes: each level of its mixture, by its rule alone, then trembling.
    #[must_use]
    pub fn modes(&self, actor: ActorId) -> Vec<f64> {
        let tremble = self.numbers.actor(actor).tremble;
        let mixture = &self.reasoning.plays[actor];
        let steady = |&(level_number, weight): &(LevelNumber, f64)| {
            if level_number == LevelNumber::NAIVE { weight } else { weight * (1.0 - tremble) }
        };
        let mut modes: Vec<f64> = mixture.iter().map(steady).collect();
        modes.push(
            mixture
                .iter()
                .filter(|(level_number, _)| *level_number > LevelNumber::NAIVE)
                .map(|(_, weight)| weight * tremble)
                .sum(),
        );
        modes
    }

    /// What is known of a cell of a component, found by `solve` if nobody asked before.
    pub(super) fn solution_or(
        &self,
        component: ComponentId,
        cell: CellId,
        solve: impl FnOnce() -> LocalSolution,
    ) -> &LocalSolution {
        self.solutions[component].get(cell, solve)
    }

    /// Where a transition leads under the draw's chances.
    pub(super) fn transition(&self, transition: TransitionId) -> &TransitionDistribution {
        self.transitions.get(transition, || {
            let plan = self.game.transitions.get(transition);
            plan.distribution(&self.game.blueprint.effects, &self.numbers.chances)
        })
    }

    /// The probabilities of a menu's options that depend on nobody's reasoning.
    pub(crate) fn menu_numbers(&self, member: &Member, menu: &Menu) -> &MenuProbabilities {
        self.menus.get(menu.id, || MenuProbabilities::new(self.game, self.numbers, menu, &member.seats))
    }
}
