//! Equilibria in pure strategies.

use super::NormalForm;

/// Every profile from which no player gains by deviating alone, ascending. O(profiles x strategies).
#[must_use]
pub fn pure_equilibria(game: &NormalForm) -> Vec<usize> {
    let stays = |profile: usize| {
        (0..game.players().len()).all(|player| {
            let mut instead = (0..game.strategies(player)).map(|s| game.instead(profile, player, s));
            instead.all(|other| game.compare(player, other, profile).is_le())
        })
    };
    (0..game.profiles()).filter(|&profile| stays(profile)).collect()
}
