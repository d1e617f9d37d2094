//! Correlated equilibria (Aumann 1974), by linear programming.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::NormalForm;
use super::dominance::{Elimination, eliminate, survivors};
use super::lifting::Row;
use super::programme::Programme;
use super::whole::{Whole, common_multiple, quotient};

/// A correlated equilibrium: what a trusted mediator may draw, telling everyone their own part only.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Correlated {
    /// Profiles (their numbers in the game) with their probabilities, those above 0 only; they add up to 1.
    pub profiles: Vec<(usize, f64)>,
    /// Each player's expected payoff, in the game's payoff units.
    pub pays: Vec<f64>,
}

/// Larger linear programmes than this are not attempted: incentive constraints times what each of them
/// weighs.
const MOST_ENTRIES: usize = 30_000;

/// The correlated equilibrium with the greatest sum of payoffs, to the last digit; `None` in games too large for
/// it.
#[must_use]
pub fn correlated(game: &NormalForm) -> Option<Correlated> {
    correlated_among(game, &eliminate(game).0)
}

/// The same where it is known what strict dominance eliminates, of which nothing is ever drawn.
pub(super) fn correlated_among(game: &NormalForm, eliminated: &[Elimination]) -> Option<Correlated> {
    let stage = Mediation::new(game, eliminated)?;
    let drawn = stage.programme().solve()?.prices;
    let pays = stage.payoffs.iter().map(|own| {
        let sum = stage.profiles.iter().zip(&drawn.numerators).map(|(&p, share)| share * &own.numerators[p]);
        quotient(&sum.sum(), &(&drawn.denominator * &own.denominator))
    });
    let pays = pays.collect();
    let shares = stage.profiles.iter().copied().zip(drawn.floats());
    Some(Correlated { profiles: shares.filter(|(_, share)| *share > 0.0).collect(), pays })
}

/// The programme whose prices are the probabilities of the best correlated equilibrium.
#[cfg(test)]
pub(super) fn mediation(game: &NormalForm, eliminated: &[Elimination]) -> Option<Programme> {
    Mediation::new(game, eliminated).map(|stage| stage.programme())
}

/// What a mediator can draw.
struct Mediation<'g> {
    game: &'g NormalForm,
    /// The strategies that are left of each player.
    left: Vec<Vec<usize>>,
    /// Each player's payoffs by profile, exactly.
    payoffs: Vec<&'g Whole>,
    /// The profiles that are left.
    profiles: Vec<usize>,
}

impl<'g> Mediation<'g> {
    /// `None` where it is too large.
    fn new(game: &'g NormalForm, eliminated: &[Elimination]) -> Option<Self> {
        let left = survivors(game, eliminated);
        let profiles = left.iter().map(Vec::len).fold(1, usize::saturating_mul);
        let deviations = left.iter().map(|own| own.len() - 1).sum::<usize>();
        if profiles.saturating_mul(deviations.max(1)) > MOST_ENTRIES {
            return None;
        }
        let payoffs = (0..left.len()).map(|player| game.whole_payoffs(player)).collect();
        let profiles = game.among(&left);
        Some(Self { game, left, payoffs, profiles })
    }

    /// The dual of the mediator's programme: a row for each profile, whose price is its probability.
    ///
    /// The first unknown is by how much the sum of payoffs falls short of the greatest in any profile; the others
    /// are the weights of the incentive constraints.
    fn programme(&self) -> Programme {
        let welfare = self.welfare();
        let greatest = welfare.iter().max().cloned().unwrap_or_default();
        let short: Row = (0..self.profiles.len()).map(|row| (row, BigInt::one())).collect();
        let mut columns = vec![short];
        for (player, own) in self.left.iter().enumerate() {
            for &recommended in own {
                let others = own.iter().copied().filter(|&instead| instead != recommended);
                columns.extend(others.map(|instead| self.incentive(player, recommended, instead)));
            }
        }
        let mut objective = vec![BigInt::zero(); columns.len()];
        objective[0] = BigInt::one();
        Programme { columns, bounds: welfare.into_iter().map(|sum| &greatest - sum).collect(), objective }
    }

    /// The sum of payoffs in each profile, as whole numbers.
    fn welfare(&self) -> Vec<BigInt> {
        let common =
            self.payoffs.iter().fold(BigInt::one(), |common, own| common_multiple(&common, &own.denominator));
        let sum = |&profile: &usize| {
            self.payoffs.iter().map(|own| &own.numerators[profile] * (&common / &own.denominator)).sum()
        };
        self.profiles.iter().map(sum).collect()
    }

    /// By how much obeying pays more than doing something else, in each profile with what was said.
    fn incentive(&self, player: usize, recommended: usize, instead: usize) -> Row {
        let pays = &self.payoffs[player].numerators;
        let gain = |(row, &profile): (usize, &usize)| {
            (row, &pays[profile] - &pays[self.game.instead(profile, player, instead)])
        };
        let there =
            self.profiles.iter().enumerate().filter(|(_, p)| self.game.digit(**p, player) == recommended);
        there.map(gain).filter(|(_, gain)| !gain.is_zero()).collect()
    }
}
