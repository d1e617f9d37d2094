//! A game in normal form: players, their strategies, and what every combination pays.

use super::fraction::simplest;
use super::whole::Whole;

/// A player, with its strategies.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Player {
    /// Its name.
    pub name: String,
    /// The names of its strategies, at least one.
    pub strategies: Vec<String>,
}

/// A finite game in normal form.
///
/// Payoffs are told apart to twelve digits: each is the float nearest to the simplest fraction within
/// 1e-12 of what it was given as (and within 2e-15 of the player's largest), so that sums such as
/// 0.1 + 0.2 tie with 0.3, and exact methods meet short fractions.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct NormalForm {
    /// Its title.
    pub title: String,
    players: Vec<Player>,
    /// `payoffs[profile * players + player]`, the last player's strategy varying fastest.
    payoffs: Vec<f64>,
    /// What one strategy up adds to the number of a profile.
    strides: Vec<usize>,
}

/// Games with more players are refused.
pub const MOST_PLAYERS: usize = 64;

/// Games with more payoffs (profiles times players) are refused.
pub const MOST_NUMBERS: usize = 4_000_000;

/// Why something is no game that can be worked with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormError {
    /// Nobody plays.
    #[error("the game has no player")]
    Nobody,
    /// Too many play.
    #[error("the game has {0} players: more than {MOST_PLAYERS} are refused")]
    Players(usize),
    /// Somebody has nothing to do.
    #[error("player {number} (`{name}`) has no strategy", number = .0 + 1, name = .1)]
    Idle(usize, String),
    /// There are too many payoffs.
    #[error("the game has {} payoffs: more than {MOST_NUMBERS} are refused", crowd(*.0))]
    Payoffs(u128),
    /// There are not as many payoffs as combinations call for.
    #[error("the game needs {needed} payoffs, and has {given}")]
    Count {
        /// Profiles times players.
        needed: usize,
        /// How many there are.
        given: usize,
    },
    /// A payoff is no number.
    #[error("a payoff is infinite or not a number")]
    NotFinite,
}

fn crowd(count: u128) -> String {
    if count < 10_u128.pow(18) { count.to_string() } else { "more than 10^18".to_owned() }
}

/// How many profiles there are, and payoffs in all.
///
/// # Errors
/// Where sizes are refused, before anybody takes memory for them.
pub(crate) fn sizes(strategies: &[usize]) -> Result<(usize, usize), FormError> {
    match strategies.len() {
        0 => return Err(FormError::Nobody),
        players if players > MOST_PLAYERS => return Err(FormError::Players(players)),
        _ => {}
    }
    let profiles = strategies.iter().fold(1_u128, |n, &own| n.saturating_mul(own as u128));
    let numbers = profiles.saturating_mul(strategies.len() as u128);
    match (usize::try_from(profiles), usize::try_from(numbers)) {
        (Ok(profiles), Ok(numbers)) if numbers <= MOST_NUMBERS => Ok((profiles, numbers)),
        _ => Err(FormError::Payoffs(numbers)),
    }
}

