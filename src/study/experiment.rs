//! One scenario at many points: measures under changed numbers, on the same chance.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::absence::NoAnswer;
use super::clusters::Clusters;
use super::error::StudyError;
use super::measure::{MeasureObserver, PlannedMeasure, is_share};
use super::method::choose;
use super::notice::Notice;
use super::prepare::Prepared;
use super::replications::{Replications, blocks, of_draw};
use super::settings::{Method, Settings};
use super::sound::sound;
use super::spread::Spread;
use super::tree::{Merge, Tree};
use super::watch::Watch;
use crate::agents::Policies;
use crate::exact::{Propagation, distribution_for};
use crate::scenario::{Changes, Measure, Numbers, Ratio};
use crate::simulate::{Chance, PlaySampler, PreparedGame};
use crate::stats::{Estimate, PairedMoments, RatioMoments, RatioSum};

/// A scenario and the measures that are asked of it, wherever its numbers stand.
///
/// Every point meets the same chance and the same draws, so that points can be held against each other, cluster
/// by cluster. A cluster is a draw; where there are no draws, a hundredth of the plays. A point costs no parsing
/// and no compiled game. What has been observed conditions each point by itself: draws weigh, and plays go on, as the
/// numbers there make them.
#[derive(Debug)]
pub struct Experiment<'p> {
    prepared: &'p Prepared<'p>,
    measures: Vec<Measure>,
    /// What each measure needs.
    planned: Vec<PlannedMeasure>,
    /// The ratios whose product each measure is, one after the other.
    ratios: Vec<Ratio>,
    /// Of each ratio, whether its numbers may be far from 0.
    real: Vec<bool>,
    settings: Settings,
    replications: Replications,
    method: Method,
    /// Why by that method, where nobody asked for it.
    pub why: String,
}

