//! Measures of single plays: what each play adds to a measure's numerator and denominator.

use crate::scenario::{Measure, Scenario};
use crate::simulate::{BOARDS, Layout, Observer, PlayEnd, Turn, value_in_play};

/// Measures that are read off every play.
#[derive(Debug)]
pub(crate) struct Gauges<'a> {
    layout: &'a Layout,
    measures: &'a [Measure],
    /// For each board and move measure, the turns open and the turns in which it was made, in its play.
    counts: Vec<Vec<(u64, u64)>>,
    /// `values[variable][level]` for the measures of final values.
    values: &'a [Vec<f64>],
    /// Numerators and denominators of the plays so far: `rows[play * measures + measure]`.
    pub(crate) rows: Vec<(f64, f64)>,
}

impl<'a> Gauges<'a> {
    pub(crate) fn new(layout: &'a Layout, measures: &'a [Measure], values: &'a [Vec<f64>]) -> Self {
        Self {
            layout,
            measures,
            counts: vec![vec![(0, 0); measures.len()]; BOARDS],
            values,
            rows: Vec::new(),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "turns are few")]
    fn read(&self, at: usize, end: &PlayEnd<'_>) -> (f64, f64) {
        match self.measures[at] {
            Measure::Move(..) => {
                let (open, made) = self.counts[end.board][at];
                (made as f64, open as f64)
            }
            Measure::FinalValue(v) => (self.values[v.index()][end.levels[v.index()]], 1.0),
            measure => value_in_play(self.layout, end, measure),
        }
    }
}

impl Observer for Gauges<'_> {
    const SCORES: bool = true;

    fn start(&mut self, board: usize, _: &[usize]) {
        self.counts[board].fill((0, 0));
    }

    fn turn(&mut self, turn: &Turn<'_>) {
        for (count, measure) in self.counts[turn.board].iter_mut().zip(self.measures) {
            if let Measure::Move(seat, wanted) = measure
                && let Some(made) = self.layout.made(turn, seat.index())
            {
                count.0 += 1;
                count.1 += u64::from(made == *wanted);
            }
        }
    }

    fn end(&mut self, end: &PlayEnd<'_>) {
        for at in 0..self.measures.len() {
            let pair = self.read(at, end);
            self.rows.push(pair);
        }
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
