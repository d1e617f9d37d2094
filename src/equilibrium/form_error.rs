//! What is no game in normal form, and sizes that are refused.

use super::Player;

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
    /// A player's payoffs are fractions without a common denominator that can be worked with.
    #[error(
        "the payoffs of player {number} (`{name}`) are fractions with no common denominator of moderate size: \
         write them as decimals",
        number = .0 + 1,
        name = .1
    )]
    Denominators(usize, String),
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

/// Whether players and so many payoffs make a game.
pub(super) fn check(players: &[Player], given: usize) -> Result<(), FormError> {
    let counts: Vec<usize> = players.iter().map(|player| player.strategies.len()).collect();
    let (_, needed) = sizes(&counts)?;
    if let Some(idle) = counts.iter().position(|&count| count == 0) {
        return Err(FormError::Idle(idle, players[idle].name.clone()));
    }
    if given == needed { Ok(()) } else { Err(FormError::Count { needed, given }) }
}

/// There is no common denominator of moderate size.
pub(super) fn crowded(player: usize, players: &[Player]) -> FormError {
    FormError::Denominators(player, players[player].name.clone())
}
