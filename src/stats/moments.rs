//! Sums over independent clusters, and the ratio of means that they make.

use serde::{Deserialize, Serialize};

use super::RatioSum;

/// Below this share of the sums it is the difference of, a sum of squared residuals is rounding, and
/// counts as zero: 10^7 equal fractions, added in blocks, are off by less than 1e-12 of their sum.
pub(super) const ROUNDING: f64 = 1e-11;

/// Numbers of a play that differ by less than this share of themselves are equal but for their rounding.
const NOISE: f64 = 16.0 * f64::EPSILON;

/// First and second moments of a numerator and a denominator over independent clusters.
///
/// They are kept about a shift: of each cluster, `n - shift d` is summed in place of `n`. What is far from 0 and
/// varies little, a score with a large constant say, keeps its digits when the shift lies where its values do:
/// [`RatioMoments::push_near`] sees to that. [`RatioMoments::push`] leaves the shift at 0: sums of whole numbers are
/// then exact up to 2^53 and may be merged in any order. Other sums depend on the order in the last bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RatioMoments {
    /// How many clusters were pushed.
    clusters: u64,
    /// What a ratio of means is held against.
    shift: f64,
    /// Sum of the numerators, about the shift.
    n: f64,
    /// Sum of the denominators.
    d: f64,
    /// Sum of the numerators' squares, about the shift.
    nn: f64,
    /// Sum of numerator, about the shift, times denominator.
    nd: f64,
    /// Sum of the denominators' squares.
    dd: f64,
}

impl RatioMoments {
    /// Adds one cluster, whose numerator and denominator are already summed over its plays.
    pub fn push(&mut self, n: f64, d: f64) {
        self.push_shifted(n - self.shift * d, d);
    }

    /// The same of real numbers, which may be far from 0: the first of them is what the others are held against.
    pub fn push_near(&mut self, n: f64, d: f64) {
        if self.is_blank() && d != 0.0 {
            self.shift = n / d;
        }
        self.push(n, d);
    }

    /// Adds one cluster, summed over its plays.
    pub fn push_total(&mut self, total: &RatioSum) {
        if self.is_blank() {
            self.shift = total.shift();
        }
        self.push_shifted(total.excess(self.shift), total.denominator());
    }

    /// Adds all clusters of another, taken together, as one cluster of that weight.
    pub fn push_sum(&mut self, inner: &Self, weight: f64) {
        self.push_total(&inner.total().weighed(weight));
    }

    /// All clusters, taken together.
    #[must_use]
    pub fn total(&self) -> RatioSum {
        RatioSum::about(self.shift, self.n, self.d)
    }

    fn push_shifted(&mut self, n: f64, d: f64) {
        self.clusters += 1;
        self.n += n;
        self.d += d;
        self.nn += n * n;
        self.nd += n * d;
        self.dd += d * d;
    }

    /// Adds all of another's clusters.
    pub fn merge(&mut self, other: &Self) {
        if self.is_blank() {
            self.shift = other.shift;
        }
        let other = other.about(self.shift);
        self.clusters += other.clusters;
        self.n += other.n;
        self.d += other.d;
        self.nn += other.nn;
        self.nd += other.nd;
        self.dd += other.dd;
    }

    /// Whether nothing but zeros was pushed: the shift may be any.
    pub(super) fn is_blank(&self) -> bool {
        self.nn == 0.0 && self.dd == 0.0
    }

    /// What the moments are about.
    pub(super) fn shift(&self) -> f64 {
        self.shift
    }

    /// The same moments about another shift.
    pub(super) fn about(&self, shift: f64) -> Self {
        let by = self.shift - shift;
        if by == 0.0 {
            return *self;
        }
        Self {
            shift,
            n: self.n + by * self.d,
            nn: self.nn + 2.0 * by * self.nd + by * by * self.dd,
            nd: self.nd + by * self.dd,
            ..*self
        }
    }

    /// How many clusters were pushed.
    #[must_use]
    pub fn clusters(&self) -> u64 {
        self.clusters
    }

    /// The sum of the numerators.
    #[must_use]
    pub fn numerator(&self) -> f64 {
        self.n + self.shift * self.d
    }

    /// The sum of the denominators.
    #[must_use]
    pub fn denominator(&self) -> f64 {
        self.d
    }

    /// Clusters that each are one play, of which `successes` succeeded: what a tally of whole plays knows.
    ///
    /// # Examples
    /// ```
    /// use demarche::stats::RatioMoments;
    /// let mut pushed = RatioMoments::default();
    /// for n in [1.0, 0.0, 1.0] {
    ///     pushed.push(n, 1.0);
    /// }
    /// assert_eq!(RatioMoments::of_plays(2, 3), pushed);
    /// ```
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
    pub fn of_plays(successes: u64, plays: u64) -> Self {
        let (n, d) = (successes as f64, plays as f64);
        Self { clusters: plays, shift: 0.0, n, d, nn: n, nd: n, dd: d }
    }

