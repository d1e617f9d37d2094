//! Who learns, and what of: a draw's side of learning, the same for all plays. See [`PlayMemory`] for a play's.
//!
//! A learning actor decides on all its issues at once, whatever components the game falls into, since what it remembers
//! is of all of them: so its seats are in no choice group. Others, of whom it learns, choose component by component; what
//! they did in all their seats is put together from the codes of their decisions.
//!
//! [`PlayMemory`]: super::memory::PlayMemory

use super::actions::Actions;
use super::bits::ConditionBits;
use super::chance::SeatWord;
use super::choice_group::ChoiceGroup;
use super::payments::Payments;
use crate::agents::{Policies, Prospect};
use crate::game::{
    CellId, Component, ComponentId, ComponentKind, Game, LazyTable, Learns, MemberId, StructureId,
};
use crate::scenario::{ActorId, IdVec, Learning, SeatId};

/// The actors that learn, under one draw.
#[derive(Debug)]
pub(crate) struct Learners {
    /// In the scenario's order.
    pub(crate) all: Vec<Learner>,
    /// For each actor, its actions, where it learns or is learnt of.
    pub(crate) actions: IdVec<ActorId, Option<Actions>>,
    /// In each turn, the decisions whose actions are counted.
    pub(crate) counted: Vec<Vec<CountedDecision>>,
    /// What codes of a decision add to the code of all of the actor's seats: a row for each set of seats in which an actor
    /// decides, however many turns it does so in.
    pub(crate) shares: Vec<Vec<usize>>,
    prospects: IdVec<ComponentId, LazyTable<CellId, Prospect>>,
}

/// An actor that learns.
#[derive(Debug)]
pub(crate) struct Learner {
    pub(crate) actor: ActorId,
    pub(crate) word: SeatWord,
    /// Where the bits of its options begin.
    pub(crate) bits: usize,
    pub(crate) kind: LearnerKind,
}

/// What it makes of what it remembers.
#[derive(Debug)]
pub(crate) enum LearnerKind {
    /// A rule, and what each payment is worth to the actor: `worth[payment]`.
    Rule(Learning<f64>, Vec<f64>),
    /// Beliefs: in each turn, the components in which it chooses.
    Beliefs(Vec<Vec<ComponentView>>),
}

/// A component of the game as a learning actor sees it.
#[derive(Debug)]
pub(crate) struct ComponentView {
    pub(crate) component: ComponentId,
    pub(crate) structure: StructureId,
    /// The learner among the component's members.
    pub(crate) member: MemberId,
    /// For each member its actor, and where its seats stand among all of that actor's.
    pub(crate) members: IdVec<MemberId, (ActorId, Vec<usize>)>,
}

/// A decision whose actions are counted.
#[derive(Debug)]
pub(crate) struct CountedDecision {
    pub(crate) actor: ActorId,
    /// Its place among the turn's decisions.
    pub(crate) decision: usize,
    /// Its row in [`Learners::shares`].
    pub(crate) shares: usize,
}

impl Learners {
    /// Those of a game; `None` where nobody learns.
    pub(crate) fn new(
        policies: &Policies<'_>,
        words: &IdVec<SeatId, SeatWord>,
        bits: &mut ConditionBits,
        payments: &Payments,
        groups: &[Vec<ChoiceGroup>],
    ) -> Option<Self> {
        let game = policies.game;
        let plans = &game.blueprint.actors;
        let seated = |actor: ActorId| game.blueprint.seats.iter().any(|seat| seat.actor == actor);
        let actors = plans.ids().filter(|&actor| game.learns(actor) && seated(actor));
        let actors: Vec<ActorId> = actors.collect();
        if actors.is_empty() {
            return None;
        }
        // Who has a learning rule looks at its own payments alone. Actions of others are counted only where somebody
        // learns what to believe of them.
        let watching = actors.iter().any(|&actor| plans[actor].learns == Some(Learns::Beliefs));
        let wanted = |actor: ActorId| seated(actor) && (watching || game.learns(actor));
        let actions: IdVec<ActorId, Option<Actions>> =
            plans.ids().map(|actor| wanted(actor).then(|| Actions::new(game, actor))).collect();
        let learner = |&actor: &ActorId| {
            let seats = actions[actor].as_ref().map_or(&[][..], |actions| &actions.seats);
            let kind = match &policies.numbers.actor(actor).learning {
                Some(rule) => LearnerKind::Rule(*rule, payments.worth_to(actor, policies.numbers)),
                None => LearnerKind::Beliefs(views(game, &actions, actor)),
            };
            Learner { actor, word: words[seats[0]], bits: bits.add_options(game, seats), kind }
        };
        let all: Vec<Learner> = actors.iter().map(learner).collect();
        // Only beliefs weigh what comes after; a rule goes by what was paid.
        let cells = |component: &Component| LazyTable::new(if watching { component.scope.cells } else { 0 });
        let (counted, shares) =
            if watching { counted_decisions(game, groups, &all, &actions) } else { (Vec::new(), Vec::new()) };
        let prospects = game.components().iter().map(cells).collect();
        Some(Self { all, actions, counted, shares, prospects })
    }

