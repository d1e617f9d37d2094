//! A game in normal form as the text of a scenario.

use std::fmt::Write;

use crate::equilibrium::{NormalForm, Rational};

/// More cells than this are refused: a scenario has a payoff term for each.
pub const MOST_CELLS: usize = 10_000;

/// A scenario's amounts are no larger than this.
const LARGEST: f64 = 1e15;

/// A game as a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The text of the scenario.
    pub text: String,
    /// How many payoffs have more digits than a scenario's numbers keep, and were rounded to seventeen.
    pub rounded: usize,
}

/// Why no scenario is made of a game.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// It has too many cells.
    #[error("the game has {0} cells: no more than {MOST_CELLS} are made into payoff terms")]
    Cells(usize),
    /// A payoff is too large for a scenario.
    #[error("({cell}) pays {player} {payoff}: a scenario's amounts are at most 1e15 in size")]
    Amount {
        /// The strategies of the cell.
        cell: String,
        /// Who is paid.
        player: String,
        /// What.
        payoff: Rational,
    },
}

/// A scenario of one turn and one issue in which the game is played.
///
/// # Errors
/// Where it has too many cells, or a payoff is larger than 1e15.
pub fn scenario_text(game: &NormalForm) -> Result<Imported, ImportError> {
    if game.profiles() > MOST_CELLS {
        return Err(ImportError::Cells(game.profiles()));
    }
    if let Some(error) = (0..game.profiles()).find_map(|profile| too_large(game, profile)) {
        return Err(error);
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
    let cells =
        (0..game.profiles()).flat_map(|profile| (0..players.len()).map(move |player| (profile, player)));
    let rounded = cells.filter(|&(profile, player)| amount(&game.exact_payoff(profile, player)).1).count();
    Ok(Imported { text, rounded })
}

/// What is too large in a cell, if anything is.
fn too_large(game: &NormalForm, profile: usize) -> Option<ImportError> {
    let player = game.pays(profile).iter().position(|pay| pay.abs() > LARGEST)?;
    let players = game.players().iter().enumerate();
    let cell = players.map(|(at, own)| own.strategies[game.digit(profile, at)].as_str());
    Some(ImportError::Amount {
        cell: cell.collect::<Vec<_>>().join(", "),
        player: game.players()[player].name.clone(),
        payoff: game.exact_payoff(profile, player),
    })
}

/// The payoff term of a cell, where it pays anybody.
fn cell(text: &mut String, game: &NormalForm, profile: usize, actors: &[String], moves: &[Vec<String>]) {
    let pays: Vec<String> = actors
        .iter()
        .enumerate()
        .filter(|(player, _)| game.payoff(profile, *player) != 0.0)
        .map(|(player, actor)| format!("{actor} = {}", amount(&game.exact_payoff(profile, player)).0))
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

/// A number of TOML, or an expression where it is a fraction; and whether it had to be rounded, because a
/// float does not hold it.
fn amount(payoff: &Rational) -> (String, bool) {
    let text = payoff.to_string();
    let held =
        |part: &str| part.parse::<Rational>().is_ok_and(|exact| Rational::written(exact.value()) == exact);
    match text.split('/').all(held) {
        true if text.contains('/') => (quoted(&text), false),
        true => (text, false),
        false => (Rational::written(payoff.value()).to_string(), true),
    }
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
