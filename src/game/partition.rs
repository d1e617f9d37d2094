//! The parts into which the actors' decision problem falls, at one turn and depth of look-ahead.
//!
//! Two seats belong together where a payoff term names both, or where a piece of the continuation depends
//! on moves in both. What is not joined is independent: an actor's expected payoff is a sum over parts,
//! its choice rule factorises, and the continuation is a sum of one small table a part, over the few
//! variables that the part reads.

use super::blueprint::{BeliefPlan, Blueprint, EffectPlan, in_turn};
use super::lattice::Group;
use super::space::Scope;
use crate::scenario::{Clause, Set};

/// The number of a [`Part`] in a game.
pub type PartId = usize;

/// One independent part of the decision problem at some turn and depth of look-ahead, or of what lies
/// beyond the last turn looked at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// What it is worth, and why.
    pub kind: PartKind,
    /// The variables on which its value and the choices in it depend.
    pub scope: Scope,
}

/// The kinds of part.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// A turn is played.
    Turn {
        /// The number of its [`Shape`] in the game.
        shape: usize,
        /// The parts that the shape's pieces stand for.
        pieces: Vec<PartId>,
        /// How many turns are looked at, capped where all that look further are alike.
        depth: usize,
        /// Members that look less far than `depth` turns and are no part of an equilibrium: where it is
        /// played so far ahead, the parts in which they choose for themselves.
        beside: Vec<(usize, PartId)>,
        /// Whether anybody asks for its value; if not, only for the choices in it.
        valued: bool,
    },
    /// What a classification's outcomes pay.
    Outcome {
        /// The classification.
        class: usize,
        /// Only in states that stop the play; elsewhere nothing.
        stopped_only: bool,
    },
    /// What the state pays if it stays as it is, to actors that value the status quo.
    StatusQuo {
        /// The terms that name no move.
        terms: Vec<usize>,
        /// The classifications whose outcomes are paid at the end.
        classes: Vec<usize>,
        /// For each term, whether it can hold in each of the turns left.
        when: Vec<Vec<bool>>,
        /// The turns left.
        left: usize,
        /// The first of these turns (0-based).
        first: usize,
    },
}

/// The structure of a part in which a turn is played; shared by all parts that differ only in what lies
/// behind them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// The variables that it reads.
    pub scope: Scope,
    /// The actors that have seats in it.
    pub members: Vec<Member>,
    /// The payoff terms that can hold in the turn.
    pub terms: Vec<LiveTerm>,
    /// The pieces of the continuation.
    pub pieces: Vec<Piece>,
    /// The turn (0-based) whose conditions hold; the least of those that are alike.
    pub turn: usize,
}

impl Shape {
    /// An actor's place among the members.
    #[must_use]
    pub fn member_of(&self, actor: usize) -> Option<usize> {
        self.members.iter().position(|member| member.actor == actor)
    }
}

/// An actor with its seats in a part.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// The actor.
    pub actor: usize,
    /// Its seats in the part, ascending.
    pub seats: Vec<usize>,
}

impl Member {
    /// Whether an option (a move per seat) is as a clause wants this member's moves.
    #[must_use]
    pub fn satisfies(&self, option: &[Option<usize>], clause: &Clause) -> bool {
        clause.moves.iter().all(|(seat, set)| {
            let mine = self.seats.iter().position(|&s| s == seat.index());
            mine.is_none_or(|at| option[at].is_some_and(|m| set.contains(m)))
        })
    }
}

/// A payoff term as it stands in some turn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LiveTerm {
    /// The term.
    pub term: usize,
    /// Its clauses that can hold in the turn.
    pub clauses: Vec<Clause>,
}

/// A piece of the continuation: a table over some variables, and the effects that write them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Piece {
    /// What the table is over.
    pub scope: Scope,
    /// The effects that can change a variable of the scope in this turn, in file order.
    pub effects: Vec<LiveEffect>,
    /// The scope's variables that effects change, in groups that share no effect.
    pub groups: Vec<Group>,
}

/// An effect as it stands in some turn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LiveEffect {
    /// The effect.
    pub effect: usize,
    /// Its clauses that can hold in the turn.
    pub clauses: Vec<Clause>,
}

impl Piece {
    fn new(scope: &Scope, effects: &[EffectPlan], turn: usize) -> Self {
        let writes = |effect: &EffectPlan| {
            effect.changes.iter().any(|(v, _)| scope.variables.binary_search(v).is_ok())
        };
        let live: Vec<LiveEffect> = effects
            .iter()
            .enumerate()
            .filter(|(_, effect)| writes(effect))
            .map(|(at, effect)| LiveEffect { effect: at, clauses: clauses_in(&effect.clauses, turn) })
            .filter(|live| !live.clauses.is_empty())
            .collect();
        let groups = groups(scope, &live, effects);
        Self { scope: scope.clone(), effects: live, groups }
    }

