//! Quantal response equilibria of a game in normal form, over precisions.

use super::NormalForm;
use super::logit::{Equilibrium, LogitError, LogitGame, logit_equilibrium};

/// A logit equilibrium at a precision.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Quantal {
    /// The precision, per payoff unit, the same for all; infinite for the limit.
    #[serde(with = "crate::stats::floats::high")]
    pub precision: f64,
    /// The probability of each strategy of each player, adding up to 1; or why there are none.
    pub mixed: Result<Vec<Vec<f64>>, LogitError>,
}

/// Larger games than this are not traced: profiles, and strategies of all players together.
const MOST_PROFILES: usize = 5_000;
const MOST_STRATEGIES: usize = 64;

/// The precisions at which the branch is looked at: 0, 0.01 to 1000 in ten steps a decade, and the limit.
pub(super) fn precisions() -> Vec<f64> {
    let steps = (-20..=30).map(|step| match step % 10 {
        // Whole powers are what people look for: they are exact.
        0 if step < 0 => 1.0 / crate::math::pow(10.0, f64::from(-step / 10)),
        0 => crate::math::pow(10.0, f64::from(step / 10)),
        _ => crate::math::pow(10.0, f64::from(step) / 10.0),
    });
    std::iter::once(0.0).chain(steps).chain([f64::INFINITY]).collect()
}

/// The branch of logit equilibria that starts at uniform play; `None` in games too large for it.
///
/// # References
/// `McKelvey` and Palfrey (1995), Quantal response equilibria for normal form games, Games and Economic
/// Behavior 10(1), 6-38.
#[must_use]
pub fn quantal(game: &NormalForm) -> Option<Vec<Quantal>> {
    let actions: Vec<usize> = (0..game.players().len()).map(|player| game.strategies(player)).collect();
    if game.profiles() > MOST_PROFILES || actions.iter().sum::<usize>() > MOST_STRATEGIES {
        return None;
    }
    let at = |precision: f64| {
        let mut seen = Seen { game, actions: &actions, precisions: vec![precision; actions.len()] };
        let split = |found: Equilibrium| {
            let mut rest = found.profile.as_slice();
            let own = |&count: &usize| {
                let (own, others) = rest.split_at(count);
                rest = others;
                own.to_vec()
            };
            actions.iter().map(own).collect()
        };
        Quantal { precision, mixed: logit_equilibrium(&mut seen).map(split) }
    };
    Some(precisions().into_iter().map(at).collect())
}

/// A game as those see it who choose by the logit rule.
struct Seen<'g> {
    game: &'g NormalForm,
    actions: &'g [usize],
    precisions: Vec<f64>,
}

impl Seen<'_> {
    /// Where each player's action of a profile stands in a row of all actions.
    fn places(&self, profile: usize) -> Vec<usize> {
        let mut first = 0;
        let place = |(player, count): (usize, &usize)| {
            first += count;
            first - count + self.game.digit(profile, player)
        };
        self.actions.iter().enumerate().map(place).collect()
    }
}

/// The probability of what everybody does but those two.
fn chance(places: &[usize], play: &[f64], but: [usize; 2]) -> f64 {
    let others = places.iter().enumerate().filter(|(player, _)| !but.contains(player));
    others.map(|(_, &place)| play[place]).product()
}

impl LogitGame for Seen<'_> {
    fn actions(&self) -> &[usize] {
        self.actions
    }

    fn precisions(&self) -> &[f64] {
        &self.precisions
    }

    fn values(&mut self, profile: &[f64], values: &mut [f64]) {
        values.fill(0.0);
        for cell in 0..self.game.profiles() {
            let places = self.places(cell);
            for (player, &place) in places.iter().enumerate() {
                values[place] += chance(&places, profile, [player; 2]) * self.game.payoff(cell, player);
            }
        }
    }

    fn derivatives(&mut self, profile: &[f64], derivatives: &mut [f64]) {
        let all = profile.len();
        derivatives.fill(0.0);
        for cell in 0..self.game.profiles() {
            let places = self.places(cell);
            for (player, &row) in places.iter().enumerate() {
                for (other, &column) in places.iter().enumerate().filter(|(other, _)| *other != player) {
                    let chance = chance(&places, profile, [player, other]);
                    derivatives[row * all + column] += chance * self.game.payoff(cell, player);
                }
            }
        }
    }
}
