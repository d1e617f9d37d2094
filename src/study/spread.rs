//! How far apart two plays can be.

use super::prepare::Prepared;
use super::settings::Settings;
use crate::scenario::{Ratio, Sum};

/// How far apart two plays can be, at central values: what an interval falls back on where all plays
/// were alike.
pub(crate) struct Spread {
    /// For each actor, the largest difference of two scores.
    pub(crate) scores: Vec<f64>,
    /// For each measure, the least and the most that a play can have.
    pub(crate) measures: Vec<(f64, f64)>,
    /// For each variable, the largest difference of two levels' values.
    pub(crate) values: Vec<f64>,
    turns: f64,
}

impl Spread {
    pub(crate) fn of(prepared: &Prepared<'_>, settings: &Settings) -> Self {
        let scenario = prepared.scenario;
        let turns = f64::from(scenario.turns);
        let Ok(numbers) = prepared.numbers(settings.seed, None) else {
            return Self {
                scores: vec![0.0; scenario.actors.len()],
                measures: vec![(0.0, 0.0); scenario.measures.len()],
                values: vec![0.0; scenario.variables.len()],
                turns,
            };
        };
        let extremes = |v: usize| {
            let values = numbers.values[v].iter().copied();
            (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
        };
        // What is paid in every turn of plays that last alike makes no difference between them.
        let lasts = scenario.classifications.iter().flat_map(|class| &class.outcomes).all(|it| !it.ends);
        let scores = (0..scenario.actors.len()).map(|actor| {
            let a_turn: f64 = scenario
                .terms
                .iter()
                .zip(&numbers.pays)
                .map(|(term, pays)| {
                    let always = lasts && term.issue.is_none() && term.when.always_holds();
                    let most = match term.per.map(|v| extremes(v.index())) {
                        None if always => 0.0,
                        None => 1.0,
                        Some((low, high)) if always => high - low,
                        Some((low, high)) => low.abs().max(high.abs()),
                    };
                    pays[actor].abs() * most
                })
                .sum();
            let at_end = numbers.outcome_pays.iter().map(|class| {
                let pays = class.iter().map(|pays| pays[actor]);
                pays.clone().fold(f64::NEG_INFINITY, f64::max) - pays.fold(f64::INFINITY, f64::min)
            });
            turns * a_turn + at_end.sum::<f64>()
        });
        let measures = scenario.measures.iter().map(|measure| match measure.per {
            _ if measure.ever => (0.0, 1.0),
            None => (0.0, turns),
            Some(v) => {
                let (low, high) = extremes(v.index());
                (low.min(0.0) * turns, high.max(0.0) * turns)
            }
        });
        let values = (0..scenario.variables.len()).map(|v| {
            let (low, high) = extremes(v);
            high - low
        });
        Self { scores: scores.collect(), measures: measures.collect(), values: values.collect(), turns }
    }

    /// By how much the sums of these factors over so many plays would be others, were every play as much
    /// otherwise as it can be.
    pub(crate) fn farthest(&self, factors: &[Ratio], plays: f64) -> Vec<(f64, f64)> {
        let of = |sum: Sum| plays * self.of_play(sum);
        factors.iter().map(|factor| (of(factor.above), of(factor.below))).collect()
    }

    fn of_play(&self, sum: Sum) -> f64 {
        match sum {
            Sum::Plays => 0.0,
            Sum::Outcome(..) | Sum::FinalLevel(..) => 1.0,
            Sum::FinalValue(v) => self.values[v.index()],
            Sum::Score(actor) => self.scores[actor.index()],
            Sum::Own(at) => self.measures[at].1 - self.measures[at].0,
            Sum::Turns | Sum::Made(..) | Sum::Open(_) => self.turns,
        }
    }
}
