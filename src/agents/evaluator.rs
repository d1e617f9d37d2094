//! How policies are found: the solutions of local states, each by those of the turn after it.
//!
//! Takes a cell of a component, and gives out its [`LocalSolution`], which the store keeps. What a state is worth
//! rests on what the states are worth that it leads to, so evaluation recurs turn by turn towards the end.

use super::continuation::{Continuation, SetValues};
use super::local_solver::{LocalSolver, Workspace};
use super::policies::Policies;
use super::rules;
use super::solution::{LocalSolution, Play};
use crate::game::{
    CellId, ComponentId, ComponentKind, EffectDiagram, Game, LocalState, MemberId, Menu, StatusQuo,
    StructureId,
};
use crate::scenario::{ActorId, ClassificationId, IdVec, Levels, Numbers, TermId};

/// Looking further ahead than this, layers are filled from the last one, lest recursion run deep.
const DEEP: usize = 24;

impl<'g> Policies<'g> {
    /// The policies of a game under these numbers; nothing is computed yet, unless horizons are long.
    #[must_use]
    pub fn new(game: &'g Game, numbers: &'g Numbers) -> Self {
        let policies = Self::empty(game, numbers);
        policies.fill_deep_layers();
        policies
    }

    /// With a long horizon, a cell asks for cells of the turn after, these for others, and so on to the
    /// end. Components are numbered from those behind to those in front, so filling them in order keeps the
    /// recursion flat.
    fn fill_deep_layers(&self) {
        let deep = self.game.blueprint.actors.iter().any(|actor| actor.horizon > DEEP);
        if deep {
            for (id, component) in self.game.components().numbered() {
                if !matches!(component.kind, ComponentKind::Turn { valued: false, .. }) {
                    for cell in component.scope.all_cells() {
                        self.solution(id, cell);
                    }
                }
            }
        }
    }

    /// How the members of a component play in one of its cells, in the order of the structure's members.
    #[must_use]
    pub fn plays(&self, component: ComponentId, cell: CellId) -> &IdVec<MemberId, Play> {
        &self.solution(component, cell).plays
    }

    pub(crate) fn solution(&self, component: ComponentId, cell: CellId) -> &LocalSolution {
        self.solution_or(component, cell, || self.solve(component, cell))
    }

    fn solve(&self, id: ComponentId, cell: CellId) -> LocalSolution {
        let component = &self.game.components()[id];
        let mut levels = self.game.blueprint.lowest();
        match &component.kind {
            ComponentKind::Turn { structure, valued, .. } => self.solve_turn(id, *structure, *valued, cell),
            ComponentKind::Outcome { class, stopped_only } => {
                component.scope.write(cell, &mut levels);
                let counts = !stopped_only || self.game.blueprint.stops(&levels);
                let pays =
                    &self.weighted.outcomes[*class][self.game.blueprint.classes[*class].outcome(&levels)];
                let value = |&actor: &ActorId| if counts { pays[actor] } else { 0.0 };
                LocalSolution {
                    values: self.reasoning.actors.iter().map(value).collect(),
                    plays: IdVec::new(),
                }
            }
            ComponentKind::StatusQuo(status_quo) => {
                component.scope.write(cell, &mut levels);
                let value = |&actor: &ActorId| self.status_quo(actor, status_quo, &levels);
                LocalSolution {
                    values: self.reasoning.actors.iter().map(value).collect(),
                    plays: IdVec::new(),
                }
            }
        }
    }

    fn solve_turn(
        &self,
        component: ComponentId,
        structure: StructureId,
        valued: bool,
        cell: CellId,
    ) -> LocalSolution {
        let mut values = vec![0.0; if valued { self.reasoning.reasoners } else { 0 }];
        let local = self.game.local_state(structure, cell);
        if local.stopped {
            let idle =
                |menu: &std::sync::Arc<Menu>| Play { policy: rules::uniform(menu.len()), modes: Vec::new() };
            return LocalSolution { values: values.into(), plays: local.menus.iter().map(idle).collect() };
        }
        let mut workspace = Workspace::new();
        let asked = if valued { 0 } else { local.menus.len() };
        let solver = LocalSolver::new(self, component, cell, &mut workspace).map(|mut solver| {
            solver.solve(valued.then_some(values.as_mut_slice()));
            local.menus.ids().take(asked).map(|member| solver.play(member)).collect()
        });
        LocalSolution { values: values.into(), plays: solver.unwrap_or_default() }
    }

    /// What the state pays an actor from now on if it stays as it is, until the end and then.
    fn status_quo(&self, actor: ActorId, status_quo: &StatusQuo, levels: &Levels) -> f64 {
        let blueprint = &self.game.blueprint;
        if !blueprint.actors[actor].status_quo || blueprint.stops(levels) {
            return 0.0;
        }
        let StatusQuo { terms, classes, when, left, .. } = status_quo;
        let first = blueprint.turns - left;
        let actors = blueprint.actors.len();
        let (mut value, mut weight) = (0.0, 1.0);
        let in_turn = |turn: usize| -> f64 {
            let holding = terms.iter().enumerate().filter(|(at, term)| {
                when.get(*at).is_none_or(|turns| turns[turn])
                    && blueprint.terms[**term].holds(levels, first + turn)
            });
            holding
                .map(|(_, &term)| {
                    self.weighted.pays[term.index() * actors + actor.index()] * self.per(term, levels)
                })
                .sum()
        };
        // Where no term is dated, every turn pays the same.
        let same = when.is_empty().then(|| in_turn(0));
        for turn in 0..*left {
            value += weight * same.unwrap_or_else(|| in_turn(turn));
            weight *= self.numbers.actor(actor).discount;
        }
        let ending = |&class: &ClassificationId| {
            self.weighted.outcomes[class][blueprint.classes[class].outcome(levels)][actor]
        };
        value + weight * classes.iter().map(ending).sum::<f64>()
    }

    /// What a term counts for in a state: the value of its `per` variable's level, or 1.
    fn per(&self, term: TermId, levels: &Levels) -> f64 {
        self.weighted.per[self.game.blueprint.per(term, levels)]
    }

    /// For each continuation term of a local state, what each set of effects is worth; `components` are those that the
    /// terms stand for.
    pub(super) fn values_after(&self, local: &LocalState, components: &[ComponentId]) -> Vec<SetValues> {
        let terms = local.diagrams.iter().zip(components);
        terms.map(|(diagram, &component)| self.continuation_values(diagram, component)).collect()
    }

    /// The discounted worth of each set of effects of a diagram over the table of `component`.
    pub(crate) fn continuation_values(&self, diagram: &EffectDiagram, component: ComponentId) -> SetValues {
        let after = Continuation {
            cells: self.game.components()[component].scope.cells,
            reasoners: self.reasoning.reasoners,
            discounts: &self.discounts,
            transition: |id| self.transition(id),
            values: |cell| &*self.solution(component, cell).values,
        };
        after.values_of_sets(diagram)
    }
}
