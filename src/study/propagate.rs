//! One scenario, propagated exactly under each draw.

use rayon::prelude::*;

use super::certain::{Certain, only};
use super::clusters::Clusters;
use super::equilibria::{Bifurcation, bifurcation, check_equilibria};
use super::error::StudyError;
use super::measure::{Kind, PlannedMeasure};
use super::prepare::{Prepared, Shared};
use super::replications::Replications;
use super::run::{DrawResult, Estimates, Run};
use super::runner::WAVE;
use super::settings::{Method, Settings};
use super::spread::Spread;
use super::watch::Watch;
use crate::agents::Policies;
use crate::exact::{PlayDistribution, Propagation, distribution};
use crate::scenario::{Document, Measure, SeatId};
use crate::stats::{Estimate, ProductMoments, RatioMoments};

/// The exact distribution of a scenario under each draw, and its mean over the draws.
///
/// States less likely than `tolerance` after a turn are dropped; the interval of every share is widened by
/// what was dropped. Without draws nothing else is uncertain; with draws, intervals are those of the mean
/// over the draws.
///
/// # Errors
/// See [`StudyError`].
pub fn propagate(
    document: &Document,
    settings: &Settings,
    tolerance: f64,
    watch: &dyn Watch,
) -> Result<Run, StudyError> {
    let prepared = Shared::default().prepare(&document.scenario, &document.slots)?;
    propagate_prepared(&prepared.conditioned(settings, watch)?, settings, tolerance, watch)
}

/// The same for a scenario that was made ready.
pub(super) fn propagate_prepared(
    prepared: &Prepared<'_>,
    settings: &Settings,
    tolerance: f64,
    watch: &dyn Watch,
) -> Result<Run, StudyError> {
    let draws = prepared.draws(settings);
    let numbers: Vec<Option<u64>> =
        Replications { count: settings.replications, draws }.each_draw().collect();
    let mut found = Vec::new();
    // A wave at a time, so that whoever watches hears of it.
    for wave in numbers.chunks(WAVE) {
        let total = draws.max(1);
        let wave: Vec<Propagated> = wave
            .par_iter()
            .map(|&draw| of_draw(prepared, settings, draw, tolerance, watch))
            .collect::<Result<_, _>>()?;
        wave.iter().filter_map(|found| found.branching.as_ref()).for_each(|met| watch.branches(met));
        found.extend(wave);
        watch.progress(found.len() as u64, total);
    }
    let clusters = prepared.clusters(draws);
    let averaged = Averaged { prepared, settings, found: &found, clusters };
    let estimates = averaged.estimates().ok_or(StudyError::Nothing)?;
    Ok(Run {
        estimates,
        notices: prepared.notices(settings),
        replications: settings.replications,
        draws,
        by: Method::Exact,
        why: String::new(),
        given: None,
    })
}

/// What was found under one draw.
struct Propagated {
    /// What the draw weighs.
    weight: f64,
    distribution: PlayDistribution,
    /// Numerators and denominators of each defined measure's factors.
    measures: Vec<Vec<(f64, f64)>>,
    branching: Option<Bifurcation>,
}

fn of_draw(
    prepared: &Prepared<'_>,
    settings: &Settings,
    draw: Option<u64>,
    tolerance: f64,
    watch: &dyn Watch,
) -> Result<Propagated, StudyError> {
    let numbers = prepared.numbers(settings.seed, draw)?;
    let policies = Policies::new(&prepared.game, &numbers);
    let scenario = prepared.scenario;
    let how = Propagation { tolerance, go_on: &|_, _| !watch.stopped() };
    let stands = prepared.given.as_ref().and_then(|given| given.stands(draw));
    let distribution = distribution(scenario, &policies, how, stands)?;
    check_equilibria(scenario, &policies, draw)?;
    let measures = (0..scenario.measures.len())
        .map(|at| distribution.measure(scenario, &numbers.values, Measure::Defined(at)))
        .collect();
    let branching = bifurcation(scenario, &policies, draw);
    Ok(Propagated { weight: prepared.weight(draw), distribution, measures, branching })
}

/// Draws' distributions on their way to estimates.
struct Averaged<'a> {
    prepared: &'a Prepared<'a>,
    settings: &'a Settings,
    found: &'a [Propagated],
    clusters: Clusters,
}

