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
    /// How much more likely the first is, as a probability, with its paired interval.
    pub difference: Estimate,
    /// What it would take until that interval leaves 0 out, if they differed by what was seen. `None` where less than a
    /// standard error was seen, which is noise.
    pub effort: Option<Effort>,
}

/// What more plays or draws would bring.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The largest half width of an outcome's 95 % interval, as a probability.
    pub half_width: f64,
    /// The share of that interval's variance that is due to how far the draws lie apart, in [0, 1]; the plays of each draw
    /// make the rest. 0 where nothing is drawn; `None` where one play of each draw cannot tell.
    pub of_draws: Option<f64>,
    /// What it takes to halve it: more of what it is due to.
    pub halving: Effort,
    /// A pair of outcomes that are not told apart: the likeliest ones of a classification, or else the pair that is the
    /// closest. `None` where all are told apart.
    pub closest: Option<Closest>,
}

/// A part of the variance that is no larger than this is left as it is, and more is taken of the other alone.
const SMALL_PART: f64 = 0.1;

/// More than this many plays or draws are named by nobody.
const BEYOND: f64 = 1e15;

/// Where more than so many times the plays were needed, less than a standard error was seen.
const KNOWN: f64 = 4.0;

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "kept below what is exact"
)]
fn more(count: u64, times: f64) -> u64 {
    (count as f64 * times).min(BEYOND).ceil() as u64
}

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
        let of_draws = self.of_draws();
        Some(Outlook { half_width, of_draws, halving: self.halving(of_draws), closest: self.closest() })
    }

    /// The pair of outcomes to tell of, of all neighbours in the order of their frequency.
    fn closest(&self) -> Option<Closest> {
        let pairs =
            (0..self.estimates.outcomes.len()).flat_map(|class| self.pairs(class).into_iter().enumerate());
        let unclear = pairs.filter_map(|(rank, (class, a, b))| {
            let difference = self.difference(class, a, b)?;
            // A difference of 0 takes for ever.
            let short = difference.half_width() / difference.value.abs();
            let times = short * short;
            let effort = (times <= KNOWN).then(|| self.times(times));
            (times > 1.0)
                .then_some(((rank == 0, times), Closest { class, outcomes: (a, b), difference, effort }))
        });
        let first = unclear.reduce(|most, other| if other.0 > most.0 { other } else { most });
        first.map(|(_, closest)| closest)
    }

    /// The share of the variance of the widest outcome that is due to the draws: the variance of the draws' shares, less
    /// what so many plays of each draw give them (Cochran 1977, Sampling Techniques, section 10.3).
    fn of_draws(&self) -> Option<f64> {
        if self.by == Method::Exact || self.draws == 0 {
            return Some(if self.draws == 0 { 0.0 } else { 1.0 });
        }
        let classes = self.estimates.outcomes.iter().enumerate();
        let all =
            classes.flat_map(|(class, row)| row.iter().enumerate().map(move |(at, it)| (it, class, at)));
        let (_, class, outcome) = all.max_by(|a, b| a.0.half_width().total_cmp(&b.0.half_width()))?;
        let mean = self.estimates.outcomes[class][outcome].value;
        #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
        let plays = self.replications as f64 / self.draws as f64;
        let (mut all, mut within) = (0.0, 0.0);
        for draw in &self.estimates.draws {
            let Some(outcomes) = &draw.outcomes else { continue };
            let (share, weight) = (outcomes[class][outcome], draw.weight * draw.weight);
            all += weight * (share - mean) * (share - mean);
            within += weight * share * (1.0 - share) / (plays - 1.0);
        }
        (plays > 1.0 && all > 0.0).then(|| (1.0 - within / all).clamp(0.0, 1.0))
    }

    /// What halves the intervals: draws alone where plays hardly matter, plays alone where draws hardly do, else both.
    fn halving(&self, of_draws: Option<f64>) -> Effort {
        const WANTED: f64 = 0.25;
        let Effort { plays, draws } = self.times(1.0 / WANTED);
        match of_draws {
            _ if self.by == Method::Exact || self.draws == 0 => Effort { plays, draws },
            Some(of_draws) if 1.0 - of_draws <= SMALL_PART => {
                let draws = more(self.draws, of_draws / (WANTED - (1.0 - of_draws)));
                Effort { plays: self.replications.max(draws), draws }
            }
            Some(of_draws) if of_draws <= SMALL_PART => {
                let plays = more(self.replications, (1.0 - of_draws) / (WANTED - of_draws));
                Effort { plays, draws: self.draws }
            }
            _ => Effort { plays, draws },
        }
    }

    /// So many times what this run took; each draw is played as often as before.
    pub(crate) fn times(&self, times: f64) -> Effort {
        match (self.by, self.draws) {
            (Method::Exact, draws) => Effort { plays: 0, draws: more(draws, times) },
            (_, 0) => Effort { plays: more(self.replications, times), draws: 0 },
            (_, draws) => {
                let of_each = self.replications.div_ceil(draws);
                let draws = more(draws, times);
                Effort { plays: draws.saturating_mul(of_each), draws }
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
