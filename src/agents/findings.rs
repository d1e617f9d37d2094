//! Findings that whoever uses policies has to know of: states in which there is no answer, and states in which
//! other equilibria branch off.

use std::cmp::Reverse;
use std::sync::{Mutex, PoisonError};

use crate::equilibrium::LogitError;
use crate::game::Rule;
use crate::scenario::{LevelId, VariableId};

/// A state, as far as a choice depends on it.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionPoint {
    /// Variables on which the choice depends, with their levels.
    pub levels: Vec<(VariableId, LevelId)>,
    /// The turn (0-based), or the first of the turns alike.
    pub turn: usize,
    /// How many turns are looked at.
    pub depth: usize,
    /// Whether the choice is made; if not, others are made in view of it.
    pub played: bool,
}

/// A state in which there is no answer, so that nothing computed from these policies may be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Where.
    pub point: DecisionPoint,
    /// Why.
    pub error: LogitError,
}

/// A state in which other equilibria leave the branch that was followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Bifurcation {
    /// Where.
    pub point: DecisionPoint,
    /// How far along the branch the first of them leave it.
    pub position: BranchPosition,
}

/// How far along a branch of logit equilibria something is.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum BranchPosition {
    /// Where all have this share of their precision.
    Share(f64),
    /// On the way to a limit: where all have this precision, per payoff unit.
    Precision(f64),
    /// On the way to a limit, where some have the precision that is theirs.
    Limit,
}

impl BranchPosition {
    /// What an entry of [`Equilibrium::bifurcations`](crate::equilibrium::Equilibrium) means to players with
    /// these rules.
    pub(super) fn new(bifurcation: f64, mut rules: impl Iterator<Item = Rule>) -> Self {
        let first_is_best = rules.next() == Some(Rule::Best);
        if rules.any(|rule| (rule == Rule::Best) != first_is_best) {
            Self::Limit
        } else if first_is_best {
            Self::Precision(bifurcation)
        } else {
            Self::Share(bifurcation)
        }
    }
}

/// What was found so far, from any thread.
#[derive(Debug, Default)]
pub(super) struct Findings {
    faults: Mutex<Vec<Fault>>,
    bifurcation: Mutex<Option<Bifurcation>>,
}

impl Findings {
    /// Of several faults, the last turn's: those before it may come of it.
    pub(super) fn fault(&self) -> Option<Fault> {
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let order = |fault: &&Fault| {
            let DecisionPoint { levels, turn, depth, .. } = &fault.point;
            (Reverse(*turn), *depth, levels.clone())
        };
        faults.iter().min_by_key(order).cloned()
    }

    pub(super) fn add_fault(&self, fault: Fault) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    /// Of several bifurcations, the first turn's in which a choice is made: there may be one in every state, so
    /// no other is kept.
    pub(super) fn bifurcation(&self) -> Option<Bifurcation> {
        self.bifurcation.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn add_bifurcation(&self, found: Bifurcation) {
        fn order(
            Bifurcation { point, .. }: &Bifurcation,
        ) -> (bool, usize, Reverse<usize>, &[(VariableId, LevelId)]) {
            (!point.played, point.turn, Reverse(point.depth), &point.levels)
        }
        let mut first = self.bifurcation.lock().unwrap_or_else(PoisonError::into_inner);
        if first.as_ref().is_none_or(|first| order(&found) < order(first)) {
            *first = Some(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Turn, turns looked at, level; in the first of three turns one only thinks of the others.
    fn at((turn, depth, level): (usize, usize, usize)) -> DecisionPoint {
        DecisionPoint {
            levels: vec![(VariableId::new(0), LevelId::new(level))],
            turn,
            depth,
            played: turn > 0,
        }
    }

    /// Whatever the order in which they are found.
    #[track_caller]
    fn check(
        found: &[(usize, usize, usize)],
        bifurcation: (usize, usize, usize),
        fault: (usize, usize, usize),
    ) {
        for start in 0..found.len() {
            let findings = Findings::default();
            for &point in found[start..].iter().chain(&found[..start]) {
                findings.add_bifurcation(Bifurcation { point: at(point), position: BranchPosition::Limit });
                findings.add_fault(Fault { point: at(point), error: LogitError::Lost { share: 0.5 } });
            }
            assert_eq!(findings.bifurcation().map(|found| found.point), Some(at(bifurcation)));
            assert_eq!(findings.fault().map(|found| found.point), Some(at(fault)));
        }
    }

    #[test]
    fn the_first_bifurcation_and_the_last_fault_are_reported() {
        check(&[(2, 1, 0), (1, 1, 0), (3, 1, 0)], (1, 1, 0), (3, 1, 0));
        check(&[(1, 1, 0), (1, 3, 1), (1, 2, 0)], (1, 3, 1), (1, 1, 0));
        check(&[(1, 1, 2), (1, 1, 0), (1, 1, 1)], (1, 1, 0), (1, 1, 0));
        check(&[(0, 1, 0), (2, 1, 0), (0, 2, 0)], (2, 1, 0), (2, 1, 0));
    }

    #[test]
    fn where_nothing_was_found_nothing_is_reported() {
        assert_eq!((Findings::default().bifurcation(), Findings::default().fault()), (None, None));
    }
}
