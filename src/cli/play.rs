//! `play`: one replication, told turn by turn.

use clap::{ArgMatches, Args};
use demarche::output;

use super::arguments::{OutputArguments, RunArguments, ScenarioArguments};
use super::evaluate::style_old as style;
use super::give::{Given, give};
use super::opened::open;
use super::watch_old::{explain_failure, warn};
use super::{Status, print};

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
    #[arg(long, value_name = "R", default_value_t = 0, help_heading = "Where to look")]
    replication: u64,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    output: OutputArguments,
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    let Some(opened) = open(&arguments.scenario, given, arguments.output.quiet) else {
        return Ok(Status::Wrong);
    };
    let (document, settings) = (&opened.document, arguments.run.settings());
    let story = match demarche::study::story(document, &settings, arguments.replication) {
        Ok(story) => story,
        Err(error) => return Ok(explain_failure(&error, &opened.sources)),
    };
    warn(story.branching.as_ref(), arguments.output.quiet);
    let tables = output::story_tables(&document.scenario, &story);
    if !give(
        &Given { tables: &tables, document, settings: &settings, by: demarche::study::Method::Sample },
        &arguments.output,
    )? {
        print(&output::story(&document.scenario, &story, settings.seed, style()))?;
    }
    Ok(Status::Done)
}
