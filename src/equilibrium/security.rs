//! What a player can secure, whatever the others do.

use super::NormalForm;
use super::programme::{Programme, Scale, others, probabilities};

/// What a player can secure.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Security {
    /// The expected payoff that it gets at least: its maximin value, over mixed strategies. It is also the
    /// least to which the others can hold it if they act as one, its minimax value (von Neumann 1928).
    pub value: f64,
    /// The probabilities of a strategy that secures it.
    pub strategy: Vec<f64>,
}

/// Larger linear programmes than this are not attempted: strategies times profiles of the others.
const MOST_ENTRIES: usize = 200_000;

/// What `player` can secure; `None` in games too large for it, or where the numbers defeat the method.
#[must_use]
pub fn security(game: &NormalForm, player: usize) -> Option<Security> {
    if game.profiles() > MOST_ENTRIES {
        return None;
    }
    let all: Vec<Vec<usize>> = game.players().iter().map(|p| (0..p.strategies.len()).collect()).collect();
    let scale = Scale::of(game, player);
    let own = game.strategies(player);
    let others = others(game, player, &all);
    let pay = |profile: usize, strategy: usize| game.payoff(game.instead(profile, player, strategy), player);
    let mut programme = Programme::over_probabilities(&vec![0.0; own]);
    programme.add_level();
    for &profile in &others {
        let shares = (0..own).map(|strategy| scale.down(pay(profile, strategy)));
        programme.at_least(shares.enumerate().chain([(own, -1.0)]), 0.0);
    }
    let best = programme.solve()?;
    let strategy = probabilities(&best.values[..own]);
    let worth =
        |&profile: &usize| -> f64 { strategy.iter().enumerate().map(|(s, p)| p * pay(profile, s)).sum() };
    let value = others.iter().map(worth).fold(f64::INFINITY, f64::min);
    let short = scale.up(best.objective) - value;
    (short <= 1e-6 * scale.width())
        .then(|| Security { value: super::simplest(value, 1e-12 * scale.width()).value(), strategy })
}
