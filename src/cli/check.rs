//! `check`: whether a scenario is sound, and how large it is.

use std::fmt::Write;

use clap::{ArgMatches, Args};
use demarche::output::{self, Cell, Table};
use demarche::scenario::Scenario;
use demarche::study::Shared;

use super::arguments::ScenarioArguments;
use super::opened::{open, tell};
use super::watch_old::explain_failure;
use super::{Status, print, study};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche check scenarios/deterrence.toml
  demarche check scenarios/deterrence.toml --set parameters.prize=3";

/// Say whether a scenario is sound, and how large it is
///
/// Errors are what makes it unusable, warnings what is legal but surely not meant; all are told at once.
/// The exit status is 2 where there are errors.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Print the sizes as JSON
    #[arg(long, help_heading = "What comes out")]
    json: bool,
    /// No warnings
    #[arg(long, help_heading = "What comes out")]
    quiet: bool,
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    let Some(opened) = open(&arguments.scenario, given, arguments.quiet) else {
        return Ok(Status::Wrong);
    };
    // A game that is too large to be computed with is an error of the scenario's too.
    if let Err(error) = Shared::default().prepare(&opened.document.scenario, &opened.document.slots) {
        return Ok(explain_failure(&error, &opened.sources));
    }
    let wrong = study::problems(&opened.document.scenario.studies);
    if !wrong.is_empty() {
        tell(&wrong, &opened.sources);
        return Ok(Status::Wrong);
    }
    let sizes = sizes(&opened.document.scenario);
    if arguments.json {
        print(&output::json(&[("sizes".to_owned(), sizes)]))?;
        return Ok(Status::Done);
    }
    let found = match opened.warnings {
        0 => String::new(),
        1 => ", with 1 warning".to_owned(),
        n => format!(", with {n} warnings"),
    };
    let mut text = format!("{}: sound{found}\n", opened.document.scenario.title);
    for row in &sizes.rows {
        let _ = writeln!(text, "  {:>8}  {}", row[1].field(), row[0].field());
    }
    print(&text)?;
    Ok(Status::Done)
}

fn sizes(scenario: &Scenario) -> Table {
    let mut table = Table::new(&["what", "size"]);
    let states: u64 = scenario.variables.iter().map(|variable| variable.levels.len() as u64).product();
    let uncertain = scenario.uncertain().len();
    let rows: [(String, u64); 12] = [
        (format!("turns, one {} each", scenario.turn), u64::from(scenario.turns)),
        ("states".to_owned(), states),
        ("variables".to_owned(), scenario.variables.len() as u64),
        ("actors".to_owned(), scenario.actors.len() as u64),
        ("issues".to_owned(), scenario.issues.len() as u64),
        ("payoff terms, rows of tables included".to_owned(), scenario.terms.len() as u64),
        ("effects and events".to_owned(), scenario.effects.len() as u64),
        (format!("parameters, {uncertain} of them uncertain"), scenario.parameters.len() as u64),
        (
            "outcomes".to_owned(),
            scenario.classifications.iter().map(|class| class.outcomes.len() as u64).sum(),
        ),
        ("claims".to_owned(), scenario.claims.len() as u64),
        ("facts".to_owned(), scenario.facts.len() as u64),
        ("variants".to_owned(), scenario.variants.len() as u64),
    ];
    table.rows = rows.into_iter().map(|(what, size)| vec![Cell::Text(what), Cell::Integer(size)]).collect();
    table
}
