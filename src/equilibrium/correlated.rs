//! Correlated equilibria (Aumann 1974), by linear programming.

use super::NormalForm;
use super::programme::{Programme, Scale, probabilities};

/// A correlated equilibrium: what a trusted mediator may draw, telling everyone their own part only.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Correlated {
    /// Profiles with their probabilities, those that can be drawn only.
    pub profiles: Vec<(usize, f64)>,
    /// What it pays each player.
    pub pays: Vec<f64>,
}

/// Larger linear programmes than this are not attempted: incentive constraints times what each of them
/// weighs.
const MOST_ENTRIES: usize = 30_000;

/// The correlated equilibrium with the greatest sum of payoffs; `None` in games too large for it, or where
/// the numbers defeat the method.
#[must_use]
pub fn correlated(game: &NormalForm) -> Option<Correlated> {
    let (players, profiles) = (game.players().len(), game.profiles());
    let deviations: usize = (0..players).map(|player| game.strategies(player) - 1).sum();
    if profiles.saturating_mul(deviations.max(1)) > MOST_ENTRIES {
        return None;
    }
    let width = (0..players).map(|player| Scale::of(game, player).width()).fold(0.0, f64::max);
    let welfare: Vec<f64> =
        (0..profiles).map(|profile| game.pays(profile).iter().sum::<f64>() / width).collect();
    let mut programme = Programme::over_probabilities(&welfare);
    for player in 0..players {
        let width = Scale::of(game, player).width();
        for told in 0..game.strategies(player) {
            let there: Vec<usize> = (0..profiles).filter(|&p| game.digit(p, player) == told).collect();
            for instead in (0..game.strategies(player)).filter(|&instead| instead != told) {
                let gain = |&profile: &usize| {
                    let other = game.payoff(game.instead(profile, player, instead), player);
                    (profile, (game.payoff(profile, player) - other) / width)
                };
                programme.at_least(there.iter().map(gain), 0.0);
            }
        }
    }
    let best = programme.solve()?;
    let drawn = probabilities(&best.values);
    let pays = (0..players).map(|player| (0..profiles).map(|p| drawn[p] * game.payoff(p, player)).sum());
    let pays = pays.collect();
    let profiles = drawn.into_iter().enumerate().filter(|(_, probability)| *probability > 0.0);
    Some(Correlated { profiles: profiles.collect(), pays })
}
