//! What has been observed, weighed: which draws it speaks for, and where plays go on from.

use serde::{Deserialize, Serialize};

use rayon::prelude::*;

use super::prepare::Prepared;
use super::runner::{Settings, StudyError, Watch};
use super::sound::sound;
use crate::agents::Policies;
use crate::exact::{BeliefState, FilterError, Propagation, filter};
use crate::scenario::{History, ParameterId, Sighting};
use crate::simulate::StartDistribution;

/// A history under each draw of a scenario.
#[derive(Clone, Debug)]
pub struct Given {
    /// Turns gone by.
    pub turns: usize,
    /// What each draw weighs: its likelihood over the mean of all; one entry, 1, where there are no draws.
    pub weights: Vec<f64>,
    /// The probability that the scenario gives to what was observed, on average over the draws.
    pub likelihood: f64,
    /// Where plays stand under each draw; `None` where it gives what was observed probability zero.
    stands: Vec<Option<BeliefState>>,
}

/// What a history made of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Posterior {
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
    /// Their mean.
    pub mean: f64,
    /// Of their weight, 5 % lies at this or below.
    pub low: f64,
    /// Of their weight, 95 % lies at this or below.
    pub high: f64,
}

/// What was observed before a run, and what it says of the parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighing {
    /// Turns gone by.
    pub turns: usize,
    /// The probability that the scenario gives to what was observed, on average over the draws.
    pub likelihood: f64,
    /// The number of draws that would weigh alike and know as much; 1 where there are no draws.
    pub effective: f64,
    /// What each draw weighs; 1 on average.
    pub weights: Vec<f64>,
    /// Every uncertain parameter; empty where there are no draws.
    pub posteriors: Vec<Posterior>,
}

impl Given {
    /// Carries a history through the turns under every draw.
    ///
    /// # Errors
    /// If some actor learns, or the scenario is too large; [`StudyError::Impossible`] if no draw gives what was
    /// observed any probability, with the row that none comes past.
    pub(crate) fn new(
        prepared: &Prepared<'_>,
        settings: &Settings,
        history: &History,
        watch: &dyn Watch,
    ) -> Result<Self, StudyError> {
        let draws = settings.draws_of(!prepared.scenario.uncertain().is_empty());
        let numbers: Vec<Option<u64>> = if draws == 0 { vec![None] } else { (0..draws).map(Some).collect() };
        let of_draw = |&draw: &Option<u64>| under(prepared, settings, draw, history, watch);
        let found: Vec<Result<BeliefState, Sighting>> =
            numbers.par_iter().map(of_draw).collect::<Result<_, _>>()?;
        let likelihoods: Vec<f64> =
            found.iter().map(|found| found.as_ref().map_or(0.0, |found| found.likelihood)).collect();
        #[expect(clippy::cast_precision_loss, reason = "draws are far below 2^53")]
        let likelihood = likelihoods.iter().sum::<f64>() / likelihoods.len() as f64;
        if likelihood <= 0.0 {
            // Of rows, the one that is named is the last in the order of the history that any draw stopped at.
            let rows = found.iter().filter_map(|found| found.as_ref().err());
            let place = |row: &Sighting| history.sightings.iter().position(|known| known == row);
            return match rows.max_by_key(|row| place(row)) {
                Some(row) => Err(StudyError::Impossible(row.clone())),
                None => Err(StudyError::Vanishing),
            };
        }
        Ok(Self {
            turns: history.last_turn(),
            weights: likelihoods.iter().map(|own| own / likelihood).collect(),
            likelihood,
            stands: found.into_iter().map(|found| found.ok().filter(|it| it.likelihood > 0.0)).collect(),
        })
    }

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

    /// What there is to tell of it.
    pub(crate) fn told(&self, prepared: &Prepared<'_>, settings: &Settings) -> Weighing {
        Weighing {
            turns: self.turns,
            likelihood: self.likelihood,
            effective: self.effective_draws(),
            weights: self.weights.clone(),
            posteriors: self.posteriors(prepared, settings),
        }
    }

    /// What the history made of every uncertain parameter.
    fn posteriors(&self, prepared: &Prepared<'_>, settings: &Settings) -> Vec<Posterior> {
        let draws = settings.draws_of(!prepared.scenario.uncertain().is_empty());
        if draws == 0 {
            return Vec::new();
        }
        let values: Vec<Vec<f64>> =
            (0..draws).map(|draw| prepared.parameters(settings.seed, Some(draw))).collect();
        let posterior = |parameter: ParameterId| {
            let of_draw = |draw: usize| values[draw][parameter.index()];
            let with = |weight: &dyn Fn(usize) -> f64| {
                Location::of((0..values.len()).map(|draw| (of_draw(draw), weight(draw))).collect())
            };
            Posterior { parameter, prior: with(&|_| 1.0), posterior: with(&|draw| self.weights[draw]) }
        };
        prepared.scenario.uncertain().into_iter().map(posterior).collect()
    }
}

impl Location {
    /// Of values with weights.
    fn of(mut values: Vec<(f64, f64)>) -> Self {
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

/// A history under one draw; or the row that cannot be.
fn under(
    prepared: &Prepared<'_>,
    settings: &Settings,
    draw: Option<u64>,
    history: &History,
    watch: &dyn Watch,
) -> Result<Result<BeliefState, Sighting>, StudyError> {
    let numbers = prepared.numbers(settings.seed, draw)?;
    let policies = Policies::new(&prepared.game, &numbers);
    let how = Propagation { tolerance: 0.0, go_on: &|_, _| !watch.stopped() };
    let found = filter(prepared.scenario, &policies, how, history);
    sound(prepared.scenario, &policies, draw)?;
    match found {
        Ok(found) => Ok(Ok(found)),
        Err(FilterError::Impossible(row)) => Ok(Err(row)),
        Err(FilterError::Exact(error)) => Err(StudyError::from(error)),
    }
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
