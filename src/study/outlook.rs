//! What more plays would bring.

use serde::{Deserialize, Serialize};

use super::clusters::Clusters;
use super::effort::Effort;
use super::run::{Estimates, Run};
use super::settings::Method;
use crate::stats::{Critical, Estimate, PairedMoments};

/// Two outcomes of one classification that are hard to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closest {
    /// The classification.
    pub class: usize,
    /// The two outcomes, the more frequent one first.
    pub outcomes: (usize, usize),
    /// How much more likely the first is, with its paired interval.
    pub difference: Estimate,
    /// What it would take until that interval leaves 0 out; `None` where they are told apart already.
    pub effort: Option<Effort>,
}

/// What more plays would bring.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The largest half width of an outcome's 95 % interval, as a probability.
    pub half_width: f64,
    /// What it takes to halve it.
    pub halving: Effort,
    /// Of all pairs of outcomes that happened, the one that would take the most plays to be told apart.
    pub closest: Option<Closest>,
}

/// More than this many plays or draws are named by nobody.
const BEYOND: f64 = 1e15;

impl Run {
    /// What more plays, or draws, would bring; `None` where there is no sampling error, or nothing is known of it.
    #[must_use]
    pub fn outlook(&self) -> Option<Outlook> {
        if self.by == Method::Exact && self.draws == 0 {
            return None;
        }
        let half_width = self.estimates.half_width();
        if !half_width.is_finite() {
            return None;
        }
        let pairs = (0..self.estimates.outcomes.len()).flat_map(|class| self.pairs(class));
        let hardest = pairs.filter_map(|(class, a, b)| {
            let difference = self.difference(class, a, b)?;
            // A difference of 0 takes for ever.
            let short = (difference.high - difference.low) / 2.0 / difference.value.abs();
            let times = short * short;
            Some((times, Closest { class, outcomes: (a, b), difference, effort: None }))
        });
        let hardest = hardest.reduce(|most, other| if other.0 > most.0 { other } else { most });
        Some(Outlook {
            half_width,
            halving: self.times(4.0),
            closest: hardest.map(|(times, closest)| {
                let effort = (times > 1.0).then(|| self.times(times));
                Closest { effort, ..closest }
            }),
        })
    }

    /// So many times what this run took; each draw is played as often as before.
    pub(crate) fn times(&self, times: f64) -> Effort {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "kept below what is exact"
        )]
        let more = |count: u64| (count as f64 * times).min(BEYOND).ceil() as u64;
        match (self.by, self.draws) {
            (Method::Exact, draws) => Effort { plays: 0, draws: more(draws) },
            (_, 0) => Effort { plays: more(self.replications), draws: 0 },
            (_, draws) => {
                let of_each = self.replications.div_ceil(draws);
                Effort { plays: more(draws).saturating_mul(of_each), draws: more(draws) }
            }
        }
    }

    /// All pairs of outcomes of a classification of which either happened, the more frequent first.
    fn pairs(&self, class: usize) -> Vec<(usize, usize, usize)> {
        let row = &self.estimates.outcomes[class];
        let mut order: Vec<usize> = (0..row.len()).filter(|&at| row[at].value > 0.0).collect();
        order.sort_by(|&a, &b| row[b].value.total_cmp(&row[a].value));
        // Of outcomes in the order of their frequency, neighbours are the closest.
        order.windows(2).map(|pair| (class, pair[0], pair[1])).collect()
    }

    /// How much more likely one outcome is than another in the same plays.
    fn difference(&self, class: usize, a: usize, b: usize) -> Option<Estimate> {
        let mut pairs = PairedMoments::default();
        for draw in self.estimates.draws.iter().filter(|draw| draw.weight > 0.0) {
            let Some(outcomes) = &draw.outcomes else { continue };
            let (share, weight) = (|at: usize| draw.weight * outcomes[class][at], draw.weight);
            pairs.push((share(a), weight), (share(b), weight));
        }
        if self.draws > 0 {
            return Clusters::alike(self.draws)
                .judge(pairs.ratio_difference(), |critical| pairs.difference(1.0, critical));
        }
        let (p, q) = (self.estimates.outcomes[class][a].value, self.estimates.outcomes[class][b].value);
        #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
        let variance = (p + q - (p - q) * (p - q)) / self.replications as f64;
        let reach = Critical::normal().value() * variance.sqrt();
        Some(Estimate { value: p - q, low: p - q - reach, high: p - q + reach })
    }
}

impl Estimates {
    /// The largest half width of an outcome's 95 % interval, as a probability.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        self.outcomes.iter().flatten().map(Estimate::half_width).fold(0.0, f64::max)
    }
}