    pub(super) fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.effects.iter().flat_map(|effect| &effect.clauses)
    }

    /// How many clauses its effects have.
    #[must_use]
    pub fn clause_count(&self) -> usize {
        self.clauses().count()
    }
}

/// The clauses that can hold in a turn (0-based).
fn clauses_in(clauses: &[Clause], turn: usize) -> Vec<Clause> {
    let live = clauses.iter().filter(|clause| in_turn(clause, turn));
    // Turns are settled: clauses that differ only there are the same from here on.
    live.map(|clause| Clause { turns: None, ..clause.clone() }).collect()
}

fn groups(scope: &Scope, live: &[LiveEffect], effects: &[EffectPlan]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, effect) in live.iter().enumerate() {
        let changes = effects[effect.effect].changes.iter().map(|(v, _)| *v);
        let mut merged = Group {
            members: changes.filter(|v| scope.variables.binary_search(v).is_ok()).collect(),
            effects: vec![at],
        };
        groups.retain(|group| {
            let touches = group.members.iter().any(|v| merged.members.contains(v));
            if touches {
                merged.members.extend(&group.members);
                merged.effects.extend(&group.effects);
            }
            !touches
        });
        merged.members.sort_unstable();
        merged.members.dedup();
        merged.effects.sort_unstable();
        groups.push(merged);
    }
    groups.sort_by(|a, b| a.members.cmp(&b.members));
    groups
}

/// Something that joins seats: a payoff term or a piece of the continuation.
struct Item {
    term: Option<LiveTerm>,
    piece: Option<(PartId, Piece)>,
    seats: Vec<usize>,
    variables: Vec<usize>,
}

impl Item {
    fn term(blueprint: &Blueprint, term: usize, turn: usize) -> Option<Self> {
        let clauses = clauses_in(&blueprint.terms[term].clauses, turn);
        if clauses.is_empty() {
            return None;
        }
        let seats = seats_named(clauses.iter());
        let mut variables = variables_named(clauses.iter());
        variables.extend(blueprint.terms[term].per);
        Some(Self { term: Some(LiveTerm { term, clauses }), piece: None, seats, variables })
    }

    fn piece(blueprint: &Blueprint, id: PartId, scope: &Scope, turn: usize) -> Self {
        let piece = Piece::new(scope, &blueprint.effects, turn);
        let seats = seats_named(piece.clauses());
        let mut variables = variables_named(piece.clauses());
        variables.extend(&scope.variables);
        Self { term: None, piece: Some((id, piece)), seats, variables }
    }
}

fn seats_named<'a>(clauses: impl Iterator<Item = &'a Clause>) -> Vec<usize> {
    clauses.flat_map(|clause| clause.moves.iter().map(|(seat, _)| seat.index())).collect()
}

fn variables_named<'a>(clauses: impl Iterator<Item = &'a Clause>) -> Vec<usize> {
    clauses.flat_map(|clause| clause.levels.iter().map(|(v, _)| v.index())).collect()
}

/// A shape with the parts that its pieces stand for.
pub(crate) struct Partitioned {
    pub(crate) shape: Shape,
    pub(crate) pieces: Vec<PartId>,
    /// See [`PartKind::Turn`].
    pub(crate) beside: Vec<(usize, PartId)>,
}

/// Of a seat whose actor chooses elsewhere: the actor, the part in which it does, and that part's variables.
pub(crate) type Beside = (usize, PartId, Vec<usize>);

/// The parts of a turn (0-based) behind which lie the parts `behind`. With `valued`, also the parts in
/// which nobody moves: nobody's choice depends on them, but what a state is worth does.
pub(crate) fn partition(
    blueprint: &Blueprint,
    turn: usize,
    behind: &[(PartId, &Scope)],
    valued: bool,
    stop: &[usize],
    beside: &[Option<Beside>],
) -> Vec<Partitioned> {
    let terms = (0..blueprint.terms.len()).filter_map(|term| Item::term(blueprint, term, turn));
    let pieces = behind.iter().map(|(id, scope)| Item::piece(blueprint, *id, scope, turn));
    let items: Vec<Item> = terms.chain(pieces).collect();
    let labels = label_seats(blueprint.seats.len(), &items);
    let mut drafts: Vec<Draft> = Vec::new();
    for (seat, &label) in labels.iter().enumerate() {
        let draft = draft_of(&mut drafts, label);
        draft.seats.push(seat);
        draft.variables.extend(availability(blueprint, seat, turn));
    }
    let mut passive: Vec<Draft> = Vec::new();
    for item in items {
        let draft = match item.seats.first() {
            Some(&seat) => draft_of(&mut drafts, labels[seat]),
            None if valued => passive_draft(&mut passive, &item.variables),
            None => continue,
        };
        draft.take(item);
    }
    drafts
        .into_iter()
        .chain(passive)
        .map(|draft| draft.finish(blueprint, turn, valued, stop, beside))
        .collect()
}

