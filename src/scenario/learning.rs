//! Who remembers the play, and by which rule.

use serde::{Deserialize, Serialize};

use super::{Actor, ActorId, Beliefs, Choice, Scenario};

/// A learning rule, which stands in place of a choice rule. Its numbers are amounts in a scenario, and
/// plain numbers under a draw.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Learning<N> {
    /// Experience-weighted attraction.
    Ewa {
        /// Precision of choice, per payoff unit.
        logit: N,
        /// What the past weighs a turn later, in [0, 1].
        phi: N,
        /// What counts of payoffs forgone, in [0, 1].
        delta: N,
        /// 1 where attractions add up, 0 where they are averages.
        kappa: N,
    },
    /// In proportion to the regret of not having played an action all along.
    RegretMatching,
    /// In proportion to what an action has brought.
    Reinforcement {
        /// What is forgotten in a turn, in [0, 1].
        phi: N,
        /// What every action starts with, at least 0.
        strength: N,
        /// The payoff that leaves no trace.
        floor: N,
    },
}

impl<N> Learning<N> {
    /// Its numbers, in the order in which they are listed here.
    #[must_use]
    pub fn numbers(&self) -> Vec<&N> {
        match self {
            Self::Ewa { logit, phi, delta, kappa } => vec![logit, phi, delta, kappa],
            Self::RegretMatching => Vec::new(),
            Self::Reinforcement { phi, strength, floor } => vec![phi, strength, floor],
        }
    }
}

impl<N> Learning<N> {
    /// The same rule with its numbers made into something else.
    pub(crate) fn map<M>(&self, number: impl Fn(&N) -> M) -> Learning<M> {
        match self {
            Self::Ewa { logit, phi, delta, kappa } => Learning::Ewa {
                logit: number(logit),
                phi: number(phi),
                delta: number(delta),
                kappa: number(kappa),
            },
            Self::RegretMatching => Learning::RegretMatching,
            Self::Reinforcement { phi, strength, floor } => {
                Learning::Reinforcement { phi: number(phi), strength: number(strength), floor: number(floor) }
            }
        }
    }
}

impl Actor {
    /// Whether it remembers the play: by its beliefs, or by a learning rule.
    #[must_use]
    pub fn learns(&self) -> bool {
        matches!(self.choice, Choice::Learning(_)) || matches!(self.beliefs, Beliefs::Learned)
    }
}

impl Scenario {
    /// The actors that remember the play. What they choose depends on more than state and turn, so that a
    /// scenario with any of them can be played, but not propagated exactly.
    #[must_use]
    pub fn learners(&self) -> Vec<ActorId> {
        let ids = (0..self.actors.len()).map(ActorId::new);
        ids.filter(|id| self.actors[id.index()].learns()).collect()
    }
}
