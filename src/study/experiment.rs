//! One scenario at many points: measures under changed numbers, on the same chance.

use serde::{Deserialize, Serialize};

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::absence::NoAnswer;
use super::answer::{range_of, ratio};
use super::gauge::{Gauges, is_share};
use super::method::choose;
use super::pairing::{Kind, difference};
use super::prepare::Prepared;
use super::runner::{Method, Settings, StudyError, Watch, blocks, of_draw};
use super::sound::sound;
use crate::agents::Policies;
use crate::exact::{Propagation, distribution_for};
use crate::scenario::{Changes, Measure, Numbers, Ratio};
use crate::simulate::{Chance, PlaySampler, PreparedGame};
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
    /// The ratios whose product each measure is, one after the other.
    ratios: Vec<Ratio>,
    settings: Settings,
    draws: u64,
    method: Method,
    /// Why by that method, where nobody asked for it.
    pub why: String,
}

/// What an experiment found at a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// `clusters[measure][cluster]`: numerator and denominator, summed over the plays of the cluster; means of a
    /// play, where it was found exactly. Of a measure that is a product of ratios, what stands for them.
    pub clusters: Vec<Vec<(f64, f64)>>,
}

/// A measure at a point, and how far that is from another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// Its value; `None` for a ratio of nothing.
    pub value: Option<f64>,
    /// The paired difference from the other point.
    pub difference: Option<Estimate>,
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
        let ratios = measures.iter().flat_map(|&measure| prepared.scenario.ratios(measure)).collect();
        Ok(Self { prepared, measures, ratios, settings: settings.clone(), draws, method, why })
    }

    /// The measures that it asks for.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Whether a measure is a share, between 0 and 1.
    #[must_use]
    pub fn is_share(&self, at: usize) -> bool {
        is_share(self.prepared.scenario, self.measures[at])
    }

    /// The scenario as it stands before anything is changed.
    #[must_use]
    pub fn prepared(&self) -> &Prepared<'p> {
        self.prepared
    }

    /// Plays at every point.
    #[must_use]
    pub fn replications(&self) -> u64 {
        self.settings.replications
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
        let mut rest: Vec<Vec<(f64, f64)>> =
            (0..self.ratios.len()).map(|at| clusters.iter().map(|row| row[at]).collect()).collect();
        let of = |&measure: &Measure| {
            let further = rest.split_off(prepared.scenario.ratios(measure).len());
            as_one_ratio(std::mem::replace(&mut rest, further))
        };
        Ok(Response { clusters: self.measures.iter().map(of).collect() })
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

    /// The same, where points may give what has been observed probability zero: they have no answer.
    ///
    /// # Errors
    /// See [`StudyError`]; of several, that of the first point.
    pub fn answered(
        &self,
        points: &[Changes],
        watch: &dyn Watch,
    ) -> Result<Vec<Result<Response, NoAnswer>>, StudyError> {
        let known = |found| match found {
            Ok(found) => Ok(Ok(found)),
            Err(error @ (StudyError::Impossible(_) | StudyError::Vanishing)) => {
                NoAnswer::at_a_point(error).map(Err)
            }
            Err(error) => Err(error),
        };
        self.each(points, watch).into_iter().map(known).collect()
    }

    /// The clusters of a draw: `[cluster][ratio]`.
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
        let found = distribution_for(prepared.scenario, &policies, how, &self.measures)?;
        sound(prepared.scenario, &policies, draw)?;
        let pair = |&measure: &Measure| found.measure(prepared.scenario, &numbers.values, measure);
        Ok(vec![self.measures.iter().flat_map(pair).collect()])
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
        let table = PreparedGame::new(prepared.scenario, prepared.slots, &prepared.game, numbers);
        let sums: Vec<Option<Vec<(f64, f64)>>> =
            clusters.par_iter().map(|plays| self.cluster(&table, plays.clone(), watch)).collect();
        sound(prepared.scenario, table.policies(), draw)?;
        sums.into_iter().collect::<Option<_>>().ok_or(StudyError::Stopped)
    }

    /// The sums of one cluster's plays; `None` where it was stopped.
    fn cluster(
        &self,
        table: &PreparedGame<'_>,
        plays: Range<u64>,
        watch: &dyn Watch,
    ) -> Option<Vec<(f64, f64)>> {
        let chance = Chance::of_plays(self.settings.seed);
        let mut sampler = PlaySampler::new(table, self.prepared.slots, &chance);
        let mut sums = vec![(0.0, 0.0); self.ratios.len()];
        for block in blocks(plays) {
            if watch.stopped() {
                return None;
            }
            let mut gauges = Gauges::new(table.layout(), &self.ratios);
            sampler.play(block, &mut gauges);
            for row in gauges.rows.chunks(self.ratios.len().max(1)) {
                for (sum, (n, d)) in sums.iter_mut().zip(row) {
                    sum.0 += n;
                    sum.1 += d;
                }
            }
        }
        Some(sums)
    }
}

