//! `explain`: why an actor chooses what it does.

use clap::{ArgMatches, Args};

use super::Status;
use super::arguments::{AskArguments, OutputArguments, RunArguments, ScenarioArguments, StateArguments};
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche explain scenarios/deterrence.toml --actor challenger
  demarche explain scenarios/trade_war.toml --actor home --at agreement=lapsed";

/// Say why an actor chooses what it does in a state
///
/// The value of each of its options, term by term down to the claims, what it believes of the others, and
/// what it expects to come after. Issues that bear on each other are decided together.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// The actor whose choice is explained
    #[arg(long, value_name = "ACTOR", help_heading = "Where to look")]
    actor: String,
    #[command(flatten)]
    state: StateArguments,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    output: OutputArguments,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    let ask = AskArguments::new(&arguments.scenario, &arguments.run, &arguments.output);
    evaluate("explain", &ask, matches)
}
