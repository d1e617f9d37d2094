//! `sweep`: what measures are wherever values stand.

use std::path::PathBuf;

use clap::{ArgGroup, ArgMatches, Args, ValueHint};

use super::Status;
use super::arguments::{AskArguments, count};
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche sweep scenarios/deterrence.toml --vary parameters.resolve=-3..3:7
  demarche sweep scenarios/deterrence.toml --of turns --vary turns=2,4
  demarche sweep scenarios/peacekeepers.toml --sobol 8 -n 500";

/// Vary some numbers, and see what becomes of the outcomes
///
/// Evaluates the scenario at every point of a grid, of a file of points, or of a design over its uncertain
/// parameters, on the same chance everywhere. What is not varied is drawn as `run` draws it; a design leaves
/// nothing to draw. Numbers are put in place without reading the scenario again; for other values, such as
/// actors.beijing.choice=best,uniform, it is read once for every combination of them. Prints a table of one
/// path, a matrix of two, the extremes of more; sweep.csv has a row for each point, numbered from 1, and measure.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
#[command(
    override_usage = "demarche sweep [OPTIONS] <--vary ...|--points FILE|--latin N|--sobol N> <SCENARIO>"
)]
#[command(group = ArgGroup::new("design").required(true).args(["vary", "points", "latin", "sobol"]))]
pub(crate) struct Arguments {
    /// Vary a path: --vary parameters.prestige=0..4:9 (nine values from 0 to 4), or =a,b,c
    ///
    /// Repeatable: all combinations are evaluated, the first path's values changing slowest. Values are numbers,
    /// or whatever --set takes.
    #[arg(long, value_name = "PATH=VALUES", help_heading = "What is varied")]
    vary: Vec<String>,

    /// Take the points from a CSV file: paths in its first row, a point in every other
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "What is varied")]
    points: Option<PathBuf>,

    /// Spread N points over the uncertain parameters, as a Latin hypercube
    #[arg(long, value_name = "N", help_heading = "What is varied", value_parser = points)]
    latin: Option<usize>,

    /// Spread N points over the uncertain parameters, as scrambled Sobol points; best a power of two
    #[arg(long, value_name = "N", help_heading = "What is varied", value_parser = points)]
    sobol: Option<usize>,

    /// What to measure: scores.beijing, measures.NAME, ... [default: all outcomes]; repeatable
    #[arg(long, value_name = "MEASURE", help_heading = "Where to look")]
    of: Vec<String>,

    /// Do it, however many points there are and however long it takes
    #[arg(long, help_heading = "How it runs")]
    yes: bool,

    #[command(flatten)]
    ask: AskArguments,
}

/// A number of points.
fn points(text: &str) -> Result<usize, String> {
    count(text, 1, demarche::study::sweep::MOST_POINTS as u64)
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    evaluate("sweep", &arguments.ask, matches)
}
