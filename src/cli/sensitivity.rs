//! `sensitivity`: which numbers and claims a measure hangs on.

use clap::{ArgMatches, Args, ValueEnum};
use demarche::study::OFF_BY;

use super::Status;
use super::arguments::{AskArguments, count, off_by, whole};
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche sensitivity scenarios/deterrence.toml --of outcomes.crisis.war
  demarche sensitivity scenarios/deterrence.toml --of turns --by morris,sobol
  demarche sensitivity scenarios/deterrence.toml --of turns --over payoffs";

/// Find the numbers and the claims on which a measure hangs
///
/// One number at a time (tornado): each uncertain parameter goes through its range, all else as in a run. By claim: all
/// numbers that rest on a claim go to their low ends, then to their high ones, as if it were wrong. Both tell
/// differences on the same chance. Morris' walks step through the ranges of all numbers at once and find those that do
/// nothing, in few points; Sobol's shares say how much of the measure's variance is each number's, alone and together
/// with the others, in many. A range is that of the number's distribution (between its 1 % and 99 % quantiles, where it
/// has no bounds), or so much of a known number as --off-by says. Where no parameter is uncertain, the known ones are
/// varied.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ask: AskArguments,

    /// What is measured: outcomes.CLASS.OUTCOME, scores.ACTOR, measures.NAME, ...; repeatable
    #[arg(long, value_name = "MEASURE", required = true, help_heading = "Where to look")]
    of: Vec<String>,

    /// How it is looked into [default: tornado,claim]
    #[arg(long, value_enum, value_name = "METHODS", value_delimiter = ',', hide_default_value = true, help_heading = "Where to look",
          default_values_t = [By::Tornado, By::Claim])]
    by: Vec<By>,

    /// The numbers that are varied, claims apart
    #[arg(long, value_enum, value_name = "NUMBERS", default_value_t, help_heading = "Where to look")]
    over: Over,

    /// How far off a known number may be, as a share of it
    #[arg(long, value_name = "SHARE", default_value_t = OFF_BY, help_heading = "Where to look",
          value_parser = off_by)]
    off_by: f64,

    /// Morris' walks, each with a point more than there are numbers
    #[arg(long, value_name = "W", default_value_t = 20, help_heading = "How it runs",
          value_parser = |text: &str| count(text, 2, 100_000))]
    walks: usize,

    /// Rows of Sobol's design, each with two points more than there are numbers; best a power of two
    #[arg(long, value_name = "R", default_value_t = 256, help_heading = "How it runs",
          value_parser = |text: &str| count(text, 4, 1 << 20))]
    rows: usize,

    /// Plays at each point of Morris' and Sobol's designs [default: a tenth of all]
    #[arg(long, value_name = "N", help_heading = "How it runs",
          value_parser = |text: &str| whole(text, 1, u64::MAX))]
    plays: Option<u64>,

    /// Also give every point of Morris' and Sobol's designs, as points.csv
    #[arg(long, help_heading = "What comes out")]
    each: bool,
}

/// How a measure is looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// One number at a time, through its range
    Tornado,
    /// All numbers that rest on a claim, as if it were wrong
    Claim,
    /// Which numbers do anything at all, wherever the others stand
    Morris,
    /// How much of the variance is each number's
    Sobol,
}

/// Which numbers are varied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Over {
    /// The uncertain parameters
    #[default]
    Uncertain,
    /// All parameters, but for derived ones
    Parameters,
    /// These, and what payoff terms and outcomes pay
    Payoffs,
    /// Every number
    All,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    evaluate("sensitivity", &arguments.ask, matches)
}
