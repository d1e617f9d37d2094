//! `check`: whether a scenario is sound, and how large it is.

use clap::{ArgMatches, Args};

use super::Status;
use super::arguments::{AskArguments, ScenarioArguments};
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche check scenarios/deterrence.toml
  demarche check scenarios/deterrence.toml --set parameters.prize=3";

/// Say whether a scenario is sound, and how large it is
///
/// Errors are what makes it unusable, warnings what is legal but surely not meant; all are told at once.
/// The exit status is 2 where there are errors.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Print the sizes as JSON
    #[arg(long, help_heading = "What comes out")]
    json: bool,
    /// No warnings
    #[arg(long, help_heading = "What comes out")]
    quiet: bool,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    let ask = AskArguments::at_once(&arguments.scenario, arguments.json, arguments.quiet);
    evaluate("check", &ask, matches)
}
