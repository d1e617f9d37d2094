//! A game in normal form: players, their strategies, and what every combination pays.

use std::cmp::Ordering;

use super::form_error::{FormError, check, crowded};
use super::names::told_apart;
use super::rational::Rational;
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
/// Names are told apart: a player or strategy without one has its number, and who bears the name of an
/// earlier one has a number behind it.
///
/// Payoffs are exact. Those that were computed as floats ([`NormalForm::new`]) are told apart to twelve
/// digits, so that 0.1 + 0.2 ties with 0.3; those that were written ([`NormalForm::exact`]) are what was
/// written.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct NormalForm {
    /// Its title.
    pub title: String,
    players: Vec<Player>,
    /// The floats nearest to the payoffs: `payoffs[profile * players + player]`, the last player's
    /// strategy varying fastest.
    payoffs: Vec<f64>,
    /// The payoffs: `exact[player].numerators[profile]`.
    exact: Vec<Whole>,
    /// What one strategy up adds to the number of a profile.
    strides: Vec<usize>,
}

/// A game as it is kept.
#[derive(serde::Serialize, serde::Deserialize)]
struct Written {
    title: String,
    players: Vec<Player>,
    payoffs: Vec<Rational>,
}

impl From<NormalForm> for Written {
    fn from(game: NormalForm) -> Self {
        let cells =
            (0..game.profiles()).flat_map(|profile| (0..game.players.len()).map(move |p| (profile, p)));
        let payoffs = cells.map(|(profile, player)| game.exact_payoff(profile, player)).collect();
        Self { title: game.title, players: game.players, payoffs }
    }
}

impl TryFrom<Written> for NormalForm {
    type Error = FormError;

    fn try_from(written: Written) -> Result<Self, FormError> {
        Self::exact(&written.title, written.players, written.payoffs)
    }
}

/// A common denominator of computed payoffs that has more bits is taken for a sign that they are no short
/// fractions.
const MOST_BITS: u64 = 128;

/// Bits of a common denominator of written payoffs, and of a player's numerators over it in all.
const MOST_BITS_WRITTEN: u64 = 1 << 12;
const MOST_BITS_IN_ALL: u64 = 1 << 31;

/// Players with names that can be told apart, and so their strategies.
fn with_names(players: Vec<Player>) -> Vec<Player> {
    let (names, strategies): (Vec<_>, Vec<_>) = players.into_iter().map(|p| (p.name, p.strategies)).unzip();
    let named = told_apart(names, "player ").into_iter().zip(strategies);
    named.map(|(name, own)| Player { name, strategies: told_apart(own, "") }).collect()
}

impl NormalForm {
    /// A game from payoffs that were computed, `payoffs[profile * players + player]`, the last player's
    /// strategy varying fastest. O(their number).
    ///
    /// Each is taken for the number that was meant: the float to twelve digits (and to 2e-15 of the player's
    /// largest), or a fraction as near as that which is shorter to write.
    ///
    /// # Errors
    /// Where the sizes are refused or do not fit each other, or a payoff is not finite.
    ///
    /// # Examples
    /// ```
    /// use demarche::equilibrium::{NormalForm, Player, pure_equilibria};
    /// let player = |name: &str| Player { name: name.to_owned(), strategies: vec!["c".into(), "d".into()] };
    /// let dilemma = [3.0, 3.0, 0.0, 5.0, 5.0, 0.0, 1.0, 1.0];
    /// let game = NormalForm::new("dilemma", vec![player("a"), player("b")], &dilemma)?;
    /// assert_eq!(pure_equilibria(&game), [3]);
    /// # Ok::<(), demarche::equilibrium::FormError>(())
    /// ```
    pub fn new(title: &str, players: Vec<Player>, payoffs: &[f64]) -> Result<Self, FormError> {
        Self::partly_written(title, players, payoffs, |_| None)
    }

    /// The same, where some payoffs (by their place) are known as they were written.
    pub(crate) fn partly_written(
        title: &str,
        players: Vec<Player>,
        payoffs: &[f64],
        written: impl Fn(usize) -> Option<Rational>,
    ) -> Result<Self, FormError> {
        check(&players, payoffs.len())?;
        if payoffs.iter().any(|payoff| !payoff.is_finite()) {
            return Err(FormError::NotFinite);
        }
        let count = players.len();
        let of = |player: usize| {
            let own = || payoffs.iter().enumerate().skip(player).step_by(count);
            let largest = own().map(|(_, payoff)| payoff.abs()).fold(0.0, f64::max);
            let meant =
                own().map(|(at, &float)| written(at).unwrap_or_else(|| Rational::meant(float, largest)));
            // Fractions of all kinds are taken for decimals, which always have a common denominator.
            Whole::of(&meant.collect::<Vec<_>>(), MOST_BITS).or_else(|| {
                let decimals: Vec<_> = own().map(|(_, &float)| Rational::written(float)).collect();
                Whole::of(&decimals, u64::MAX)
            })
        };
        let exact = (0..count).map(|player| of(player).ok_or_else(|| crowded(player, &players)));
        let exact = exact.collect::<Result<_, _>>()?;
        Ok(Self::of_parts(title, players, exact))
    }

