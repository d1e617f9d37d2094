//! `play`: one replication, turn by turn.

use clap::{ArgMatches, Args};

use super::Status;
use super::arguments::{AskArguments, OutputArguments, RunArguments, ScenarioArguments, whole};
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche play scenarios/deterrence.toml
  demarche play scenarios/trade_war.toml --replication 4711";

/// Tell one replication turn by turn
///
/// Who chose what, with which probability; what it paid, and for which reason; what came of it, and what
/// could have. The replication is the one that a run with the same options plays.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// The replication to tell; 0 is the first
    #[arg(long, value_name = "R", default_value_t = 0, help_heading = "Where to look",
          value_parser = |text: &str| whole(text, 0, u64::MAX))]
    replication: u64,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    output: OutputArguments,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    let ask = AskArguments::new(&arguments.scenario, &arguments.run, &arguments.output);
    evaluate("play", &ask, matches)
}