    /// The ratio of means, `sum(n) / sum(d)`; nothing where the denominators sum to 0.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        (self.d != 0.0).then(|| self.shift + self.n / self.d)
    }

    /// The ratio of means less the shift, of denominators that do not sum to 0.
    pub(super) fn shifted_ratio(&self) -> f64 {
        self.n / self.d
    }

    /// The sum of the squared residuals `n - R d`; 0 where rounding alone tells the clusters apart.
    fn squared_residuals(&self) -> f64 {
        let ratio = self.shifted_ratio();
        let (plus, minus) = (self.nn + ratio * ratio * self.dd, 2.0 * ratio * self.nd);
        without_rounding(plus - minus, plus, self.noise())
    }

    /// What rounding alone can make of the sum of squared residuals: all numbers were rounded before they came here.
    pub(super) fn noise(&self) -> f64 {
        rounding(self.shift + self.shifted_ratio()) * self.dd
    }

    /// The variance of the ratio, by the delta method.
    ///
    /// ```text
    /// Var(R) = C / (C - 1) * sum((n_i - R d_i)^2) / sum(d_i)^2
    /// ```
    ///
    /// Over the `C` clusters; 0 where rounding alone tells them apart, nothing with fewer than two
    /// clusters or where the denominators sum to 0.
    ///
    /// # Examples
    /// ```
    /// let mut moments = demarche::stats::RatioMoments::default();
    /// for n in [0.0, 0.0, 1.0, 1.0] {
    ///     moments.push(n, 1.0);
    /// }
    /// assert!((moments.variance().unwrap() - 1.0 / 12.0).abs() < 1e-15);   // s^2 / C = (1/3) / 4
    /// ```
    ///
    /// # References
    /// Cochran (1977), Sampling Techniques, 3rd edition, equation 6.13 without the finite population.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        if self.clusters < 2 || self.d == 0.0 {
            return None;
        }
        let clusters = self.cluster_count();
        Some(clusters / (clusters - 1.0) * self.squared_residuals() / (self.d * self.d))
    }

    /// The sum of the squared residuals over the square of the denominators' sum, rounding and all.
    pub(super) fn relative_residuals(&self) -> f64 {
        let r = self.shifted_ratio();
        (self.nn - 2.0 * r * self.nd + r * r * self.dd) / (self.d * self.d)
    }

    /// How large the sums are that [`RatioMoments::relative_residuals`] is the difference of.
    pub(super) fn relative_scale(&self) -> f64 {
        let r = self.shifted_ratio();
        (self.nn + r * r * self.dd) / (self.d * self.d)
    }

    /// Whether every cluster is a play, of which a share happens or does not: every denominator is 1, every
    /// numerator 0 or 1. (The sums and the squares' sums are alike only then, and sums of whole numbers are exact.)
    pub(super) fn is_of_single_plays(&self) -> bool {
        let clusters = self.cluster_count();
        self.shift == 0.0 && self.d == clusters && self.dd == clusters && self.nn == self.n
    }

    /// How many equally large clusters would be as good: `sum(d)^2 / sum(d^2)` (Kish 1965, 8.2).
    pub(super) fn effective_clusters(&self) -> f64 {
        self.d * self.d / self.dd
    }

    /// In how many clusters, in effect, anything happened: `sum(n)^2 / sum(n^2)`, by the same formula;
    /// exactly their number where it happened equally often in each of them.
    pub(super) fn eventful_clusters(&self) -> f64 {
        let Self { n, nn, .. } = self.about(0.0);
        if nn > 0.0 { n * n / nn } else { 0.0 }
    }

    /// The moments of `d - n`: of the share of what did not happen.
    pub(super) fn complement(&self) -> Self {
        let Self { n, nn, nd, .. } = self.about(0.0);
        let nn = (self.dd - 2.0 * nd + nn).max(0.0);
        Self { shift: 0.0, n: self.d - n, nn, nd: self.dd - nd, ..*self }
    }

    /// The number of clusters, to calculate with.
    #[expect(clippy::cast_precision_loss, reason = "numbers of clusters are far below 2^53")]
    pub(super) fn cluster_count(&self) -> f64 {
        self.clusters as f64
    }
}

/// The square of what rounding can make of a number.
pub(super) fn rounding(number: f64) -> f64 {
    (NOISE * number) * (NOISE * number)
}

/// A sum of squares that was found as a difference of sums as large as `scale`, of numbers whose rounding alone can
/// make up `noise`: never negative, and 0 where only rounding is left of it.
pub(super) fn without_rounding(squares: f64, scale: f64, noise: f64) -> f64 {
    if squares > (ROUNDING * scale).max(noise) { squares } else { 0.0 }
}

#[cfg(test)]
#[path = "moments_tests.rs"]
mod tests;
