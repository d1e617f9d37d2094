//! `agree`: plays held against exact propagation.

use clap::{ArgMatches, Args};
use demarche::output;
use demarche::study::Method;

use super::Status;
use super::frame::{CommonArguments, Found, answer};

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
    common: CommonArguments,
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    answer(&arguments.common, given, |asked| {
        let agreement = demarche::study::agree(&asked.opened.document, &asked.settings, asked.watching)?;
        Ok(Found {
            tables: vec![("agreement".to_owned(), output::agreement_table(&agreement))],
            text: output::agreement_text(&agreement, asked.settings.replications),
            by: Method::Sample,
            status: if agreement.p_value < IMPOSSIBLE { Status::Failed } else { Status::Done },
        })
    })
}
