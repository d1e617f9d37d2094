//! `play`: one replication, told turn by turn.

use clap::{ArgMatches, Args};
use demarche::output;

use super::arguments::{RunArguments, ScenarioArguments};
use super::open::open;
use super::run::style;
use super::watch::explain_failure;
use super::{Status, print};

/// Tell one replication turn by turn
///
/// Who chose what, with which probability; what it paid, and for which reason; what came of it. The
/// replication is the one that a run with the same options plays.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    run: RunArguments,
    /// The number of the replication, from 0
    #[arg(long, value_name = "R", default_value_t = 0)]
    replication: u64,
    /// No warnings
    #[arg(long, help_heading = "What comes out")]
    quiet: bool,
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    let Some(opened) = open(&arguments.scenario, given, arguments.quiet) else {
        return Ok(Status::Wrong);
    };
    let told = demarche::study::story(&opened.document, &arguments.run.settings(), arguments.replication);
    match told {
        Ok(story) => print(&output::story(&opened.document.scenario, &story, style()))?,
        Err(error) => return Ok(explain_failure(&error, &opened.sources)),
    }
    Ok(Status::Done)
}
