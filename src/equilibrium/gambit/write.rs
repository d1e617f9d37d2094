//! Games written for Gambit.

use std::fmt::Write;

use crate::equilibrium::NormalForm;

/// The game as a `.nfg` file, payoffs version. Payoffs are written to their last digit.
#[must_use]
pub fn nfg(game: &NormalForm) -> String {
    let names = |names: &mut dyn Iterator<Item = &String>| -> String {
        names.map(|name| format!("{} ", quoted(name))).collect()
    };
    let players = game.players();
    let mut text = format!("NFG 1 R {}\n", quoted(&game.title));
    let _ = writeln!(text, "{{ {}}}\n", names(&mut players.iter().map(|player| &player.name)));
    let lists = players.iter().map(|player| format!("{{ {}}}", names(&mut player.strategies.iter())));
    let _ = writeln!(text, "{{ {}\n}}\n\"\"\n", lists.collect::<Vec<_>>().join("\n  "));
    for number in 0..game.profiles() {
        let profile = first_fastest(game, number);
        let pays = (0..players.len()).map(|player| game.exact_payoff(profile, player).to_string());
        let _ = writeln!(text, "{}", pays.collect::<Vec<_>>().join(" "));
    }
    text
}

/// The profile at a place in the file's order, in which the first player's strategy varies fastest.
fn first_fastest(game: &NormalForm, mut number: usize) -> usize {
    let mut strategies = Vec::with_capacity(game.players().len());
    for player in 0..game.players().len() {
        strategies.push(number % game.strategies(player));
        number /= game.strategies(player);
    }
    game.profile(&strategies)
}

/// A text in quotes, on one line.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}
