//! The policies of all actors under one draw, made for the cells that somebody asks for.

use super::continuation::{TransitionDistribution, continuation_values};
use super::draw_numbers::{MenuProbabilities, WeightedPayoffs};
use super::findings::{Bifurcation, Fault, Findings};
use super::local_solver::{LocalSolution, LocalSolver, Workspace};
use super::reasoning::ReasoningPlan;
use crate::game::{
    ComponentId, ComponentKind, EffectDiagram, Game, GrowingLazyTable, LazyTable, Member, Menu,
};
use crate::scenario::Numbers;

/// How a member of a component plays in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Play {
    /// The probability of each option of its menu.
    pub policy: Vec<f64>,
    /// For an actor whose play in several issues is a mixture (of levels, or of its rule and trembling):
    /// the options' probabilities in each of [`Policies::modes`]; empty for others.
    pub modes: Vec<Vec<f64>>,
}

/// The policies under one draw: a view of a [`Game`] with [`Numbers`], filled as cells are asked for, from
/// any thread.
#[derive(Debug)]
pub struct Policies<'g> {
    pub(crate) game: &'g Game,
    pub(crate) numbers: &'g Numbers,
    pub(crate) weighted: WeightedPayoffs,
    /// Who reasons how deeply.
    pub reasoning: ReasoningPlan,
    /// The discount of each lane's actor.
    discounts: Vec<f64>,
    /// For each actor, whether its play is a mixture over components of the game.
    mixing: Vec<bool>,
    solutions: Vec<LazyTable<LocalSolution>>,
    transitions: GrowingLazyTable<TransitionDistribution>,
    menus: GrowingLazyTable<MenuProbabilities>,
    pub(super) findings: Findings,
}

/// Looking further ahead than this, layers are filled from the last one, lest recursion run deep.
const DEEP: usize = 24;

impl<'g> Policies<'g> {
    /// The policies of a game under these numbers; nothing is computed yet.
    #[must_use]
    pub fn new(game: &'g Game, numbers: &'g Numbers) -> Self {
        let minds = ReasoningPlan::new(&game.blueprint, numbers);
        let is_mixture = |actor: usize| minds.plays[actor].len() > 1 || numbers.actors[actor].tremble > 0.0;
        let actors = 0..game.blueprint.actors.len();
        let policies = Self {
            // Who learns decides on all its issues at once.
            mixing: actors
                .map(|actor| !game.learns(actor) && is_mixture(actor) && game.is_split(actor))
                .collect(),
            discounts: minds.actors.iter().map(|&actor| numbers.actors[actor].discount).collect(),
            solutions: game
                .components()
                .iter()
                .map(|component| LazyTable::new(component.scope.cells))
                .collect(),
            weighted: WeightedPayoffs::new(numbers),
            transitions: GrowingLazyTable::default(),
            menus: GrowingLazyTable::default(),
            findings: Findings::default(),
            reasoning: minds,
            game,
            numbers,
        };
        policies.fill_deep_layers();
        policies
    }

