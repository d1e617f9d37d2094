//! The components into which the actors' decision problem falls, at one turn and depth of look-ahead.
//!
//! Takes a [`Blueprint`] and the components of the turn after, and gives out those of a turn. Knows no amounts
//! and no chances: structure only, so that it is done once for all draws.
//!
//! Two seats belong together where a payoff term names both, or where a continuation term depends
//! on moves in both. What is not joined is independent: an actor's expected payoff is a sum over components,
//! its choice rule factorises, and the continuation is a sum of one small table a component, over the few
//! variables that the component reads. This is what keeps games with many variables small: a table has as many
//! entries as a component's variables have assignments, not as many as there are states.

use super::blueprint::{BeliefPlan, Blueprint, EffectPlan, in_turn};
use super::component::{
    ActiveEffect, ActiveTerm, ChangeGroup, ComponentStructure, ContinuationTerm, Member, ShorterHorizon,
};
use super::ids::{ComponentId, MemberId};
use super::variable_set::VariableSet;
use crate::scenario::{ActorId, Clause, EffectId, IdVec, SeatId, Set, TermId, VariableId};

impl ContinuationTerm {
    fn new(scope: &VariableSet, effects: &IdVec<EffectId, EffectPlan>, turn: usize) -> Self {
        let writes = |effect: &EffectPlan| {
            effect.changes.iter().any(|(v, _)| scope.variables.binary_search(v).is_ok())
        };
        let active: Vec<ActiveEffect> = effects
            .numbered()
            .filter(|(_, effect)| writes(effect))
            .map(|(at, effect)| ActiveEffect { effect: at, clauses: clauses_in(&effect.clauses, turn) })
            .filter(|active| !active.clauses.is_empty())
            .collect();
        let groups = groups(scope, &active, effects);
        Self { scope: scope.clone(), effects: active, groups }
    }
}

/// The clauses that can hold in a turn (0-based).
fn clauses_in(clauses: &[Clause], turn: usize) -> Vec<Clause> {
    let active = clauses.iter().filter(|clause| in_turn(clause, turn));
    // Turns are settled: clauses that differ only there are the same from here on.
    active.map(|clause| Clause { turns: None, ..clause.clone() }).collect()
}

/// The variables of a scope that active effects change, in groups that share no effect. Where one group ends up
/// is independent of where another does, once it is known which effects hold.
fn groups(
    scope: &VariableSet,
    active: &[ActiveEffect],
    effects: &IdVec<EffectId, EffectPlan>,
) -> Vec<ChangeGroup> {
    let mut groups: Vec<ChangeGroup> = Vec::new();
    for (at, effect) in active.iter().enumerate() {
        let changes = effects[effect.effect].changes.iter().map(|(v, _)| *v);
        let mut merged = ChangeGroup {
            variables: changes.filter(|v| scope.variables.binary_search(v).is_ok()).collect(),
            effects: vec![at],
        };
        groups.retain(|group| {
            let touches = group.variables.iter().any(|v| merged.variables.contains(v));
            if touches {
                merged.variables.extend(&group.variables);
                merged.effects.extend(&group.effects);
            }
            !touches
        });
        merged.variables.sort_unstable();
        merged.variables.dedup();
        // Effects apply in file order, each to what those before it left.
        merged.effects.sort_unstable();
        groups.push(merged);
    }
    groups.sort_by(|a, b| a.variables.cmp(&b.variables));
    groups
}

/// Something that joins seats: a payoff term or a continuation term.
struct Coupling {
    term: Option<ActiveTerm>,
    continuation_term: Option<(ComponentId, ContinuationTerm)>,
    seats: Vec<SeatId>,
    variables: Vec<VariableId>,
}

impl Coupling {
    fn term(blueprint: &Blueprint, term: TermId, turn: usize) -> Option<Self> {
        let clauses = clauses_in(&blueprint.terms[term].clauses, turn);
        if clauses.is_empty() {
            return None;
        }
        let seats = seats_named(clauses.iter());
        let mut variables = variables_named(clauses.iter());
        variables.extend(blueprint.terms[term].per);
        Some(Self { term: Some(ActiveTerm { term, clauses }), continuation_term: None, seats, variables })
    }

    fn continuation_term(blueprint: &Blueprint, id: ComponentId, scope: &VariableSet, turn: usize) -> Self {
        let continuation_term = ContinuationTerm::new(scope, &blueprint.effects, turn);
        let seats = seats_named(continuation_term.clauses());
        let mut variables = variables_named(continuation_term.clauses());
        variables.extend(&scope.variables);
        Self { term: None, continuation_term: Some((id, continuation_term)), seats, variables }
    }
}

