//! `claims`: which numbers rest on which claim, and what they do.

use clap::{ArgMatches, Args};
use demarche::study::OFF_BY;

use super::Status;
use super::arguments::{AskArguments, off_by};
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche claims scenarios/deterrence.toml
  demarche claims scenarios/deterrence.toml --off-by 0.2 --of outcomes.crisis.war";

/// Say which numbers rest on which claim, and what they move
///
/// For every claim: the parameters and amounts whose `because` cites it, and what each outcome does when all of
/// them go to the low ends of their ranges, to the high ends, and when the payoffs that cite it are 0, on the
/// same chance. Uncertain parameters go to the ends of their distributions (to the 1 % and 99 % quantiles of one
/// without ends). Numbers that give no reason at all are listed as bare.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What is asked of: --of outcomes.war.truce; repeatable [default: every outcome]
    #[arg(long, value_name = "MEASURE", help_heading = "What is asked")]
    of: Vec<String>,

    /// How far a known number may be off, as a share of it
    ///
    /// 0.5 takes it from half to one and a half times what it is; probabilities and weights stay within what they may
    /// be. Uncertain parameters go over their distributions.
    #[arg(long, alias = "by", value_name = "SHARE", default_value_t = OFF_BY,
          value_parser = off_by, help_heading = "What is asked")]
    off_by: f64,

    #[command(flatten)]
    ask: AskArguments,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    evaluate("claims", &arguments.ask, matches)
}
