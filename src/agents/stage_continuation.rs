//! What comes after a turn in which everybody's moves are known.

use std::sync::Arc;

use super::continuation::NodeDistribution;
use super::policies::Policies;
use super::reasoning::Reasoner;
use crate::game::{ComponentKind, EffectDiagram, LocalState, Member, Menu};

/// What the turns to come are worth to every actor, as far as it depends on what is done in a turn: at the
/// depth at which the actor looks ahead, expecting later choices as it does at its own level.
pub struct StageContinuation<'a> {
    policies: &'a Policies<'a>,
    /// For each actor, the components of the turn as it looks at them.
    views: Vec<ActorView<'a>>,
}

struct ActorView<'a> {
    reasoner: Option<Reasoner>,
    components: Vec<ComponentAhead<'a>>,
}

struct ComponentAhead<'a> {
    cell: &'a LocalState,
    members: &'a [Member],
    /// Continuation terms, with what each set of effects is worth to each mind, discounted.
    continuation_terms: Vec<(&'a EffectDiagram, Vec<f64>)>,
}

impl Policies<'_> {
    /// What comes after the state `levels` in `turn` (0-based).
    #[must_use]
    pub fn after(&self, levels: &[usize], turn: usize) -> StageContinuation<'_> {
        let view = |actor: usize| {
            let depth = self.game.depth(actor, turn);
            // As when a choice is explained: of a mixture, its weightiest level above naive play.
            let plays = self.reasoning.plays[actor].iter().filter(|(step, _)| *step > 0);
            let step = plays.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(step, _)| *step);
            let taken = step.and_then(|step| self.reasoning.levels(depth).get(step - 1));
            let mind = taken.and_then(|taken| taken.reasoners.iter().find(|mind| mind.actor == actor));
            let ahead = |&component: &usize| {
                let component = &self.game.components()[component];
                let ComponentKind::Turn { structure, continuation_terms, .. } = &component.kind else {
                    return None;
                };
                let cell = self.game.local_state(*structure, component.scope.cell(levels));
                let valued = cell.diagrams.iter().zip(continuation_terms);
                let continuation_terms = valued
                    .map(|(diagram, &continuation_term)| {
                        (diagram, self.continuation_values(diagram, continuation_term))
                    })
                    .collect();
                Some(ComponentAhead {
                    cell,
                    members: &self.game.structure(*structure).members,
                    continuation_terms,
                })
            };
            ActorView {
                reasoner: mind.copied(),
                components: self.game.layer(turn, depth).iter().filter_map(ahead).collect(),
            }
        };
        StageContinuation { policies: self, views: (0..self.reasoning.plays.len()).map(view).collect() }
    }
}

impl StageContinuation<'_> {
    /// The groups of seats that what comes after ties together.
    pub fn groups(&self) -> impl Iterator<Item = Vec<usize>> {
        let components = self.views.iter().flat_map(|view| &view.components);
        components
            .map(|component| component.members.iter().flat_map(|member| &member.seats).copied().collect())
    }

    /// What comes after these moves, one a seat, `None` where its issue is closed: for each actor, over the
    /// components that have a seat among `seats`.
    #[must_use]
    pub fn of(&self, made: &[Option<usize>], seats: &[usize]) -> Vec<f64> {
        let worth = |view: &ActorView<'_>| {
            let Some(mind) = view.reasoner else { return 0.0 };
            let ours = |component: &&ComponentAhead<'_>| {
                component.members.iter().flat_map(|member| &member.seats).any(|seat| seats.contains(seat))
            };
            view.components
                .iter()
                .filter(ours)
                .map(|component| component.worth(made, mind, self.policies.reasoning.reasoners))
                .sum()
        };
        self.views.iter().map(worth).collect()
    }
}

impl ComponentAhead<'_> {
    fn worth(&self, made: &[Option<usize>], mind: Reasoner, lanes: usize) -> f64 {
        let mut believed = vec![0.0; self.cell.options()];
        for (at, (member, menu)) in self.members.iter().zip(&self.cell.menus).enumerate() {
            if let Some(option) = option(menu, &member.seats, made) {
                believed[self.cell.options_of(at).start + option] = 1.0;
            }
        }
        let expected = |(diagram, worth): &(&EffectDiagram, Vec<f64>)| {
            NodeDistribution::new(diagram, self.cell, &believed).expected(worth, lanes, mind)
        };
        self.continuation_terms.iter().map(expected).sum()
    }
}

/// The option in which the seats make these moves.
fn option(menu: &Arc<Menu>, seats: &[usize], made: &[Option<usize>]) -> Option<usize> {
    menu.options
        .iter()
        .position(|option| option.iter().zip(seats).all(|(chosen, &seat)| *chosen == made[seat]))
}
