//! A turn as exact propagation sees it: who chooses, what is tied together, what is counted.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::component::Component;
use super::forward::ExactError;
use super::item::{Item, Paid};
use super::masks::{Chooser, Choosers};
use super::net::CLAUSES;
use crate::agents::Policies;
use crate::game::{Game, VariableSet, in_turn};
use crate::scenario::{Clause, Scenario};

/// The structure of one turn under one draw. Turns that look alike share one.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) choosers: Vec<Chooser>,
    /// What changes the state, in components that are independent once the state is known.
    pub(crate) components: Vec<Component>,
    /// What is paid or counted.
    pub(crate) items: Vec<Item>,
}

/// What tells turns apart: the least turn in which the same conditions of the game hold, which conditions of
/// measures hold, and the choosers' components.
pub(crate) type StageKey = (usize, Vec<bool>, Vec<usize>);

/// The choosers of a turn (0-based), and what tells it from other turns.
pub(crate) fn key(scenario: &Scenario, game: &Game, turn: usize) -> (StageKey, Vec<Chooser>) {
    let actors = 0..game.blueprint.actors.len();
    let choosers: Vec<Chooser> = actors
        .flat_map(|actor| {
            let choices = game.choices(actor, turn).into_iter();
            choices.map(move |(component, member)| Chooser { actor, component, member })
        })
        .collect();
    let components = choosers.iter().map(|chooser| chooser.component).collect();
    let clauses = scenario.measures.iter().flat_map(|measure| &measure.when.any);
    let dates = clauses.filter_map(|clause| clause.turns.as_ref()).map(|turns| turns.contains(turn));
    ((game.turn_classes[turn], dates.collect(), components), choosers)
}

impl Stage {
    /// The stage of a turn; `absent`, where given, is a condition under which probability is left out.
    pub(crate) fn new(
        scenario: &Scenario,
        policies: &Policies<'_>,
        turn: usize,
        choosers: Vec<Chooser>,
        absent: Option<&[Clause]>,
    ) -> Result<Self, ExactError> {
        let game = policies.game();
        let components = components(game, policies, turn, &choosers, absent.unwrap_or(&[]))?;
        let items = match absent {
            // Whoever asks for what did not happen has its counts from elsewhere.
            Some(_) => Vec::new(),
            None => items(scenario, policies, turn, &choosers)?,
        };
        Ok(Self { choosers, components, items })
    }
}

/// Stages made so far: turns that look alike share one.
#[derive(Default)]
pub(super) struct Stages(FxHashMap<StageKey, Rc<Stage>>);

impl Stages {
    /// The stage of a turn: see [`Stage::new`]. Whoever asks names the same `absent` every time.
    pub(super) fn get(
        &mut self,
        scenario: &Scenario,
        policies: &Policies<'_>,
        turn: usize,
        absent: Option<&[Clause]>,
    ) -> Result<Rc<Stage>, ExactError> {
        let (key, choosers) = key(scenario, policies.game(), turn);
        if let Some(stage) = self.0.get(&key) {
            return Ok(Rc::clone(stage));
        }
        let stage = Stage::new(scenario, policies, turn, choosers, absent)?;
        let stage = Rc::new(stage);
        self.0.insert(key, Rc::clone(&stage));
        Ok(stage)
    }
}

/// The clauses of a list that can hold in a turn (0-based).
fn live(clauses: &[Clause], turn: usize) -> Vec<Clause> {
    clauses.iter().filter(|clause| in_turn(clause, turn)).cloned().collect()
}

/// The choosers whose moves some clauses name.
fn named(game: &Game, choosers: &[Chooser], clauses: &[Clause]) -> Vec<usize> {
    let seats: Vec<usize> =
        clauses.iter().flat_map(|clause| &clause.moves).map(|(seat, _)| seat.index()).collect();
    let sits = |chooser: &Chooser| {
        chooser.member_of(game).is_some_and(|member| member.seats.iter().any(|seat| seats.contains(seat)))
    };
    (0..choosers.len()).filter(|&at| sits(&choosers[at])).collect()
}

/// The variables that decide which clauses hold and how choosers choose.
fn read(game: &Game, choosers: &[Chooser], clauses: &[Clause]) -> Vec<usize> {
    let levels = clauses.iter().flat_map(|clause| &clause.levels).map(|(v, _)| v.index());
    let scopes =
        choosers.iter().flat_map(|chooser| game.components()[chooser.component].scope.variables.clone());
    levels.chain(scopes).collect()
}

/// Things that are tied together: choosers and variables, through effects.
struct Knot {
    choosers: Vec<usize>,
    variables: Vec<usize>,
    effects: Vec<(usize, Vec<Clause>)>,
    absent: Vec<Clause>,
}