impl NormalForm {
    /// A game from its payoffs, `payoffs[profile * players + player]`, the last player's strategy varying
    /// fastest. O(their number).
    ///
    /// # Errors
    /// Where the sizes are refused or do not fit each other, or a payoff is not finite.
    ///
    /// # Examples
    /// ```
    /// use demarche::equilibrium::{NormalForm, Player, pure_equilibria};
    /// let player = |name: &str| Player { name: name.to_owned(), strategies: vec!["c".into(), "d".into()] };
    /// let dilemma = [3.0, 3.0, 0.0, 5.0, 5.0, 0.0, 1.0, 1.0];
    /// let game = NormalForm::new("dilemma", vec![player("a"), player("b")], dilemma.to_vec())?;
    /// assert_eq!(pure_equilibria(&game), [3]);
    /// # Ok::<(), demarche::equilibrium::FormError>(())
    /// ```
    pub fn new(title: &str, players: Vec<Player>, payoffs: Vec<f64>) -> Result<Self, FormError> {
        let counts: Vec<usize> = players.iter().map(|player| player.strategies.len()).collect();
        let (_, needed) = sizes(&counts)?;
        if let Some(idle) = counts.iter().position(|&count| count == 0) {
            return Err(FormError::Idle(idle, players[idle].name.clone()));
        }
        if payoffs.len() != needed {
            return Err(FormError::Count { needed, given: payoffs.len() });
        }
        if payoffs.iter().any(|payoff| !payoff.is_finite()) {
            return Err(FormError::NotFinite);
        }
        let mut strides = vec![1; counts.len()];
        for player in (1..counts.len()).rev() {
            strides[player - 1] = strides[player] * counts[player];
        }
        let mut made = Self { title: title.to_owned(), players, payoffs, strides };
        made.tidy();
        Ok(made)
    }

    /// Makes every payoff the simplest number that it can stand for.
    fn tidy(&mut self) {
        let players = self.players.len();
        let mut largest = vec![0.0_f64; players];
        for row in self.payoffs.chunks_exact(players) {
            for (most, payoff) in largest.iter_mut().zip(row) {
                *most = most.max(payoff.abs());
            }
        }
        for row in self.payoffs.chunks_exact_mut(players) {
            for (payoff, most) in row.iter_mut().zip(&largest) {
                let tolerance = (payoff.abs() * 1e-12).max(most * 2e-15);
                *payoff = simplest(*payoff, tolerance).value();
            }
        }
    }

    /// The players.
    #[must_use]
    pub fn players(&self) -> &[Player] {
        &self.players
    }

    /// How many strategies a player has.
    #[must_use]
    pub fn strategies(&self, player: usize) -> usize {
        self.players[player].strategies.len()
    }

    /// How many combinations of strategies there are.
    #[must_use]
    pub fn profiles(&self) -> usize {
        self.payoffs.len() / self.players.len()
    }

    /// What a profile pays a player.
    #[must_use]
    pub fn payoff(&self, profile: usize, player: usize) -> f64 {
        self.payoffs[profile * self.players.len() + player]
    }

    /// What a profile pays each player.
    #[must_use]
    pub fn pays(&self, profile: usize) -> &[f64] {
        &self.payoffs[profile * self.players.len()..][..self.players.len()]
    }

    /// A player's strategy in a profile.
    #[must_use]
    pub fn digit(&self, profile: usize, player: usize) -> usize {
        profile / self.strides[player] % self.strategies(player)
    }

    /// The profile in which a player does something else.
    #[must_use]
    pub fn instead(&self, profile: usize, player: usize, strategy: usize) -> usize {
        profile - self.digit(profile, player) * self.strides[player] + strategy * self.strides[player]
    }

    /// The profile of these strategies, one a player.
    #[must_use]
    pub fn profile(&self, strategies: &[usize]) -> usize {
        strategies.iter().zip(&self.strides).map(|(strategy, stride)| strategy * stride).sum()
    }

    /// Every player's strategies.
    pub(super) fn all_strategies(&self) -> Vec<Vec<usize>> {
        self.players.iter().map(|player| (0..player.strategies.len()).collect()).collect()
    }

    /// The profiles that the others of `player` can make of the strategies left to them, with the player's
    /// own at its first of all. Their number is the product of what is left.
    pub(super) fn others(&self, player: usize, left: &[Vec<usize>]) -> Vec<usize> {
        let mut left = left.to_vec();
        left[player] = vec![0];
        self.among(&left)
    }

    /// The profiles of these strategies, the last player's varying fastest.
    pub(super) fn among(&self, left: &[Vec<usize>]) -> Vec<usize> {
        left.iter().zip(&self.strides).fold(vec![0], |profiles, (own, stride)| {
            profiles.iter().flat_map(|&profile| own.iter().map(move |s| profile + s * stride)).collect()
        })
    }