impl Averaged<'_> {
    /// Nothing where no draw weighs anything.
    fn estimates(&self) -> Option<Estimates> {
        let scenario = self.prepared.scenario;
        let first = &self.found.first()?.distribution;
        let spread = Spread::of(self.prepared, self.settings);
        let certain = Certain::of(scenario);
        Some(Estimates {
            outcomes: (0..first.outcomes.len())
                .map(|class| {
                    let outcomes = first.outcomes[class].len();
                    self.row(outcomes, &|d, at| d.outcomes[class][at], &|_| only(outcomes))
                })
                .collect::<Option<_>>()?,
            joint: self.row(first.joint.len(), &|d, at| d.joint[at], &|_| only(first.joint.len()))?,
            turns: self.turns(first, &certain)?,
            moves: (0..first.moves.len()).map(|turn| self.moves(turn)).collect(),
            overall: (0..scenario.seats.len()).map(|seat| self.overall(seat)).collect(),
            scores: (0..scenario.actors.len())
                .map(|actor| {
                    let kind = Kind::Real { range: spread.scores[actor] };
                    self.mean(kind, |p| (p.distribution.scores[actor], 1.0))
                })
                .collect::<Option<_>>()?,
            lengths: self.row(first.lengths.len(), &|d, at| d.lengths[at], &|turns| certain.length(turns))?,
            measures: (0..scenario.measures.len()).map(|at| self.measure(at, &spread)).collect(),
            draws: self.by_draw(),
        })
    }

    /// Shares of plays; those that are certain without an interval.
    fn row(
        &self,
        len: usize,
        of: &dyn Fn(&PlayDistribution, usize) -> f64,
        certain: &dyn Fn(usize) -> Option<f64>,
    ) -> Option<Vec<Estimate>> {
        (0..len).map(|at| self.share(|d| (of(d, at), 1.0), certain(at).is_some())).collect()
    }

    fn turns(&self, first: &PlayDistribution, certain: &Certain) -> Option<Vec<Vec<Vec<Estimate>>>> {
        let level = |turn: usize, v: usize| {
            let levels = first.turns[turn][v].len();
            self.row(levels, &|d, at| d.turns[turn][v][at], &|level| certain.level(turn, v, level))
        };
        let of_turn = |turn: usize| (0..first.turns[turn].len()).map(|v| level(turn, v)).collect();
        (0..first.turns.len()).map(of_turn).collect()
    }

    fn moves(&self, turn: usize) -> Vec<Vec<Option<Estimate>>> {
        let of_seat = |seat: usize| {
            let moves = self.prepared.scenario.seats[seat].moves.len();
            let made = |at: usize| {
                let of = |d: &PlayDistribution| (d.moves[turn][seat].made[at], d.moves[turn][seat].open);
                self.share(of, only(moves).is_some())
            };
            (0..moves).map(made).collect()
        };
        (0..self.prepared.scenario.seats.len()).map(of_seat).collect()
    }

    fn measure(&self, at: usize, spread: &Spread) -> Option<Estimate> {
        let planned = PlannedMeasure::within(self.prepared.scenario, spread, Measure::Defined(at));
        if planned.is_product() {
            // A draw is one play here: it has their means.
            #[expect(clippy::cast_precision_loss, reason = "draws are far below 2^53")]
            let farthest = planned.farthest(self.found.len() as f64);
            return self.product(|p| &p.measures[at], &farthest);
        }
        match planned.kind {
            Kind::Share => self.share(|d| (d.measures[at], 1.0), false),
            kind => self.mean(kind, |p| p.measures[at][0]),
        }
    }

    fn overall(&self, seat: usize) -> Vec<Option<f64>> {
        let made = |made: usize| {
            let measure = Measure::Move(SeatId::new(seat), made);
            let moments = self.moments(|p| p.distribution.measure(self.prepared.scenario, &[], measure)[0]);
            moments.ratio()
        };
        (0..self.prepared.scenario.seats[seat].moves.len()).map(made).collect()
    }

    fn weighing(&self) -> impl Iterator<Item = &Propagated> {
        self.found.iter().filter(|found| found.weight > 0.0)
    }

    fn moments(&self, of: impl Fn(&Propagated) -> (f64, f64)) -> RatioMoments {
        let mut moments = RatioMoments::default();
        for found in self.weighing() {
            let (n, d) = of(found);
            moments.push(found.weight * n, found.weight * d);
        }
        moments
    }

    /// What was dropped on the way, on average; nothing where no draw weighs anything.
    fn dropped(&self) -> Option<f64> {
        self.moments(|p| (p.distribution.dropped, 1.0)).ratio()
    }

    /// A share of plays (or of the plays with an issue open).
    fn share(&self, of: impl Fn(&PlayDistribution) -> (f64, f64), certain: bool) -> Option<Estimate> {
        let moments = self.moments(|p| of(&p.distribution));
        let estimate = if certain {
            Estimate::exact(moments.ratio()?)
        } else {
            Kind::Share.of_draws(&moments, self.clusters)?
        };
        Some(estimate.widened(0.0, self.dropped()?).within(0.0, 1.0))
    }

    /// A mean of something that is no share.
    fn mean(&self, kind: Kind, of: impl Fn(&Propagated) -> (f64, f64)) -> Option<Estimate> {
        let mut moments = RatioMoments::default();
        for found in self.weighing() {
            let (n, d) = of(found);
            moments.push_near(found.weight * n, found.weight * d);
        }
        let dropped = self.dropped()? * kind.range();
        Some(kind.of_draws(&moments, self.clusters)?.widened(dropped, dropped))
    }

    /// A product of ratios of means, whose sums over the draws are off by `farthest` at most.
    fn product<'p>(
        &'p self,
        of: impl Fn(&'p Propagated) -> &'p Vec<(f64, f64)>,
        farthest: &[(f64, f64)],
    ) -> Option<Estimate> {
        let mut moments = ProductMoments::new(farthest.len());
        for found in self.weighing() {
            let weighed: Vec<(f64, f64)> =
                of(found).iter().map(|(n, d)| (found.weight * n, found.weight * d)).collect();
            moments.push_near(&weighed);
        }
        let value = moments.value()?;
        let estimate = if self.clusters.draws == 0 {
            Estimate::exact(value)
        } else {
            self.clusters.judge(Some(value), |critical| moments.estimate(farthest, critical))?
        };
        let dropped = self.dropped()? * moments.reach(farthest)?;
        Some(estimate.widened(dropped, dropped))
    }

    fn by_draw(&self) -> Vec<DrawResult> {
        let found = if self.clusters.draws == 0 { &[] } else { self.found };
        let draw = |(number, found): (u64, &Propagated)| DrawResult {
            parameters: self.prepared.parameters(self.settings.seed, Some(number)),
            weight: found.weight,
            outcomes: (found.weight > 0.0).then(|| found.distribution.outcomes.clone()),
        };
        (0..).zip(found).map(draw).collect()
    }
}
