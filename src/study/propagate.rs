//! One scenario, propagated exactly under each draw.

use rayon::prelude::*;

use super::observed::Weighed;
use super::prepare::{Prepared, Shared};
use super::run::{DrawResult, Estimates, Run};
use super::runner::{Method, Settings, StudyError, Watch};
use super::sound::{Branching, branching, sound};
use super::spread::Spread;
use crate::agents::Policies;
use crate::exact::{Distribution, Propagation, distribution};
use crate::scenario::{Document, Measure, SeatId};
use crate::stats::{Critical, Estimate, ProductMoments, RatioMoments, mean, share};

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
    propagate_prepared(
        &Shared::default().prepare(&document.scenario, &document.slots)?,
        settings,
        tolerance,
        watch,
    )
}

/// The same for a scenario that was made ready.
pub(super) fn propagate_prepared(
    prepared: &Prepared<'_>,
    settings: &Settings,
    tolerance: f64,
    watch: &dyn Watch,
) -> Result<Run, StudyError> {
    let draws = settings.draws_of(!prepared.scenario.uncertain().is_empty());
    let numbers: Vec<Option<u64>> = if draws == 0 { vec![None] } else { (0..draws).map(Some).collect() };
    let mut found = Vec::new();
    // A wave at a time, so that whoever watches hears of it.
    for wave in numbers.chunks(rayon::current_num_threads() * 2) {
        let total = draws.max(1);
        let wave: Vec<Propagated> = wave
            .par_iter()
            .map(|&draw| of_draw(prepared, settings, draw, tolerance, watch))
            .collect::<Result<_, _>>()?;
        wave.iter().filter_map(|found| found.branching.as_ref()).for_each(|met| watch.branches(met));
        found.extend(wave);
        watch.progress(found.len() as u64, total);
    }
    let estimates = Averaged { prepared, settings, found: &found, draws }.estimates();
    Ok(Run {
        estimates,
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
    distribution: Distribution,
    /// Numerators and denominators of each defined measure's factors.
    measures: Vec<Vec<(f64, f64)>>,
    branching: Option<Branching>,
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
    sound(scenario, &policies, draw)?;
    let measures = (0..scenario.measures.len())
        .map(|at| distribution.measure(scenario, &numbers.values, Measure::Defined(at)))
        .collect();
    let branching = branching(scenario, &policies, draw);
    Ok(Propagated { weight: prepared.weight(draw), distribution, measures, branching })
}

/// Draws' distributions on their way to estimates.
struct Averaged<'a> {
    prepared: &'a Prepared<'a>,
    settings: &'a Settings,
    found: &'a [Propagated],
    draws: u64,
}

impl Averaged<'_> {
    fn estimates(&self) -> Estimates {
        let scenario = self.prepared.scenario;
        let first = &self.found[0].distribution;
        let spread = Spread::of(self.prepared, self.settings);
        let row = |len: usize, of: &dyn Fn(&Distribution, usize) -> f64| -> Vec<Estimate> {
            (0..len).map(|at| self.share(|d| (of(d, at), 1.0)).unwrap_or(Estimate::exact(0.0))).collect()
        };
        Estimates {
            outcomes: (0..first.outcomes.len())
                .map(|class| row(first.outcomes[class].len(), &|d, at| d.outcomes[class][at]))
                .collect(),
            joint: row(first.joint.len(), &|d, at| d.joint[at]),
            turns: (0..first.turns.len())
                .map(|turn| {
                    let variables = 0..first.turns[turn].len();
                    variables
                        .map(|v| row(first.turns[turn][v].len(), &|d, at| d.turns[turn][v][at]))
                        .collect()
                })
                .collect(),
            moves: (0..first.moves.len())
                .map(|turn| {
                    let made = |seat: usize, made: usize| {
                        self.share(|d| (d.moves[turn][seat].made[made], d.moves[turn][seat].open))
                    };
                    let moves = |seat: usize| {
                        (0..scenario.seats[seat].moves.len()).map(|at| made(seat, at)).collect()
                    };
                    (0..scenario.seats.len()).map(moves).collect()
                })
                .collect(),
            overall: (0..scenario.seats.len()).map(|seat| self.overall(seat)).collect(),
            scores: (0..scenario.actors.len())
                .map(|actor| {
                    let score = self.mean(|p| (p.distribution.scores[actor], 1.0), spread.scores[actor]);
                    score.unwrap_or(Estimate::exact(0.0))
                })
                .collect(),
            lengths: row(first.lengths.len(), &|d, at| d.lengths[at]),
            measures: (0..scenario.measures.len()).map(|at| self.measure(at, &spread)).collect(),
            draws: self.by_draw(),
        }
    }

    fn measure(&self, at: usize, spread: &Spread) -> Option<Estimate> {
        let scenario = self.prepared.scenario;
        let defined = &scenario.measures[at];
        if defined.ever && defined.of.is_none() {
            return self.share(|d| (d.measures[at], 1.0));
        }
        let factors = scenario.ratios(Measure::Defined(at));
        if factors.len() > 1 {
            // A draw is one play here: it has their means.
            #[expect(clippy::cast_precision_loss, reason = "draws are far below 2^53")]
            let farthest = spread.farthest(&factors, self.found.len() as f64);
            return self.product(|p| &p.measures[at], &farthest);
        }
        let (least, most) = spread.measures[at];
        self.mean(|p| p.measures[at][0], most - least)
    }

    fn overall(&self, seat: usize) -> Vec<Option<f64>> {
        let made = |made: usize| {
            let measure = Measure::Move(SeatId::new(seat), made);
            let moments = self.moments(|p| p.distribution.measure(self.prepared.scenario, &[], measure)[0]);
            moments.ratio()
        };
        (0..self.prepared.scenario.seats[seat].moves.len()).map(made).collect()
    }

    fn critical(&self) -> Critical {
        Weighed { draws: self.draws, effective: self.prepared.effective_draws(self.draws) }.critical()
    }

    fn moments(&self, of: impl Fn(&Propagated) -> (f64, f64)) -> RatioMoments {
        let mut moments = RatioMoments::default();
        for found in self.found.iter().filter(|found| found.weight > 0.0) {
            let (n, d) = of(found);
            moments.push(found.weight * n, found.weight * d);
        }
        moments
    }

    /// What was dropped on the way, on average.
    fn dropped(&self) -> f64 {
        self.moments(|p| (p.distribution.dropped, 1.0)).ratio().unwrap_or(0.0)
    }

    /// A share of plays (or of the plays with an issue open).
    fn share(&self, of: impl Fn(&Distribution) -> (f64, f64)) -> Option<Estimate> {
        let moments = self.moments(|p| of(&p.distribution));
        let value = moments.ratio()?;
        let estimate =
            if self.draws == 0 { Estimate::exact(value) } else { share(&moments, self.critical())? };
        Some(estimate.widened(0.0, self.dropped()).within(0.0, 1.0))
    }

    /// A mean of something that differs by `range` at most.
    fn mean(&self, of: impl Fn(&Propagated) -> (f64, f64), range: f64) -> Option<Estimate> {
        let moments = self.moments(of);
        let value = moments.ratio()?;
        let estimate =
            if self.draws == 0 { Estimate::exact(value) } else { mean(&moments, range, self.critical())? };
        let dropped = self.dropped() * range;
        Some(estimate.widened(dropped, dropped))
    }

    /// A product of ratios of means, whose sums over the draws are off by `farthest` at most.
    fn product<'p>(
        &'p self,
        of: impl Fn(&'p Propagated) -> &'p Vec<(f64, f64)>,
        farthest: &[(f64, f64)],
    ) -> Option<Estimate> {
        let mut moments = ProductMoments::new(farthest.len());
        for found in self.found.iter().filter(|found| found.weight > 0.0) {
            let weighed: Vec<(f64, f64)> =
                of(found).iter().map(|(n, d)| (found.weight * n, found.weight * d)).collect();
            moments.push(&weighed);
        }
        let estimate = if self.draws == 0 {
            Estimate::exact(moments.value()?)
        } else {
            moments.estimate(farthest, self.critical())?
        };
        let dropped = self.dropped() * moments.reach(farthest)?;
        Some(estimate.widened(dropped, dropped))
    }

    fn by_draw(&self) -> Vec<DrawResult> {
        let found = if self.draws == 0 { &[] } else { self.found };
        let draw = |(number, found): (u64, &Propagated)| DrawResult {
            parameters: self.prepared.parameters(self.settings.seed, Some(number)),
            weight: found.weight,
            outcomes: (found.weight > 0.0).then(|| found.distribution.outcomes.clone()),
        };
        (0..).zip(found).map(draw).collect()
    }
}
