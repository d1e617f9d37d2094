//! What comes after a turn in which everybody's moves are known.

use std::sync::Arc;

use super::continuation::{NodeDistribution, SetValues};
use super::ids::LevelNumber;
use super::policies::Policies;
use super::reasoning::Reasoner;
use crate::game::{ComponentId, ComponentKind, EffectDiagram, LocalState, Member, MemberId, Menu};
use crate::scenario::{ActorId, IdVec, Levels, Made, SeatId};

/// What the turns to come are worth to every actor, as far as it depends on what is done in a turn: at the
/// depth at which the actor looks ahead, expecting later choices as it does at its own level.
pub struct StageContinuation<'a> {
    /// For each actor, the components of the turn as it looks at them.
    views: Vec<ActorView<'a>>,
}

struct ActorView<'a> {
    reasoner: Option<Reasoner>,
    components: Vec<ComponentAhead<'a>>,
}

struct ComponentAhead<'a> {
    local: &'a LocalState,
    members: &'a IdVec<MemberId, Member>,
    /// Continuation terms, with what each set of effects is worth to each reasoner, discounted.
    continuation_terms: Vec<(&'a EffectDiagram, SetValues)>,
}

impl Policies<'_> {
    /// What comes after the state `levels` in `turn` (0-based).
    #[must_use]
    pub fn after(&self, levels: &Levels, turn: usize) -> StageContinuation<'_> {
        let view = |actor: ActorId| {
            let depth = self.game.depth(actor, turn);
            // As when a choice is explained: of a mixture, its weightiest level above naive play.
            let plays = self.reasoning.plays[actor]
                .iter()
                .filter(|(level_number, _)| *level_number > LevelNumber::NAIVE);
            let level_number =
                plays.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(level_number, _)| *level_number);
            let level = level_number.and_then(|level_number| self.reasoning.level(depth, level_number));
            let reasoner =
                level.and_then(|level| level.reasoners.iter().find(|reasoner| reasoner.actor == actor));
            let ahead = |&component: &ComponentId| {
                let component = &self.game.components()[component];
                let ComponentKind::Turn { structure, continuation_terms, .. } = &component.kind else {
                    return None;
                };
                let local = self.game.local_state(*structure, component.scope.cell(levels));
                let valued = local.diagrams.iter().zip(continuation_terms);
                let continuation_terms = valued
                    .map(|(diagram, &continuation_term)| {
                        (diagram, self.continuation_values(diagram, continuation_term))
                    })
                    .collect();
                Some(ComponentAhead {
                    local,
                    members: &self.game.structure(*structure).members,
                    continuation_terms,
                })
            };
            ActorView {
                reasoner: reasoner.copied(),
                components: self.game.layer(turn, depth).iter().filter_map(ahead).collect(),
            }
        };
        StageContinuation { views: self.reasoning.plays.ids().map(view).collect() }
    }
}

impl StageContinuation<'_> {
    /// The groups of seats that what comes after ties together.
    pub fn groups(&self) -> impl Iterator<Item = Vec<SeatId>> {
        let components = self.views.iter().flat_map(|view| &view.components);
        components
            .map(|component| component.members.iter().flat_map(|member| &member.seats).copied().collect())
    }

    /// What comes after these moves, one a seat, `None` where its issue is closed: for each actor, over the
    /// components that have a seat among `seats`.
    #[must_use]
    pub fn of(&self, made: &Made, seats: &[SeatId]) -> Vec<f64> {
        let value = |view: &ActorView<'_>| {
            let Some(reasoner) = view.reasoner else { return 0.0 };
            let ours = |component: &&ComponentAhead<'_>| {
                component.members.iter().flat_map(|member| &member.seats).any(|seat| seats.contains(seat))
            };
            view.components.iter().filter(ours).map(|component| component.value(made, reasoner)).sum()
        };
        self.views.iter().map(value).collect()
    }
}

impl ComponentAhead<'_> {
    fn value(&self, made: &Made, reasoner: Reasoner) -> f64 {
        let mut believed = vec![0.0; self.local.options()];
        for ((at, member), menu) in self.members.numbered().zip(&self.local.menus) {
            if let Some(option) = option(menu, &member.seats, made) {
                believed[self.local.options_of(at).start + option] = 1.0;
            }
        }
        let expected = |(diagram, values): &(&EffectDiagram, SetValues)| {
            NodeDistribution::new(diagram, self.local, &believed).expected(values, reasoner)
        };
        self.continuation_terms.iter().map(expected).sum()
    }
}

/// The option in which the seats make these moves.
fn option(menu: &Arc<Menu>, seats: &[SeatId], made: &Made) -> Option<usize> {
    menu.options
        .iter()
        .position(|option| option.iter().zip(seats).all(|(chosen, &seat)| *chosen == made[seat]))
}
