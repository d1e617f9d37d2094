//! `discover`: where in the uncertain parameters something happens.

use clap::{ArgMatches, Args};

use super::Status;
use super::arguments::{AskArguments, number, whole};
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche discover scenarios/deterrence.toml --of outcomes.crisis.war \\
      --set 'parameters.cost={uniform=[0.5,2.5]}' \\
      --set 'parameters.resolve={uniform=[-1,2]}'
  demarche discover scenarios/deterrence.toml --of scores.defender --below 0 \\
      --set 'parameters.cost={uniform=[0.5,2.5]}' --points 200 --box 2";

/// Find the conditions under which something happens
///
/// Measures the scenario at many points of a Latin hypercube over its uncertain parameters, and finds boxes
/// (this parameter above that, that one below this) that hold many of the points at which the measure is as
/// asked, and few others: scenario discovery by the patient rule induction method (PRIM). Every box comes with
/// its coverage, its density, the trade-off between the two, and how significant each of its limits is.
///
/// Which points are asked for is --above or --below a number; else those at which the measure is in its highest
/// quarter, so that every measure has some. Of the steps of the trade-off the one with the best harmonic mean of
/// coverage and density is taken, or that of --box.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ask: AskArguments,

    /// What is measured: outcomes.CLASS.OUTCOME, scores.ACTOR, measures.NAME, ...
    #[arg(long, value_name = "MEASURE", help_heading = "What is sought")]
    of: String,

    /// Points where it is so much or more [default: its highest quarter]
    #[arg(long, value_name = "VALUE", help_heading = "What is sought", conflicts_with = "below",
          value_parser = finite)]
    above: Option<f64>,

    /// Points where it is so much or less
    #[arg(long, value_name = "VALUE", help_heading = "What is sought",
          value_parser = finite)]
    below: Option<f64>,

    /// Boxes, each on the points that those before have left
    #[arg(long, value_name = "B", default_value_t = 1, help_heading = "What is sought",
          value_parser = |text: &str| whole(text, 1, 20))]
    boxes: u64,

    /// The step of the trade-off to take; for several boxes --box 12,8
    #[arg(long = "box", value_name = "STEP", value_delimiter = ',', help_heading = "What is sought",
          value_parser = |text: &str| whole(text, 0, 100_000))]
    steps: Vec<u64>,

    /// Drop limits that may be chance
    ///
    /// Those whose p is above 0.05, the least significant first: the others are judged anew after each. What the
    /// box is without them stands at the end of its trade-off.
    #[arg(long, help_heading = "What is sought")]
    sure: bool,

    /// Points in the uncertain parameters
    #[arg(long, value_name = "P", default_value_t = 1000, help_heading = "How it runs",
          value_parser = |text: &str| whole(text, LEAST_POINTS, 100_000))]
    points: u64,

    /// Plays at each point [default: a tenth of -n]
    ///
    /// Where points are found exactly, which is done where that takes less work, they are not needed. More of them
    /// bring the points that lie near the bound to their side of it.
    #[arg(long, value_name = "N", help_heading = "How it runs",
          value_parser = |text: &str| whole(text, 1, u64::MAX))]
    plays: Option<u64>,
}

/// The smallest box has a twentieth of the points: of fewer there is nothing to be learnt.
const LEAST_POINTS: u64 = 100;

fn finite(text: &str) -> Result<f64, String> {
    number(text, f64::is_finite, "a number")
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    evaluate("discover", &arguments.ask, matches)
}
