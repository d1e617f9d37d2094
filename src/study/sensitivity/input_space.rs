//! The numbers that a design varies together, as a unit space.

use serde::{Deserialize, Serialize};

use crate::scenario::{AmountKind, Changes, Factor, FactorRange, Scenario, Stated};

/// Which numbers are varied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Vary {
    /// The uncertain parameters; where there are none, as [`Vary::Parameters`].
    #[default]
    Uncertain,
    /// All parameters that are not derived from others.
    Parameters,
    /// These, and what payoff terms and outcomes pay.
    Payoffs,
    /// Every number that can be varied.
    All,
}

/// A scenario's numbers to be varied: those that have a range, in the scenario's order.
#[must_use]
pub fn varied(scenario: &Scenario, vary: Vary, off_by: f64) -> Vec<Factor> {
    let uncertain = vary == Vary::Uncertain && !scenario.uncertain().is_empty();
    let amounts: Vec<Stated<'_>> = scenario.amounts().into_iter().filter(Stated::can_vary).collect();
    let wanted = |factor: &Factor| match factor.parameter {
        Some(id) => {
            scenario.distribution(id).is_some()
                || !uncertain && !scenario.parameters[id.index()].kind.is_derived()
        }
        None => match vary {
            Vary::Uncertain | Vary::Parameters => false,
            Vary::All => true,
            Vary::Payoffs => amounts
                .iter()
                .any(|stated| stated.kind == AmountKind::Payoff && stated.amount.path == factor.path),
        },
    };
    let factors = scenario.factors().into_iter().filter(wanted);
    factors.filter(|factor| !scenario.range_of(factor, off_by).is_point()).collect()
}

/// Numbers over their ranges: a coordinate from 0 to 1 is a share of an uncertain parameter's distribution, and of the
/// way through the range of any other number.
#[derive(Clone, Debug)]
pub struct InputSpace<'s> {
    scenario: &'s Scenario,
    /// The numbers, one a dimension.
    pub factors: Vec<Factor>,
    ranges: Vec<FactorRange>,
}

/// A point of a design that was evaluated, for whoever wants to see the design.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputPoint {
    /// The part of the design that it belongs to: `a`, `b`, the path of a number, a trajectory.
    pub part: String,
    /// Its place there, from 0.
    pub row: usize,
    /// Where it is in the space, each coordinate in [0, 1].
    pub place: Vec<f64>,
    /// The measures there, each in its own unit; `None` for a ratio of nothing.
    pub values: Vec<Option<f64>>,
}

impl<'s> InputSpace<'s> {
    /// The space of some numbers.
    #[must_use]
    pub fn new(scenario: &'s Scenario, factors: Vec<Factor>, off_by: f64) -> Self {
        let ranges = factors.iter().map(|factor| scenario.range_of(factor, off_by)).collect();
        Self { scenario, factors, ranges }
    }

    /// What puts all numbers where a point is.
    #[must_use]
    pub fn changes(&self, point: &[f64]) -> Changes {
        let mut changes = Changes::default();
        for ((factor, range), &share) in self.factors.iter().zip(&self.ranges).zip(point) {
            let value = match self.scenario.distribution_of(factor) {
                // Where there are no bounds the ends are far out: those of the range stand for them.
                Some(_) if range.entries.is_empty() && share <= 0.0 => range.low,
                Some(_) if range.entries.is_empty() && share >= 1.0 => range.high,
                Some(distribution) => distribution.quantile(share),
                None => range.low * (1.0 - share) + range.high * share,
            };
            changes.put(self.scenario, factor, value);
        }
        changes
    }
}
