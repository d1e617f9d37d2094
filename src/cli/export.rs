//! `export`: the stage game of a state, for Gambit.

use clap::{ArgMatches, Args};
use demarche::equilibrium::gambit;

use super::arguments::ScenarioArguments;
use super::opened::open;
use super::solve::StageArguments;
use super::{Status, print};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche export scenarios/deterrence.toml
  demarche export scenarios/trade_war.toml --turn 2";

/// Write the stage game of a state as a .nfg file, for Gambit
///
/// The same game that `solve` solves: all open issues as one, or with --issue one part of it, with one
/// turn's payoffs to each actor. The text goes to standard output; Gambit reads it as it is.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    stage: StageArguments,
    /// The seed of the draws
    #[arg(long, value_name = "S", default_value_t = 1, help_heading = "How it runs")]
    seed: u64,
    /// No warnings
    #[arg(long, help_heading = "What comes out")]
    quiet: bool,
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    let Some(opened) = open(&arguments.scenario, given, arguments.quiet) else {
        return Ok(Status::Wrong);
    };
    let laid = match arguments.stage.as_one().lay(&opened, arguments.seed) {
        Ok(laid) => laid,
        Err(status) => return Ok(status),
    };
    // One issue, or all as one: one game.
    print(&laid.stage.games.iter().map(|game| gambit::nfg(&game.form)).collect::<String>())?;
    Ok(Status::Done)
}
