//! `run`: the outcome distribution.

use clap::{ArgMatches, Args};

use super::Status;
use super::arguments::{AskArguments, number, whole};
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche run scenarios/deterrence.toml
  demarche run scenarios/deterrence.toml --variant resolute --out out/resolute
  demarche run scenarios/trade_war.toml -n 100_000 --seed 2 --json";

/// Play a scenario and give the distribution of its outcomes
///
/// Prints a summary, or with --json every table, or with --out writes them as CSV files into a folder,
/// with the scenario as it was run. The same seed gives the same bytes on any machine and any number of
/// threads.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ask: AskArguments,
    /// Also write every single play, into replications.csv; needs --out
    #[arg(long, requires = "out", help_heading = "What comes out")]
    each: bool,
    /// Drop states less likely than this after a turn, where the method is exact [default: none]
    ///
    /// What was dropped is added to the ranges of all shares.
    #[arg(long, value_name = "P", default_value_t = 0.0, hide_default_value = true, value_parser = tolerance,
          help_heading = "How it runs")]
    drop_below: f64,
    /// Go on until no outcome's 95 % interval reaches further than this to either side
    ///
    /// Begins with -n plays (and --draws), and plays as many more as it takes; draws grow with plays. The run that
    /// it ends with is the one that its number of plays and draws gives by itself.
    #[arg(long, value_name = "P", value_parser = half_width, help_heading = "How it runs")]
    precision: Option<f64>,
    /// Plays that --precision may take [default: 100 million]
    #[arg(long, value_name = "N", default_value_t = 100_000_000, hide_default_value = true,
          value_parser = |text: &str| whole(text, 1, u64::MAX), requires = "precision",
          help_heading = "How it runs")]
    at_most: u64,
}

/// Half the width of an interval of a probability.
fn half_width(text: &str) -> Result<f64, String> {
    let wanted = "half the width of an interval, above 0 and below 0.5";
    number(text, |number| 0.0 < number && number < 0.5, wanted)
}

/// A probability, far below 1.
fn tolerance(text: &str) -> Result<f64, String> {
    number(text, |number| (0.0..0.1).contains(&number), "a probability below 0.1, such as 1e-12")
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    evaluate("run", &arguments.ask, matches)
}
