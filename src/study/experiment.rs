//! One scenario at many points: measures under changed numbers, on the same chance.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::absence::NoAnswer;
use super::equilibria::check_equilibria;
use super::error::StudyError;
use super::measure::{MeasureObserver, PlannedMeasure, is_share};
use super::method::choose;
use super::notice::Notice;
use super::prepare::Prepared;
use super::replications::{Replications, blocks, of_draw};
use super::response::{Response, as_one_ratio};
use super::settings::{Method, Settings};
use super::spread::Spread;
use super::tree::{Merge, Tree};
use super::watch::Watch;
use crate::agents::Policies;
use crate::exact::{Propagation, distribution_for};
use crate::scenario::{Changes, Measure, Numbers, Ratio};
use crate::simulate::{Chance, PlaySampler, PreparedGame};
use crate::stats::RatioSum;

/// A scenario and the measures that are asked of it, wherever its numbers stand.
///
/// Every point meets the same chance and the same draws, so that points can be held against each other, cluster
/// by cluster. A cluster is a draw; where there are no draws, a hundredth of the plays. A point costs no parsing
/// and no compiled game. What has been observed conditions each point by itself: draws weigh, and plays go on, as the
/// numbers there make them.
#[derive(Debug)]
pub struct Experiment<'p> {
    pub(super) prepared: &'p Prepared<'p>,
    pub(super) measures: Vec<Measure>,
    /// What each measure needs.
    pub(super) planned: Vec<PlannedMeasure>,
    /// The ratios whose product each measure is, one after the other.
    ratios: Vec<Ratio>,
    /// Of each ratio, whether its numbers may be far from 0.
    real: Vec<bool>,
    pub(super) settings: Settings,
    replications: Replications,
    method: Method,
    /// Why by that method, where nobody asked for it.
    pub why: String,
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
            method => (method, String::new()),
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
        Ok(Response::new(self.planned.iter().map(of).collect(), effective))
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
        check_equilibria(prepared.scenario, &policies, draw)?;
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
        check_equilibria(prepared.scenario, table.policies(), draw)?;
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
