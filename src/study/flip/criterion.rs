//! What is asked: which of several answers holds, and by how much.

use serde::{Deserialize, Serialize};

use crate::scenario::{Measure, Scenario, did_you_mean};
use crate::stats::Estimate;
use crate::study::measure::is_share;
use crate::study::{Experiment, Response};

/// A question that has one of a few answers wherever a scenario's numbers stand.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Criterion {
    /// Which outcome of that classification is the most likely: the answers are its outcomes, in their order.
    Likeliest(usize),
    /// On which side of a number a measure lies: the answers are below, above.
    Side(Measure, f64),
}

/// How far each answer leads at one point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Margins {
    /// `leads[answer]`: how far it leads the best of the others, below 0 where it does not; with the 95 % interval
    /// of the Monte Carlo error.
    pub leads: Vec<Estimate>,
    /// The probability of each outcome, or the measure alone in its own unit; in the order in which they were asked
    /// for.
    pub values: Vec<f64>,
}

/// Leads below this are rounding.
pub(super) const TIE: f64 = 1e-12;

/// Where a probability is taken to change sides, unless somebody says otherwise.
const EVEN: f64 = 0.5;

impl Criterion {
    /// What was asked for: `outcomes.CLASS`, `CLASS`, or a measure, and the number that it is to cross.
    ///
    /// # Errors
    /// Says what there is no such thing as, with the nearest that there is; or that a number is missing.
    pub fn new(scenario: &Scenario, of: &str, to: Option<f64>) -> Result<Self, String> {
        let measure = scenario.measure(of);
        let name = of.strip_prefix("outcomes.").unwrap_or(of);
        let class = scenario.classifications.iter().position(|class| class.id == name);
        if let (Err(_), Some(class)) = (&measure, class) {
            if to.is_some() {
                return Err(format!(
                    "`{of}` is a classification: what is the most likely in it takes no `to`; name one of its \
                     outcomes to cross a probability"
                ));
            }
            if scenario.classifications[class].outcomes.len() < 2 {
                return Err(format!("`{of}` has a single outcome: there is nothing to flip to"));
            }
            return Ok(Self::Likeliest(class));
        }
        let measure = measure.map_err(|why| {
            let classes: Vec<String> =
                scenario.classifications.iter().map(|class| format!("outcomes.{}", class.id)).collect();
            let plain = classes.iter().filter_map(|class| class.strip_prefix("outcomes."));
            let near = did_you_mean(of, classes.iter().map(String::as_str).chain(plain));
            match near.filter(|_| !why.contains("did you mean")) {
                Some(near) => {
                    format!("no classification or measure is called `{of}`; did you mean `{near}`?")
                }
                None => why,
            }
        })?;
        match to {
            Some(to) if to.is_finite() => Ok(Self::Side(measure, to)),
            Some(to) => Err(format!("`{of}` cannot cross {to}: `to` is a finite number")),
            None if is_share(scenario, measure) => Ok(Self::Side(measure, EVEN)),
            None => Err(format!("`{of}` is not a probability: say with `to` which number it is to cross")),
        }
    }

    /// The measures that an experiment must ask for, in this order.
    #[must_use]
    pub fn measures(&self, scenario: &Scenario) -> Vec<Measure> {
        match *self {
            Self::Likeliest(class) => {
                let outcomes = 0..scenario.classifications[class].outcomes.len();
                outcomes.map(|outcome| Measure::Outcome(class, outcome)).collect()
            }
            Self::Side(measure, _) => vec![measure],
        }
    }

    /// The answers' names: ids of outcomes, or `below 0.5` and `above 0.5`.
    #[must_use]
    pub fn answers(&self, scenario: &Scenario) -> Vec<String> {
        match *self {
            Self::Likeliest(class) => {
                let outcomes = &scenario.classifications[class].outcomes;
                outcomes.iter().map(|outcome| outcome.id.clone()).collect()
            }
            Self::Side(_, to) => vec![format!("below {to}"), format!("above {to}")],
        }
    }

    /// What an experiment that asked for [`Criterion::measures`] has found; `None` where a ratio has no value.
    #[must_use]
    pub fn read(&self, experiment: &Experiment<'_>, found: &Response) -> Option<Margins> {
        let count = experiment.measures().len();
        let values: Vec<f64> = (0..count).map(|at| found.value(at)).collect::<Option<_>>()?;
        let leads = match *self {
            Self::Side(_, to) => {
                let it = experiment.estimate(found, 0)?;
                let above = Estimate { value: it.value - to, low: it.low - to, high: it.high - to };
                vec![turned(above), above]
            }
            Self::Likeliest(_) => {
                let lead = |one: usize, other: usize| experiment.lead(found, one, other);
                let least = |one: usize| {
                    let others = (0..count).filter(|&other| other != one);
                    let leads: Option<Vec<Estimate>> = others.map(|other| lead(one, other)).collect();
                    leads?.into_iter().reduce(smaller)
                };
                (0..count).map(least).collect::<Option<_>>()?
            }
        };
        Some(Margins { leads, values })
    }
}

fn turned(estimate: Estimate) -> Estimate {
    Estimate { value: -estimate.value, low: -estimate.high, high: -estimate.low }
}

/// The least of both, at each end: it leads where it leads everybody.
fn smaller(one: Estimate, other: Estimate) -> Estimate {
    Estimate {
        value: one.value.min(other.value),
        low: one.low.min(other.low),
        high: one.high.min(other.high),
    }
}

impl Margins {
    /// The answer that holds; of several that are tied, the first.
    #[must_use]
    pub fn answer(&self) -> usize {
        self.best(None)
    }

    /// The answer that would hold without that one.
    #[must_use]
    pub fn besides(&self, answer: usize) -> usize {
        self.best(Some(answer))
    }

    fn best(&self, without: Option<usize>) -> usize {
        let answers = (0..self.leads.len()).filter(|answer| Some(*answer) != without);
        let value = |answer: usize| self.leads[answer].value;
        answers.reduce(|best, next| if value(next) > value(best) { next } else { best }).unwrap_or(0)
    }

    /// Whether no answer leads.
    #[must_use]
    pub fn is_tied(&self) -> bool {
        !self.holds(self.answer())
    }

    /// Whether an answer leads.
    #[must_use]
    pub fn holds(&self, answer: usize) -> bool {
        self.leads[answer].value > TIE
    }

    /// Whether an answer leads by more than the Monte Carlo error.
    #[must_use]
    pub fn is_clear(&self, answer: usize) -> bool {
        self.leads[answer].low > TIE
    }
}
