//! `explain`: why an actor chooses what it does.

use clap::{ArgMatches, Args};
use demarche::output::{self, Chooser};

use super::arguments::{OutputArguments, RunArguments, ScenarioArguments};
use super::evaluate::style_old as style;
use super::give::{Given, give};
use super::opened::open;
use super::state::{StateArguments, find};
use super::watch_old::explain_failure;
use super::{Status, print, say};

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

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    let Some(opened) = open(&arguments.scenario, given, arguments.output.quiet) else {
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
    let (document, settings) = (&opened.document, arguments.run.settings());
    let drawn = arguments.state.drawn(settings.seed);
    let explained = match demarche::study::explain(document, drawn, actor, &levels, turn) {
        Ok(explained) => explained,
        Err(error) => return Ok(explain_failure(&error, &opened.sources)),
    };
    let chooser = Chooser { scenario, actor, levels: &levels, turn };
    let tables = output::explanation_tables(chooser, &explained);
    if !give(
        &Given { tables: &tables, document, settings: &settings, by: demarche::study::Method::Sample },
        &arguments.output,
    )? {
        print(&output::explanation(chooser, &explained, style()))?;
    }
    Ok(Status::Done)
}
