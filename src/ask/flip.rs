//! `flip`: the smallest change that turns the answer.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Advice, Failure, Fault};
use super::fields::Fields;
use super::measured::off_by;
use super::options::{Found, Options};
use crate::scenario::Scenario;
use crate::study::{
    Criterion, Experiment, Flips, Frontier, OFF_BY, SearchVariable, Selection, StudyError, flips, frontier,
};

/// What is asked, and which numbers are turned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FlipOptions {
    /// A classification, whose most likely outcome is asked for, or a measure, of which is asked on which side of `to`
    /// it lies.
    pub of: String,
    /// The number that the measure is to cross; `None`: 0.5 for a probability.
    pub to: Option<f64>,
    /// How far a known number may be off, as a share of itself. It is turned further, to
    /// [`LOOKS_FURTHER`](crate::study::LOOKS_FURTHER), and what flips only there is told to. Uncertain numbers go over
    /// their distributions.
    pub off_by: f64,
    /// Whether every number of the file is turned: chances, precisions, discounts, weights too.
    pub every: bool,
    /// Turns these alone: paths of numbers, or what paths begin with; none: all parameters and payoffs.
    pub only: Vec<String>,
    /// So many places are looked at on each side of a number; from 1 to 1,000.
    pub steps: usize,
    /// Whether numbers that do not flip the answer are told too.
    pub all: bool,
    /// Two paths with a comma between: which answer holds where, over these two numbers.
    pub pair: Option<String>,
    /// So many places each way over the two; from 2 to 200.
    pub grid: usize,
}

impl Default for FlipOptions {
    fn default() -> Self {
        Self {
            of: String::new(),
            to: None,
            off_by: OFF_BY,
            every: false,
            only: Vec::new(),
            steps: 2,
            all: false,
            pair: None,
            grid: 9,
        }
    }
}

/// What flips the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlipFindings {
    /// What was asked.
    pub criterion: Criterion,
    /// The path of the measure, where one is asked of.
    pub measure: Option<String>,
    /// What the answers are called, in their order.
    pub answers: Vec<String>,
    /// How far a known number may be off, as a share of itself.
    pub off_by: f64,
    /// The places that were looked at on each side of a number.
    pub steps: usize,
    /// Whether numbers that do not flip the answer are wanted too.
    pub all: bool,
    /// What was found.
    pub flips: Flipping,
}

/// What flips the answer: numbers alone, or two together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flipping {
    /// Numbers alone.
    Alone(Flips),
    /// Two numbers.
    Pair(Box<Frontier>),
}

/// The numbers that are turned.
enum Numbers {
    Alone(Vec<SearchVariable>),
    Pair(Box<[SearchVariable; 2]>),
}

impl Options for FlipOptions {
    type Findings = FlipFindings;

    fn read(fields: &mut Fields) -> Self {
        let usual = Self::default();
        let of = fields.text("of");
        Self {
            of: fields.required("of", of).unwrap_or_default(),
            to: fields.number("to", |_| true, "a number"),
            off_by: off_by(fields),
            every: fields.flag("every"),
            only: fields.texts("only"),
            steps: fields.count("steps", 1, 1000).unwrap_or(usual.steps),
            all: fields.flag("all"),
            pair: fields.text("pair"),
            grid: fields.count("grid", 2, 200).unwrap_or(usual.grid),
        }
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        let scenario = &asking.session.document().scenario;
        let criterion = Criterion::new(scenario, &self.of, self.to).err();
        let criterion = criterion.into_iter().map(|why| Fault::of("of", why));
        criterion.chain(self.together()).chain(self.numbers(scenario).err().into_iter().flatten()).collect()
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let scenario = &asking.session.document().scenario;
        let wrong = |why| StudyError::Measures(vec![why]);
        let criterion = Criterion::new(scenario, &self.of, self.to).map_err(wrong)?;
        let prepared = asking.session.prepared()?;
        let (sampling, method) = (asking.sampling, asking.settings.method);
        let experiment = Experiment::new(&prepared, criterion.measures(scenario), sampling, method)?;
        let flips = match self.numbers(scenario)? {
            Numbers::Alone(variables) => {
                Flipping::Alone(flips(&experiment, &criterion, variables, self.steps, asking.watch)?)
            }
            Numbers::Pair(pair) => {
                Flipping::Pair(Box::new(frontier(&experiment, &criterion, *pair, self.grid, asking.watch)?))
            }
        };
        let findings = FlipFindings {
            criterion,
            measure: match criterion {
                Criterion::Likeliest(_) => None,
                Criterion::Side(measure, _) => Some(scenario.measure_name(measure)),
            },
            answers: criterion.answers(scenario),
            off_by: self.off_by,
            steps: self.steps,
            all: self.all,
            flips,
        };
        Ok(Found { findings, method: experiment.method(), sampling: sampling.clone() })
    }
}

impl FlipOptions {
    /// What cannot be asked together.
    fn together(&self) -> Vec<Fault> {
        let clash = |key: &'static str, with: &'static str| {
            Fault::of(key, format!("cannot be used with `{with}`")).advise(Advice::LeaveOut(with))
        };
        let mut faults = Vec::new();
        if self.every && !self.only.is_empty() {
            faults.push(clash("only", "every"));
        }
        if self.pair.is_some() {
            let set = [(self.every, "every"), (!self.only.is_empty(), "only"), (self.all, "all")];
            faults.extend(set.into_iter().filter(|(set, _)| *set).map(|(_, with)| clash("pair", with)));
        }
        faults
    }

    fn numbers(&self, scenario: &Scenario) -> Result<Numbers, Vec<Fault>> {
        if let Some(pair) = &self.pair {
            return self.pair(scenario, pair).map(Numbers::Pair);
        }
        let selection = Selection { every: self.every, only: self.only.clone() };
        let only = |why| Fault::of("only", why);
        let factors =
            selection.factors(scenario).map_err(|all| all.into_iter().map(only).collect::<Vec<_>>())?;
        let variables = factors.into_iter().map(|factor| SearchVariable::new(scenario, factor, self.off_by));
        Ok(Numbers::Alone(variables.collect()))
    }

    /// The two numbers, or all that is wrong with them.
    fn pair(&self, scenario: &Scenario, pair: &str) -> Result<Box<[SearchVariable; 2]>, Vec<Fault>> {
        let wrong = |why| Fault::of("pair", why);
        let paths: Vec<&str> = pair.split(',').map(str::trim).collect();
        let [first, second] = paths[..] else {
            return Err(vec![wrong(format!("wanted two paths with a comma between, not `{pair}`"))]);
        };
        if first == second {
            return Err(vec![wrong(format!("`{first}` is named twice"))]);
        }
        let variable = |path: &str| SearchVariable::named(scenario, path, self.off_by).map_err(wrong);
        match (variable(first), variable(second)) {
            (Ok(first), Ok(second)) => Ok(Box::new([first, second])),
            (one, other) => Err(one.err().into_iter().chain(other.err()).collect()),
        }
    }
}
