//! One scenario at many points: measures under changed numbers, on the same chance.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::gauge::{Gauges, is_share};
use super::method::choose;
use super::prepare::Prepared;
use super::runner::{Method, Settings, StudyError, Watch, blocks, of_draw, sound};
use super::verify::{alone, range_of};
use crate::agents::Policies;
use crate::exact::{Propagation, distribution};
use crate::scenario::{Changes, Measure, Numbers};
use crate::simulate::{Chance, Sampler, Table};
use crate::stats::{Critical, Estimate, PairedMoments, RatioMoments};

/// A scenario and the measures that are asked of it, wherever its numbers stand.
///
/// Every point meets the same chance and the same draws, so that points can be held against each other, cluster
/// by cluster. A cluster is a draw; where there are no draws, a hundredth of the plays. A point costs no parsing
/// and no compiled game.
#[derive(Debug)]
pub struct Experiment<'p> {
    prepared: &'p Prepared<'p>,
    measures: Vec<Measure>,
    settings: Settings,
    draws: u64,
    method: Method,
    /// Why by that method, where nobody asked for it.
    pub why: String,
}

/// What an experiment found at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// `clusters[measure][cluster]`: numerator and denominator, summed over the plays of the cluster; means of a
    /// play, where it was found exactly.
    pub clusters: Vec<Vec<(f64, f64)>>,
}

/// So many clusters, where there are no draws.
const BATCHES: u64 = 100;

impl<'p> Experiment<'p> {
    /// An experiment by the method that is asked for, or by the one that takes less work.
    ///
    /// # Errors
    /// If the method cannot be chosen because an amount is out of range.
    pub fn new(
        prepared: &'p Prepared<'p>,
        measures: Vec<Measure>,
        settings: &Settings,
        method: Method,
    ) -> Result<Self, StudyError> {
        let (method, why) = match method {
            Method::Auto => choose(prepared, settings)?,
            asked => (asked, String::new()),
        };
        let draws = settings.draws_of(!prepared.scenario.uncertain().is_empty());
        Ok(Self { prepared, measures, settings: settings.clone(), draws, method, why })
    }

    /// The measures that it asks for.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// The scenario as it stands before anything is changed.
    #[must_use]
    pub fn prepared(&self) -> &Prepared<'p> {
        self.prepared
    }

    /// Draws at every point; 0: central values.
    #[must_use]
    pub fn draws(&self) -> u64 {
        self.draws
    }

    /// How points are found: never [`Method::Auto`].
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// Whether what it finds has a Monte Carlo error.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.method == Method::Sample || self.draws > 0
    }

    /// What is found at one point.
    ///
    /// # Errors
    /// See [`StudyError`].
    pub fn at(&self, changes: &Changes, watch: &dyn Watch) -> Result<Response, StudyError> {
        let prepared = self.prepared.with(changes.clone());
        let clusters: Vec<Vec<(f64, f64)>> = if self.draws == 0 {
            self.under(&prepared, None, watch)?
        } else {
            let draws: Vec<u64> = (0..self.draws).collect();
            let each = |&draw: &u64| self.under(&prepared, Some(draw), watch);
            draws.par_iter().map(each).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect()
        };
        let of = |at: usize| clusters.iter().map(|row| row[at]).collect();
        Ok(Response { clusters: (0..self.measures.len()).map(of).collect() })
    }

    /// What is found at each of many points, side by side. Progress is told in plays.
    ///
    /// # Errors
    /// See [`StudyError`]; of several, that of the first point.
    pub fn all(&self, points: &[Changes], watch: &dyn Watch) -> Result<Vec<Response>, StudyError> {
        self.each(points, watch).into_iter().collect()
    }

    /// The same, where some points may have no answer: a number out of its range, say.
    ///
    /// # Errors
    /// See [`StudyError`]; for each point.
    pub fn each(&self, points: &[Changes], watch: &dyn Watch) -> Vec<Result<Response, StudyError>> {
        let done = AtomicU64::new(0);
        let total = points.len() as u64 * self.settings.replications;
        let each = |changes: &Changes| {
            if watch.stopped() {
                return Err(StudyError::Stopped);
            }
            let found = self.at(changes, watch);
            let before = done.fetch_add(self.settings.replications, Ordering::Relaxed);
            watch.progress(before + self.settings.replications, total);
            found
        };
        points.par_iter().map(each).collect()
    }

    /// The clusters of a draw: `[cluster][measure]`.
    fn under(
        &self,
        prepared: &Prepared<'_>,
        draw: Option<u64>,
        watch: &dyn Watch,
    ) -> Result<Vec<Vec<(f64, f64)>>, StudyError> {
        let numbers = prepared.numbers(self.settings.seed, draw)?;
        match self.method {
            Method::Exact => self.propagated(prepared, draw, &numbers, watch),
            Method::Sample | Method::Auto => self.played(prepared, draw, &numbers, watch),
        }
    }

    fn propagated(
        &self,
        prepared: &Prepared<'_>,
        draw: Option<u64>,
        numbers: &Numbers,
        watch: &dyn Watch,
    ) -> Result<Vec<Vec<(f64, f64)>>, StudyError> {
        let policies = Policies::new(&prepared.game, numbers);
        let how = Propagation { tolerance: 0.0, go_on: &|_, _| !watch.stopped() };
        let found = distribution(prepared.scenario, &policies, how)?;
        sound(prepared.scenario, &policies, draw)?;
        let pair = |&measure: &Measure| found.measure(prepared.scenario, &numbers.values, measure);
        Ok(vec![self.measures.iter().map(pair).collect()])
    }

    fn played(
        &self,
        prepared: &Prepared<'_>,
        draw: Option<u64>,
        numbers: &Numbers,
        watch: &dyn Watch,
    ) -> Result<Vec<Vec<(f64, f64)>>, StudyError> {
        let plays = self.settings.replications;
        let clusters: Vec<Range<u64>> = if let Some(draw) = draw {
            vec![of_draw(draw, self.draws, plays)]
        } else {
            let batches = BATCHES.min(plays);
            (0..batches).map(|batch| of_draw(batch, batches, plays)).collect()
        };
        let table = Table::new(prepared.scenario, prepared.slots, &prepared.game, numbers);
        let sums: Vec<Option<Vec<(f64, f64)>>> =
            clusters.par_iter().map(|plays| self.cluster(&table, plays.clone(), watch)).collect();
        sound(prepared.scenario, table.policies(), draw)?;
        sums.into_iter().collect::<Option<_>>().ok_or(StudyError::Stopped)
    }

    /// The sums of one cluster's plays; `None` where it was stopped.
    fn cluster(&self, table: &Table<'_>, plays: Range<u64>, watch: &dyn Watch) -> Option<Vec<(f64, f64)>> {
        let chance = Chance::of_plays(self.settings.seed);
        let mut sampler = Sampler::new(table, self.prepared.slots, &chance);
        let mut sums = vec![(0.0, 0.0); self.measures.len()];
        for block in blocks(plays) {
            if watch.stopped() {
                return None;
            }
            let mut gauges = Gauges::new(table.layout(), &self.measures, table.values());
            sampler.play(block, &mut gauges);
            for row in gauges.rows.chunks(self.measures.len().max(1)) {
                for (sum, (n, d)) in sums.iter_mut().zip(row) {
                    sum.0 += n;
                    sum.1 += d;
                }
            }
        }
        Some(sums)
    }
}

