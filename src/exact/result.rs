//! What exact propagation finds.

use crate::scenario::{Measure, Scenario};

/// The distribution of everything that a run of one draw observes. Probabilities are of plays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distribution {
    /// `outcomes[classification][outcome]`
    pub outcomes: Vec<Vec<f64>>,
    /// Combinations of outcomes, one of each classification; the last classification varies fastest.
    pub joint: Vec<f64>,
    /// `turns[turn][variable][level]`, turn 0 being the start; a stopped play stays where it stopped.
    pub turns: Vec<Vec<Vec<f64>>>,
    /// `moves[turn][seat]`, turn 1 at index 0.
    pub moves: Vec<Vec<SeatShares>>,
    /// `lengths[turns]`: plays of that many turns.
    pub lengths: Vec<f64>,
    /// Each actor's mean score, in payoff units.
    pub scores: Vec<f64>,
    /// Each defined measure's mean, before it is divided by another.
    pub measures: Vec<f64>,
    /// The probability that was dropped on the way, for being spread too thin.
    pub dropped: f64,
}

/// What is done in one seat in one turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeatShares {
    /// The probability that the turn is played with the issue open.
    pub open: f64,
    /// `made[move]`: the probability that it is played and the move is made.
    pub made: Vec<f64>,
}

impl Distribution {
    /// Numerator and denominator of a measure: their ratio is its value.
    ///
    /// `values[variable][level]`: what levels are worth under the draw.
    #[must_use]
    pub fn measure(&self, scenario: &Scenario, values: &[Vec<f64>], measure: Measure) -> (f64, f64) {
        match measure {
            Measure::Move(seat, made) => {
                let rows = self.moves.iter().map(|turn| &turn[seat.index()]);
                rows.fold((0.0, 0.0), |(n, d), row| (n + row.made[made], d + row.open))
            }
            Measure::Defined(at) => {
                let whole = |of| self.whole(values, of);
                (self.measures[at], scenario.measures[at].of.map_or(1.0, whole))
            }
            measure => (self.whole(values, measure), 1.0),
        }
    }

    /// The mean of a measure that is no ratio.
    fn whole(&self, values: &[Vec<f64>], measure: Measure) -> f64 {
        let last = || &self.turns[self.turns.len() - 1];
        match measure {
            Measure::Outcome(class, outcome) => self.outcomes[class][outcome],
            Measure::FinalLevel(v, level) => last()[v.index()][level],
            Measure::FinalValue(v) => {
                last()[v.index()].iter().zip(&values[v.index()]).map(|(p, value)| p * value).sum()
            }
            #[expect(clippy::cast_precision_loss, reason = "turns are few")]
            Measure::Turns => self.lengths.iter().enumerate().map(|(turns, p)| turns as f64 * p).sum(),
            Measure::Score(actor) => self.scores[actor.index()],
            Measure::Defined(at) => self.measures[at],
            Measure::Move(..) => 1.0,
        }
    }
}