fn seats_named<'a>(clauses: impl Iterator<Item = &'a Clause>) -> Vec<SeatId> {
    clauses.flat_map(|clause| clause.moves.iter().map(|(seat, _)| *seat)).collect()
}

fn variables_named<'a>(clauses: impl Iterator<Item = &'a Clause>) -> Vec<VariableId> {
    clauses.flat_map(|clause| clause.levels.iter().map(|(v, _)| *v)).collect()
}

/// A structure with the components that its continuation terms stand for.
pub(crate) struct Partitioned {
    pub(crate) structure: ComponentStructure,
    pub(crate) continuation_terms: Vec<ComponentId>,
    /// See [`ComponentKind::Turn`](super::ComponentKind::Turn).
    pub(crate) shorter_horizons: Vec<ShorterHorizon>,
}

/// Of a seat whose actor chooses in a component of a shorter horizon: where it does, and what that depends on.
pub(crate) struct SeatElsewhere {
    pub(crate) actor: ActorId,
    pub(crate) component: ComponentId,
    /// The variables that the component reads.
    pub(crate) variables: Vec<VariableId>,
}

/// A turn that is to be cut into components.
pub(crate) struct TurnLayer<'a> {
    pub(crate) blueprint: &'a Blueprint,
    /// 0-based; the least of the turns in which the same conditions on the turn hold.
    pub(crate) turn: usize,
    /// The components behind the turn, with the variables that they read.
    pub(crate) behind: &'a [(ComponentId, &'a VariableSet)],
    /// Whether the components in which nobody moves are wanted too: nobody's choice depends on them, but what a
    /// state is worth does.
    pub(crate) valued: bool,
    /// The variables that decide whether a play stops.
    pub(crate) stop: &'a [VariableId],
    /// Empty where no horizon is shorter.
    pub(crate) elsewhere: &'a IdVec<SeatId, Option<SeatElsewhere>>,
}

/// The components of a turn.
pub(crate) fn partition(layer: &TurnLayer<'_>) -> Vec<Partitioned> {
    let &TurnLayer { blueprint, turn, valued, .. } = layer;
    let terms = blueprint.terms.ids().filter_map(|term| Coupling::term(blueprint, term, turn));
    let continuation_terms =
        layer.behind.iter().map(|(id, scope)| Coupling::continuation_term(blueprint, *id, scope, turn));
    let couplings: Vec<Coupling> = terms.chain(continuation_terms).collect();
    // Every seat is in some component, also one that nothing couples: its actor still chooses there.
    let labels = label_seats(blueprint.seats.len(), &couplings);
    let mut drafts: Vec<ComponentDraft> = Vec::new();
    for (seat, &label) in labels.numbered() {
        let draft = draft_of(&mut drafts, label);
        draft.seats.push(seat);
        draft.variables.extend(availability(blueprint, seat, turn));
    }
    let mut passive: Vec<ComponentDraft> = Vec::new();
    for coupling in couplings {
        let draft = match coupling.seats.first() {
            // All its seats bear one label by now, so any of them finds the component.
            Some(&seat) => draft_of(&mut drafts, labels[seat]),
            None if valued => passive_draft(&mut passive, &coupling.variables),
            None => continue,
        };
        draft.take(coupling);
    }
    drafts.into_iter().chain(passive).map(|draft| draft.finish(layer)).collect()
}

/// A component in the making.
#[derive(Default)]
struct ComponentDraft {
    label: usize,
    seats: Vec<SeatId>,
    variables: Vec<VariableId>,
    terms: Vec<ActiveTerm>,
    continuation_terms: Vec<(ComponentId, ContinuationTerm)>,
}

impl ComponentDraft {
    fn take(&mut self, coupling: Coupling) {
        self.variables.extend(coupling.variables);
        self.terms.extend(coupling.term);
        self.continuation_terms.extend(coupling.continuation_term);
    }

    fn finish(mut self, layer: &TurnLayer<'_>) -> Partitioned {
        let &TurnLayer { blueprint, turn, .. } = layer;
        // A state that stops the play is worth what its outcomes pay, and nobody chooses in it, so every
        // component has to know whether it does.
        self.variables.extend(layer.stop);
        let elsewhere = self.elsewhere(layer);
        let mut members: IdVec<MemberId, Member> = IdVec::new();
        for seat in self.seats {
            let actor = blueprint.seats[seat].actor;
            match members.iter_mut().find(|member| member.actor == actor) {
                Some(member) => member.seats.push(seat),
                None => {
                    members.push(Member { actor, seats: vec![seat] });
                }
            }
        }
        let (ids, continuation_terms) = self.continuation_terms.into_iter().unzip();
        let scope = VariableSet::new(self.variables, &blueprint.levels);
        let place = |actor: ActorId| members.position(|member: &Member| member.actor == actor);
        let shorter = |(actor, component)| Some(ShorterHorizon { member: place(actor)?, component });
        let mut shorter_horizons: Vec<ShorterHorizon> = elsewhere.into_iter().filter_map(shorter).collect();
        // In one order, and each once: components that are equal must compare equal.
        shorter_horizons.sort_unstable();
        shorter_horizons.dedup();
        Partitioned {
            structure: ComponentStructure { scope, members, terms: self.terms, continuation_terms, turn },
            continuation_terms: ids,
            shorter_horizons,
        }
    }

