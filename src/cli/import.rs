//! `import`: a game of Gambit's as a scenario.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use demarche::equilibrium::gambit::{Imported, scenario_text};

use super::gambit_file::read_gambit;
use super::{Status, print, say};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche import game.nfg
  demarche import game.efg";

/// Turn a game in a file of Gambit's into a scenario
///
/// The scenario has one turn and one issue, each player's strategies as an actor's moves, and a payoff term
/// for each cell that pays anybody; trees are turned into normal form. It goes to standard output.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The game, a .nfg or .efg file, or - for standard input
    #[arg(value_name = "GAME", value_hint = ValueHint::FilePath)]
    game: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Status> {
    let Some(game) = read_gambit(&arguments.game) else { return Ok(Status::Wrong) };
    match scenario_text(&game.form) {
        Ok(Imported { text, rounded }) => {
            if rounded > 0 {
                say(&format!(
                    "warning: {rounded} payoffs have more digits than a scenario keeps: they are rounded to seventeen"
                ));
            }
            print(&text)?;
            Ok(Status::Done)
        }
        Err(why) => {
            say(&format!("error: {why}"));
            Ok(Status::Wrong)
        }
    }
}
