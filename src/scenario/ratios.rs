//! Measures taken apart: each is a product of ratios of means.

use super::{ActorId, Measure, Scenario, SeatId, VariableId};

/// A number that a play has, of which only the sum over plays is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sum {
    /// 1 for every play.
    Plays,
    /// Whether the play ends in the outcome: classification, outcome.
    Outcome(usize, usize),
    /// Whether the play ends with the variable at the level.
    FinalLevel(VariableId, usize),
    /// The variable's value at the end.
    FinalValue(VariableId),
    /// The actor's score.
    Score(ActorId),
    /// The turns played.
    Turns,
    /// One of [`Scenario::measures`], before it is divided.
    Own(usize),
    /// The turns in which the move is made in the seat.
    Made(SeatId, usize),
    /// The turns played with the seat's issue open.
    Open(SeatId),
}

/// A ratio of two sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// What is divided.
    pub above: Sum,
    /// What divides it.
    pub below: Sum,
}

impl Scenario {
    /// The ratios whose product is the measure: one, unless the measure is divided by a ratio.
    ///
    /// Dividing by a ratio turns it upside down, and what divides it in turn, upright again:
    ///
    /// ```text
    /// a / (b / (c / d)) = (a / b) * (c / d)
    /// ```
    ///
    /// What is divided in all factors but the first divides the measure too: the measure has no value where
    /// its mean is 0. A measure that is divided by itself, which the reader lets nobody write, is cut off.
    #[must_use]
    pub fn ratios(&self, measure: Measure) -> Vec<Ratio> {
        let sums = self.sums(measure);
        let pair = |pair: &[Sum]| Ratio { above: pair[0], below: *pair.get(1).unwrap_or(&Sum::Plays) };
        sums.chunks(2).map(pair).collect()
    }

    /// The sums of a measure, of which each is divided by all that follows.
    fn sums(&self, measure: Measure) -> Vec<Sum> {
        let mut sums = Vec::new();
        let mut next = Some(measure);
        while let Some(measure) = next.take().filter(|_| sums.len() <= self.measures.len()) {
            match measure {
                Measure::Defined(at) => {
                    sums.push(Sum::Own(at));
                    next = self.measures[at].of;
                }
                Measure::Move(seat, made) => sums.extend([Sum::Made(seat, made), Sum::Open(seat)]),
                Measure::Outcome(class, outcome) => sums.push(Sum::Outcome(class, outcome)),
                Measure::FinalLevel(variable, level) => sums.push(Sum::FinalLevel(variable, level)),
                Measure::FinalValue(variable) => sums.push(Sum::FinalValue(variable)),
                Measure::Score(actor) => sums.push(Sum::Score(actor)),
                Measure::Turns => sums.push(Sum::Turns),
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::tests_support::scenario;

    const TEXT: &str = r#"
format = 1
turns  = 2
[actors.north]
[issues.talks.moves]
north = ["wait", "push"]
[outcomes.end.any]
[measures.offers]
[measures.pace]
of = "turns"
[measures.rate]
of = "pace"
[measures.deep]
of = "measures.rate"
[measures.pushed]
of = "moves.north.talks.push"
[measures.deeper]
of = "pushed"
"#;

    #[track_caller]
    fn check(path: &str, expected: &[(Sum, Sum)]) {
        let scenario = scenario(TEXT);
        let factors = scenario.ratios(scenario.measure(path).expect("it is there"));
        let factors: Vec<(Sum, Sum)> = factors.iter().map(|factor| (factor.above, factor.below)).collect();
        assert_eq!(factors, expected, "{path}");
    }

    #[test]
    fn what_a_ratio_divides_is_multiplied_by_what_divides_that() {
        let seat = SeatId::new(0);
        let (made, open) = (Sum::Made(seat, 1), Sum::Open(seat));
        check("turns", &[(Sum::Turns, Sum::Plays)]);
        check("outcomes.end.any", &[(Sum::Outcome(0, 0), Sum::Plays)]);
        check("moves.north.talks.push", &[(made, open)]);
        check("measures.offers", &[(Sum::Own(0), Sum::Plays)]);
        check("measures.pace", &[(Sum::Own(1), Sum::Turns)]);
        check("measures.rate", &[(Sum::Own(2), Sum::Own(1)), (Sum::Turns, Sum::Plays)]);
        check("measures.deep", &[(Sum::Own(3), Sum::Own(2)), (Sum::Own(1), Sum::Turns)]);
        check("measures.pushed", &[(Sum::Own(4), made), (open, Sum::Plays)]);
        check("measures.deeper", &[(Sum::Own(5), Sum::Own(4)), (made, open)]);
    }
}
