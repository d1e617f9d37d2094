//! `explain`: why an actor chooses what it does.

use clap::{ArgMatches, Args};
use demarche::output;

use super::arguments::ScenarioArguments;
use super::open::open;
use super::run::style;
use super::state::{StateArguments, find};
use super::watch::explain_failure;
use super::{Status, print, say};

/// Say why an actor chooses what it does in a state
///
/// The value of each of its options, term by term down to the claims, what it believes of the others, and
/// what it expects to come after. Every parameter stands at its central value.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Who
    #[arg(long, value_name = "ACTOR")]
    actor: String,
    #[command(flatten)]
    state: StateArguments,
    /// No warnings
    #[arg(long, help_heading = "What comes out")]
    quiet: bool,
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    let Some(opened) = open(&arguments.scenario, given, arguments.quiet) else {
        return Ok(Status::Wrong);
    };
    let scenario = &opened.document.scenario;
    let actor = match find(scenario.actors.iter().map(|a| a.id.as_str()), &arguments.actor, "actor") {
        Ok(actor) => actor,
        Err(why) => {
            say(&format!("error: --actor: {why}"));
            return Ok(Status::Wrong);
        }
    };
    let Some((levels, turn)) = arguments.state.resolve(&opened.document) else {
        return Ok(Status::Wrong);
    };
    match demarche::study::explain(&opened.document, actor, &levels, turn) {
        Ok(parts) => print(&output::explanation(scenario, actor, &levels, turn, &parts, style()))?,
        Err(error) => return Ok(explain_failure(&error, &opened.sources)),
    }
    Ok(Status::Done)
}