    /// Actors with a seat here that choose in components of a shorter horizon, and those components. Who is in
    /// equilibrium asks what others play where it chooses, and what that is worth to it, so what their choices
    /// depend on is read here too.
    fn elsewhere(&mut self, layer: &TurnLayer<'_>) -> Vec<(ActorId, ComponentId)> {
        let blueprint = layer.blueprint;
        let in_equilibrium =
            |&seat: &SeatId| blueprint.actors[blueprint.seats[seat].actor].beliefs == BeliefPlan::Equilibrium;
        if !layer.valued && !self.seats.iter().any(in_equilibrium) {
            return Vec::new();
        }
        let seats = self.seats.iter().filter_map(|&seat| layer.elsewhere.get(seat)?.as_ref());
        let mut elsewhere = Vec::new();
        for seat in seats {
            self.variables.extend(&seat.variables);
            elsewhere.push((seat.actor, seat.component));
        }
        elsewhere
    }
}

fn draft_of(drafts: &mut Vec<ComponentDraft>, label: usize) -> &mut ComponentDraft {
    let at = drafts.iter().position(|draft| draft.label == label).unwrap_or_else(|| {
        drafts.push(ComponentDraft { label, ..ComponentDraft::default() });
        drafts.len() - 1
    });
    &mut drafts[at]
}

/// Couplings without seats share a table where one's variables cover the other's: the larger table has to be
/// made anyway, and a sum of two tables over it is one table.
fn passive_draft<'a>(
    passive: &'a mut Vec<ComponentDraft>,
    variables: &[VariableId],
) -> &'a mut ComponentDraft {
    let covered = |a: &[VariableId], b: &[VariableId]| a.iter().all(|v| b.contains(v));
    let fits =
        |draft: &ComponentDraft| covered(variables, &draft.variables) || covered(&draft.variables, variables);
    let at = passive.iter().position(fits).unwrap_or_else(|| {
        passive.push(ComponentDraft::default());
        passive.len() - 1
    });
    &mut passive[at]
}

/// The variables that decide whether a seat is open, and what can be done there.
fn availability(blueprint: &Blueprint, seat: SeatId, turn: usize) -> Vec<VariableId> {
    let plan = &blueprint.seats[seat];
    let clauses = plan.open.iter().chain(plan.available.iter().flatten());
    variables_named(clauses.filter(|clause| in_turn(clause, turn)))
}

/// A label for every seat, equal for those that a coupling joins, however indirectly: connected components by
/// relabelling, for seats are few.
fn label_seats(seats: usize, couplings: &[Coupling]) -> IdVec<SeatId, usize> {
    let mut labels: IdVec<SeatId, usize> = (0..seats).collect();
    for coupling in couplings {
        if let Some(&first) = coupling.seats.first() {
            for &seat in &coupling.seats {
                let (from, to) = (labels[seat], labels[first]);
                labels.iter_mut().filter(|label| **label == from).for_each(|label| *label = to);
            }
        }
    }
    labels
}

/// A number for every turn, equal for turns in which the same conditions on the turn hold: the least of
/// the turns alike.
pub(crate) fn turn_classes(blueprint: &Blueprint) -> Vec<usize> {
    let seats = blueprint.seats.iter().flat_map(|s| s.open.iter().chain(s.available.iter().flatten()));
    let terms = blueprint.terms.iter().flat_map(|t| &t.clauses);
    let effects = blueprint.effects.iter().flat_map(|e| &e.clauses);
    let mut named: Vec<&Set> = seats.chain(terms).chain(effects).filter_map(|c| c.turns.as_ref()).collect();
    // Neighbours are often the same condition; any that are left twice cost time, not truth.
    named.dedup();
    let mut seen: rustc_hash::FxHashMap<Vec<bool>, usize> = rustc_hash::FxHashMap::default();
    (0..blueprint.turns)
        .map(|turn| {
            let signature = named.iter().map(|set| set.contains(turn)).collect();
            *seen.entry(signature).or_insert(turn)
        })
        .collect()
}
