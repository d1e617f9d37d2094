//! The forward pass: from the start, turn by turn, to the distribution of everything.

use std::ops::Range;

use rayon::prelude::*;

use super::filter::BeliefState;
use super::item::Paid;
use super::result::{Distribution, SeatShares};
use super::resume::PropagationState;
use super::turn_structure::{TurnStructure, TurnStructures};
use crate::agents::Policies;
use crate::game::{ComponentKind, VariableSet};
use crate::scenario::{Clause, Scenario};

/// Why a distribution cannot be propagated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExactError {
    /// There are too many states to hold a probability for each.
    #[error(
        "the scenario has {states} states, more than the {limit} whose probabilities are carried forward exactly"
    )]
    States {
        /// How many there are.
        states: usize,
        /// How many there may be.
        limit: usize,
    },
    /// Somebody learns.
    #[error(
        "`{actor}` learns from what has been done so far in a play, so what it does next depends on more than the \
         state and the turn, and cannot be carried forward exactly"
    )]
    Learning {
        /// The first who does.
        actor: String,
    },
    /// Too many conditions hang together.
    #[error(
        "{clauses} conditions of effects and choices hang together in one turn, more than the {limit} that are taken apart exactly"
    )]
    Clauses {
        /// How many conditions.
        clauses: usize,
        /// How many there may be.
        limit: usize,
    },
    /// It was asked to stop.
    #[error("stopped")]
    Stopped,
}

/// As many states as probabilities are held for: some hundred megabytes.
const STATES: usize = 1 << 22;

/// States are cut into so many ranges, whatever the number of threads, so that sums do not depend on it.
const RANGES: usize = 8;

/// How the distribution is propagated.
#[derive(Clone, Copy)]
pub struct Propagation<'a> {
    /// States less likely than this after a turn are dropped; 0 drops none.
    pub tolerance: f64,
    /// Asked after each turn, with the turns done and those in all: whether to go on.
    pub go_on: &'a (dyn Fn(usize, usize) -> bool + Sync),
}

/// The distribution; `counts`: with what is done and paid; `defined`: those of the scenario's measures that are
/// wanted.
pub(super) fn propagated(
    scenario: &Scenario,
    policies: &Policies<'_>,
    how: Propagation<'_>,
    counts: bool,
    defined: &[usize],
    filtered: Option<&BeliefState>,
) -> Result<Distribution, ExactError> {
    let forward = Propagator::new(scenario, policies, how)?;
    let mut found = Distribution { measures: vec![0.0; scenario.measures.len()], ..Distribution::default() };
    forward.everything(counts, filtered, &mut found)?;
    for (at, measure) in scenario.measures.iter().enumerate().filter(|(at, _)| defined.contains(at)) {
        if measure.ever {
            let clauses = crate::game::fold(scenario, &measure.when, None);
            found.measures[at] = if clauses.is_empty() { 0.0 } else { forward.ever(filtered, &clauses)? };
        }
    }
    Ok(found)
}

/// Whether probabilities of all states can be carried forward.
pub(super) fn check(scenario: &Scenario, states: &VariableSet) -> Result<(), ExactError> {
    if let Some(learner) = scenario.learners().first() {
        return Err(ExactError::Learning { actor: scenario.actors[learner.index()].id.clone() });
    }
    if states.cells > STATES {
        return Err(ExactError::States { states: states.cells, limit: STATES });
    }
    Ok(())
}

pub(super) struct Propagator<'a> {
    scenario: &'a Scenario,
    pub(super) policies: &'a Policies<'a>,
    how: Propagation<'a>,
    pub(super) states: &'a VariableSet,
    pub(super) turns: usize,
    /// Whether plays stop in each state; empty where they never do.
    pub(super) stops: Vec<bool>,
    /// `outcomes[class][state]`
    pub(super) outcomes: Vec<Vec<u16>>,
}

impl<'a> Propagator<'a> {
    pub(super) fn new(
        scenario: &'a Scenario,
        policies: &'a Policies<'a>,
        how: Propagation<'a>,
    ) -> Result<Self, ExactError> {
        let game = policies.game();
        let states = &game.states;
        check(scenario, states)?;
        let classes = &game.blueprint.classes;
        let can_end = classes.iter().any(|class| class.outcomes.iter().any(|outcome| outcome.ends));
        let of_state = |state: usize| {
            let mut levels = vec![0; game.blueprint.levels.len()];
            states.write(state, &mut levels);
            levels
        };
        let outcome = |class: &crate::game::ClassPlan, state: usize| {
            u16::try_from(class.outcome(&of_state(state))).unwrap_or(u16::MAX)
        };
        Ok(Self {
            scenario,
            policies,
            how,
            states,
            turns: game.blueprint.turns,
            stops: (0..if can_end { states.cells } else { 0 })
                .into_par_iter()
                .map(|state| game.blueprint.stops(&of_state(state)))
                .collect(),
            outcomes: classes
                .iter()
                .map(|class| (0..states.cells).into_par_iter().map(|state| outcome(class, state)).collect())
                .collect(),
        })
    }

