//! What a measure needs to be estimated, planned once: its sums, what its values are like, and how far two plays may
//! lie apart in it.
//!
//! Runs, exact propagation, experiments, comparisons and facts estimate by what stands here and by nothing else.

use super::clusters::Clusters;
use super::prepare::Prepared;
use super::settings::Settings;
use super::spread::Spread;
use crate::scenario::{Levels, Measure, Ratio, Scenario};
use crate::simulate::{Observer, PlayEnd, PlaySums, TallyLayout, Turn};
use crate::stats::{Estimate, PairedMoments, RatioMoments, count, mean, proportion, share};

/// What a measure's values are like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Between 0 and 1 in every play, or over every play's turns.
    Share,
    /// Never negative, and at most `largest` in a play.
    Count {
        /// In the measure's unit.
        largest: f64,
    },
    /// Any number; two plays differ by `range` at most, as far as can be said.
    Real {
        /// In the measure's unit.
        range: f64,
    },
}

/// Of an exact distribution there are no plays of which one could be otherwise, but draws: where none has shown a
/// change, one is taken to move as much of its plays as changes of a draw's plays are taken to correlate.
const OF_A_DRAW: f64 = 0.05;

impl Kind {
    /// What the values of two scenarios are like, taken together.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Share, Self::Share) => Self::Share,
            (Self::Count { largest: one }, Self::Count { largest: other }) => {
                Self::Count { largest: one.max(other) }
            }
            _ => Self::Real { range: self.range().max(other.range()) },
        }
    }

    /// The largest difference of two plays.
    pub(crate) fn range(self) -> f64 {
        match self {
            Self::Share => 1.0,
            Self::Count { largest } => largest,
            Self::Real { range } => range,
        }
    }

    /// A ratio of means with its interval, from plays: `trials` of them, or of their turns.
    pub(crate) fn of_plays(
        self,
        moments: &RatioMoments,
        trials: u64,
        clusters: Clusters,
    ) -> Option<Estimate> {
        clusters.judge(moments.ratio(), |critical| match self {
            Self::Share => proportion(moments, clusters.trials(trials), critical),
            Self::Count { largest } => count(moments, largest, critical),
            Self::Real { range } => mean(moments, range, critical),
        })
    }

    /// The same from distributions that are exact in each draw; without draws nothing is uncertain.
    pub(crate) fn of_draws(self, moments: &RatioMoments, clusters: Clusters) -> Option<Estimate> {
        if clusters.draws == 0 {
            return moments.ratio().map(Estimate::exact);
        }
        clusters.judge(moments.ratio(), |critical| match self {
            Self::Share => share(moments, critical),
            Self::Count { .. } | Self::Real { .. } => mean(moments, self.range(), critical),
        })
    }

    /// The difference, first less second, with its paired 95 % interval. `exactly`: what is in each cluster was found
    /// without plays, so that its mean over the clusters alone is uncertain.
    pub(crate) fn difference(
        self,
        pairs: &PairedMoments,
        exactly: bool,
        clusters: Clusters,
    ) -> Option<Estimate> {
        if exactly && clusters.draws == 0 {
            return pairs.ratio_difference().map(Estimate::exact);
        }
        let part = if exactly { OF_A_DRAW } else { 1.0 };
        clusters.judge(pairs.ratio_difference(), |critical| match self {
            Self::Share if exactly => Some(pairs.difference(part, critical)?.within(-1.0, 1.0)),
            Self::Share => pairs.difference_of_shares(critical),
            Self::Count { largest } => pairs.difference(part * largest, critical),
            Self::Real { .. } => pairs.difference(part * spread(pairs), critical),
        })
    }
}

/// How far two plays may well lie apart: twice their standard deviation, whatever the unit; 1 where nothing shows
/// it.
fn spread(pairs: &PairedMoments) -> f64 {
    let spread = 2.0 * pairs.scale() * pairs.trials().sqrt();
    if spread > 0.0 { spread } else { 1.0 }
}