/// The clusters of a product of ratios as those of one ratio of the same value and, to the first order, the same
/// error: in each cluster the value and its influence on it, over 1.
fn as_one_ratio(mut ratios: Vec<Vec<(f64, f64)>>) -> Vec<(f64, f64)> {
    if ratios.len() == 1 {
        return ratios.remove(0);
    }
    let sums: Vec<(f64, f64)> = ratios
        .iter()
        .map(|row| row.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1)))
        .collect();
    let clusters = ratios.first().map_or(0, Vec::len);
    // What is divided in the first ratio may be 0; what is divided in a later one divides the whole.
    if sums.iter().any(|sum| sum.1 == 0.0) || sums.iter().skip(1).any(|sum| sum.0 == 0.0) {
        return vec![(0.0, 0.0); clusters];
    }
    let value: f64 = sums.iter().map(|(n, d)| n / d).product();
    let others: Vec<f64> = sums.iter().map(|(n, d)| if *n == 0.0 { 0.0 } else { value / (n / d) }).collect();
    #[expect(clippy::cast_precision_loss, reason = "clusters are few")]
    let influence = |cluster: usize| {
        let parts = ratios
            .iter()
            .zip(&sums)
            .zip(&others)
            .map(|((row, (n, d)), others)| others * (row[cluster].0 - n / d * row[cluster].1) / d);
        parts.sum::<f64>() * clusters as f64
    };
    (0..clusters).map(|cluster| (value + influence(cluster), 1.0)).collect()
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
        ratio(scenario, measure, &moments, trials, Critical::for_draws(clusters.len() as u64))
    }

    /// How much more a measure is at one point than at another, with the paired 95 % interval; `None` where
    /// either has no value.
    #[must_use]
    pub fn difference(&self, one: &Response, other: &Response, at: usize) -> Option<Estimate> {
        let kind = Kind::of(self.prepared.scenario, self.measures[at]);
        self.paired(&one.clusters[at], &other.clusters[at], |pairs, critical| {
            difference(pairs, kind, self.method == Method::Exact, critical)
        })
    }

    /// Every measure at a point, and how far it is from the base.
    #[must_use]
    pub fn moved(&self, base: &Response, point: &Response) -> Vec<Moved> {
        let of = |at: usize| Moved { value: point.value(at), difference: self.difference(point, base, at) };
        (0..self.measures.len()).map(of).collect()
    }

    /// The same of a point that may have no answer, and why it has none.
    #[must_use]
    pub fn moved_or_absent(
        &self,
        base: &Response,
        point: Result<Response, NoAnswer>,
    ) -> (Vec<Moved>, Option<NoAnswer>) {
        match point {
            Ok(point) => (self.moved(base, &point), None),
            Err(why) => (vec![Moved { value: None, difference: None }; self.measures.len()], Some(why)),
        }
    }

    /// How much more a share is than another at the same point, with the paired 95 % interval; `None` where either
    /// has no value.
    #[must_use]
    pub fn lead(&self, found: &Response, one: usize, other: usize) -> Option<Estimate> {
        self.paired(&found.clusters[one], &found.clusters[other], |pairs, critical| match self.method {
            // Each draw has one share, and no plays: it is not itself a trial.
            Method::Exact => pairs.difference(1.0, critical).map(|lead| lead.within(-1.0, 1.0)),
            Method::Sample | Method::Auto => pairs.difference_of_shares(critical),
        })
    }

    /// The difference of two quantities, cluster by cluster, with the interval that suits them.
    fn paired(
        &self,
        one: &[(f64, f64)],
        other: &[(f64, f64)],
        interval: impl Fn(&PairedMoments, Critical) -> Option<Estimate>,
    ) -> Option<Estimate> {
        let mut pairs = PairedMoments::default();
        for (one, other) in one.iter().zip(other) {
            pairs.push(*one, *other);
        }
        if self.is_uncertain() {
            interval(&pairs, Critical::for_draws(one.len() as u64))
        } else {
            Some(Estimate::exact(pairs.first.ratio()? - pairs.second.ratio()?))
        }
    }
}

impl Response {
    /// A measure's value, without an interval; `None` for a ratio whose denominator is 0.
    #[must_use]
    pub fn value(&self, at: usize) -> Option<f64> {
        self.moments(at).ratio()
    }

    /// A measure's value as a mean over the clusters: what each contributes, linearised where the measure is a ratio;
    /// `None` where it has no value.
    ///
    /// ```text
    /// R + K (n - R d) / sum(d)        over K clusters
    /// ```
    #[must_use]
    pub fn by_cluster(&self, at: usize) -> Option<Vec<f64>> {
        let ratio = self.value(at)?;
        let (_, denominators) = self.sums(at);
        #[expect(clippy::cast_precision_loss, reason = "clusters are few")]
        let scale = self.clusters[at].len() as f64 / denominators;
        Some(self.clusters[at].iter().map(|(n, d)| ratio + scale * (n - ratio * d)).collect())
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
