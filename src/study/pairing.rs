//! Differences of a measure between two runs that met the same chance.

use super::answer::range_of;
use super::gauge::is_share;
use crate::scenario::{Measure, Scenario};
use crate::stats::{Critical, Estimate, PairedMoments};

/// What a measure's values are like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Between 0 and 1 in every play, or over every play's turns.
    Share,
    /// At most so large.
    Bounded(f64),
    /// Any number.
    Real,
}

impl Kind {
    pub(crate) fn of(scenario: &Scenario, measure: Measure) -> Self {
        match measure {
            measure if is_share(scenario, measure) => Self::Share,
            Measure::FinalValue(_) | Measure::Score(_) => Self::Real,
            Measure::Defined(at) if scenario.measures[at].per.is_some() => Self::Real,
            measure => Self::Bounded(range_of(scenario, measure)),
        }
    }

    /// What the values of two scenarios are like, taken together.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Share, Self::Share) => Self::Share,
            (Self::Bounded(one), Self::Bounded(other)) => Self::Bounded(one.max(other)),
            _ => Self::Real,
        }
    }
}

/// Of an exact distribution there are no plays of which one could be otherwise, but draws: where none has shown a
/// change, one is taken to move as much of its plays as changes of a draw's plays are taken to correlate.
const OF_A_DRAW: f64 = 0.05;

/// The difference, first less second, with its 95 % interval. `exactly`: what is in each cluster was found
/// without plays, so that its mean over the clusters alone is uncertain.
pub(crate) fn difference(
    pairs: &PairedMoments,
    kind: Kind,
    exactly: bool,
    critical: Critical,
) -> Option<Estimate> {
    let part = if exactly { OF_A_DRAW } else { 1.0 };
    match kind {
        Kind::Share if exactly => Some(pairs.difference(part, critical)?.within(-1.0, 1.0)),
        Kind::Share => pairs.difference_of_shares(critical),
        Kind::Bounded(range) => pairs.difference(part * range, critical),
        Kind::Real => pairs.difference(part * spread(pairs), critical),
    }
}

/// How far two plays may well lie apart: twice their standard deviation, whatever the unit; 1 where nothing shows
/// it.
fn spread(pairs: &PairedMoments) -> f64 {
    let spread = 2.0 * pairs.scale() * pairs.trials().sqrt();
    if spread > 0.0 { spread } else { 1.0 }
}
