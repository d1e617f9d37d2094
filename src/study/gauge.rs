//! Measures of single plays: what each play adds to the numerators and denominators of a measure.

use crate::scenario::{Measure, Ratio, Scenario};
use crate::simulate::{Observer, PlayEnd, PlaySums, TallyLayout, Turn};

/// Factors of measures that are read off every play.
#[derive(Debug)]
pub(crate) struct Gauges<'a> {
    factors: &'a [Ratio],
    sums: PlaySums<'a>,
    /// Numerators and denominators of the plays so far: `rows[play * factors + factor]`.
    pub(crate) rows: Vec<(f64, f64)>,
}

impl<'a> Gauges<'a> {
    pub(crate) fn new(layout: &'a TallyLayout, factors: &'a [Ratio]) -> Self {
        Self { factors, sums: PlaySums::new(layout, factors.iter()), rows: Vec::new() }
    }
}

impl Observer for Gauges<'_> {
    const SCORES: bool = true;

    fn start(&mut self, board: usize, _: usize, _: &[usize]) {
        self.sums.start(board);
    }

    fn turn(&mut self, turn: &Turn<'_>) {
        self.sums.turn(turn);
    }

    fn end(&mut self, end: &PlayEnd<'_>) {
        self.rows.extend(self.factors.iter().map(|factor| self.sums.read(end, *factor)));
    }
}

/// Whether a measure's value in each play, over its denominator, lies between 0 and 1.
pub(crate) fn is_share(scenario: &Scenario, measure: Measure) -> bool {
    match measure {
        Measure::Outcome(..) | Measure::FinalLevel(..) | Measure::Move(..) => true,
        Measure::Defined(at) => scenario.measures[at].ever && scenario.measures[at].of.is_none(),
        Measure::FinalValue(_) | Measure::Score(_) | Measure::Turns => false,
    }
}
