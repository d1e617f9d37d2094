//! `tables`: the payoff matrices.

use clap::{ArgMatches, Args};

use super::Status;
use super::arguments::{AskArguments, OutputArguments, RunArguments, ScenarioArguments, StateArguments};
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche tables scenarios/prisoners_dilemma.toml
  demarche tables scenarios/trade_war.toml --at agreement=lapsed";

/// Print the payoff matrices as game theorists draw them
///
/// An issue at a time, in a state: what the terms that name moves of this issue alone pay to its actors.
/// What the state alone pays comes to every cell alike and is left out.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Only this issue
    #[arg(long, value_name = "ISSUE", help_heading = "Where to look")]
    issue: Option<String>,
    #[command(flatten)]
    state: StateArguments,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    output: OutputArguments,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    let ask = AskArguments::new(&arguments.scenario, &arguments.run, &arguments.output);
    evaluate("tables", &ask, matches)
}