impl Knot {
    fn touches(&self, other: &Self, policies: &Policies<'_>, choosers: &[Chooser]) -> bool {
        // One mode of an actor's mixture rules all its choices.
        let same_mixture = |a: usize, b: usize| {
            a == b || choosers[a].actor == choosers[b].actor && policies.mixes(choosers[a].actor)
        };
        self.variables.iter().any(|v| other.variables.contains(v))
            || self.choosers.iter().any(|&a| other.choosers.iter().any(|&b| same_mixture(a, b)))
    }

    fn take(&mut self, other: Self) {
        self.choosers.extend(other.choosers);
        self.variables.extend(other.variables);
        self.effects.extend(other.effects);
        self.absent.extend(other.absent);
    }
}

fn components(
    game: &Game,
    policies: &Policies<'_>,
    turn: usize,
    choosers: &[Chooser],
    absent: &[Clause],
) -> Result<Vec<Component>, ExactError> {
    let mut knots: Vec<Knot> = Vec::new();
    let mut tie = |mut knot: Knot| {
        let mut apart = Vec::new();
        for other in knots.drain(..) {
            if knot.touches(&other, policies, choosers) { knot.take(other) } else { apart.push(other) }
        }
        apart.push(knot);
        knots = apart;
    };
    for (effect, plan) in game.blueprint.effects.iter().enumerate() {
        let clauses = live(&plan.clauses, turn);
        if clauses.is_empty() || policies.numbers().chances[effect] == 0.0 {
            continue;
        }
        tie(Knot {
            choosers: named(game, choosers, &clauses),
            variables: plan.changes.iter().map(|(v, _)| *v).collect(),
            effects: vec![(effect, clauses)],
            absent: Vec::new(),
        });
    }
    // Each by itself: what is left out for either of two reasons that nothing ties together is what is left out
    // for the first, and of the rest for the second.
    for clause in live(absent, turn) {
        let choosers = named(game, choosers, std::slice::from_ref(&clause));
        tie(Knot { choosers, variables: Vec::new(), effects: Vec::new(), absent: vec![clause] });
    }
    knots.into_iter().map(|knot| component(policies, choosers, knot)).collect()
}

fn component(policies: &Policies<'_>, choosers: &[Chooser], mut knot: Knot) -> Result<Component, ExactError> {
    let game = policies.game();
    knot.choosers.sort_unstable();
    knot.choosers.dedup();
    knot.effects.sort_by_key(|(effect, _)| *effect);
    let clauses: Vec<Clause> =
        knot.effects.iter().flat_map(|(_, clauses)| clauses).chain(&knot.absent).cloned().collect();
    check(clauses.len())?;
    let own: Vec<Chooser> = knot.choosers.iter().map(|&at| choosers[at]).collect();
    let levels = &game.blueprint.levels;
    let variables = read(game, &own, &clauses).into_iter().chain(knot.variables.iter().copied());
    Ok(Component::new(
        VariableSet::new(variables.collect(), levels),
        VariableSet::new(knot.variables, levels),
        Choosers::new(policies, own),
        knot.effects,
        knot.absent,
        game,
    ))
}

/// The error where more clauses hang together than can be told apart.
fn check(clauses: usize) -> Result<(), ExactError> {
    if clauses > CLAUSES { Err(ExactError::Clauses { clauses, limit: CLAUSES }) } else { Ok(()) }
}

/// What pays or counts in a turn: payoff terms, and measures that are summed over turns.
fn items(
    scenario: &Scenario,
    policies: &Policies<'_>,
    turn: usize,
    choosers: &[Chooser],
) -> Result<Vec<Item>, ExactError> {
    let game = policies.game();
    let terms = game.blueprint.terms.iter().enumerate();
    let terms = terms.map(|(at, term)| (Paid::Term(at), live(&term.clauses, turn), term.per));
    let measures = scenario.measures.iter().enumerate().filter(|(_, measure)| !measure.ever);
    let measures = measures.map(|(at, measure)| {
        let clauses = crate::game::fold(scenario, &measure.when, None);
        (Paid::Measure(at), live(&clauses, turn), measure.per.map(crate::scenario::VariableId::index))
    });
    terms
        .chain(measures)
        .filter(|(_, clauses, _)| !clauses.is_empty())
        .map(|(paid, clauses, per)| {
            check(clauses.len())?;
            let own: Vec<Chooser> = named(game, choosers, &clauses).iter().map(|&at| choosers[at]).collect();
            let variables = read(game, &own, &clauses).into_iter().chain(per);
            let scope = VariableSet::new(variables.collect(), &game.blueprint.levels);
            Ok(Item::new(paid, scope, Choosers::new(policies, own), clauses, per))
        })
        .collect()
}