/// A part in the making.
#[derive(Default)]
struct Draft {
    label: usize,
    seats: Vec<usize>,
    variables: Vec<usize>,
    terms: Vec<LiveTerm>,
    pieces: Vec<(PartId, Piece)>,
}

impl Draft {
    fn take(&mut self, item: Item) {
        self.variables.extend(item.variables);
        self.terms.extend(item.term);
        self.pieces.extend(item.piece);
    }

    fn finish(
        mut self,
        blueprint: &Blueprint,
        turn: usize,
        valued: bool,
        stop: &[usize],
        beside: &[Option<Beside>],
    ) -> Partitioned {
        self.variables.extend(stop);
        let meets =
            |&seat: &usize| blueprint.actors[blueprint.seats[seat].actor].beliefs == BeliefPlan::Equilibrium;
        let mut others = Vec::new();
        // Who is in equilibrium asks what others play where it chooses, and what that is worth to it.
        if valued || self.seats.iter().any(meets) {
            for (actor, part, variables) in self.seats.iter().filter_map(|&seat| beside.get(seat)?.as_ref()) {
                self.variables.extend(variables);
                others.push((*actor, *part));
            }
        }
        let mut members: Vec<Member> = Vec::new();
        for seat in self.seats {
            let actor = blueprint.seats[seat].actor;
            match members.iter_mut().find(|member| member.actor == actor) {
                Some(member) => member.seats.push(seat),
                None => members.push(Member { actor, seats: vec![seat] }),
            }
        }
        let (ids, pieces) = self.pieces.into_iter().unzip();
        let scope = Scope::new(self.variables, &blueprint.levels);
        let place = |actor: usize| members.iter().position(|member: &Member| member.actor == actor);
        let mut others: Vec<(usize, PartId)> =
            others.into_iter().filter_map(|(actor, part)| Some((place(actor)?, part))).collect();
        others.sort_unstable();
        others.dedup();
        Partitioned {
            shape: Shape { scope, members, terms: self.terms, pieces, turn },
            pieces: ids,
            beside: others,
        }
    }
}

fn draft_of(drafts: &mut Vec<Draft>, label: usize) -> &mut Draft {
    let at = drafts.iter().position(|draft| draft.label == label).unwrap_or_else(|| {
        drafts.push(Draft { label, ..Draft::default() });
        drafts.len() - 1
    });
    &mut drafts[at]
}

/// Items without seats share a table where one's variables cover the other's.
fn passive_draft<'a>(passive: &'a mut Vec<Draft>, variables: &[usize]) -> &'a mut Draft {
    let covered = |a: &[usize], b: &[usize]| a.iter().all(|v| b.contains(v));
    let fits = |draft: &Draft| covered(variables, &draft.variables) || covered(&draft.variables, variables);
    let at = passive.iter().position(fits).unwrap_or_else(|| {
        passive.push(Draft::default());
        passive.len() - 1
    });
    &mut passive[at]
}

/// The variables that decide whether a seat is open, and what can be done there.
fn availability(blueprint: &Blueprint, seat: usize, turn: usize) -> Vec<usize> {
    let plan = &blueprint.seats[seat];
    let clauses = plan.open.iter().chain(plan.available.iter().flatten());
    variables_named(clauses.filter(|clause| in_turn(clause, turn)))
}

/// A label for every seat, equal for those that an item joins, however indirectly.
fn label_seats(seats: usize, items: &[Item]) -> Vec<usize> {
    let mut labels: Vec<usize> = (0..seats).collect();
    for item in items {
        if let Some(&first) = item.seats.first() {
            for &seat in &item.seats {
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
    named.dedup();
    let mut seen: rustc_hash::FxHashMap<Vec<bool>, usize> = rustc_hash::FxHashMap::default();
    (0..blueprint.turns)
        .map(|turn| {
            let signature = named.iter().map(|set| set.contains(turn)).collect();
            *seen.entry(signature).or_insert(turn)
        })
        .collect()
}
