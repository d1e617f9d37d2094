//! What an experiment finds at a point, and what is made of it: estimates, and differences from other points.

use serde::{Deserialize, Serialize};

use super::absence::NoAnswer;
use super::clusters::Clusters;
use super::experiment::Experiment;
use super::settings::Method;
use crate::stats::{Estimate, PairedMoments, RatioMoments, RatioSum};

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
pub struct MeasuredChange {
    /// Its value, in its own unit; `None` for a ratio of nothing.
    pub value: Option<f64>,
    /// The paired difference from the other point.
    pub difference: Option<Estimate>,
}

/// The clusters of a product of ratios as those of one ratio of the same value and, to the first order, the same
/// error: in each cluster the value and its influence on it, over 1.
pub(super) fn as_one_ratio(mut ratios: Vec<Vec<RatioSum>>) -> Vec<RatioSum> {
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
    fn clusters<'r>(points: impl IntoIterator<Item = &'r Response>) -> Clusters {
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
        let clusters = Self::clusters([found]);
        if self.method() == Method::Exact {
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
        let exactly = self.method() == Method::Exact;
        self.planned[at].kind.difference(&pairs, exactly, Self::clusters([one, other]))
    }

    /// Every measure at a point, and how far it is from the base.
    #[must_use]
    pub fn moved(&self, base: &Response, point: &Response) -> Vec<MeasuredChange> {
        let of = |at: usize| MeasuredChange {
            value: point.value(at),
            difference: self.difference(point, base, at),
        };
        (0..self.measures.len()).map(of).collect()
    }

    /// The same of a point that may have no answer, and why it has none.
    #[must_use]
    pub fn moved_or_absent(
        &self,
        base: &Response,
        point: Result<Response, NoAnswer>,
    ) -> (Vec<MeasuredChange>, Option<NoAnswer>) {
        match point {
            Ok(point) => (self.moved(base, &point), None),
            Err(why) => {
                (vec![MeasuredChange { value: None, difference: None }; self.measures.len()], Some(why))
            }
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
        Self::clusters([found]).judge(value, |critical| match self.method() {
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
    pub(super) fn new(clusters: Vec<Vec<RatioSum>>, effective: f64) -> Self {
        Self { clusters, effective }
    }

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
