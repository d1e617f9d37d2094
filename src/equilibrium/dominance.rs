//! Iterated elimination of strictly dominated strategies.
//!
//! What survives does not depend on the order of elimination (Gilboa, Kalai and Zemel 1990, On the order of
//! eliminating dominated strategies, Operations Research Letters 9, 85-89).

use super::NormalForm;
use super::programme::{Programme, Scale, others, probabilities};

/// A strategy that was eliminated.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Elimination {
    /// The round, from 1; all that is dominated goes at once.
    pub round: usize,
    /// Whose strategy it was.
    pub player: usize,
    /// The strategy.
    pub strategy: usize,
    /// What does better whatever the others do: strategies with their probabilities.
    pub by: Vec<(usize, f64)>,
}

/// By how much of a player's range of payoffs a mixture must be better.
const MARGIN: f64 = 1e-9;

/// No more than this is attempted of a player in a round: programmes (one a strategy) times their entries
/// (strategies times profiles of the others).
const MOST_ENTRIES: usize = 500_000;

/// What is eliminated, in the order of rounds, players and strategies, by pure strategies and by mixtures;
/// and whether mixtures were tried throughout (in large games they are not).
#[must_use]
pub fn eliminate(game: &NormalForm) -> (Vec<Elimination>, bool) {
    let mut left: Vec<Vec<usize>> =
        game.players().iter().map(|player| (0..player.strategies.len()).collect()).collect();
    let scales: Vec<Scale> = (0..left.len()).map(|player| Scale::of(game, player)).collect();
    let (mut eliminated, mut complete) = (Vec::new(), true);
    for round in 1.. {
        let before = eliminated.len();
        for (player, scale) in scales.iter().enumerate() {
            let duel = Duel { game, player, own: &left[player], others: others(game, player, &left), scale };
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

/// One player's strategies against each other, in what is left of the game.
struct Duel<'g> {
    game: &'g NormalForm,
    player: usize,
    own: &'g [usize],
    others: Vec<usize>,
    scale: &'g Scale,
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
        let mut programme = Programme::over_probabilities(&vec![0.0; self.own.len()]);
        programme.add_level();
        let level = self.own.len();
        for &profile in &self.others {
            let shares = self.own.iter().map(|&other| self.scale.down(self.pay(profile, other)));
            let row = shares.enumerate().chain([(level, -1.0)]);
            programme.at_least(row, self.scale.down(self.pay(profile, strategy)));
        }
        let best = programme.solve()?;
        if best.objective <= MARGIN {
            return None;
        }
        let mixture = probabilities(&best.values[..level]);
        let worse = self.others.iter().any(|&profile| {
            let mixed: f64 = self.own.iter().zip(&mixture).map(|(&s, p)| p * self.pay(profile, s)).sum();
            mixed <= self.pay(profile, strategy)
        });
        let named = self.own.iter().copied().zip(mixture).filter(|(_, p)| *p > 0.0);
        (!worse).then(|| named.collect())
    }
}