    /// The probabilities of the states in which plays start.
    pub(super) fn start(&self) -> Vec<f64> {
        let mut start = vec![0.0; self.states.cells];
        let mut reached = vec![(0, 1.0)];
        for (row, stride) in self.policies.numbers().starts.iter().zip(&self.states.strides) {
            let levels: Vec<(usize, f64)> =
                row.iter().copied().enumerate().filter(|(_, p)| *p > 0.0).collect();
            let further = reached.iter().flat_map(|&(state, p)| {
                levels.iter().map(move |&(level, q)| (state + level * stride, p * q))
            });
            reached = further.collect();
        }
        for (state, p) in reached {
            start[state] += p;
        }
        start
    }

    /// Everything but what happens `ever`; what is done and paid only where it `counts`.
    fn everything(
        &self,
        counts: bool,
        filtered: Option<&BeliefState>,
        found: &mut Distribution,
    ) -> Result<(), ExactError> {
        let mut turn_structures = TurnStructures::default();
        let PropagationState { turn: first, mut alive, mut ended, mut weights } =
            self.initial(filtered, found);
        found.turns.push(self.by_level(&alive, &ended));
        for turn in first..self.turns {
            // Where nothing may be absent, nothing is; and such a stage has nothing that counts.
            let stage = turn_structures.get(
                self.scenario,
                self.policies,
                turn,
                if counts { None } else { Some(&[]) },
            )?;
            if counts {
                self.count(&stage, &alive, &weights, found);
            }
            let (next, dropped) = self.step(&stage, &alive);
            (alive, found.dropped) = (next, found.dropped + dropped);
            self.discount(&mut weights);
            let last = turn + 1 == self.turns;
            found.lengths.push(self.end(&mut alive, &mut ended, &weights, last, &mut found.scores));
            found.turns.push(self.by_level(&alive, &ended));
            if !(self.how.go_on)(turn + 1, self.turns) {
                return Err(ExactError::Stopped);
            }
        }
        found.outcomes = self.by_outcome(&ended);
        found.joint = self.joint(&ended);
        Ok(())
    }

    /// The probability that some clause holds in any turn.
    fn ever(&self, filtered: Option<&BeliefState>, clauses: &[Clause]) -> Result<f64, ExactError> {
        let mut turn_structures = TurnStructures::default();
        let PropagationState { turn: first, mut alive, ended, .. } =
            self.initial(filtered, &mut Distribution::default());
        let mut never: f64 = ended.iter().sum();
        for turn in first..self.turns {
            let stage = turn_structures.get(self.scenario, self.policies, turn, Some(clauses))?;
            alive = self.step(&stage, &alive).0;
            never += self.stopped(&mut alive, turn + 1 == self.turns);
            if !(self.how.go_on)(turn + 1, self.turns) {
                return Err(ExactError::Stopped);
            }
        }
        // What was dropped is not known to have happened.
        Ok((1.0 - never).clamp(0.0, 1.0))
    }

    /// Takes out the plays that stop (or all, after the last turn), and gives their probability.
    fn stopped(&self, alive: &mut [f64], last: bool) -> f64 {
        let mut sum = 0.0;
        for (state, p) in alive.iter_mut().enumerate() {
            if *p > 0.0 && (last || self.stops.get(state).is_some_and(|stops| *stops)) {
                sum += std::mem::take(p);
            }
        }
        sum
    }

    /// Moves the plays that stop (or all, after the last turn) to those that have ended, and pays what their
    /// outcomes pay; gives their probability.
    pub(super) fn end(
        &self,
        alive: &mut [f64],
        ended: &mut [f64],
        weights: &[f64],
        last: bool,
        scores: &mut [f64],
    ) -> f64 {
        let mut ending = vec![0.0; if last || !self.stops.is_empty() { alive.len() } else { 0 }];
        let mut sum = 0.0;
        for state in 0..ending.len() {
            if alive[state] > 0.0 && (last || self.stops[state]) {
                ending[state] = std::mem::take(&mut alive[state]);
                ended[state] += ending[state];
                sum += ending[state];
            }
        }
        if sum > 0.0 {
            for (shares, pays) in self.by_outcome(&ending).iter().zip(&self.policies.numbers().outcome_pays) {
                for (share, pays) in shares.iter().zip(pays) {
                    for ((score, weight), pay) in scores.iter_mut().zip(weights).zip(pays) {
                        *score += weight * share * pay;
                    }
                }
            }
        }
        sum
    }

