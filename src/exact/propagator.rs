//! Probabilities of all states, carried from turn to turn.
//!
//! Takes what a turn is made of ([`TurnStructure`]) and the probabilities before it, and gives out those after it. A
//! state leads wherever its components lead together, and these are independent once the state is known: so what it
//! leads to is a product of short lists, and no matrix over states is ever held.

use std::ops::Range;

use rayon::prelude::*;

use super::error::ExactError;
use super::turn_structure::TurnStructure;
use crate::agents::Policies;
use crate::game::{CellId, VariableSet};
use crate::scenario::Scenario;

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
    pub(super) scenario: &'a Scenario,
    pub(super) policies: &'a Policies<'a>,
    pub(super) how: Propagation<'a>,
    pub(super) states: &'a VariableSet,
    pub(super) turns: usize,
    /// Whether plays stop in each state; empty where they never do.
    pub(super) stops: Vec<bool>,
    /// `outcomes[class][state]`
    pub(super) outcomes: Vec<Vec<u16>>,
}

/// What is carried from turn to turn.
pub(super) struct PropagationState {
    /// The next turn (0-based).
    pub(super) turn: usize,
    /// The probability of each state, of plays that go on.
    pub(super) alive: Vec<f64>,
    /// The same of plays that have ended.
    pub(super) ended: Vec<f64>,
    /// What the next turn weighs for each actor.
    pub(super) weights: Vec<f64>,
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
            let mut levels = game.blueprint.lowest();
            states.write(CellId::new(state), &mut levels);
            levels
        };
        let outcome = |class: &crate::game::ClassPlan, state: usize| {
            u16::try_from(class.outcome(&of_state(state)).index()).unwrap_or(u16::MAX)
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

    /// Takes out the plays that stop (or all, after the last turn), and gives their probability.
    pub(super) fn stopped(&self, alive: &mut [f64], last: bool) -> f64 {
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
    pub(super) fn end(&self, plays: &mut PropagationState, last: bool, scores: &mut [f64]) -> f64 {
        let PropagationState { alive, ended, weights, .. } = plays;
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
                    for ((score, weight), pay) in scores.iter_mut().zip(&*weights).zip(pays) {
                        *score += weight * share * pay;
                    }
                }
            }
        }
        sum
    }

    /// One turn: the states after it, and what was dropped. Ranges are pushed each into sums of its own, which are
    /// added in their order, so that the result does not depend on the number of threads.
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

    /// What the states of a range lead to. Of the components' lists the longest is multiplied in last, straight into
    /// the sums, so that the products kept on the way stay short.
    fn push(&self, stage: &TurnStructure, alive: &[f64], range: Range<usize>) -> Vec<f64> {
        let mut next = vec![0.0; alive.len()];
        let mut levels = self.policies.game().blueprint.lowest();
        let (mut reached, mut further): (Vec<(isize, f64)>, Vec<(isize, f64)>) = (Vec::new(), Vec::new());
        for state in range {
            if alive[state] == 0.0 {
                continue;
            }
            self.states.write(CellId::new(state), &mut levels);
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
}

/// The ranges into which states are cut.
pub(super) fn ranges(states: usize) -> Vec<Range<usize>> {
    let step = states.div_ceil(RANGES).max(1);
    (0..states).step_by(step).map(|first| first..(first + step).min(states)).collect()
}