/// What an experiment found at a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// `clusters[measure][cluster]`: numerator and denominator, summed over the plays of the cluster, as often as it
    /// weighs; means of a play, where it was found exactly. Of a measure that is a product of ratios, what stands for
    /// them.
    clusters: Vec<Vec<RatioSum>>,
    /// So many clusters that weigh alike would know as much; a count.
    effective: f64,
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
        let spread = Spread::of(prepared, settings);
        let plan = |&measure: &Measure| PlannedMeasure::within(prepared.scenario, &spread, measure);
        let planned: Vec<PlannedMeasure> = measures.iter().map(plan).collect();
        let ratios = planned.iter().flat_map(|planned| planned.factors.clone()).collect();
        let near = |planned: &PlannedMeasure| planned.is_real() || planned.is_product();
        let real = planned.iter().flat_map(|planned| vec![near(planned); planned.factors.len()]).collect();
        let replications = Replications { count: settings.replications, draws: prepared.draws(settings) };
        let settings = settings.clone();
        Ok(Self { prepared, measures, planned, ratios, real, settings, replications, method, why })
    }

    /// What has to be said of what is asked for.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        self.prepared.notices(&self.settings)
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
        self.replications.draws
    }

    /// How points are found: never [`Method::Auto`].
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// Whether what it finds has a Monte Carlo error.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.method == Method::Sample || self.draws() > 0
    }

    /// What is found at one point.
    ///
    /// # Errors
    /// See [`StudyError`]; [`StudyError::Impossible`] where it gives what has been observed probability zero.
    pub fn at(&self, changes: &Changes, watch: &dyn Watch) -> Result<Response, StudyError> {
        let prepared = self.prepared.with(changes.clone());
        let prepared = prepared.conditioned_over(self.replications, &self.settings, watch)?;
        let draws: Vec<Option<u64>> = self.replications.each_draw().collect();
        let each = |&draw: &Option<u64>| self.under(&prepared, draw, watch);
        let clusters: Vec<Vec<Vec<RatioSum>>> = draws.par_iter().map(each).collect::<Result<_, _>>()?;
        let clusters: Vec<Vec<RatioSum>> = clusters.into_iter().flatten().collect();
        let mut rest: Vec<Vec<RatioSum>> =
            (0..self.ratios.len()).map(|at| clusters.iter().map(|row| row[at]).collect()).collect();
        let of = |planned: &PlannedMeasure| {
            let further = rest.split_off(planned.factors.len());
            as_one_ratio(std::mem::replace(&mut rest, further))
        };
        #[expect(clippy::cast_precision_loss, reason = "clusters are few")]
        let batches = clusters.len() as f64;
        let effective = match self.draws() {
            0 => batches,
            draws => prepared.clusters(draws).effective,
        };
        Ok(Response { clusters: self.planned.iter().map(of).collect(), effective })
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
    ) -> Result<Vec<Vec<RatioSum>>, StudyError> {
        let weight = prepared.weight(draw);
        if weight <= 0.0 {
            return Ok(vec![vec![RatioSum::default(); self.ratios.len()]]);
        }
        let numbers = prepared.numbers(self.settings.seed, draw)?;
        let mut clusters = match self.method {
            Method::Exact => self.propagated(prepared, draw, &numbers, watch)?,
            Method::Sample | Method::Auto => self.played(prepared, draw, &numbers, watch)?,
        };
        clusters.iter_mut().flatten().for_each(|sum| *sum = sum.weighed(weight));
        Ok(clusters)
    }

    fn propagated(
        &self,
        prepared: &Prepared<'_>,
        draw: Option<u64>,
        numbers: &Numbers,
        watch: &dyn Watch,
    ) -> Result<Vec<Vec<RatioSum>>, StudyError> {
        let policies = Policies::new(&prepared.game, numbers);
        let how = Propagation { tolerance: 0.0, go_on: &|_, _| !watch.stopped() };
        let stands = prepared.given.as_ref().and_then(|given| given.stands(draw));
        let found = distribution_for(prepared.scenario, &policies, how, &self.measures, stands)?;
        sound(prepared.scenario, &policies, draw)?;
        let mut sums = vec![RatioSum::default(); self.ratios.len()];
        for ((sum, ratio), real) in sums.iter_mut().zip(&self.ratios).zip(&self.real) {
            sum.push(found.ratio(&numbers.values, *ratio), *real);
        }
        Ok(vec![sums])
    }

    fn played(
        &self,
        prepared: &Prepared<'_>,
        draw: Option<u64>,
        numbers: &Numbers,
        watch: &dyn Watch,
    ) -> Result<Vec<Vec<RatioSum>>, StudyError> {
        let plays = self.settings.replications;
        let clusters: Vec<Range<u64>> = if draw.is_some() {
            vec![self.replications.of(draw)]
        } else {
            let batches = BATCHES.min(plays);
            (0..batches).map(|batch| of_draw(batch, batches, plays)).collect()
        };
        let table = prepared.table(numbers, draw);
        let sums: Vec<Option<Vec<RatioSum>>> =
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
    ) -> Option<Vec<RatioSum>> {
        let chance = Chance::of_plays(self.settings.seed);
        let mut sampler = PlaySampler::new(table, self.prepared.slots, &chance);
        let mut observer = MeasureObserver::new(table.layout(), &self.ratios);
        let mut tree = Tree::new();
        for (place, block) in (0..).zip(blocks(plays)) {
            if watch.stopped() {
                return None;
            }
            observer.rows.clear();
            sampler.play(block, &mut observer);
            let mut sums = vec![RatioSum::default(); self.ratios.len()];
            for row in observer.rows.chunks(self.ratios.len().max(1)) {
                for ((sum, pair), real) in sums.iter_mut().zip(row).zip(&self.real) {
                    sum.push(*pair, *real);
                }
            }
            tree.add(place, sums).ok()?;
        }
        tree.fold()
    }
}

impl Merge for RatioSum {
    fn merge(&mut self, other: &Self) {
        Self::merge(self, other);
    }
}

