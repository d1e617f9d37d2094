//! `models`: the same scenario under every decision model.

use clap::{ArgMatches, Args};

use super::Status;
use super::arguments::AskArguments;
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche models scenarios/deterrence.toml
  demarche models scenarios/deterrence.toml --draws 0 --out out/models";

/// Run a scenario under every decision model
///
/// Noisy, sharp, short-sighted, far-sighted, at several levels of reasoning, in equilibrium, learning: each
/// replaces how all actors choose, and nothing else, on the same chance. A finding that survives them all
/// does not rest on how the actors think. A model that the scenario rules out is said to be so.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ask: AskArguments,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    evaluate("models", &arguments.ask, matches)
}
