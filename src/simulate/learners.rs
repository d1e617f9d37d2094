//! Who learns, and what of: a draw's side of learning, the same for all plays. See [`PlayMemory`] for a play's.
//!
//! A learning actor decides on all its issues at once, whatever components the game falls into: so its seats are
//! none of the groups'.
//!
//! [`PlayMemory`]: super::memory::PlayMemory

use super::accumulators::AccumulatorBlock;
use super::actions::Actions;
use super::bits::ConditionBits;
use super::chance::Address;
use super::choice_group::ChoiceGroup;
use crate::agents::{Policies, Prospect};
use crate::game::{Component, ComponentId, ComponentKind, Game, LazyTable, Learns};
use crate::scenario::{Learning, Numbers};

/// The actors that learn, under one draw.
#[derive(Debug)]
pub(crate) struct Learners {
    /// In the scenario's order.
    pub(crate) all: Vec<Learner>,
    /// For each actor, its actions, where it learns or is learnt of.
    pub(crate) actions: Vec<Option<Actions>>,
    /// In each turn, the decisions whose actions are counted.
    pub(crate) counted: Vec<Vec<CountedDecision>>,
    /// What codes of a decision add to the code of all of the actor's seats.
    pub(crate) shares: Vec<Vec<u32>>,
    /// By component and cell.
    prospects: Vec<LazyTable<Prospect>>,
}

/// An actor that learns.
#[derive(Debug)]
pub(crate) struct Learner {
    pub(crate) actor: usize,
    /// The address of its word.
    pub(crate) word: Address,
    /// Whether that word is one that not every scenario needs.
    pub(crate) optional_stream: bool,
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
    pub(crate) structure: usize,
    /// The learner among the component's members.
    pub(crate) member: usize,
    /// For each member its actor, and where its seats stand among all of that actor's.
    pub(crate) members: Vec<(usize, Vec<usize>)>,
}

/// A decision whose actions are counted.
#[derive(Debug)]
pub(crate) struct CountedDecision {
    pub(crate) actor: usize,
    /// Its place among the turn's decisions.
    pub(crate) decision: usize,
    /// Its row in [`Learners::shares`].
    pub(crate) shares: usize,
}

impl Learners {
    /// Those of a game; `None` where nobody learns. `words` are the addresses of seats' words, `payments` and
    /// `accumulators` as in [`PreparedGame`](super::PreparedGame).
    pub(crate) fn new(
        policies: &Policies<'_>,
        words: &[(Address, bool)],
        bits: &mut ConditionBits,
        (payments, accumulators): (&[AccumulatorBlock], usize),
        groups: &[Vec<ChoiceGroup>],
    ) -> Option<Self> {
        let game = policies.game;
        let plans = &game.blueprint.actors;
        let seated = |actor: usize| game.blueprint.seats.iter().any(|seat| seat.actor == actor);
        let actors = (0..plans.len()).filter(|&actor| game.learns(actor) && seated(actor));
        let actors: Vec<usize> = actors.collect();
        if actors.is_empty() {
            return None;
        }
        let watching = actors.iter().any(|&actor| plans[actor].learns == Some(Learns::Beliefs));
        let wanted = |actor: usize| seated(actor) && (watching || game.learns(actor));
        let actions: Vec<Option<Actions>> =
            (0..plans.len()).map(|actor| wanted(actor).then(|| Actions::new(game, actor))).collect();
        let learner = |&actor: &usize| {
            let seats = actions[actor].as_ref().map_or(&[][..], |actions| &actions.seats);
            let (word, optional) = words[seats[0]];
            let kind = match &policies.numbers.actors[actor].learning {
                Some(rule) => {
                    LearnerKind::Rule(*rule, worth(policies.numbers, payments, accumulators, actor))
                }
                None => LearnerKind::Beliefs(views(game, &actions, actor)),
            };
            Learner { actor, word, optional_stream: optional, bits: bits.add_options(game, seats), kind }
        };
        let all: Vec<Learner> = actors.iter().map(learner).collect();
        let cells = |component: &Component| LazyTable::new(if watching { component.scope.cells } else { 0 });
        let (seen, shares) =
            if watching { counted_decisions(game, groups, &all, &actions) } else { (Vec::new(), Vec::new()) };
        Some(Self {
            all,
            counted: seen,
            shares,
            prospects: game.components().iter().map(cells).collect(),
            actions,
        })
    }

    /// What may come after a cell of a component.
    pub(crate) fn prospect(&self, policies: &Policies<'_>, component: ComponentId, cell: usize) -> &Prospect {
        self.prospects[component].get(cell, || policies.prospect(component, cell))
    }

    /// The actions of an actor that learns or is learnt of.
    pub(crate) fn actions_of(&self, actor: usize) -> Option<&Actions> {
        self.actions[actor].as_ref()
    }
}

/// What each payment is worth to an actor, others' payoffs weighed in.
fn worth(numbers: &Numbers, payments: &[AccumulatorBlock], accumulators: usize, actor: usize) -> Vec<f64> {
    let regard = &numbers.actors[actor].regard;
    let of_row = |row: &[AccumulatorBlock]| {
        let pays = row.as_flattened();
        pays[actor] + regard.iter().zip(pays).map(|(weight, pay)| weight * pay).sum::<f64>()
    };
    payments.chunks_exact(accumulators.max(1)).map(of_row).collect()
}

/// The components in which an actor chooses, turn by turn.
fn views(game: &Game, actions: &[Option<Actions>], actor: usize) -> Vec<Vec<ComponentView>> {
    let view = |(component, member): (ComponentId, usize)| {
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
    actions: &[Option<Actions>],
) -> (Vec<Vec<CountedDecision>>, Vec<Vec<u32>>) {
    let mut known: Vec<&[usize]> = Vec::new();
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
