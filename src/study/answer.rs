//! What is summed to compare two measures over the same plays, and what their difference is.

use super::gauge::is_share;
use super::prepare::Prepared;
use super::runner::Settings;
use super::spread::Spread;
use crate::scenario::{Measure, Ratio, Scenario};
use crate::stats::{
    Critical, Estimate, PairedMoments, PairedProducts, ProductMoments, RatioMoments, count, mean, proportion,
};

/// A measure of one of several scenarios that are played side by side.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Which of the scenarios.
    pub(super) run: usize,
    pub(super) measure: Measure,
    pub(super) factors: Vec<Ratio>,
}

impl Asked {
    pub(super) fn new(run: usize, measure: Measure, scenario: &Scenario) -> Self {
        Self { run, measure, factors: scenario.ratios(measure) }
    }

    /// By how much its sums over all plays could be others.
    fn farthest(&self, runs: &[Prepared<'_>], settings: &Settings) -> Vec<(f64, f64)> {
        #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
        let plays = settings.replications as f64;
        Spread::of(&runs[self.run], settings).farthest(&self.factors, plays)
    }
}

/// The sums of a measure and of what it is held against, another or nothing: over draws, or over plays.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// Both are ratios of means; with the first's trials.
    Ratios(PairedMoments, f64),
    /// A product of ratios, held against nothing.
    Product(ProductMoments),
    /// One of the two is a product of ratios.
    Products(PairedProducts),
}

impl Answer {
    pub(super) fn new(first: &Asked, second: Option<&Asked>) -> Self {
        match (first.factors.len(), second.map_or(1, |second| second.factors.len())) {
            (1, 1) => Self::Ratios(PairedMoments::default(), 0.0),
            (factors, _) if second.is_none() => Self::Product(ProductMoments::new(factors)),
            (first, second) => Self::Products(PairedProducts::new(first, second)),
        }
    }

    /// Adds a cluster: numerators and denominators of the first's factors, and of the second's, which are
    /// none where there is no second.
    pub(super) fn push(&mut self, first: &[(f64, f64)], second: &[(f64, f64)]) {
        match self {
            Self::Ratios(pair, trials) => {
                pair.push(first[0], *second.first().unwrap_or(&(0.0, 1.0)));
                *trials += first[0].1;
            }
            Self::Product(product) => product.push(first),
            Self::Products(products) => products.push(first, second),
        }
    }

    /// The first measure.
    pub(super) fn value(&self) -> Option<f64> {
        match self {
            Self::Ratios(pair, _) => pair.first.ratio(),
            Self::Product(product) => product.value(),
            Self::Products(products) => products.first(),
        }
    }

    /// The second measure.
    pub(super) fn against(&self) -> Option<f64> {
        match self {
            Self::Ratios(pair, _) => pair.second.ratio(),
            Self::Product(_) => None,
            Self::Products(products) => products.second(),
        }
    }

    /// The first measure with its own interval.
    pub(super) fn alone(
        &self,
        first: &Asked,
        runs: &[Prepared<'_>],
        settings: &Settings,
        critical: Critical,
    ) -> Option<Estimate> {
        let scenario = runs[first.run].scenario;
        match self {
            Self::Ratios(pair, trials) => ratio(scenario, first.measure, &pair.first, *trials, critical),
            Self::Product(product) => product.estimate(&first.farthest(runs, settings), critical),
            Self::Products(_) => None,
        }
    }

    /// The first measure less the second, with its paired interval.
    pub(super) fn difference(
        &self,
        (first, second): (&Asked, &Asked),
        runs: &[Prepared<'_>],
        settings: &Settings,
        critical: Critical,
    ) -> Option<Estimate> {
        let scenario = runs[first.run].scenario;
        match self {
            Self::Ratios(pair, _) if is_share(scenario, first.measure) => pair.difference_of_shares(critical),
            Self::Ratios(pair, _) => pair.difference(range_of(scenario, first.measure), critical),
            Self::Product(_) => None,
            Self::Products(products) => {
                let farthest = |asked: &Asked| asked.farthest(runs, settings);
                products.difference(&farthest(first), &farthest(second), critical)
            }
        }
    }
}

/// A ratio of means with its own interval.
pub(super) fn ratio(
    scenario: &Scenario,
    measure: Measure,
    moments: &RatioMoments,
    trials: f64,
    critical: Critical,
) -> Option<Estimate> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of trials")]
    let trials = trials as u64;
    match measure {
        measure if is_share(scenario, measure) => proportion(moments, trials, critical),
        Measure::Turns => count(moments, f64::from(scenario.turns), critical),
        measure => mean(moments, range_of(scenario, measure), critical),
    }
}

/// The largest difference that two plays can have in a measure, where that is easily said.
pub(super) fn range_of(scenario: &Scenario, measure: Measure) -> f64 {
    match measure {
        Measure::Defined(at) if scenario.measures[at].of.is_none() => f64::from(scenario.turns),
        Measure::Turns => f64::from(scenario.turns),
        _ => 1.0,
    }
}
