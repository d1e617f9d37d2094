//! Games written for Gambit.

use std::fmt::Write;

use crate::equilibrium::{NormalForm, text_of};

/// The game as a `.nfg` file, payoffs version. Numbers read back as they were.
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
        let pays: Vec<String> = game.pays(profile).iter().map(|&pay| text_of(pay)).collect();
        let _ = writeln!(text, "{}", pays.join(" "));
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