    /// With a long horizon, a cell asks for cells of the turn after, these for others, and so on to the
    /// end. Components are numbered from those behind to those in front, so filling them in order keeps the
    /// recursion flat.
    fn fill_deep_layers(&self) {
        let deep = self.game.blueprint.actors.iter().any(|actor| actor.horizon > DEEP);
        if deep {
            for (id, component) in self.game.components().iter().enumerate() {
                if !matches!(component.kind, ComponentKind::Turn { valued: false, .. }) {
                    for cell in 0..component.scope.cells {
                        self.solution(id, cell);
                    }
                }
            }
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

    /// How the members of a component play in one of its cells, in the order of the structure's members.
    #[must_use]
    pub fn plays(&self, component: ComponentId, cell: usize) -> &[Play] {
        &self.solution(component, cell).plays
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
    pub fn mixes(&self, actor: usize) -> bool {
        self.mixing[actor]
    }

    /// How many ways of playing the chance of a play chooses from: an actor's modes, or one.
    #[must_use]
    pub fn modes_of(&self, actor: usize) -> usize {
        if self.mixes(actor) { self.reasoning.plays[actor].len() + 1 } else { 1 }
    }

    /// The probabilities of an actor's modes: each step of its mixture, by its rule alone, then trembling.
    #[must_use]
    pub fn modes(&self, actor: usize) -> Vec<f64> {
        let tremble = self.numbers.actors[actor].tremble;
        let mixture = &self.reasoning.plays[actor];
        let steady =
            |&(step, weight): &(usize, f64)| if step == 0 { weight } else { weight * (1.0 - tremble) };
        let mut modes: Vec<f64> = mixture.iter().map(steady).collect();
        modes.push(mixture.iter().filter(|(step, _)| *step > 0).map(|(_, weight)| weight * tremble).sum());
        modes
    }

    pub(crate) fn solution(&self, component: ComponentId, cell: usize) -> &LocalSolution {
        self.solutions[component].get(cell, || self.solve(component, cell))
    }

    fn solve(&self, id: ComponentId, cell: usize) -> LocalSolution {
        let component = &self.game.components()[id];
        let mut levels = vec![0; self.game.blueprint.levels.len()];
        match &component.kind {
            ComponentKind::Turn { structure, valued, .. } => self.solve_turn(id, *structure, *valued, cell),
            ComponentKind::Outcome { class, stopped_only } => {
                component.scope.write(cell, &mut levels);
                let counts = !stopped_only || self.game.blueprint.stops(&levels);
                let pays =
                    &self.weighted.outcomes[*class][self.game.blueprint.classes[*class].outcome(&levels)];
                let value = |&actor: &usize| if counts { pays[actor] } else { 0.0 };
                LocalSolution { values: self.reasoning.actors.iter().map(value).collect(), plays: Vec::new() }
            }
            ComponentKind::StatusQuo { terms, classes, when, left, .. } => {
                component.scope.write(cell, &mut levels);
                let value = |&actor: &usize| self.status_quo(actor, terms, classes, when, *left, &levels);
                LocalSolution { values: self.reasoning.actors.iter().map(value).collect(), plays: Vec::new() }
            }
        }
    }

    fn solve_turn(
        &self,
        component: ComponentId,
        structure: usize,
        valued: bool,
        cell: usize,
    ) -> LocalSolution {
        let mut values = vec![0.0; if valued { self.reasoning.reasoners } else { 0 }];
        let found = self.game.local_state(structure, cell);
        if found.stopped {
            let idle = |menu: &std::sync::Arc<Menu>| Play {
                policy: super::rules::uniform(menu.len()),
                modes: Vec::new(),
            };
            return LocalSolution { values: values.into(), plays: found.menus.iter().map(idle).collect() };
        }
        let mut room = Workspace::new();
        let members = if valued { 0 } else { found.menus.len() };
        let thought = LocalSolver::new(self, component, cell, &mut room).map(|mut thought| {
            thought.solve(valued.then_some(values.as_mut_slice()));
            (0..members).map(|member| thought.play(member)).collect()
        });
        LocalSolution { values: values.into(), plays: thought.unwrap_or_default() }
    }

    /// What the state pays an actor from now on if it stays as it is, for `left` turns, and at the end.
    fn status_quo(
        &self,
        actor: usize,
        terms: &[usize],
        classes: &[usize],
        when: &[Vec<bool>],
        left: usize,
        levels: &[usize],
    ) -> f64 {
        let blueprint = &self.game.blueprint;
        if !blueprint.actors[actor].status_quo || blueprint.stops(levels) {
            return 0.0;
        }
        let first = blueprint.turns - left;
        let actors = blueprint.actors.len();
        let (mut value, mut weight) = (0.0, 1.0);
        let in_turn = |turn: usize| -> f64 {
            let holding = terms.iter().enumerate().filter(|(at, term)| {
                when.get(*at).is_none_or(|turns| turns[turn])
                    && blueprint.terms[**term].holds(levels, first + turn)
            });
            holding.map(|(_, &term)| self.weighted.pays[term * actors + actor] * self.per(term, levels)).sum()
        };
        let same = when.is_empty().then(|| in_turn(0));
        for turn in 0..left {
            value += weight * same.unwrap_or_else(|| in_turn(turn));
            weight *= self.numbers.actors[actor].discount;
        }
        let ending =
            |&class: &usize| self.weighted.outcomes[class][blueprint.classes[class].outcome(levels)][actor];
        value + weight * classes.iter().map(ending).sum::<f64>()
    }

    /// What a term counts for in a state: the value of its `per` variable's level, or 1.
    fn per(&self, term: usize, levels: &[usize]) -> f64 {
        self.weighted.per[self.game.blueprint.per(term, levels)]
    }

    /// The discounted worth of each set of effects of a diagram over the table of `component`.
    pub(crate) fn continuation_values(&self, diagram: &EffectDiagram, component: ComponentId) -> Vec<f64> {
        continuation_values(
            diagram,
            self.game.components()[component].scope.cells,
            self.reasoning.reasoners,
            &self.discounts,
            |number| self.transition(number),
            |cell| &self.solution(component, cell).values,
        )
    }

    fn transition(&self, transition: u32) -> &TransitionDistribution {
        self.transitions.get(transition as usize, || {
            let plan = self.game.transitions.get(transition);
            plan.distribution(&self.game.blueprint.effects, &self.numbers.chances)
        })
    }

    pub(crate) fn menu_numbers(&self, member: &Member, menu: &Menu) -> &MenuProbabilities {
        self.menus.get(menu.id, || MenuProbabilities::new(self.game, self.numbers, menu, &member.seats))
    }
}
