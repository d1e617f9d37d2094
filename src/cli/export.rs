//! `export`: the stage game of a state, for Gambit.

use clap::{ArgMatches, Args};

use super::Status;
use super::arguments::{AskArguments, ScenarioArguments, whole};
use super::evaluate::evaluate;
use super::solve::StageArguments;

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
    #[arg(long, value_name = "S", default_value_t = 1, help_heading = "How it runs",
          value_parser = |text: &str| whole(text, 0, u64::MAX))]
    seed: u64,
    /// No warnings
    #[arg(long, help_heading = "What comes out")]
    quiet: bool,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    evaluate("export", &AskArguments::at_once(&arguments.scenario, false, arguments.quiet), matches)
}