impl Experiment<'_> {
    /// A measure's value at a point, with the 95 % interval of its Monte Carlo error; `None` for a ratio whose
    /// denominator is 0.
    #[must_use]
    pub fn estimate(&self, found: &Response, at: usize) -> Option<Estimate> {
        let (measure, clusters) = (self.measures[at], &found.clusters[at]);
        let moments = found.moments(at);
        let value = moments.ratio()?;
        let scenario = self.prepared.scenario;
        if !self.is_uncertain() {
            return Some(Estimate::exact(value));
        }
        if self.method == Method::Exact {
            let critical = Critical::for_draws(clusters.len() as u64);
            return match measure {
                measure if is_share(scenario, measure) => crate::stats::share(&moments, critical),
                measure => crate::stats::mean(&moments, range_of(scenario, measure), critical),
            };
        }
        let (hits, trials) = found.sums(at);
        #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
        let every_play = trials == self.settings.replications as f64;
        if self.draws == 0 && every_play && is_share(scenario, measure) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
            return crate::stats::binomial(hits as u64, self.settings.replications);
        }
        alone(scenario, measure, &moments, trials, Critical::for_draws(clusters.len() as u64))
    }

    /// How much more a measure is at one point than at another, with the paired 95 % interval; `None` where
    /// either has no value.
    #[must_use]
    pub fn difference(&self, one: &Response, other: &Response, at: usize) -> Option<Estimate> {
        let scenario = self.prepared.scenario;
        let mut pairs = PairedMoments::default();
        for (one, other) in one.clusters[at].iter().zip(&other.clusters[at]) {
            pairs.push(*one, *other);
        }
        if !self.is_uncertain() {
            return Some(Estimate::exact(pairs.first.ratio()? - pairs.second.ratio()?));
        }
        let critical = Critical::for_draws(one.clusters[at].len() as u64);
        match self.measures[at] {
            measure if is_share(scenario, measure) => pairs.difference_of_shares(critical),
            measure => pairs.difference(range_of(scenario, measure), critical),
        }
    }

    /// How much more a share is than another at the same point, with the paired 95 % interval; `None` where either
    /// has no value.
    #[must_use]
    pub fn lead(&self, found: &Response, one: usize, other: usize) -> Option<Estimate> {
        let mut pairs = PairedMoments::default();
        for (one, other) in found.clusters[one].iter().zip(&found.clusters[other]) {
            pairs.push(*one, *other);
        }
        if !self.is_uncertain() {
            return Some(Estimate::exact(pairs.first.ratio()? - pairs.second.ratio()?));
        }
        let critical = Critical::for_draws(pairs.first.clusters);
        match self.method {
            // Each draw has one share, and no plays: it is not itself a trial.
            Method::Exact => pairs.difference(1.0, critical).map(|lead| lead.within(-1.0, 1.0)),
            Method::Sample | Method::Auto => pairs.difference_of_shares(critical),
        }
    }
}

impl Response {
    /// A measure's value, without an interval; `None` for a ratio whose denominator is 0.
    #[must_use]
    pub fn value(&self, at: usize) -> Option<f64> {
        self.moments(at).ratio()
    }

    fn moments(&self, at: usize) -> RatioMoments {
        let mut moments = RatioMoments::default();
        for (n, d) in &self.clusters[at] {
            moments.push(*n, *d);
        }
        moments
    }

    fn sums(&self, at: usize) -> (f64, f64) {
        self.clusters[at].iter().fold((0.0, 0.0), |(n, d), pair| (n + pair.0, d + pair.1))
    }
}
