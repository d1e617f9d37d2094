//! A number that can be turned over a range.

use serde::{Deserialize, Serialize};

use rustc_hash::FxHashSet;

use super::Flipped;
use crate::scenario::did_you_mean;
use crate::scenario::{
    AmountKind, Changes, Expression, Factor, FactorRange, ParameterId, ParameterKind, Scenario,
};

/// A number of a scenario with the range over which it is turned.
///
/// Its position is its value where it is a parameter. An amount is turned as a whole, whatever it is under a draw:
/// its position is what it is multiplied by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchVariable {
    /// The number.
    pub factor: Factor,
    /// Where it stands, in its own unit, as are all positions.
    pub start: f64,
    /// The least position.
    pub low: f64,
    /// The greatest position.
    pub high: f64,
    /// Between which positions the number is taken to lie: the range of every other study. What is known is looked at
    /// beyond it, to [`LOOKS_FURTHER`].
    pub expected: (f64, f64),
    /// The only positions there are; empty where there are all between the ends.
    pub entries: Vec<f64>,
    /// Whether it may be another in each draw of the scenario as it stands.
    pub drawn: bool,
}

/// A known number is turned at least by this share of itself, however little it is taken to be off by.
pub const LOOKS_FURTHER: f64 = 1.0;

/// Which numbers are turned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Selection {
    /// All numbers of the file; else parameters and payoffs.
    pub every: bool,
    /// These alone: paths, what paths begin with, or bare names of parameters.
    pub only: Vec<String>,
}

impl SearchVariable {
    /// The variable of the number at a path; a parameter's bare name will do.
    ///
    /// # Errors
    /// Where there is no such number, with the nearest that there is; or where it has no range.
    pub fn named(scenario: &Scenario, path: &str, off_by: f64) -> Result<Self, String> {
        let variable = Self::new(scenario, named(scenario, path)?, off_by);
        if variable.is_stuck() {
            return Err(format!("`{path}` is 0 and not uncertain: it has no range to be turned over"));
        }
        Ok(variable)
    }

    /// A variable over the number's range and, where it is known, beyond it to [`LOOKS_FURTHER`]. `off_by`: above 0, see
    /// [`Scenario::range_of`].
    #[must_use]
    pub fn new(scenario: &Scenario, factor: Factor, off_by: f64) -> Self {
        let range = scenario.range_of(&factor, off_by.max(LOOKS_FURTHER));
        let expected = scenario.range_of(&factor, off_by);
        let drawn = factor.parameter.is_some_and(|id| {
            scenario.distribution(id).is_some() || scenario.parameters[id.index()].kind.is_derived()
        });
        if factor.parameter.is_some() {
            let start = factor.central;
            let expected = (expected.low, expected.high);
            let FactorRange { low, high, entries } = range;
            return Self { factor, start, low, high, expected, entries, drawn };
        }
        let times = |range: &FactorRange| {
            let ends = [range.low, range.high].map(|end| match factor.central {
                0.0 => 1.0,
                central => end / central,
            });
            (ends[0].min(ends[1]), ends[0].max(ends[1]))
        };
        let ((low, high), expected) = (times(&range), times(&expected));
        Self { start: 1.0, low, high, expected, entries: Vec::new(), drawn, factor }
    }

    /// Whether the number may well stand at a position: it is not beyond what it is taken to be off by.
    #[must_use]
    pub fn is_expected(&self, position: f64) -> bool {
        (self.expected.0..=self.expected.1).contains(&position)
    }

    /// Whether it cannot be turned, as a number that is 0 and of which nothing is known.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.low >= self.high
    }

    /// Puts it there.
    pub fn turn(&self, changes: &mut Changes, position: f64) {
        if self.factor.parameter.is_some() {
            changes.set(&self.factor, position);
        } else {
            changes.scale(&self.factor, position);
        }
    }

    /// The number at a position; an expression's, where every parameter stands at its central value.
    #[must_use]
    pub fn value(&self, position: f64) -> f64 {
        if self.factor.parameter.is_some() { position } else { position * self.factor.central }
    }

    /// How far a position is from where the number stands, over the number; `None` where that is 0.
    #[must_use]
    pub fn relative(&self, position: f64) -> Option<f64> {
        (self.start != 0.0).then(|| ((position - self.start) / self.start).abs())
    }

    /// The same, over the range.
    #[must_use]
    pub fn of_range(&self, position: f64) -> f64 {
        ((position - self.start) / (self.high - self.low)).abs()
    }

    /// The ends of its range as numbers, in their order; where it stands, where it cannot be turned.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        if self.is_stuck() {
            return (self.factor.central, self.factor.central);
        }
        let (one, other) = (self.value(self.low), self.value(self.high));
        (one.min(other), one.max(other))
    }

    /// The interval of a crossing as numbers, in their order.
    #[must_use]
    pub fn interval(&self, flipped: &Flipped) -> (Option<f64>, Option<f64>) {
        let (low, high) = (flipped.low.map(|at| self.value(at)), flipped.high.map(|at| self.value(at)));
        if self.falls() { (high, low) } else { (low, high) }
    }

    /// Whether the number falls as its position rises, as that of an amount below 0 does.
    #[must_use]
    pub fn falls(&self) -> bool {
        self.value(1.0) < self.value(0.0)
    }

    /// So many positions from end to end; all there are, where there are only some.
    #[must_use]
    pub fn grid(&self, points: usize) -> Vec<f64> {
        if self.entries.is_empty() { spread(self.low, self.high, points) } else { self.entries.clone() }
    }
}

