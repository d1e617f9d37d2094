//! A game in normal form as the text of a scenario.

use std::fmt::Write;

use crate::equilibrium::{NormalForm, text_of};

/// More cells than this are refused: a scenario has a payoff term for each.
pub const MOST_CELLS: usize = 10_000;

/// A scenario of one turn and one issue in which the game is played; `None` where it has too many cells.
#[must_use]
pub fn scenario_text(game: &NormalForm) -> Option<String> {
    if game.profiles() > MOST_CELLS {
        return None;
    }
    let players = game.players();
    let actors = ids(players.iter().map(|player| player.name.as_str()), "player");
    let moves: Vec<Vec<String>> =
        players.iter().map(|player| ids(player.strategies.iter().map(String::as_str), "move")).collect();
    let mut text = format!("format = 1\ntitle  = {}\nturns  = 1\n", quoted(&game.title));
    for (actor, player) in actors.iter().zip(players) {
        let _ = write!(text, "\n[actors.{actor}]\n");
        if *actor != player.name {
            let _ = writeln!(text, "name = {}", quoted(&player.name));
        }
    }
    text.push_str("\n[issues.game.moves]\n");
    for ((actor, own), player) in actors.iter().zip(&moves).zip(players) {
        let shown = own.iter().zip(&player.strategies).map(|(id, name)| {
            if id == name {
                quoted(id)
            } else {
                format!("{{ move = {}, title = {} }}", quoted(id), quoted(name))
            }
        });
        let _ = writeln!(text, "{actor} = [{}]", shown.collect::<Vec<_>>().join(", "));
    }
    for profile in 0..game.profiles() {
        cell(&mut text, game, profile, &actors, &moves);
    }
    Some(text)
}

/// The payoff term of a cell, where it pays anybody.
fn cell(text: &mut String, game: &NormalForm, profile: usize, actors: &[String], moves: &[Vec<String>]) {
    let pays: Vec<String> = actors
        .iter()
        .zip(game.pays(profile))
        .filter(|(_, pay)| **pay != 0.0)
        .map(|(actor, &pay)| format!("{actor} = {}", amount(pay)))
        .collect();
    if pays.is_empty() {
        return;
    }
    let made = actors
        .iter()
        .zip(moves)
        .enumerate()
        .map(|(player, (actor, own))| format!("{actor} = {}", quoted(&own[game.digit(profile, player)])));
    let _ = write!(text, "\n[issues.game.payoffs.cell_{}]\n", profile + 1);
    let _ = writeln!(text, "when = {{ {} }}", made.collect::<Vec<_>>().join(", "));
    let _ = writeln!(text, "pays = {{ {} }}", pays.join(", "));
}

/// A number of TOML, or an expression where it is a fraction.
fn amount(payoff: f64) -> String {
    let text = text_of(payoff);
    if text.contains('/') { quoted(&text) } else { text }
}

/// A text of TOML.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Ids for names, all different: small letters, digits and underscores, a letter first.
fn ids<'n>(names: impl Iterator<Item = &'n str>, kind: &str) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    for name in names {
        let letters = name.chars().flat_map(char::to_lowercase);
        let plain: String = letters.map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
        let mut id = plain.split_whitespace().collect::<Vec<_>>().join("_");
        if !id.starts_with(|c: char| c.is_ascii_lowercase()) || id == "turn" {
            id = if id.is_empty() { kind.to_owned() } else { format!("{kind}_{id}") };
        }
        id.truncate(60);
        let taken = |id: &String| made.contains(id);
        let unique = if taken(&id) {
            (2..made.len() + 3).map(|n| format!("{id}_{n}")).find(|other| !taken(other)).unwrap_or(id)
        } else {
            id
        };
        made.push(unique);
    }
    made
}