    /// What may come after a cell of a component.
    pub(crate) fn prospect(
        &self,
        policies: &Policies<'_>,
        component: ComponentId,
        cell: CellId,
    ) -> &Prospect {
        self.prospects[component].get(cell, || policies.prospect(component, cell))
    }

    /// The actions of an actor that learns or is learnt of.
    pub(crate) fn actions_of(&self, actor: ActorId) -> Option<&Actions> {
        self.actions[actor].as_ref()
    }
}

/// The components in which an actor chooses, turn by turn.
fn views(game: &Game, actions: &IdVec<ActorId, Option<Actions>>, actor: ActorId) -> Vec<Vec<ComponentView>> {
    let view = |(component, member): (ComponentId, MemberId)| {
        let ComponentKind::Turn { structure, .. } = game.components()[component].kind else { return None };
        let places = |member: &crate::game::Member| {
            let places = actions[member.actor].as_ref().map(|actions| actions.places(&member.seats));
            (member.actor, places.unwrap_or_default())
        };
        let members = game.structure(structure).members.iter().map(places).collect();
        Some(ComponentView { component, structure, member, members })
    };
    (0..game.blueprint.turns)
        .map(|turn| game.choices(actor, turn).into_iter().filter_map(view).collect())
        .collect()
}

/// Whose actions are counted in each turn, and what their codes add to the code of all their seats.
fn counted_decisions(
    game: &Game,
    groups: &[Vec<ChoiceGroup>],
    learners: &[Learner],
    actions: &IdVec<ActorId, Option<Actions>>,
) -> (Vec<Vec<CountedDecision>>, Vec<Vec<usize>>) {
    let mut known: Vec<&[SeatId]> = Vec::new();
    let mut shares = Vec::new();
    let mut in_turn = |groups: &'_ Vec<ChoiceGroup>| {
        let mut seen = Vec::new();
        for (component, decision) in
            groups.iter().flat_map(|group| group.decisions.iter().map(|one| (group.component, one)))
        {
            let ComponentKind::Turn { structure, .. } = game.components()[component].kind else { continue };
            let seats = game.structure(structure).members[decision.member].seats.as_slice();
            let Some(of_actor) = &actions[decision.actor] else { continue };
            let row = known.iter().position(|other| *other == seats).unwrap_or_else(|| {
                known.push(seats);
                shares.push(of_actor.shares(seats));
                known.len() - 1
            });
            seen.push(CountedDecision { actor: decision.actor, decision: seen.len(), shares: row });
        }
        seen
    };
    let mut seen: Vec<Vec<CountedDecision>> = groups.iter().map(&mut in_turn).collect();
    // Learners' decisions stand behind all others of a turn, in the order of the learners.
    for learner in learners {
        let Some(of_actor) = &actions[learner.actor] else { continue };
        shares.push(of_actor.shares(&of_actor.seats));
        for seen in &mut seen {
            seen.push(CountedDecision {
                actor: learner.actor,
                decision: seen.len(),
                shares: shares.len() - 1,
            });
        }
    }
    (seen, shares)
}
