//! `tables`: the payoff matrices.

use clap::{ArgMatches, Args};
use demarche::output;
use demarche::scenario::IssueId;

use super::arguments::{OutputArguments, RunArguments, ScenarioArguments};
use super::evaluate::style_old as style;
use super::give::{Given, give};
use super::opened::{Opened, open};
use super::state::{StateArguments, find};
use super::watch_old::explain_failure;
use super::{Status, print, say};

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

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    let Some(opened) = open(&arguments.scenario, given, arguments.output.quiet) else {
        return Ok(Status::Wrong);
    };
    let Some(issues) = issues(arguments, &opened) else { return Ok(Status::Wrong) };
    let Some((levels, turn)) = arguments.state.resolve(&opened.document) else {
        return Ok(Status::Wrong);
    };
    let (document, settings) = (&opened.document, arguments.run.settings());
    let drawn = arguments.state.drawn(settings.seed);
    let (mut texts, mut open) = (Vec::new(), Vec::new());
    for issue in issues {
        match demarche::study::matrices(document, drawn, IssueId::new(issue), &levels, turn) {
            Ok(Some(matrices)) => {
                texts.push(output::payoff_matrices(&document.scenario, &matrices, style()));
                open.push(matrices);
            }
            Ok(None) => texts.push(format!("{}: closed in this state\n", document.scenario.issues[issue].id)),
            Err(error) => return Ok(explain_failure(&error, &opened.sources)),
        }
    }
    let tables = [("payoffs".to_owned(), output::payoff_table(&document.scenario, &open))];
    if !give(
        &Given { tables: &tables, document, settings: &settings, by: demarche::study::Method::Sample },
        &arguments.output,
    )? {
        print(&texts.join("\n"))?;
    }
    Ok(Status::Done)
}

/// The issues that were asked for; `None` where there is none of that name, which has been said.
fn issues(arguments: &Arguments, opened: &Opened) -> Option<Vec<usize>> {
    let known = &opened.document.scenario.issues;
    let Some(asked) = &arguments.issue else { return Some((0..known.len()).collect()) };
    match find(known.iter().map(|issue| issue.id.as_str()), asked, "issue") {
        Ok(issue) => Some(vec![issue]),
        Err(why) => {
            say(&format!("error: --issue: {why}"));
            None
        }
    }
}
