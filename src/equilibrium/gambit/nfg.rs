//! Games in normal form: `.nfg`, with payoffs or with outcomes.

use super::words::{FileError, Word, Words};
use crate::equilibrium::form_error::sizes;
use crate::equilibrium::{MOST_PLAYERS, NormalForm, Player, Rational};

/// More strategies of one player than this are refused.
const MOST_STRATEGIES: usize = 100_000;

/// Reads a game in Gambit's normal-form format, of either version.
///
/// # Errors
/// Says what is wrong, and where.
///
/// # Examples
/// ```
/// let text = r#"NFG 1 R "Pennies" { "Even" "Odd" } { 2 2 }
///     1 -1  -1 1  -1 1  1 -1"#;
/// let game = demarche::equilibrium::gambit::read_nfg(text)?;
/// assert_eq!(game.payoff(game.profile(&[1, 0]), 1), 1.0);
/// # Ok::<(), demarche::equilibrium::gambit::FileError>(())
/// ```
pub fn read_nfg(text: &str) -> Result<NormalForm, FileError> {
    let mut words = Words::new(text);
    let title = prologue(&mut words, "NFG", "1")?;
    let names = players(&mut words)?;
    let players = strategies(&mut words, names)?;
    let counts: Vec<usize> = players.iter().map(|player| player.strategies.len()).collect();
    let (profiles, numbers) = sizes(&counts).map_err(|refused| words.error(refused.to_string()))?;
    words.text_if()?;
    let listed = match words.peek()? {
        Word::Open => by_outcomes(&mut words, players.len(), profiles)?,
        _ => (0..numbers).map(|_| words.number("a payoff")).collect::<Result<_, _>>()?,
    };
    match words.next()? {
        Word::End => {}
        other => return Err(words.unexpected(&format!("the end of the file after {profiles} cells"), &other)),
    }
    let payoffs = reorder(listed, &counts);
    NormalForm::exact(&title, players, payoffs).map_err(|refused| words.error(refused.to_string()))
}

/// `NFG 1 R "title"`: gives the title.
pub(super) fn prologue(words: &mut Words<'_>, kind: &str, version: &str) -> Result<String, FileError> {
    match words.next()? {
        Word::Bare(word) if word == kind => {}
        other => return Err(words.unexpected("a Gambit file, which begins with `NFG` or `EFG`", &other)),
    }
    match words.next()? {
        Word::Bare(word) if word == version => {}
        other => return Err(words.unexpected(&format!("version {version} of the format"), &other)),
    }
    match words.next()? {
        Word::Bare("R" | "D") => words.text("the title"),
        other => Err(words.unexpected("`R`", &other)),
    }
}

/// `{ "first" "second" }`
pub(super) fn players(words: &mut Words<'_>) -> Result<Vec<String>, FileError> {
    words.open("the players' names")?;
    let mut names = Vec::new();
    while !words.closes()? {
        names.push(words.text("a player's name")?);
        if names.len() > MOST_PLAYERS {
            return Err(words.error(format!("more than {MOST_PLAYERS} players are refused")));
        }
    }
    if names.is_empty() { Err(words.error("the game has no player")) } else { Ok(names) }
}

/// `{ { "a" "b" } { "c" "d" } }`, or how many each has: `{ 2 2 }`.
fn strategies(words: &mut Words<'_>, names: Vec<String>) -> Result<Vec<Player>, FileError> {
    words.open("the players' strategies")?;
    let mut players = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        let strategies = if words.peek()? == Word::Open { named(words)? } else { numbered(words, at + 1)? };
        if strategies.is_empty() {
            return Err(words.error(format!("player {} (`{name}`) has no strategy", at + 1)));
        }
        players.push(Player { name, strategies });
    }
    match words.next()? {
        Word::Close => Ok(players),
        other => Err(words.unexpected(&format!("`}}` after {} players' strategies", players.len()), &other)),
    }
}

fn numbered(words: &mut Words<'_>, player: usize) -> Result<Vec<String>, FileError> {
    let count = words.whole(&format!("how many strategies player {player} has"))?;
    if count > MOST_STRATEGIES {
        return Err(words.error(format!("more than {MOST_STRATEGIES} strategies are refused")));
    }
    Ok((1..=count).map(|number| number.to_string()).collect())
}

fn named(words: &mut Words<'_>) -> Result<Vec<String>, FileError> {
    words.open("the names of strategies")?;
    let mut names = Vec::new();
    while !words.closes()? {
        names.push(words.text("a strategy's name")?);
    }
    Ok(names)
}

/// Outcomes, and then the number of one for each cell; 0 pays nothing.
fn by_outcomes(words: &mut Words<'_>, players: usize, profiles: usize) -> Result<Vec<Rational>, FileError> {
    words.open("the outcomes")?;
    let mut outcomes: Vec<Vec<Rational>> = vec![vec![Rational::default(); players]];
    while !words.closes()? {
        words.open("an outcome")?;
        words.text_if()?;
        outcomes.push(pays(words, players)?);
    }
    let mut listed = Vec::with_capacity(profiles * players);
    for _ in 0..profiles {
        let number = words.whole("the number of an outcome")?;
        let outcome = outcomes.get(number).ok_or_else(|| {
            words.error(format!("there is no outcome {number}: the file has {}", outcomes.len() - 1))
        })?;
        listed.extend_from_slice(outcome);
    }
    Ok(listed)
}

/// What an outcome pays, up to its closing brace.
pub(super) fn pays(words: &mut Words<'_>, players: usize) -> Result<Vec<Rational>, FileError> {
    let mut pays = Vec::new();
    while !words.closes()? {
        pays.push(words.number("a payoff or `}`")?);
        if pays.len() > players {
            return Err(
                words.error(format!("an outcome pays {players} players, and here is one payoff more"))
            );
        }
    }
    if pays.len() < players {
        return Err(words.error(format!("an outcome pays {players} players, and here are {}", pays.len())));
    }
    Ok(pays)
}

/// From the file's order, in which the first player's strategy varies fastest, to ours, in which the
/// last one's does.
fn reorder(mut listed: Vec<Rational>, counts: &[usize]) -> Vec<Rational> {
    let players = counts.len();
    let mut payoffs = vec![Rational::default(); listed.len()];
    for (number, pays) in listed.chunks_exact_mut(players).enumerate() {
        let mut rest = number;
        let mut profile = 0;
        let mut stride: usize = counts.iter().product();
        for count in counts {
            stride /= count;
            profile += rest % count * stride;
            rest /= count;
        }
        payoffs[profile * players..][..players].swap_with_slice(pays);
    }
    payoffs
}
