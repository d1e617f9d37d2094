//! What exact propagation finds.

use crate::scenario::{Measure, Ratio, Scenario, SeatId, Sum};

/// The distribution of everything that a run of one draw observes. Probabilities are of plays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlayDistribution {
    /// `outcomes[classification][outcome]`: probabilities, adding up to 1 in each classification.
    pub outcomes: Vec<Vec<f64>>,
    /// Probabilities of combinations of outcomes, one of each classification; the last classification varies fastest.
    pub joint: Vec<f64>,
    /// `turns[turn][variable][level]`: probabilities, turn 0 being the start; a stopped play stays where it stopped.
    pub turns: Vec<Vec<Vec<f64>>>,
    /// `moves[turn][seat]`, turn 1 at index 0.
    pub moves: Vec<Vec<SeatShares>>,
    /// `lengths[turns]`: the probability of a play of that many turns.
    pub lengths: Vec<f64>,
    /// Each actor's mean score, in payoff units.
    pub scores: Vec<f64>,
    /// Each defined measure's mean sum over a play, in its own unit, before it is divided by another.
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

impl PlayDistribution {
    /// Numerator and denominator of each of a measure's factors (see [`Scenario::ratios`]): the product of
    /// their ratios is its value. There is one, unless the measure is divided by a ratio.
    ///
    /// `values[variable][level]`: what levels are worth under the draw.
    #[must_use]
    pub fn measure(&self, scenario: &Scenario, values: &[Vec<f64>], measure: Measure) -> Vec<(f64, f64)> {
        scenario.ratios(measure).into_iter().map(|factor| self.ratio(values, factor)).collect()
    }

    /// Numerator and denominator of one factor.
    #[must_use]
    pub fn ratio(&self, values: &[Vec<f64>], factor: Ratio) -> (f64, f64) {
        (self.sum(values, factor.above), self.sum(values, factor.below))
    }

    /// What a play has of a sum, on average.
    fn sum(&self, values: &[Vec<f64>], sum: Sum) -> f64 {
        let last = || &self.turns[self.turns.len() - 1];
        match sum {
            Sum::Plays => 1.0,
            Sum::Outcome(class, outcome) => self.outcomes[class][outcome],
            Sum::FinalLevel(v, level) => last()[v.index()][level],
            Sum::FinalValue(v) => {
                last()[v.index()].iter().zip(&values[v.index()]).map(|(p, value)| p * value).sum()
            }
            #[expect(clippy::cast_precision_loss, reason = "turns are few")]
            Sum::Turns => self.lengths.iter().enumerate().map(|(turns, p)| turns as f64 * p).sum(),
            Sum::Score(actor) => self.scores[actor.index()],
            Sum::Own(at) => self.measures[at],
            Sum::Made(seat, made) => self.over_turns(seat, |row| row.made[made]),
            Sum::Open(seat) => self.over_turns(seat, |row| row.open),
        }
    }

    fn over_turns(&self, seat: SeatId, of: impl Fn(&SeatShares) -> f64) -> f64 {
        self.moves.iter().fold(0.0, |sum, turn| sum + of(&turn[seat.index()]))
    }
}