    /// A player's payoffs by profile, as whole numbers over a common denominator.
    pub(super) fn whole_payoffs(&self, player: usize) -> Whole {
        let payoffs: Vec<f64> = (0..self.profiles()).map(|profile| self.payoff(profile, player)).collect();
        Whole::of(&payoffs)
    }

    /// The greatest and the least payoff of a player, the least first.
    #[must_use]
    pub fn range(&self, player: usize) -> (f64, f64) {
        let payoffs = (0..self.profiles()).map(|profile| self.payoff(profile, player));
        payoffs.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), pay| (low.min(pay), high.max(pay)))
    }

    /// What each strategy of each player is worth where the others mix: `mixed[player][strategy]`.
    /// O(profiles x players^2).
    #[must_use]
    pub fn values(&self, mixed: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let players = self.players.len();
        let mut values: Vec<Vec<f64>> = mixed.iter().map(|own| vec![0.0; own.len()]).collect();
        for profile in 0..self.profiles() {
            for player in 0..players {
                let others = (0..players).filter(|&other| other != player);
                let chance: f64 = others.map(|other| mixed[other][self.digit(profile, other)]).product();
                values[player][self.digit(profile, player)] += chance * self.payoff(profile, player);
            }
        }
        values
    }

    /// What mixed strategies pay each player, and the most that any could gain by deviating.
    #[must_use]
    pub fn judge(&self, mixed: &[Vec<f64>]) -> (Vec<f64>, f64) {
        let values = self.values(mixed);
        let worth = |(own, values): (&Vec<f64>, &Vec<f64>)| own.iter().zip(values).map(|(p, v)| p * v).sum();
        let pays: Vec<f64> = mixed.iter().zip(&values).map(worth).collect();
        let best = values.iter().map(|own| own.iter().copied().fold(f64::NEG_INFINITY, f64::max));
        let gain = best.zip(&pays).map(|(best, pay)| best - pay).fold(0.0, f64::max);
        (pays, gain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn player(strategies: usize) -> Player {
        let named = (1..=strategies).map(|n| n.to_string()).collect();
        Player { name: "p".to_owned(), strategies: named }
    }

    #[track_caller]
    fn check(strategies: &[usize], payoffs: Vec<f64>, complaint: &str) {
        let players = strategies.iter().map(|&count| player(count)).collect();
        let refused = NormalForm::new("", players, payoffs).expect_err("it is no game");
        assert_eq!(refused.to_string(), complaint);
    }

    #[test]
    fn what_is_no_game_is_refused_with_its_size() {
        check(&[], vec![], "the game has no player");
        check(&[2; 65], vec![], "the game has 65 players: more than 64 are refused");
        check(&[2, 0], vec![], "player 2 (`p`) has no strategy");
        check(&[2; 64], vec![], "the game has more than 10^18 payoffs: more than 4000000 are refused");
        check(&[2, 1], vec![1.0], "the game needs 4 payoffs, and has 1");
        check(&[1], vec![f64::NAN], "a payoff is infinite or not a number");
    }

    #[test]
    fn sums_that_differ_in_rounding_alone_tie() {
        let game = NormalForm::new("", vec![player(3)], vec![0.1 + 0.2, 0.3, 0.1 + 0.2 - 0.3]);
        let game = game.expect("a game");
        assert_eq!((game.payoff(0, 0), game.payoff(2, 0)), (0.3, 0.0));
    }

    #[test]
    fn profiles_are_numbered_with_the_last_player_fastest() {
        let game = NormalForm::new("", vec![player(2), player(3)], vec![0.0; 12]).expect("a game");
        assert_eq!(game.profile(&[1, 2]), 5);
        assert_eq!((game.digit(5, 0), game.digit(5, 1)), (1, 2));
        assert_eq!(game.instead(5, 0, 0), 2);
    }
}
