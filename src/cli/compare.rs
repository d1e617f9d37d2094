//! `compare`: two scenarios side by side, on the same chance.

use std::path::PathBuf;

use clap::{ArgMatches, Args, ValueHint};

use super::Status;
use super::arguments::AskArguments;
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche compare scenarios/deterrence.toml --against resolute
  demarche compare scenarios/deterrence.toml --against parameters.resolve=0
  demarche compare scenarios/deterrence.toml --against turns=3 --of turns";

/// Hold a scenario against another one, on the same chance
///
/// Each play meets the same chance in both, so that what differs is what the change does: the difference of
/// every outcome and measure has an interval far narrower than that of two runs apart. Told besides: how many
/// plays end otherwise, and where. By plays, unless --method exact is asked for, which gives the exact
/// difference and knows no plays.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Another scenario file, in place of a change of the first
    ///
    /// Compared where outcomes bear the same names: paired, where both have the same structure, else run apart.
    #[arg(index = 2, value_name = "OTHER", value_hint = ValueHint::FilePath, conflicts_with = "against")]
    with: Option<PathBuf>,

    /// What makes the other scenario: PATH=VALUE, a variant, or an overlay; repeatable
    ///
    /// What has an equals sign is an assignment, as --set takes it; what names a variant is that; anything else
    /// is the file of an overlay. Several make one other scenario together, merged in the order in which they
    /// are given, over everything that the scenario itself was read with.
    #[arg(long, value_name = "CHANGE", required_unless_present = "with", help_heading = "What is compared")]
    against: Vec<String>,

    /// Compare only this measure: --of outcomes.war.truce; repeatable
    ///
    /// Left out: outcomes, the scenario's measures, scores, turns and final values. Others are
    /// final.VARIABLE.LEVEL and moves.ACTOR.ISSUE.MOVE.
    #[arg(long, value_name = "MEASURE", help_heading = "What is compared")]
    of: Vec<String>,

    #[command(flatten)]
    ask: AskArguments,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    evaluate("compare", &arguments.ask, matches)
}
