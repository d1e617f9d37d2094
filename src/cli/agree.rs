//! `agree`: plays held against exact propagation.

use clap::{ArgMatches, Args};
use demarche::output;

use super::arguments::{OutputArguments, RunArguments, ScenarioArguments};
use super::folder::Folder;
use super::give::{Given, give_into};
use super::open::open;
use super::watch::{Watching, explain_failure};
use super::{Status, print};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche agree scenarios/deterrence.toml
  demarche agree scenarios/deterrence.toml -n 1000000 --json";

/// So unlikely a statistic says that something is wrong, not that chance was unkind.
const IMPOSSIBLE: f64 = 1e-6;

/// Hold plays against the exact distribution
///
/// Finds the distribution both ways, every parameter at its central value, and says which share or mean lies
/// furthest apart, in standard errors, and how likely so large a difference of all outcomes is. The exit
/// status is 1 where it is less likely than one in a million.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    output: OutputArguments,
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    let Some(opened) = open(&arguments.scenario, given, arguments.output.quiet) else {
        return Ok(Status::Wrong);
    };
    let folder = arguments.output.out.as_deref().map(Folder::prepare).transpose()?;
    let settings = arguments.run.settings();
    let watching = Watching::new(arguments.output.quiet);
    let found =
        arguments.run.on_threads(|| demarche::study::agree(&opened.document, &settings, &watching))?;
    watching.finish();
    let agreement = match found {
        Ok(agreement) => agreement,
        Err(error) => return Ok(explain_failure(&error, &opened.sources)),
    };
    let tables = [("agreement".to_owned(), output::agreement_table(&agreement))];
    let by = demarche::study::Method::Sample;
    let found = Given { tables: &tables, document: &opened.document, settings: &settings, by };
    if !give_into(folder, &found, &arguments.output)? {
        print(&output::agreement_text(&agreement, settings.replications))?;
    }
    Ok(if agreement.p_value < IMPOSSIBLE { Status::Failed } else { Status::Done })
}
