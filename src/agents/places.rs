//! Places in a game of which whoever uses policies has to be told.

use std::cmp::Reverse;
use std::sync::{Mutex, PoisonError};

use crate::equilibrium::LogitError;
use crate::game::Rule;

/// A state, as far as a choice depends on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Variables on which the choice depends, with their levels.
    pub levels: Vec<(usize, usize)>,
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
    pub place: Place,
    /// Why.
    pub error: LogitError,
}

/// A state in which other equilibria leave the branch that was followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Where.
    pub place: Place,
    /// How far along the branch the first of them leave it.
    pub reached: Reached,
}

/// How far along a branch of logit equilibria something is.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Reached {
    /// Where all have this share of their precision.
    Share(f64),
    /// On the way to a limit: where all have this precision, per payoff unit.
    Precision(f64),
    /// On the way to a limit, where some have the precision that is theirs.
    Limit,
}

impl Reached {
    /// What an entry of [`Equilibrium::crossings`](crate::equilibrium::Equilibrium) means to players with
    /// these rules.
    pub(super) fn new(crossing: f64, mut rules: impl Iterator<Item = Rule>) -> Self {
        let first_is_best = rules.next() == Some(Rule::Best);
        if rules.any(|rule| (rule == Rule::Best) != first_is_best) {
            Self::Limit
        } else if first_is_best {
            Self::Precision(crossing)
        } else {
            Self::Share(crossing)
        }
    }
}

/// What was met so far, from any thread.
#[derive(Debug, Default)]
pub(super) struct Places {
    faults: Mutex<Vec<Fault>>,
    crossing: Mutex<Option<Crossing>>,
}

impl Places {
    /// Of several faults, the last turn's: those before it may come of it.
    pub(super) fn fault(&self) -> Option<Fault> {
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let order = |fault: &&Fault| {
            let Place { levels, turn, depth, .. } = &fault.place;
            (Reverse(*turn), *depth, levels.clone())
        };
        faults.iter().min_by_key(order).cloned()
    }

    pub(super) fn add_fault(&self, fault: Fault) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    /// Of several crossings, the first turn's in which a choice is made: there may be one in every state, so
    /// no other is kept.
    pub(super) fn crossing(&self) -> Option<Crossing> {
        self.crossing.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn add_crossing(&self, met: Crossing) {
        fn order(Crossing { place, .. }: &Crossing) -> (bool, usize, Reverse<usize>, &[(usize, usize)]) {
            (!place.played, place.turn, Reverse(place.depth), &place.levels)
        }
        let mut first = self.crossing.lock().unwrap_or_else(PoisonError::into_inner);
        if first.as_ref().is_none_or(|first| order(&met) < order(first)) {
            *first = Some(met);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Turn, turns looked at, level; in the first of three turns one only thinks of the others.
    fn at((turn, depth, level): (usize, usize, usize)) -> Place {
        Place { levels: vec![(0, level)], turn, depth, played: turn > 0 }
    }

    /// Whatever the order in which they are met.
    #[track_caller]
    fn check(met: &[(usize, usize, usize)], crossing: (usize, usize, usize), fault: (usize, usize, usize)) {
        for start in 0..met.len() {
            let places = Places::default();
            for &place in met[start..].iter().chain(&met[..start]) {
                places.add_crossing(Crossing { place: at(place), reached: Reached::Limit });
                places.add_fault(Fault { place: at(place), error: LogitError::Lost { share: 0.5 } });
            }
            assert_eq!(places.crossing().map(|met| met.place), Some(at(crossing)));
            assert_eq!(places.fault().map(|met| met.place), Some(at(fault)));
        }
    }

    #[test]
    fn the_first_crossing_and_the_last_fault_are_told() {
        check(&[(2, 1, 0), (1, 1, 0), (3, 1, 0)], (1, 1, 0), (3, 1, 0));
        check(&[(1, 1, 0), (1, 3, 1), (1, 2, 0)], (1, 3, 1), (1, 1, 0));
        check(&[(1, 1, 2), (1, 1, 0), (1, 1, 1)], (1, 1, 0), (1, 1, 0));
        check(&[(0, 1, 0), (2, 1, 0), (0, 2, 0)], (2, 1, 0), (2, 1, 0));
    }

    #[test]
    fn where_nothing_was_met_nothing_is_told() {
        assert_eq!((Places::default().crossing(), Places::default().fault()), (None, None));
    }
}
