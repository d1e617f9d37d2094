//! A turn as exact propagation sees it: who chooses, what is tied together, what is counted.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::clause_diagram::NARROW;
use super::component::{ComponentParts, TransitionComponent};
use super::decisions::{CoupledDecisions, DecisionRef};
use super::error::ExactError;
use super::item::{CountedItem, Paid};
use crate::agents::Policies;
use crate::game::{ActiveEffect, ComponentId, Game, VariableSet, at_levels, in_turn};
use crate::scenario::{Clause, MeasureId, Scenario, SeatId, VariableId};

/// The structure of one turn under one draw. Turns that look alike share one.
#[derive(Debug)]
pub(crate) struct TurnStructure {
    pub(crate) decisions: Vec<DecisionRef>,
    /// What changes the state, in components that are independent once the state is known.
    pub(crate) components: Vec<TransitionComponent>,
    /// What is paid or counted.
    pub(crate) counted: Vec<CountedItem>,
}

/// What tells turns apart: the least turn in which the same conditions of the game hold, which conditions of
/// measures hold, and the decisions' components.
pub(crate) type TurnKey = (usize, Vec<bool>, Vec<ComponentId>);

/// The decisions of a turn (0-based), and what tells it from other turns.
pub(crate) fn key(scenario: &Scenario, game: &Game, turn: usize) -> (TurnKey, Vec<DecisionRef>) {
    let actors = game.blueprint.actors.ids();
    let decisions: Vec<DecisionRef> = actors
        .flat_map(|actor| {
            let choices = game.choices(actor, turn).into_iter();
            choices.map(move |(component, member)| DecisionRef { actor, component, member })
        })
        .collect();
    let components = decisions.iter().map(|decision| decision.component).collect();
    let clauses = scenario.measures.iter().flat_map(|measure| &measure.when.any);
    let dates = clauses.filter_map(|clause| clause.turns.as_ref()).map(|turns| turns.contains(turn));
    ((game.turn_classes[turn], dates.collect(), components), decisions)
}

impl TurnStructure {
    /// The structure of a turn; `excluded`, where given, is a condition under which probability is left out.
    pub(crate) fn new(
        scenario: &Scenario,
        policies: &Policies<'_>,
        turn: usize,
        decisions: Vec<DecisionRef>,
        excluded: Option<&[Clause]>,
    ) -> Result<Self, ExactError> {
        let game = policies.game();
        let components = components(game, policies, turn, &decisions, excluded.unwrap_or(&[]))?;
        let counted = match excluded {
            // Whoever asks for what did not happen has its counts from elsewhere.
            Some(_) => Vec::new(),
            None => counted(scenario, policies, turn, &decisions)?,
        };
        Ok(Self { decisions, components, counted })
    }
}

/// Stages made so far: turns that look alike share one.
#[derive(Default)]
pub(super) struct TurnStructures(FxHashMap<TurnKey, Rc<TurnStructure>>);

impl TurnStructures {
    /// The structure of a turn: see [`TurnStructure::new`]. Whoever asks names the same `excluded` every time.
    pub(super) fn get(
        &mut self,
        scenario: &Scenario,
        policies: &Policies<'_>,
        turn: usize,
        excluded: Option<&[Clause]>,
    ) -> Result<Rc<TurnStructure>, ExactError> {
        let (key, decisions) = key(scenario, policies.game(), turn);
        if let Some(stage) = self.0.get(&key) {
            return Ok(Rc::clone(stage));
        }
        let stage = TurnStructure::new(scenario, policies, turn, decisions, excluded)?;
        let stage = Rc::new(stage);
        self.0.insert(key, Rc::clone(&stage));
        Ok(stage)
    }
}

/// The clauses of a list that can hold in a turn (0-based).
fn active(clauses: &[Clause], turn: usize) -> Vec<Clause> {
    clauses.iter().filter(|clause| in_turn(clause, turn)).cloned().collect()
}

/// The decisions whose moves some clauses name.
fn named(game: &Game, decisions: &[DecisionRef], clauses: &[Clause]) -> Vec<usize> {
    let seats: Vec<SeatId> = clauses.iter().flat_map(|clause| &clause.moves).map(|(seat, _)| *seat).collect();
    let sits = |decision: &DecisionRef| {
        decision.member_of(game).is_some_and(|member| member.seats.iter().any(|seat| seats.contains(seat)))
    };
    (0..decisions.len()).filter(|&at| sits(&decisions[at])).collect()
}

/// The variables that decide which clauses hold and what is chosen.
fn read(game: &Game, decisions: &[DecisionRef], clauses: &[Clause]) -> Vec<VariableId> {
    let levels = clauses.iter().flat_map(|clause| &clause.levels).map(|(v, _)| *v);
    let scopes =
        decisions.iter().flat_map(|decision| game.components()[decision.component].scope.variables.clone());
    levels.chain(scopes).collect()
}

/// Things that are tied together: decisions and variables, through effects.
struct Cluster {
    decisions: Vec<usize>,
    variables: Vec<VariableId>,
    effects: Vec<ActiveEffect>,
    excluded: Vec<Clause>,
}

impl Cluster {
    fn touches(&self, other: &Self, policies: &Policies<'_>, decisions: &[DecisionRef]) -> bool {
        // One mode of an actor's mixture rules all its choices.
        let same_mixture = |a: usize, b: usize| {
            a == b || decisions[a].actor == decisions[b].actor && policies.mixes(decisions[a].actor)
        };
        self.variables.iter().any(|v| other.variables.contains(v))
            || self.decisions.iter().any(|&a| other.decisions.iter().any(|&b| same_mixture(a, b)))
    }

