//! Iterated elimination of strictly dominated strategies.
//!
//! What survives does not depend on the order of elimination (Gilboa, Kalai and Zemel 1990, On the order of
//! eliminating dominated strategies, Operations Research Letters 9, 85-89).

use std::cmp::Ordering;

use num_traits::Signed;

use super::NormalForm;
use super::maximin::maximin;

/// A strategy that was eliminated.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Elimination {
    /// The round, from 1; all that is dominated goes at once.
    pub round: usize,
    /// Whose strategy it was.
    pub player: usize,
    /// The strategy.
    pub strategy: usize,
    /// What does better whatever the others do: strategies with their probabilities, above 0, adding up to 1.
    pub by: Vec<(usize, f64)>,
}

/// No more than this is attempted of a player in a round: programmes (one a strategy) times their entries
/// (strategies times profiles of the others).
const MOST_ENTRIES: usize = 500_000;

/// What is eliminated, in the order of rounds, players and strategies, by pure strategies and by mixtures;
/// and whether mixtures were tried throughout (in large games they are not).
#[must_use]
pub fn eliminate(game: &NormalForm) -> (Vec<Elimination>, bool) {
    let mut left = game.all_strategies();
    let (mut eliminated, mut complete) = (Vec::new(), true);
    for round in 1.. {
        let before = eliminated.len();
        for player in 0..left.len() {
            let others = game.others(player, &left);
            let duel = Duel { game, player, own: &left[player], others };
            complete &= duel.is_small();
            for &strategy in &left[player] {
                if let Some(by) = duel.beaten(strategy) {
                    eliminated.push(Elimination { round, player, strategy, by });
                }
            }
        }
        if eliminated.len() == before {
            break;
        }
        for gone in &eliminated[before..] {
            left[gone.player].retain(|strategy| *strategy != gone.strategy);
        }
    }
    (eliminated, complete)
}

/// What elimination leaves of each player's strategies.
pub(super) fn survivors(game: &NormalForm, eliminated: &[Elimination]) -> Vec<Vec<usize>> {
    let mut left = game.all_strategies();
    for gone in eliminated {
        left[gone.player].retain(|strategy| *strategy != gone.strategy);
    }
    left
}

/// One player's strategies against each other, in what is left of the game.
pub(super) struct Duel<'g> {
    pub(super) game: &'g NormalForm,
    pub(super) player: usize,
    /// The player's strategies that are left.
    pub(super) own: &'g [usize],
    /// The profiles that the others can make, with the player's own at its first.
    pub(super) others: Vec<usize>,
}

impl Duel<'_> {
    /// Entries of all programmes, one a strategy.
    pub(super) fn entries(&self) -> usize {
        self.own.len().saturating_mul(self.own.len()).saturating_mul(self.others.len())
    }

    fn is_small(&self) -> bool {
        self.entries() <= MOST_ENTRIES
    }

    /// How what two strategies pay compares, where the others do what they do in a profile.
    pub(super) fn compare(&self, profile: usize, one: usize, other: usize) -> Ordering {
        let instead = |strategy: usize| self.game.instead(profile, self.player, strategy);
        self.game.compare(self.player, instead(one), instead(other))
    }

    /// What strictly dominates a strategy, if anything does.
    fn beaten(&self, strategy: usize) -> Option<Vec<(usize, f64)>> {
        let better = |&other: &usize| {
            self.others.iter().all(|&profile| self.compare(profile, other, strategy).is_gt())
        };
        if let Some(other) = self.own.iter().copied().find(better) {
            return Some(vec![(other, 1.0)]);
        }
        if self.own.len() < 3 || !self.is_small() {
            return None;
        }
        // A strategy that is a best reply to something pure is beaten by nothing.
        let unbeaten =
            |&profile: &usize| self.own.iter().all(|&other| self.compare(profile, other, strategy).is_le());
        if self.others.iter().any(unbeaten) {
            return None;
        }
        self.beaten_by_mixture(strategy)
    }

    /// The mixture that beats a strategy by most, where it is least better.
    fn beaten_by_mixture(&self, strategy: usize) -> Option<Vec<(usize, f64)>> {
        let rivals: Vec<usize> = self.own.iter().copied().filter(|&other| other != strategy).collect();
        let numerators = &self.game.whole_payoffs(self.player).numerators;
        let exact =
            |profile: usize, strategy: usize| &numerators[self.game.instead(profile, self.player, strategy)];
        let gain = |rival: usize, other: usize| {
            exact(self.others[other], rivals[rival]) - exact(self.others[other], strategy)
        };
        let best = maximin(rivals.len(), self.others.len(), gain)?;
        if !best.above.is_positive() {
            return None;
        }
        let named = rivals.into_iter().zip(best.shares.floats());
        Some(named.filter(|(_, share)| *share > 0.0).collect())
    }
}
