//! Sums over independent clusters, and the ratio of means that they make.

use serde::{Deserialize, Serialize};

/// Below this share of the sums it is the difference of, a sum of squared residuals is rounding, and
/// counts as zero: 10^7 equal fractions, added in blocks, are off by less than 1e-12 of their sum.
pub(super) const ROUNDING: f64 = 1e-11;

/// First and second moments of a numerator and a denominator over independent clusters.
///
/// Sums of whole numbers are exact up to 2^53, so they may be merged in any order; sums of fractions
/// depend on it in the last bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RatioMoments {
    /// How many clusters were pushed.
    pub clusters: u64,
    /// Sum of the numerators.
    pub n: f64,
    /// Sum of the denominators.
    pub d: f64,
    /// Sum of the numerators' squares.
    pub nn: f64,
    /// Sum of numerator times denominator.
    pub nd: f64,
    /// Sum of the denominators' squares.
    pub dd: f64,
}

impl RatioMoments {
    /// Adds one cluster, whose numerator and denominator are already summed over its plays.
    pub fn push(&mut self, n: f64, d: f64) {
        self.clusters += 1;
        self.n += n;
        self.d += d;
        self.nn += n * n;
        self.nd += n * d;
        self.dd += d * d;
    }

    /// Adds all of another's clusters.
    pub fn merge(&mut self, other: &Self) {
        self.clusters += other.clusters;
        self.n += other.n;
        self.d += other.d;
        self.nn += other.nn;
        self.nd += other.nd;
        self.dd += other.dd;
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
        Self { clusters: plays, n, d, nn: n, nd: n, dd: d }
    }

    /// The ratio of means, `sum(n) / sum(d)`; nothing where the denominators sum to 0.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        (self.d != 0.0).then(|| self.n / self.d)
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
        let ratio = self.ratio()?;
        if self.clusters < 2 {
            return None;
        }
        let clusters = self.cluster_count();
        let (plus, minus) = (self.nn + ratio * ratio * self.dd, 2.0 * ratio * self.nd);
        let residuals = without_rounding(plus - minus, plus);
        Some(clusters / (clusters - 1.0) * residuals / (self.d * self.d))
    }

    /// How many equally large clusters would be as good: `sum(d)^2 / sum(d^2)` (Kish 1965, 8.2).
    pub(super) fn effective_clusters(&self) -> f64 {
        self.d * self.d / self.dd
    }

    /// In how many clusters, in effect, anything happened: `sum(n)^2 / sum(n^2)`, by the same formula;
    /// exactly their number where it happened equally often in each of them.
    pub(super) fn eventful_clusters(&self) -> f64 {
        if self.nn > 0.0 { self.n * self.n / self.nn } else { 0.0 }
    }

    /// The moments of `d - n`: of the share of what did not happen.
    pub(super) fn complement(&self) -> Self {
        let nn = self.dd - 2.0 * self.nd + self.nn;
        Self { n: self.d - self.n, nn: nn.max(0.0), nd: self.dd - self.nd, ..*self }
    }

    /// The number of clusters, to calculate with.
    #[expect(clippy::cast_precision_loss, reason = "numbers of clusters are far below 2^53")]
    pub(super) fn cluster_count(&self) -> f64 {
        self.clusters as f64
    }
}

/// A sum of squares that was found as a difference of sums as large as `scale`: never negative, and 0
/// where only rounding is left of it.
pub(super) fn without_rounding(squares: f64, scale: f64) -> f64 {
    if squares > ROUNDING * scale { squares } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moments(clusters: &[(f64, f64)]) -> RatioMoments {
        let mut moments = RatioMoments::default();
        for &(n, d) in clusters {
            moments.push(n, d);
        }
        moments
    }

    #[test]
    fn a_ratio_of_nothing_is_nothing() {
        assert_eq!(moments(&[]).ratio(), None);
        assert_eq!(moments(&[(0.0, 0.0)]).ratio(), None);
        assert_eq!(moments(&[(1.0, 2.0)]).ratio(), Some(0.5));
        assert_eq!(moments(&[(1.0, 2.0)]).variance(), None);
    }

    /// By hand: R = 3/6, residuals 0, 1/2, -1/2, so 3/2 * 1/2 / 36.
    #[test]
    fn the_delta_method_by_hand() {
        let variance = moments(&[(1.0, 2.0), (1.5, 2.0), (0.5, 2.0)]).variance().unwrap();
        assert!((variance - 1.5 * 0.5 / 36.0).abs() < 1e-15);
    }

    #[test]
    fn equal_fractions_have_no_variance_for_all_their_rounding() {
        let mut all = RatioMoments::default();
        for _ in 0..1000 {
            all.merge(&moments(&[(0.1 + 0.2, 1.0); 1024]));
        }
        assert_eq!(all.variance(), Some(0.0));
    }

    #[test]
    fn one_play_in_ten_million_still_counts() {
        let variance = RatioMoments::of_plays(9_999_999, 10_000_000).variance().unwrap();
        assert!((variance / 1e-14 - 1.0).abs() < 1e-6, "{variance}");
    }

    proptest! {
        #[test]
        fn merging_is_pushing(
            clusters in prop::collection::vec((0_i16..1000, 0_i16..1000), 0..40), cut in 0_usize..40,
        ) {
            let clusters: Vec<(f64, f64)> =
                clusters.into_iter().map(|(n, d)| (f64::from(n), f64::from(d))).collect();
            let (left, right) = clusters.split_at(cut.min(clusters.len()));
            let mut merged = moments(left);
            merged.merge(&moments(right));
            prop_assert_eq!(merged, moments(&clusters));
        }

        #[test]
        fn variances_are_never_negative(
            clusters in prop::collection::vec((-1e6..1e6, 0.1..1e6), 2..40),
        ) {
            prop_assert!(moments(&clusters).variance().unwrap() >= 0.0);
        }

        #[test]
        fn what_did_not_happen_is_as_uncertain(
            clusters in prop::collection::vec((0_i16..100, 0_i16..100), 2..40),
        ) {
            let clusters: Vec<(f64, f64)> =
                clusters.into_iter().map(|(n, m)| (f64::from(n), f64::from(n + m) + 1.0)).collect();
            let (happened, complement) = (moments(&clusters), moments(&clusters).complement());
            let difference = happened.variance().unwrap() - complement.variance().unwrap();
            prop_assert!(difference.abs() < 1e-12);
            prop_assert!((happened.ratio().unwrap() + complement.ratio().unwrap() - 1.0).abs() < 1e-12);
        }
    }
}
