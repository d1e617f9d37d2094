//! `agree`: plays held against exact propagation.

use clap::{ArgMatches, Args};

use super::Status;
use super::arguments::AskArguments;
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche agree scenarios/deterrence.toml
  demarche agree scenarios/deterrence.toml -n 1000000 --json";

/// Hold plays against the exact distribution
///
/// Finds the distribution both ways, every parameter at its central value, and says which share or mean lies
/// furthest apart, in standard errors, and how likely so large a difference of all outcomes is. The exit
/// status is 1 where it is less likely than one in a million.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ask: AskArguments,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    evaluate("agree", &arguments.ask, matches)
}
