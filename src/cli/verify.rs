//! `verify`: whether the model says what the source says.

use clap::{ArgMatches, Args};

use super::Status;
use super::arguments::AskArguments;
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche verify scenarios/deterrence.toml
  demarche verify scenarios/deterrence.toml -n 100_000 --out out/facts";

/// Run a scenario's facts, and say which hold
///
/// A fact compares two runs that meet the same chance, or bounds a measure. It holds where its whole 95 %
/// interval is on the right side, fails where it is on the wrong one, and is unclear in between. The exit
/// status is 1 unless all hold.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ask: AskArguments,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    evaluate("verify", &arguments.ask, matches)
}