/// So many places (at least 2) from one end to the other, both among them.
#[expect(clippy::cast_precision_loss, reason = "few points")]
pub(super) fn spread(from: f64, to: f64, points: usize) -> Vec<f64> {
    let last = points.max(2) - 1;
    (0..=last)
        .map(|at| if at == last { to } else { from + (to - from) * (at as f64 / last as f64) })
        .collect()
}

/// The number at a path; a parameter's bare name is one.
///
/// # Errors
/// See [`Scenario::factor`].
fn named(scenario: &Scenario, path: &str) -> Result<Factor, String> {
    let near = || did_you_mean(path, scenario.parameters.iter().map(|parameter| parameter.id.as_str()));
    scenario.factor(path).or_else(|why| {
        scenario.factor(&format!("parameters.{path}")).map_err(|_| match near() {
            Some(near) => format!("`{path}` is not a number of the scenario; did you mean `{near}`?"),
            None => why,
        })
    })
}

impl Selection {
    /// The numbers that are meant: those named; else parameters and payoffs, or every number of the file, but for
    /// those that only repeat a parameter which nothing else reads.
    ///
    /// # Errors
    /// For each name that no number's path begins with.
    pub fn factors(&self, scenario: &Scenario) -> Result<Vec<Factor>, Vec<String>> {
        let all = scenario.factors();
        let wrong: Vec<String> = self.only.iter().filter_map(|path| unknown(&all, path)).collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        if self.only.is_empty() {
            let usual = usual(scenario, self.every);
            return Ok(all.into_iter().filter(|factor| usual.contains(&factor.path)).collect());
        }
        let wanted = |factor: &Factor| self.only.iter().any(|path| meant(&factor.path, path));
        Ok(all.into_iter().filter(wanted).collect())
    }
}

fn meant(path: &str, named: &str) -> bool {
    path.strip_prefix(named).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        || path.strip_prefix("parameters.") == Some(named)
}

/// What is wrong with a name that no number's path begins with.
fn unknown(all: &[Factor], path: &str) -> Option<String> {
    if all.iter().any(|factor| meant(&factor.path, path)) {
        return None;
    }
    let paths = || all.iter().map(|factor| factor.path.as_str());
    let names = paths().filter_map(|path| path.strip_prefix("parameters."));
    let near = did_you_mean(path, paths().chain(names));
    let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Some(format!("`{path}` is not a number of the scenario, and none begins so{help}"))
}

/// The paths of what is turned where nobody says otherwise.
fn usual(scenario: &Scenario, every: bool) -> FxHashSet<String> {
    let readers = scenario.readers();
    let repeats =
        |expression: &Expression| multiple_of(expression).is_some_and(|id| readers[id.index()] == 1);
    let amounts = scenario
        .amounts()
        .into_iter()
        .filter(|stated| (every || stated.kind == AmountKind::Payoff) && !repeats(&stated.amount.expression));
    let parameters = scenario.parameters.iter().filter(|parameter| match &parameter.kind {
        ParameterKind::Known(expression) => !repeats(expression),
        ParameterKind::Uncertain(_) => true,
    });
    let parameters = parameters.map(|parameter| format!("parameters.{}", parameter.id));
    parameters.chain(amounts.map(|stated| stated.amount.path.clone())).collect()
}

/// The parameter of which an expression is so many times the value.
fn multiple_of(expression: &Expression) -> Option<ParameterId> {
    match expression {
        Expression::Parameter(id) => Some(*id),
        Expression::Negative(x) => multiple_of(x),
        Expression::Product(x, y) => match (x.as_ref(), y.as_ref()) {
            (Expression::Number(_), x) | (x, Expression::Number(_)) => multiple_of(x),
            _ => None,
        },
        Expression::Quotient(x, y) if matches!(y.as_ref(), Expression::Number(_)) => multiple_of(x),
        _ => None,
    }
}
