//! What has been observed, weighed: which draws it speaks for, and where plays go on from.

use serde::{Deserialize, Serialize};

use crate::exact::BeliefState;
use crate::scenario::ParameterId;
use crate::simulate::StartDistribution;

/// A history under each draw of a scenario.
#[derive(Clone, Debug)]
pub struct Conditioning {
    /// Turns gone by.
    pub turns: usize,
    /// What each draw weighs: its likelihood over the mean of all, so that they are 1 on average; one entry, 1, where
    /// there are no draws.
    pub weights: Vec<f64>,
    /// The probability, in (0, 1], that the scenario gives to what was observed, on average over the draws.
    pub likelihood: f64,
    /// Where plays stand under each draw; `None` where it gives what was observed probability zero.
    pub(super) stands: Vec<Option<BeliefState>>,
}

/// What a history made of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParameterPosterior {
    /// Which.
    pub parameter: ParameterId,
    /// Of the draws as they were drawn.
    pub prior: Location,
    /// Of the draws as they are weighed.
    pub posterior: Location,
}

/// Where the draws of a parameter lie.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Their mean, in the unit of the values; so are both ends.
    pub mean: f64,
    /// Of their weight, 5 % lies at this or below.
    pub low: f64,
    /// Of their weight, 95 % lies at this or below.
    pub high: f64,
}

/// What was observed before a run, and what it says of the parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Posterior {
    /// Turns gone by.
    pub turns: usize,
    /// The probability, in (0, 1], that the scenario gives to what was observed, on average over the draws.
    pub likelihood: f64,
    /// The number of draws that would weigh alike and know as much; 1 where there are no draws.
    pub effective: f64,
    /// What each draw weighs; 1 on average.
    pub weights: Vec<f64>,
    /// Every uncertain parameter; empty where there are no draws.
    pub posteriors: Vec<ParameterPosterior>,
}

impl Conditioning {
    /// What a draw weighs.
    #[must_use]
    pub fn weight(&self, draw: Option<u64>) -> f64 {
        self.weights[place(draw)]
    }

    /// The number of draws that would weigh alike and know as much (Kish 1965).
    #[must_use]
    pub fn effective_draws(&self) -> f64 {
        let sum: f64 = self.weights.iter().sum();
        let squares: f64 = self.weights.iter().map(|w| w * w).sum();
        sum * sum / squares
    }

    /// Where plays stand under a draw; `None` for one that weighs nothing.
    pub(crate) fn stands(&self, draw: Option<u64>) -> Option<&BeliefState> {
        self.stands[place(draw)].as_ref()
    }

    /// Where plays of a draw begin; `None` for one that weighs nothing.
    pub(crate) fn beginning(&self, draw: Option<u64>) -> Option<StartDistribution> {
        let found = self.stands(draw)?;
        let stands = found.states.iter().map(|it| ((it.levels.clone(), it.turns, it.ended), it.probability));
        Some(StartDistribution::new(found.turns, stands))
    }
}

impl Location {
    /// Of values with weights.
    pub(super) fn of(mut values: Vec<(f64, f64)>) -> Self {
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = values.iter().map(|(_, weight)| weight).sum();
        let below = |share: f64| {
            let mut sum = 0.0;
            let reached = values.iter().find(|(_, weight)| {
                sum += weight;
                sum >= share * total
            });
            reached.or(values.last()).map_or(f64::NAN, |(value, _)| *value)
        };
        let mean = values.iter().map(|(value, weight)| value * weight).sum::<f64>() / total;
        Self { mean, low: below(0.05), high: below(0.95) }
    }
}

fn place(draw: Option<u64>) -> usize {
    draw.map_or(0, |draw| usize::try_from(draw).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_move_a_mean_and_its_ends() {
        let values = (1..=100).map(|value| (f64::from(value), 1.0)).collect();
        assert_eq!(Location::of(values), Location { mean: 50.5, low: 5.0, high: 95.0 });
        let values = vec![(3.0, 0.0), (1.0, 0.5), (2.0, 1.5)];
        assert_eq!(Location::of(values), Location { mean: 1.75, low: 1.0, high: 2.0 });
    }
}