/// A measure with all that its estimates need.
#[derive(Clone, Debug)]
pub(crate) struct PlannedMeasure {
    /// The ratios whose product it is.
    pub(crate) factors: Vec<Ratio>,
    /// What its values are like.
    pub(crate) kind: Kind,
    /// By how much each factor's numerator and denominator could be others in a play.
    farthest: Vec<(f64, f64)>,
}

impl PlannedMeasure {
    /// Plans a measure of a scenario.
    pub(crate) fn new(prepared: &Prepared<'_>, settings: &Settings, measure: Measure) -> Self {
        Self::within(prepared.scenario, &Spread::of(prepared, settings), measure)
    }

    /// The same where it is known how far two plays can be apart.
    pub(crate) fn within(scenario: &Scenario, spread: &Spread, measure: Measure) -> Self {
        let factors = scenario.ratios(measure);
        Self { kind: kind(scenario, spread, measure), farthest: spread.farthest(&factors, 1.0), factors }
    }

    /// Whether it is a product of several ratios.
    pub(crate) fn is_product(&self) -> bool {
        self.factors.len() > 1
    }

    /// Whether its numbers may be far from 0, so that they are summed about one of them.
    pub(crate) fn is_real(&self) -> bool {
        matches!(self.kind, Kind::Real { .. })
    }

    /// By how much its sums over so many plays could be others.
    pub(crate) fn farthest(&self, plays: f64) -> Vec<(f64, f64)> {
        self.farthest.iter().map(|(n, d)| (plays * n, plays * d)).collect()
    }
}

fn kind(scenario: &Scenario, spread: &Spread, measure: Measure) -> Kind {
    match measure {
        measure if is_share(scenario, measure) => Kind::Share,
        Measure::Turns => Kind::Count { largest: f64::from(scenario.turns) },
        Measure::Score(actor) => Kind::Real { range: spread.scores[actor.index()] },
        Measure::FinalValue(variable) => Kind::Real { range: spread.values[variable.index()] },
        Measure::Defined(at) => {
            let (least, most) = spread.measures[at];
            if least >= 0.0 && scenario.measures[at].of.is_none() {
                Kind::Count { largest: most }
            } else {
                Kind::Real { range: most - least }
            }
        }
        Measure::Outcome(..) | Measure::FinalLevel(..) | Measure::Move(..) => Kind::Share,
    }
}

/// Whether a measure's value in each play, over its denominator, lies between 0 and 1.
pub(crate) fn is_share(scenario: &Scenario, measure: Measure) -> bool {
    match measure {
        Measure::Outcome(..) | Measure::FinalLevel(..) | Measure::Move(..) => true,
        Measure::Defined(at) => scenario.measures[at].ever && scenario.measures[at].of.is_none(),
        Measure::FinalValue(_) | Measure::Score(_) | Measure::Turns => false,
    }
}

/// Reads factors of measures off every play: what each play adds to their numerators and denominators.
#[derive(Debug)]
pub(crate) struct MeasureObserver<'a> {
    factors: &'a [Ratio],
    sums: PlaySums<'a>,
    /// Numerators and denominators of the plays so far: `rows[play * factors + factor]`.
    pub(crate) rows: Vec<(f64, f64)>,
}

impl<'a> MeasureObserver<'a> {
    pub(crate) fn new(layout: &'a TallyLayout, factors: &'a [Ratio]) -> Self {
        Self { factors, sums: PlaySums::new(layout, factors.iter()), rows: Vec::new() }
    }
}

impl Observer for MeasureObserver<'_> {
    const SCORES: bool = true;

    fn start(&mut self, board: usize, _: usize, _: &Levels) {
        self.sums.start(board);
    }

    fn turn(&mut self, turn: &Turn<'_>) {
        self.sums.turn(turn);
    }

    fn end(&mut self, end: &PlayEnd<'_>) {
        self.rows.extend(self.factors.iter().map(|factor| self.sums.read(end, *factor)));
    }
}