    /// One turn: the states after it, and what was dropped.
    pub(super) fn step(&self, stage: &TurnStructure, alive: &[f64]) -> (Vec<f64>, f64) {
        let parts: Vec<Vec<f64>> =
            ranges(alive.len()).into_par_iter().map(|range| self.push(stage, alive, range)).collect();
        let mut next = vec![0.0; alive.len()];
        for part in parts {
            for (sum, p) in next.iter_mut().zip(part) {
                *sum += p;
            }
        }
        let mut dropped = 0.0;
        if self.how.tolerance > 0.0 {
            for p in next.iter_mut().filter(|p| **p < self.how.tolerance) {
                dropped += std::mem::take(p);
            }
        }
        (next, dropped)
    }

    /// What the states of a range lead to.
    fn push(&self, stage: &TurnStructure, alive: &[f64], range: Range<usize>) -> Vec<f64> {
        let mut next = vec![0.0; alive.len()];
        let mut levels = vec![0; self.states.sizes.len()];
        let (mut reached, mut further): (Vec<(isize, f64)>, Vec<(isize, f64)>) = (Vec::new(), Vec::new());
        for state in range {
            if alive[state] == 0.0 {
                continue;
            }
            self.states.write(state, &mut levels);
            reached.clear();
            reached.push((state.cast_signed(), alive[state]));
            let mut longest: &[(isize, f64)] = &[(0, 1.0)];
            for component in &stage.components {
                let mut transitions: &[(isize, f64)] = component.transitions(self.policies, &levels);
                if transitions.len() > longest.len() {
                    std::mem::swap(&mut transitions, &mut longest);
                }
                further.clear();
                for &(at, p) in &reached {
                    further.extend(transitions.iter().map(|&(by, q)| (at + by, p * q)));
                }
                std::mem::swap(&mut reached, &mut further);
            }
            for &(at, p) in &reached {
                for &(by, q) in longest {
                    next[(at + by).cast_unsigned()] += p * q;
                }
            }
        }
        next
    }

    /// Adds what is done and paid in a turn.
    fn count(&self, stage: &TurnStructure, alive: &[f64], weights: &[f64], found: &mut Distribution) {
        let game = self.policies.game();
        let mut scopes: Vec<&VariableSet> = Vec::new();
        let of_choosers = stage.decisions.iter().map(|decision| &game.components()[decision.component].scope);
        for scope in of_choosers.chain(stage.counted.iter().map(|item| &item.scope)) {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
        let shares = self.marginals(alive, &scopes);
        let shares_of = |scope: &VariableSet| {
            let at = scopes.iter().position(|known| *known == scope);
            at.map_or(&[][..], |at| shares[at].as_slice()).iter().enumerate().filter(|(_, p)| **p > 0.0)
        };
        found.moves.push(self.moves(stage, shares_of));
        let mut levels = vec![0; self.states.sizes.len()];
        for item in &stage.counted {
            let count: f64 = shares_of(&item.scope)
                .map(|(cell, p)| p * item.count(self.policies, cell, &mut levels))
                .sum();
            match item.paid {
                Paid::Measure(measure) => found.measures[measure] += count,
                Paid::Term(term) => {
                    let pays = &self.policies.numbers().pays[term];
                    for ((score, weight), pay) in found.scores.iter_mut().zip(weights).zip(pays) {
                        *score += weight * count * pay;
                    }
                }
            }
        }
    }

    fn moves<'s, I: Iterator<Item = (usize, &'s f64)>>(
        &self,
        stage: &TurnStructure,
        shares_of: impl Fn(&VariableSet) -> I,
    ) -> Vec<SeatShares> {
        let game = self.policies.game();
        let seats = game.blueprint.seats.iter();
        let mut rows: Vec<SeatShares> =
            seats.map(|seat| SeatShares { open: 0.0, made: vec![0.0; seat.moves] }).collect();
        for decision in &stage.decisions {
            let component = &game.components()[decision.component];
            let ComponentKind::Turn { structure, .. } = component.kind else { continue };
            let seats = &game.structure(structure).members[decision.member].seats;
            for (cell, share) in shares_of(&component.scope) {
                let menu = &game.local_state(structure, cell).menus[decision.member];
                let play = &self.policies.plays(decision.component, cell)[decision.member];
                for (option, p) in menu.options.iter().zip(&play.policy) {
                    for (&seat, made) in seats.iter().zip(option) {
                        if let Some(made) = made {
                            rows[seat].made[*made] += share * p;
                            rows[seat].open += share * p;
                        }
                    }
                }
            }
        }
        rows
    }
}

/// The ranges into which states are cut.
pub(super) fn ranges(states: usize) -> Vec<Range<usize>> {
    let step = states.div_ceil(RANGES).max(1);
    (0..states).step_by(step).map(|first| first..(first + step).min(states)).collect()
}