    fn merge(&mut self, other: Self) {
        self.decisions.extend(other.decisions);
        self.variables.extend(other.variables);
        self.effects.extend(other.effects);
        self.excluded.extend(other.excluded);
    }
}

fn components(
    game: &Game,
    policies: &Policies<'_>,
    turn: usize,
    decisions: &[DecisionRef],
    excluded: &[Clause],
) -> Result<Vec<TransitionComponent>, ExactError> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut tie = |mut cluster: Cluster| {
        let mut apart = Vec::new();
        for other in clusters.drain(..) {
            if cluster.touches(&other, policies, decisions) {
                cluster.merge(other);
            } else {
                apart.push(other);
            }
        }
        apart.push(cluster);
        clusters = apart;
    };
    for (effect, plan) in game.blueprint.effects.numbered() {
        let clauses = active(&plan.clauses, turn);
        if clauses.is_empty() || policies.numbers().chance(effect) == 0.0 {
            continue;
        }
        tie(Cluster {
            decisions: named(game, decisions, &clauses),
            variables: plan.changes.iter().map(|(v, _)| *v).collect(),
            effects: vec![ActiveEffect { effect, clauses }],
            excluded: Vec::new(),
        });
    }
    // Each by itself: what is left out for either of two reasons that nothing ties together is what is left out
    // for the first, and of the rest for the second.
    for clause in active(excluded, turn) {
        let decisions = named(game, decisions, std::slice::from_ref(&clause));
        tie(Cluster { decisions, variables: Vec::new(), effects: Vec::new(), excluded: vec![clause] });
    }
    clusters.into_iter().map(|cluster| component(policies, decisions, cluster)).collect()
}

fn component(
    policies: &Policies<'_>,
    decisions: &[DecisionRef],
    mut cluster: Cluster,
) -> Result<TransitionComponent, ExactError> {
    let game = policies.game();
    cluster.decisions.sort_unstable();
    cluster.decisions.dedup();
    cluster.effects.sort_by_key(|active| active.effect);
    let clauses: Vec<Clause> =
        cluster.effects.iter().flat_map(|active| &active.clauses).chain(&cluster.excluded).cloned().collect();
    let own: Vec<DecisionRef> = cluster.decisions.iter().map(|&at| decisions[at]).collect();
    let levels = &game.blueprint.levels;
    let variables = read(game, &own, &clauses).into_iter().chain(cluster.variables.iter().copied());
    let scope = VariableSet::new(variables.collect(), levels);
    let decisions = CoupledDecisions::new(policies, own);
    check(game, &scope, &decisions, &clauses)?;
    let parts = ComponentParts {
        scope,
        written: VariableSet::new(cluster.variables, levels),
        decisions,
        effects: cluster.effects,
        excluded: cluster.excluded,
    };
    Ok(TransitionComponent::new(parts, game))
}

/// So many profiles of options at most are gone through where a state has more conditions than fit a narrow set.
const PROFILES: usize = 1 << 16;

/// The error where there is a state in which more clauses hang together than can be told apart. There may be any number
/// where profiles are few, as there are no more sets of clauses than profiles. O(cells x clauses), where clauses are many.
fn check(
    game: &Game,
    scope: &VariableSet,
    decisions: &CoupledDecisions,
    clauses: &[Clause],
) -> Result<(), ExactError> {
    if clauses.len() <= NARROW {
        return Ok(());
    }
    let mut levels = game.blueprint.lowest();
    for cell in scope.all_cells() {
        scope.write(cell, &mut levels);
        let here = clauses.iter().filter(|clause| at_levels(clause, &levels)).count();
        if here > NARROW {
            let profiles = decisions.profiles(game, &levels);
            if profiles > PROFILES {
                return Err(ExactError::Clauses { clauses: here, limit: NARROW, profiles });
            }
        }
    }
    Ok(())
}

/// What pays or counts in a turn: payoff terms, and measures that are summed over turns.
fn counted(
    scenario: &Scenario,
    policies: &Policies<'_>,
    turn: usize,
    decisions: &[DecisionRef],
) -> Result<Vec<CountedItem>, ExactError> {
    let game = policies.game();
    let terms = game.blueprint.terms.numbered();
    let terms = terms.map(|(at, term)| (Paid::Term(at), active(&term.clauses, turn), term.per));
    let measures = scenario.measures.iter().enumerate().filter(|(_, measure)| !measure.ever);
    let measures = measures.map(|(at, measure)| {
        let clauses = crate::game::fold(scenario, &measure.when, None);
        (Paid::Measure(MeasureId::new(at)), active(&clauses, turn), measure.per)
    });
    terms
        .chain(measures)
        .filter(|(_, clauses, _)| !clauses.is_empty())
        .map(|(paid, clauses, per)| {
            let own: Vec<DecisionRef> =
                named(game, decisions, &clauses).iter().map(|&at| decisions[at]).collect();
            let variables = read(game, &own, &clauses).into_iter().chain(per);
            let scope = VariableSet::new(variables.collect(), &game.blueprint.levels);
            let decisions = CoupledDecisions::new(policies, own);
            check(game, &scope, &decisions, &clauses)?;
            Ok(CountedItem::new(paid, scope, decisions, clauses, per))
        })
        .collect()
}
