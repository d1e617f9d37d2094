//! `verify`: whether the model says what the source says.

use clap::{ArgMatches, Args};
use demarche::output;
use demarche::study::{Method, Verdict};

use super::arguments::{OutputArguments, RunArguments, ScenarioArguments};
use super::folder::Folder;
use super::give::{Given, give_into};
use super::open::open;
use super::run::style;
use super::watch::{Watching, explain_failure};
use super::{Status, print, say};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche verify scenarios/deterrence.toml
  demarche verify scenarios/deterrence.toml -n 100_000 --out out/facts";

/// Run a scenario's facts, and say which hold
///
/// A fact compares two runs that meet the same chance, or bounds a measure. It holds where its whole 95 %
/// interval is on the right side, fails where it is on the wrong one, and is unclear in between. The exit
/// status is 1 unless all hold.
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
    if arguments.run.method() == Method::Exact {
        say("error: facts are judged by plays that meet the same chance: leave out --method exact");
        return Ok(Status::Wrong);
    }
    let Some(opened) = open(&arguments.scenario, given, arguments.output.quiet) else {
        return Ok(Status::Wrong);
    };
    let folder = arguments.output.out.as_deref().map(Folder::prepare).transpose()?;
    let settings = arguments.run.settings();
    let watching = Watching::new(arguments.output.quiet);
    let verified =
        arguments.run.on_threads(|| demarche::study::verify(&opened.document, &settings, &watching))?;
    watching.finish();
    let results = match verified {
        Ok(results) => results,
        Err(error) => return Ok(explain_failure(&error, &opened.sources)),
    };
    let tables = [("facts".to_owned(), output::facts_table(&results))];
    let found =
        Given { tables: &tables, document: &opened.document, settings: &settings, by: Method::Sample };
    if !give_into(folder, &found, &arguments.output)? {
        if results.is_empty() {
            print("the scenario has no [facts]\n")?;
        } else {
            print(&output::facts_text(&results, style()))?;
        }
    }
    let all = results.iter().all(|result| result.verdict == Verdict::Holds);
    Ok(if all { Status::Done } else { Status::Failed })
}
