//! `flip`: the smallest change that turns the answer.

use clap::{ArgMatches, Args};
use demarche::study::OFF_BY;

use super::Status;
use super::arguments::{AskArguments, off_by};
use super::evaluate::evaluate;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche flip scenarios/deterrence.toml --of crisis
  demarche flip scenarios/deterrence.toml --of turns --to 3 --all
  demarche flip scenarios/deterrence.toml --of crisis --pair cost,resolve";

/// Find the smallest change that flips the answer
///
/// Turns every parameter and every payoff, alone, until another outcome of a classification becomes the most
/// likely, or until a measure crosses a number, and ranks them by how small a change does it. Uncertain
/// parameters are turned over their distributions, other numbers from 0 to twice. Every point meets the same
/// chance; the interval says how far chance may have moved the crossing. --pair maps two numbers at once.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ask: AskArguments,
    #[command(flatten)]
    question: Question,
}

/// What is asked.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "What is asked")]
struct Question {
    /// A classification (outcomes.CLASS, or CLASS): its most likely outcome; or a measure
    ///
    /// A measure is asked on which side of --to it lies: outcomes.CLASS.OUTCOME, scores.ACTOR, measures.NAME, ...
    #[arg(long, value_name = "CLASS|MEASURE")]
    of: String,

    /// The number that the measure is to cross [default: 0.5 for a probability]
    #[arg(long, value_name = "VALUE")]
    to: Option<f64>,

    /// How far a known number may be off, as a share of it
    ///
    /// 0.5: from half to one and a half times what it is. It is turned further, from 0 to twice, and what flips only
    /// there is marked. Uncertain parameters go over their distributions.
    #[arg(long, alias = "reach", value_name = "SHARE", default_value_t = OFF_BY,
          value_parser = off_by)]
    off_by: f64,

    /// Turn every number of the file: chances, precisions, discounts, weights too
    #[arg(long)]
    every: bool,

    /// Turn only this number, or all whose paths begin so; repeatable
    #[arg(long, value_name = "PATH", conflicts_with_all = ["every", "pair"])]
    only: Vec<String>,

    /// So many places are looked at on each side of a number
    ///
    /// What flips and flips back between two of them is not seen. Where the end of a side brings the answer less than
    /// half of the way, that end is all that is looked at.
    #[arg(long, value_name = "K", default_value_t = 2,
          value_parser = clap::value_parser!(u16).range(1..=1000))]
    steps: u16,

    /// Also list the numbers that do not flip it
    #[arg(long)]
    all: bool,

    /// Which answer holds where, over these two numbers, and the second's critical values
    #[arg(long, value_name = "PATH,PATH", conflicts_with_all = ["every", "all", "steps"])]
    pair: Option<String>,

    /// The map has so many places each way
    #[arg(long, value_name = "G", default_value_t = 9, requires = "pair",
          value_parser = clap::value_parser!(u16).range(2..=200))]
    grid: u16,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    evaluate("flip", &arguments.ask, matches)
}
