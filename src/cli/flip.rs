//! `flip`: the smallest change that turns the answer.

use clap::{ArgMatches, Args};
use demarche::output;
use demarche::scenario::Scenario;
use demarche::study::{Aim, Dial, Experiment, Shared, Which, flips, frontier};

use super::Status;
use super::arguments::number;
use super::frame::{Asked, CommonArguments, Found, Refusal, answer};

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
    common: CommonArguments,
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
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    to: Option<f64>,

    /// How far numbers that are not uncertain are turned: 1 is from 0 to twice
    #[arg(long, value_name = "R", default_value_t = 1.0, allow_negative_numbers = true, value_parser = reach)]
    reach: f64,

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
    #[arg(long, value_name = "K", default_value_t = 2, allow_negative_numbers = true,
          value_parser = clap::value_parser!(u16).range(1..=1000))]
    steps: u16,

    /// Also list the numbers that do not flip it
    #[arg(long)]
    all: bool,

    /// Which answer holds where, over these two numbers, and the second's critical values
    #[arg(long, value_name = "PATH,PATH", conflicts_with_all = ["every", "all", "steps"])]
    pair: Option<String>,

    /// The map has so many places each way
    #[arg(long, value_name = "G", default_value_t = 9, allow_negative_numbers = true, requires = "pair",
          value_parser = clap::value_parser!(u16).range(2..=200))]
    grid: u16,
}

/// More than nothing.
fn reach(text: &str) -> Result<f64, String> {
    number(text, |number| number.is_finite() && number > 0.0, "a number above 0")
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    answer(&arguments.common, given, |asked| {
        let scenario = &asked.opened.document.scenario;
        let question = &arguments.question;
        let aim = Aim::new(scenario, &question.of, question.to);
        let numbers = match &question.pair {
            Some(pair) => question.pair(scenario, pair).map(Numbers::Pair),
            None => question.dials(scenario).map(Numbers::Alone),
        };
        match (aim, numbers) {
            (Ok(aim), Ok(numbers)) => work(asked, question, aim, numbers),
            (aim, numbers) => {
                let aim = aim.err().map(|why| format!("--of: {why}"));
                let wrong: Vec<String> = aim.into_iter().chain(numbers.err().into_iter().flatten()).collect();
                Err(wrong.into())
            }
        }
    })
}

/// The numbers that are turned.
enum Numbers {
    Alone(Vec<Dial>),
    Pair(Box<[Dial; 2]>),
}

impl Question {
    fn dials(&self, scenario: &Scenario) -> Result<Vec<Dial>, Vec<String>> {
        let which = Which { every: self.every, only: self.only.clone() };
        let factors = which.factors(scenario)?;
        Ok(factors.into_iter().map(|factor| Dial::new(scenario, factor, self.reach)).collect())
    }

    /// The two numbers, or all that is wrong with them.
    fn pair(&self, scenario: &Scenario, pair: &str) -> Result<Box<[Dial; 2]>, Vec<String>> {
        let paths: Vec<&str> = pair.split(',').map(str::trim).collect();
        let [first, second] = paths[..] else {
            return Err(vec![format!("--pair: wanted two paths with a comma between, not `{pair}`")]);
        };
        if first == second {
            return Err(vec![format!("--pair: `{first}` is named twice")]);
        }
        let dial =
            |path: &str| Dial::named(scenario, path, self.reach).map_err(|why| format!("--pair: {why}"));
        match (dial(first), dial(second)) {
            (Ok(first), Ok(second)) => Ok(Box::new([first, second])),
            (one, other) => Err(one.err().into_iter().chain(other.err()).collect()),
        }
    }
}

fn work(asked: &Asked<'_>, question: &Question, aim: Aim, numbers: Numbers) -> Result<Found, Refusal> {
    let document = &asked.opened.document;
    let scenario = &document.scenario;
    let prepared = Shared::default().prepare(scenario, &document.slots)?;
    let experiment = Experiment::new(&prepared, aim.measures(scenario), &asked.settings, asked.method)?;
    let (tables, text) = match numbers {
        Numbers::Alone(dials) => {
            let steps = usize::from(question.steps);
            let found = flips(&experiment, &aim, dials, steps, asked.watching)?;
            let table = output::flips_table(scenario, &aim, &found);
            let text = output::flips_text(scenario, &aim, &found, question.all, question.reach, steps);
            (vec![("flips".to_owned(), table)], text)
        }
        Numbers::Pair(pair) => {
            let found = frontier(&experiment, &aim, *pair, question.grid.into(), asked.watching)?;
            let tables = vec![
                ("frontier".to_owned(), output::frontier_table(scenario, &aim, &found)),
                ("answers".to_owned(), output::answers_table(scenario, &aim, &found)),
            ];
            (tables, output::frontier_text(scenario, &aim, &found))
        }
    };
    Ok(Found { tables, text, by: experiment.method(), status: Status::Done })
}