/// The clusters of a product of ratios as those of one ratio of the same value and, to the first order, the same
/// error: in each cluster the value and its influence on it, over 1.
fn as_one_ratio(mut ratios: Vec<Vec<RatioSum>>) -> Vec<RatioSum> {
    if ratios.len() == 1 {
        return ratios.remove(0);
    }
    let total = |row: &Vec<RatioSum>| {
        row.iter().fold(RatioSum::default(), |mut sum, cluster| {
            sum.merge(cluster);
            sum
        })
    };
    let sums: Vec<RatioSum> = ratios.iter().map(total).collect();
    let clusters = ratios.first().map_or(0, Vec::len);
    let values: Option<Vec<f64>> = sums.iter().map(RatioSum::ratio).collect();
    // What is divided in the first ratio may be 0; what is divided in a later one divides the whole.
    let Some(values) = values.filter(|values| !values.iter().skip(1).any(|value| *value == 0.0)) else {
        return vec![RatioSum::default(); clusters];
    };
    let value: f64 = values.iter().product();
    let others: Vec<f64> = values.iter().map(|own| if *own == 0.0 { 0.0 } else { value / own }).collect();
    #[expect(clippy::cast_precision_loss, reason = "clusters are few")]
    let influence = |cluster: usize| {
        let parts = ratios.iter().zip(&sums).zip(&others);
        let parts = parts.map(|((row, sum), others)| others * row[cluster].residual(sum) / sum.denominator());
        parts.sum::<f64>() * clusters as f64
    };
    (0..clusters).map(|cluster| RatioSum::about(value, influence(cluster), 1.0)).collect()
}

impl Experiment<'_> {
    /// What the clusters of some points know.
    fn clusters<'r>(&self, points: impl IntoIterator<Item = &'r Response>) -> Clusters {
        let of = |found: &Response| Clusters {
            draws: found.clusters.first().map_or(0, Vec::len) as u64,
            effective: found.effective,
        };
        // Without draws it is batches of plays that are independent: never too few to say anything.
        points.into_iter().map(of).reduce(Clusters::least).unwrap_or(Clusters::alike(0))
    }

    /// A measure's value at a point, with the 95 % interval of its Monte Carlo error; `None` for a ratio whose
    /// denominator is 0.
    #[must_use]
    pub fn estimate(&self, found: &Response, at: usize) -> Option<Estimate> {
        let kind = self.planned[at].kind;
        let moments = found.moments(at);
        let value = moments.ratio()?;
        if !self.is_uncertain() {
            return Some(Estimate::exact(value));
        }
        let clusters = self.clusters([found]);
        if self.method == Method::Exact {
            return kind.of_draws(&moments, clusters);
        }
        let total = found.total(at);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let (hits, trials) = (total.numerator().round() as u64, total.denominator().round() as u64);
        if self.draws() == 0 && trials == self.settings.replications && self.is_share(at) {
            return crate::stats::binomial(hits, trials);
        }
        kind.of_plays(&moments, trials, clusters)
    }

    /// How much more a measure is at one point than at another, with the paired 95 % interval; `None` where
    /// either has no value.
    #[must_use]
    pub fn difference(&self, one: &Response, other: &Response, at: usize) -> Option<Estimate> {
        let pairs = paired(&one.clusters[at], &other.clusters[at]);
        if !self.is_uncertain() {
            return pairs.ratio_difference().map(Estimate::exact);
        }
        let exactly = self.method == Method::Exact;
        self.planned[at].kind.difference(&pairs, exactly, self.clusters([one, other]))
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
        let pairs = paired(&found.clusters[one], &found.clusters[other]);
        let value = pairs.ratio_difference();
        if !self.is_uncertain() {
            return value.map(Estimate::exact);
        }
        self.clusters([found]).judge(value, |critical| match self.method {
            // Each draw has one share, and no plays: it is not itself a trial.
            Method::Exact => pairs.difference(1.0, critical).map(|lead| lead.within(-1.0, 1.0)),
            Method::Sample | Method::Auto => pairs.difference_of_shares(critical),
        })
    }
}

/// Two quantities, cluster by cluster.
fn paired(one: &[RatioSum], other: &[RatioSum]) -> PairedMoments {
    let mut pairs = PairedMoments::default();
    for (one, other) in one.iter().zip(other) {
        pairs.push_totals(one, other);
    }
    pairs
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
        let total = self.total(at);
        #[expect(clippy::cast_precision_loss, reason = "clusters are few")]
        let scale = self.clusters[at].len() as f64 / total.denominator();
        Some(self.clusters[at].iter().map(|cluster| ratio + scale * cluster.residual(&total)).collect())
    }

    fn moments(&self, at: usize) -> RatioMoments {
        let mut moments = RatioMoments::default();
        for cluster in &self.clusters[at] {
            moments.push_total(cluster);
        }
        moments
    }

    fn total(&self, at: usize) -> RatioSum {
        let mut sum = RatioSum::default();
        self.clusters[at].iter().for_each(|cluster| sum.merge(cluster));
        sum
    }
}
