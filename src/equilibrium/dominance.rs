//! Iterated elimination of strictly dominated strategies.
//!
//! What survives does not depend on the order of elimination (Gilboa, Kalai and Zemel 1990, On the order of
//! eliminating dominated strategies, Operations Research Letters 9, 85-89).

use num_traits::Signed;

use super::NormalForm;
use super::maximin::maximin;
use super::whole::Whole;

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
    let payoffs: Vec<Whole> = (0..left.len()).map(|player| game.whole_payoffs(player)).collect();
    let (mut eliminated, mut complete) = (Vec::new(), true);
    for round in 1.. {
        let before = eliminated.len();
        for (player, payoffs) in payoffs.iter().enumerate() {
            let others = game.others(player, &left);
            let duel = Duel { game, player, own: &left[player], others, payoffs };
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
struct Duel<'g> {
    game: &'g NormalForm,
    player: usize,
    own: &'g [usize],
    others: Vec<usize>,
    /// The player's payoffs by profile, exactly.
    payoffs: &'g Whole,
}

impl Duel<'_> {
    fn is_small(&self) -> bool {
        self.own.len().saturating_mul(self.own.len()).saturating_mul(self.others.len()) <= MOST_ENTRIES
    }

    fn pay(&self, profile: usize, strategy: usize) -> f64 {
        self.game.payoff(self.game.instead(profile, self.player, strategy), self.player)
    }

    /// What strictly dominates a strategy, if anything does.
    fn beaten(&self, strategy: usize) -> Option<Vec<(usize, f64)>> {
        let better = |&other: &usize| {
            self.others.iter().all(|&profile| self.pay(profile, other) > self.pay(profile, strategy))
        };
        if let Some(other) = self.own.iter().copied().find(better) {
            return Some(vec![(other, 1.0)]);
        }
        if self.own.len() < 3 || !self.is_small() {
            return None;
        }
        // A strategy that is a best reply to something pure is beaten by nothing.
        let unbeaten = |&profile: &usize| {
            self.own.iter().all(|&other| self.pay(profile, other) <= self.pay(profile, strategy))
        };
        if self.others.iter().any(unbeaten) {
            return None;
        }
        self.beaten_by_mixture(strategy)
    }

    /// The mixture that beats a strategy by most, where it is least better.
    fn beaten_by_mixture(&self, strategy: usize) -> Option<Vec<(usize, f64)>> {
        let rivals: Vec<usize> = self.own.iter().copied().filter(|&other| other != strategy).collect();
        let exact = |profile: usize, strategy: usize| {
            &self.payoffs.numerators[self.game.instead(profile, self.player, strategy)]
        };
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
