//! Differences of two quantities measured on the same clusters (common random numbers).

use super::interval::all_alike;
use super::moments::without_rounding;
use super::{Critical, Estimate, RatioMoments};

/// A quantity's numerator and denominator in one cluster.
type Pair = (f64, f64);

/// First and second moments of two numerators and two denominators over the same independent clusters.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairedMoments {
    /// The first quantity alone.
    pub first: RatioMoments,
    /// The second quantity alone.
    pub second: RatioMoments,
    /// The sum of first numerator times second numerator.
    pub nn: f64,
    /// The sum of first numerator times second denominator.
    pub nd: f64,
    /// The sum of first denominator times second numerator.
    pub dn: f64,
    /// The sum of first denominator times second denominator.
    pub dd: f64,
    /// In how many clusters the two were not the same.
    pub changed: u64,
}

impl PairedMoments {
    /// Adds one cluster: each quantity's numerator and denominator, summed over the cluster's plays.
    pub fn push(&mut self, first: Pair, second: Pair) {
        self.first.push(first.0, first.1);
        self.second.push(second.0, second.1);
        self.nn += first.0 * second.0;
        self.nd += first.0 * second.1;
        self.dn += first.1 * second.0;
        self.dd += first.1 * second.1;
        self.changed += u64::from(first != second);
    }

    /// Adds all of another's clusters.
    pub fn merge(&mut self, other: &Self) {
        self.first.merge(&other.first);
        self.second.merge(&other.second);
        self.nn += other.nn;
        self.nd += other.nd;
        self.dn += other.dn;
        self.dd += other.dd;
        self.changed += other.changed;
    }

    /// The difference of two ratios of means, first less second, with its paired interval.
    ///
    /// ```text
    /// e_i = C ((n1_i - R1 d1_i) / sum(d1) - (n2_i - R2 d2_i) / sum(d2))
    /// Var = sum(e_i^2) / (C (C - 1)) + 2 (range / (1 + changed))^2 / (C + 2)^2
    /// ```
    ///
    /// The first term is the delta method, covariances included; the second adds two clusters in which
    /// the difference is as large as can be, to either side, and which count for less the more clusters
    /// have changed. `range` is the largest difference that one cluster's two ratios can have (1 for
    /// shares, for which [`PairedMoments::difference_of_shares`] does better). Where no cluster has
    /// changed, or all by the same, see [`super::mean`]. Nothing where either ratio is nothing.
    ///
    /// # Examples
    /// ```
    /// use demarche::stats::{Critical, PairedMoments};
    /// let mut scores = PairedMoments::default();
    /// for (with, without) in [(5.0, 4.0), (9.0, 7.0), (1.0, 0.0), (4.0, 2.0)] {
    ///     scores.push((with, 1.0), (without, 1.0));
    /// }
    /// let gain = scores.difference(1.0, Critical::normal()).unwrap();
    /// assert_eq!(gain.value, 1.5);
    /// assert!(0.9 < gain.low);        // far narrower than either score's own interval
    /// ```
    #[must_use]
    pub fn difference(&self, range: f64, critical: Critical) -> Option<Estimate> {
        let value = self.first.ratio()? - self.second.ratio()?;
        Some(self.around(value, range, range / (1.0 + self.changed_count()), critical))
    }

    /// The difference of two shares, first less second, with its paired interval within [-1, 1].
    ///
    /// Where each cluster is one play, the adjusted Wald interval: a play is added that changed one
    /// way, and one that changed the other, so few changes, or none, still have an honest width.
    ///
    /// ```text
    /// p12 = (plays in the first only + 1) / (C + 2),  p21 = (plays in the second only + 1) / (C + 2)
    /// p12 - p21 ± z sqrt((p12 + p21 - (p12 - p21)^2) / (C + 2))
    /// ```
    ///
    /// Else as [`PairedMoments::difference`], except that the added clusters never count for less than
    /// one changed trial.
    ///
    /// # Examples
    /// ```
    /// use demarche::stats::{Critical, PairedMoments};
    /// let mut war = PairedMoments::default();
    /// for _ in 0..1000 {
    ///     war.push((1.0, 1.0), (1.0, 1.0));
    /// }
    /// let same = war.difference_of_shares(Critical::normal()).unwrap();
    /// assert_eq!(same.value, 0.0);
    /// assert!(0.002 < same.high && same.high < 0.004);
    /// ```
    ///
    /// # References
    /// Bonett and Price (2012), Adjusted Wald confidence interval for a difference of binomial
    /// proportions based on paired data, Journal of Educational and Behavioral Statistics 37(4),
    /// 479-488, doi:10.3102/1076998611411915.
    #[must_use]
    pub fn difference_of_shares(&self, critical: Critical) -> Option<Estimate> {
        let value = self.first.ratio()? - self.second.ratio()?;
        let estimate = if self.clusters_are_single_plays() {
            self.adjusted_wald(value, critical)
        } else {
            let trials = self.first.d.min(self.second.d) / self.first.cluster_count();
            let change = (1.0 / trials).max(1.0 / (1.0 + self.changed_count()));
            self.around(value, 1.0, change, critical)
        };
        Some(estimate.within(-1.0, 1.0))
    }

    /// The delta method's interval, with two clusters added that differ by `change` either way.
    fn around(&self, value: f64, range: f64, change: f64, critical: Critical) -> Estimate {
        let clusters = self.first.cluster_count();
        let residuals = self.squared_residuals();
        if clusters < 2.0 || residuals == 0.0 {
            return all_alike(value, range, clusters, critical);
        }
        let added = 2.0 * change * change / ((clusters + 2.0) * (clusters + 2.0));
        let reach = critical.value() * (residuals / (clusters * (clusters - 1.0)) + added).sqrt();
        Estimate::around(value, value - reach, value + reach)
    }

    fn adjusted_wald(&self, value: f64, critical: Critical) -> Estimate {
        let clusters = self.first.cluster_count() + 2.0;
        let only_first = (self.first.n - self.nn + 1.0) / clusters;
        let only_second = (self.second.n - self.nn + 1.0) / clusters;
        let middle = only_first - only_second;
        let reach = critical.value() * ((only_first + only_second - middle * middle) / clusters).sqrt();
        Estimate::around(value, middle - reach, middle + reach)
    }

    /// The sum of the squared residuals `e_i` of the linearised difference.
    fn squared_residuals(&self) -> f64 {
        if self.changed == 0 {
            return 0.0;
        }
        let (first, second) = (&self.first, &self.second);
        let (r1, r2) = (first.n / first.d, second.n / second.d);
        let own = |m: &RatioMoments, r: f64| (m.nn - 2.0 * r * m.nd + r * r * m.dd) / (m.d * m.d);
        let raw = |m: &RatioMoments, r: f64| (m.nn + r * r * m.dd) / (m.d * m.d);
        let shared = (self.nn - r2 * self.nd - r1 * self.dn + r1 * r2 * self.dd) / (first.d * second.d);
        let squares = own(first, r1) + own(second, r2) - 2.0 * shared;
        let clusters = first.cluster_count();
        without_rounding(squares, raw(first, r1) + raw(second, r2)) * clusters * clusters
    }

    /// Whether every denominator is 1. (Their sum and their squares' are the number of clusters only then.)
    #[expect(clippy::float_cmp, reason = "sums of whole numbers are exact")]
    fn clusters_are_single_plays(&self) -> bool {
        let clusters = self.first.cluster_count();
        [&self.first, &self.second].iter().all(|m| m.d == clusters && m.dd == clusters)
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers of clusters are far below 2^53")]
    fn changed_count(&self) -> f64 {
        self.changed as f64
    }
}
