//! `tables`: the payoff matrices.

use clap::{ArgMatches, Args};
use demarche::output;
use demarche::scenario::IssueId;

use super::arguments::ScenarioArguments;
use super::open::open;
use super::run::style;
use super::state::{StateArguments, find};
use super::watch::explain_failure;
use super::{Status, print, say};

/// Print the payoff matrices as game theorists draw them
///
/// An issue at a time, in a state: what the terms that name moves of this issue alone pay to its actors.
/// Every parameter stands at its central value.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Only this issue
    #[arg(long, value_name = "ISSUE")]
    issue: Option<String>,
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
    let mut issues: Vec<usize> = (0..scenario.issues.len()).collect();
    if let Some(issue) = &arguments.issue {
        match find(scenario.issues.iter().map(|issue| issue.id.as_str()), issue, "issue") {
            Ok(issue) => issues = vec![issue],
            Err(why) => {
                say(&format!("error: --issue: {why}"));
                return Ok(Status::Wrong);
            }
        }
    }
    let Some((levels, turn)) = arguments.state.resolve(&opened.document) else {
        return Ok(Status::Wrong);
    };
    let mut text = String::new();
    for issue in issues {
        match demarche::study::matrices(&opened.document, IssueId::new(issue), &levels, turn) {
            Ok(Some(matrices)) => text += &output::payoff_matrices(scenario, &matrices, style()),
            Ok(None) => text += &format!("{}: closed in this state\n", scenario.issues[issue].id),
            Err(error) => return Ok(explain_failure(&error, &opened.sources)),
        }
        text.push('\n');
    }
    print(text.trim_end_matches('\n'))?;
    print("\n")?;
    Ok(Status::Done)
}