    /// A game from payoffs as they were written, in the same order. O(their number).
    ///
    /// # Errors
    /// Where the sizes are refused or do not fit each other, or a player's payoffs are fractions whose common
    /// denominator is too large.
    pub fn exact(title: &str, players: Vec<Player>, payoffs: Vec<Rational>) -> Result<Self, FormError> {
        check(&players, payoffs.len())?;
        let mut by_player: Vec<Vec<Rational>> = vec![Vec::new(); players.len()];
        for (at, payoff) in payoffs.into_iter().enumerate() {
            by_player[at % players.len()].push(payoff);
        }
        let bits = |own: &[Rational]| (MOST_BITS_IN_ALL / own.len().max(1) as u64).min(MOST_BITS_WRITTEN);
        let exact = by_player
            .iter()
            .enumerate()
            .map(|(player, own)| Whole::of(own, bits(own)).ok_or_else(|| crowded(player, &players)));
        let exact = exact.collect::<Result<_, _>>()?;
        Ok(Self::of_parts(title, players, exact))
    }

    fn of_parts(title: &str, players: Vec<Player>, exact: Vec<Whole>) -> Self {
        let count = players.len();
        let mut strides = vec![1; count];
        for player in (1..count).rev() {
            strides[player - 1] = strides[player] * players[player].strategies.len();
        }
        let profiles = exact.first().map_or(0, |own| own.numerators.len());
        let mut payoffs = vec![0.0; profiles * count];
        for (player, own) in exact.iter().enumerate() {
            let places = payoffs.iter_mut().skip(player).step_by(count);
            places.zip(own.floats()).for_each(|(place, payoff)| *place = payoff);
        }
        Self { title: title.to_owned(), players: with_names(players), payoffs, exact, strides }
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

    /// What a profile pays a player, to the last digit.
    #[must_use]
    pub fn exact_payoff(&self, profile: usize, player: usize) -> Rational {
        self.exact[player].get(profile)
    }

    /// How what one profile pays a player compares with what another does, to the last digit.
    pub(super) fn compare(&self, player: usize, one: usize, other: usize) -> Ordering {
        // Rounding keeps the order: only what floats do not tell apart has to be compared digit by digit.
        let floats = self.payoff(one, player).partial_cmp(&self.payoff(other, player));
        let numerators = &self.exact[player].numerators;
        floats.filter(|order| order.is_ne()).unwrap_or_else(|| numerators[one].cmp(&numerators[other]))
    }

    /// What a profile pays a player, as the nearest float.
    #[must_use]
    pub fn payoff(&self, profile: usize, player: usize) -> f64 {
        self.payoffs[profile * self.players.len() + player]
    }

    /// What a profile pays each player, as the nearest floats.
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
    pub(super) fn whole_payoffs(&self, player: usize) -> &Whole {
        &self.exact[player]
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
    fn refused(strategies: &[usize], payoffs: &[f64], complaint: &str) {
        let players = strategies.iter().map(|&count| player(count)).collect();
        let error = NormalForm::new("", players, payoffs).expect_err("it is no game");
        assert_eq!(error.to_string(), complaint);
    }

    #[test]
    fn what_is_no_game_is_refused_with_its_size() {
        refused(&[], &[], "the game has no player");
        refused(&[2; 65], &[], "the game has 65 players: more than 64 are refused");
        refused(&[2, 0], &[], "player 2 (`p`) has no strategy");
        refused(&[2; 64], &[], "the game has more than 10^18 payoffs: more than 4000000 are refused");
        refused(&[2, 1], &[1.0], "the game needs 4 payoffs, and has 1");
        refused(&[1], &[f64::NAN], "a payoff is infinite or not a number");
    }

    #[test]
    fn sums_that_differ_in_rounding_alone_tie() {
        let game = NormalForm::new("", vec![player(3)], &[0.1 + 0.2, 0.3, 0.1 + 0.2 - 0.3]);
        let game = game.expect("a game");
        assert_eq!((game.payoff(0, 0), game.payoff(2, 0)), (0.3, 0.0));
    }

    #[test]
    fn what_was_written_is_kept_to_the_last_digit_and_survives_being_stored() {
        let texts = ["0.3", "0.3000000000000000001", "1/3", "0.3333333333333333"];
        let payoffs = texts.map(|text| text.parse().expect(text));
        let game = NormalForm::exact("", vec![player(4)], payoffs.to_vec()).expect("a game");
        assert_eq!(texts.map(ToOwned::to_owned), [0, 1, 2, 3].map(|p| game.exact_payoff(p, 0).to_string()));
        assert_eq!((game.payoff(0, 0), game.compare(0, 0, 1)), (game.payoff(1, 0), Ordering::Less));
        let stored = serde_json::to_string(&game).expect("text");
        assert!(stored.contains("[0.3,\"0.3000000000000000001\",\"1/3\",0.3333333333333333]"), "{stored}");
        assert_eq!(serde_json::from_str::<NormalForm>(&stored).expect("a game"), game);
    }

    #[test]
    fn fractions_of_all_kinds_are_refused_where_written_and_decimals_where_computed() {
        let number = |n: u32| 6007 + 2 * n;
        let written = (0..1000).map(|n| format!("1/{}", number(n)).parse().expect("a number")).collect();
        let refused = NormalForm::exact("", vec![player(1000)], written).map(|_| ()).expect_err("too many");
        assert!(refused.to_string().contains("no common denominator of moderate size"), "{refused}");
        let computed: Vec<f64> = (0..1000).map(|n| 1.0 / f64::from(number(n))).collect();
        let game = NormalForm::new("", vec![player(1000)], &computed).expect("a game");
        assert_eq!((game.payoff(999, 0), game.payoff(7, 0)), (computed[999], computed[7]));
    }

    #[test]
    fn profiles_are_numbered_with_the_last_player_fastest() {
        let game = NormalForm::new("", vec![player(2), player(3)], &[0.0; 12]).expect("a game");
        assert_eq!(game.profile(&[1, 2]), 5);
        assert_eq!((game.digit(5, 0), game.digit(5, 1)), (1, 2));
        assert_eq!(game.instead(5, 0, 0), 2);
    }
}
