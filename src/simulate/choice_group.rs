//! Who chooses what in a turn, as far as the game decides that: the same for all plays.

use super::bits::ConditionBits;
use super::chance::SeatWord;
use super::cumulative_rows::RowPosition;
use super::learners::Learner;
use crate::agents::Policies;
use crate::game::{ComponentId, ComponentKind, Game, Member, MemberId, StructureId};
use crate::scenario::{ActorId, IdVec, SeatId};

/// Who chooses in one component of the game, in one turn.
#[derive(Clone, Debug)]
pub(crate) struct ChoiceGroup {
    pub(crate) component: ComponentId,
    /// The group of variables that the component's cells number too, if one does.
    pub(crate) variable_group: Option<usize>,
    pub(crate) decisions: Vec<Decision>,
}

/// An actor's choice in one component of the game, in one turn.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) actor: ActorId,
    pub(crate) member: MemberId,
    /// Its rows among the component's.
    pub(crate) rows: RowPosition,
    pub(crate) word: SeatWord,
    /// Where the bits of its options begin.
    pub(crate) bits: usize,
}

/// Who chooses in each turn: those who choose in one component of the game together, so that its row is looked up
/// once. Who learns is in none of them.
pub(crate) fn choice_groups(
    policies: &Policies<'_>,
    words: &IdVec<SeatId, SeatWord>,
    bits: &mut ConditionBits,
) -> Vec<Vec<ChoiceGroup>> {
    let game = policies.game;
    // The same member chooses in many turns, by the same bits.
    let mut known: Vec<((StructureId, MemberId), usize)> = Vec::new();
    let mut decision = |structure: StructureId, member: MemberId| {
        let Member { actor, seats } = &game.structure(structure).members[member];
        let at = known.iter().find(|(key, _)| *key == (structure, member)).map(|(_, at)| *at);
        let bits = at.unwrap_or_else(|| {
            let at = bits.add_options(game, seats);
            known.push(((structure, member), at));
            at
        });
        let rows = row_positions(policies, structure)[member];
        Decision { actor: *actor, member, rows, word: words[seats[0]], bits }
    };
    let mut in_turn = |turn: usize| {
        let actors = game.blueprint.actors.ids().filter(|&actor| !game.learns(actor));
        let mut choices: Vec<(ComponentId, MemberId)> =
            actors.flat_map(|actor| game.choices(actor, turn)).collect();
        choices.sort_unstable();
        let mut groups: Vec<ChoiceGroup> = Vec::new();
        for (component, member) in choices {
            let ComponentKind::Turn { structure, .. } = game.components()[component].kind else { continue };
            let decision = decision(structure, member);
            match groups.last_mut() {
                Some(group) if group.component == component => group.decisions.push(decision),
                _ => groups.push(ChoiceGroup { component, variable_group: None, decisions: vec![decision] }),
            }
        }
        groups
    };
    let mut turns: Vec<Vec<ChoiceGroup>> = (0..game.blueprint.turns).map(&mut in_turn).collect();
    turns.iter_mut().flatten().for_each(|group| group.find_variable_group(game, bits));
    turns
}

impl ChoiceGroup {
    fn find_variable_group(&mut self, game: &Game, bits: &ConditionBits) {
        let scope = &game.components()[self.component].scope;
        self.variable_group = bits.scopes.iter().position(|of_group| of_group == scope);
    }
}

/// Where the rows of a structure's members stand.
pub(crate) fn row_positions(policies: &Policies<'_>, structure: StructureId) -> IdVec<MemberId, RowPosition> {
    let game = policies.game;
    let members = game.structure(structure).members.iter().map(|member| {
        let moves = member.seats.iter().map(|&seat| game.blueprint.seats[seat].moves);
        (moves.product(), policies.modes_of(member.actor))
    });
    RowPosition::all(members).into()
}

/// The seats of each decision of each turn, learners last.
pub(crate) fn seats_of(
    game: &Game,
    groups: &[Vec<ChoiceGroup>],
    learners: &[Learner],
) -> Vec<Vec<Vec<SeatId>>> {
    let of_actor = |actor: ActorId| {
        let seats = game.blueprint.seats.numbered();
        seats.filter(|(_, seat)| seat.actor == actor).map(|(seat, _)| seat).collect()
    };
    let of_member = |component: ComponentId, member: MemberId| match game.components()[component].kind {
        ComponentKind::Turn { structure, .. } => game.structure(structure).members[member].seats.clone(),
        _ => Vec::new(),
    };
    let in_turn = |row: &Vec<ChoiceGroup>| {
        let decisions =
            row.iter().flat_map(|group| group.decisions.iter().map(|one| (group.component, one.member)));
        let seats = decisions.map(|(component, member)| of_member(component, member));
        seats.chain(learners.iter().map(|learner| of_actor(learner.actor))).collect()
    };
    groups.iter().map(in_turn).collect()
}
