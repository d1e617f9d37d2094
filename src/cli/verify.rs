//! `verify`: whether the model says what the source says.

use clap::{ArgMatches, Args};
use demarche::output;
use demarche::study::{Method, Verdict};

use super::Status;
use super::evaluate::style_old as style;
use super::frame::{CommonArguments, Found, answer};

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
    common: CommonArguments,
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    answer(&arguments.common, given, |asked| {
        if asked.method == Method::Exact {
            let why = "facts are judged by plays that meet the same chance: leave out --method exact";
            return Err(why.to_owned().into());
        }
        let results = demarche::study::verify(&asked.opened.document, &asked.settings, asked.watching)?;
        let all = results.iter().all(|result| result.verdict == Verdict::Holds);
        Ok(Found {
            tables: vec![("facts".to_owned(), output::facts_table(&results))],
            text: if results.is_empty() {
                "the scenario has no [facts]\n".to_owned()
            } else {
                output::facts_text(&results, style())
            },
            by: Method::Sample,
            status: if all { Status::Done } else { Status::Failed },
        })
    })
}
