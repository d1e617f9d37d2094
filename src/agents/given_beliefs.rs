//! What options are worth to an actor whose beliefs of the others come from elsewhere: from what it has seen in a
//! play.

use super::continuation::{Contribution, NodeDistribution, SetValues, contribution};
use super::draw_numbers::MenuProbabilities;
use super::expectation::{Amounts, Expectation, chances};
use super::policies::Policies;
use super::reasoning::Reasoner;
use crate::game::{CellId, ComponentId, ComponentKind, MemberId, Menu};
use crate::scenario::{ActorId, IdVec, SeatId};

/// What may come after a local state of a component that looks one turn ahead. Nobody's beliefs are in it, so it is
/// the same in all plays.
#[derive(Debug)]
pub(crate) struct Prospect {
    component: ComponentId,
    cell: CellId,
    /// By continuation term: see [`super::continuation::Continuation::values_of_sets`].
    continuation_values: Vec<SetValues>,
}

impl Policies<'_> {
    /// What may come after a cell of a component.
    pub(crate) fn prospect(&self, component: ComponentId, cell: CellId) -> Prospect {
        let ComponentKind::Turn { structure, continuation_terms, .. } =
            &self.game.components()[component].kind
        else {
            return Prospect { component, cell, continuation_values: Vec::new() };
        };
        let local = self.game.local_state(*structure, cell);
        Prospect { component, cell, continuation_values: self.values_after(local, continuation_terms) }
    }

    /// What each option of a member of a component is worth to it, where it believes this of the others:
    /// `believed[option]`, all members' options in a row. What comes to it whatever it does is left out.
    pub(crate) fn values(&self, prospect: &Prospect, member: MemberId, believed: &[f64]) -> Vec<f64> {
        let ComponentKind::Turn { structure, .. } = &self.game.components()[prospect.component].kind else {
            return Vec::new();
        };
        let local = self.game.local_state(*structure, prospect.cell);
        let structure = self.game.structure(*structure);
        let actor = structure.members[member].actor;
        let mut subset_chances = vec![0.0; local.subsets.len()];
        chances(local, believed, &mut subset_chances);
        let mut values = vec![0.0; local.options()];
        let mut reasons = IdVec::filled(false, self.game.blueprint.actors.len());
        reasons[actor] = true;
        let amounts = Amounts {
            pays: &self.weighted.pays,
            actors: self.game.blueprint.actors.len(),
            per: &self.weighted.per,
        };
        Expectation { local, amounts, chances: &subset_chances }.add_to_options(&reasons, &mut values);
        let mut values = values[local.options_of(member)].to_vec();
        let Some(reasoner) = self.own_reasoner(actor) else { return values };
        for (diagram, continuation_values) in local.diagrams.iter().zip(&prospect.continuation_values) {
            let nodes = NodeDistribution::new(diagram, local, believed);
            if let Contribution::ByClass(stage, by_class) =
                contribution(&nodes, continuation_values, reasoner, Some(member))
            {
                for (value, class) in values.iter_mut().zip(&diagram.shape.stages[stage].class_of) {
                    *value += by_class[*class as usize];
                }
            }
        }
        values
    }

    /// The reasoner whose play is an actor's own.
    pub(crate) fn own_reasoner(&self, actor: ActorId) -> Option<Reasoner> {
        let (number, _) = self.reasoning.plays[actor].first()?;
        self.reasoning.level(1, *number)?.reasoners.iter().find(|reasoner| reasoner.actor == actor).copied()
    }

    /// The numbers of the menu of all of an actor's seats.
    pub(crate) fn numbers_of(&self, menu: &Menu, seats: &[SeatId]) -> MenuProbabilities {
        MenuProbabilities::new(self.game, self.numbers, menu, seats)
    }
}
