//! Differences of two quantities measured on the same clusters (common random numbers).

use serde::{Deserialize, Serialize};

use super::interval::{all_alike, doubted};
use super::moments::without_rounding;
use super::{Critical, Estimate, RatioMoments, RatioSum};

/// How much changes of one cluster's trials are taken to correlate as long as few clusters have shown how they do:
/// half of what trials themselves are (see [`super::proportion`]), as both quantities share their cluster, and
/// with it most of what makes its trials alike.
const CHANGES_CORRELATE: f64 = 0.05;

/// A quantity's numerator and denominator in one cluster.
type Pair = (f64, f64);

/// First and second moments of two numerators and two denominators over the same independent clusters.
///
/// Each numerator is held against a shift of its own: see [`RatioMoments`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PairedMoments {
    /// The first quantity alone.
    pub first: RatioMoments,
    /// The second quantity alone.
    pub second: RatioMoments,
    /// The sum of first numerator times second numerator, both about their shifts.
    nn: f64,
    /// The sum of first numerator times second denominator.
    nd: f64,
    /// The sum of first denominator times second numerator.
    dn: f64,
    /// The sum of first denominator times second denominator.
    dd: f64,
    /// In how many clusters the two were not the same.
    changed: u64,
}

impl PairedMoments {
    /// Adds one cluster: each quantity's numerator and denominator, summed over the cluster's plays.
    pub fn push(&mut self, first: Pair, second: Pair) {
        let changed = first != second;
        let shifted = |(n, d): Pair, moments: &RatioMoments| (n - moments.shift() * d, d);
        self.cross(shifted(first, &self.first), shifted(second, &self.second), changed);
        self.first.push(first.0, first.1);
        self.second.push(second.0, second.1);
    }

    /// The same of real numbers, which may be far from 0: see [`RatioMoments::push_near`].
    pub fn push_near(&mut self, first: Pair, second: Pair) {
        self.first.push_near(first.0, first.1);
        self.second.push_near(second.0, second.1);
        let shifted = |(n, d): Pair, moments: &RatioMoments| (n - moments.shift() * d, d);
        self.cross(shifted(first, &self.first), shifted(second, &self.second), first != second);
    }

    /// Adds one cluster of each quantity, summed over its plays.
    pub fn push_totals(&mut self, first: &RatioSum, second: &RatioSum) {
        self.first.push_total(first);
        self.second.push_total(second);
        let shifted =
            |total: &RatioSum, moments: &RatioMoments| (total.excess(moments.shift()), total.denominator());
        let changed = first.ends() != second.ends();
        self.cross(shifted(first, &self.first), shifted(second, &self.second), changed);
    }

    /// Adds all clusters of another, taken together, as one cluster; each quantity with a weight of its own.
    pub fn push_sum(&mut self, inner: &Self, (first, second): (f64, f64)) {
        self.push_totals(&inner.first.total().weighed(first), &inner.second.total().weighed(second));
    }

    fn cross(&mut self, first: Pair, second: Pair, changed: bool) {
        self.nn += first.0 * second.0;
        self.nd += first.0 * second.1;
        self.dn += first.1 * second.0;
        self.dd += first.1 * second.1;
        self.changed += u64::from(changed);
    }

    /// Adds all of another's clusters.
    pub fn merge(&mut self, other: &Self) {
        let shift = |mine: &RatioMoments, theirs: &RatioMoments| {
            if mine.is_blank() { 0.0 } else { theirs.shift() - mine.shift() }
        };
        let (one, two) = (shift(&self.first, &other.first), shift(&self.second, &other.second));
        self.nn += other.nn + two * other.nd + one * other.dn + one * two * other.dd;
        self.nd += other.nd + one * other.dd;
        self.dn += other.dn + two * other.dd;
        self.dd += other.dd;
        self.changed += other.changed;
        self.first.merge(&other.first);
        self.second.merge(&other.second);
    }

    /// The first ratio of means less the second; nothing where either is nothing.
    #[must_use]
    pub fn ratio_difference(&self) -> Option<f64> {
        let (first, second) = (&self.first, &self.second);
        first.ratio()?;
        second.ratio()?;
        // In this order a constant that both have is gone before anything is lost to it.
        Some((first.shift() - second.shift()) + (first.shifted_ratio() - second.shifted_ratio()))
    }

    /// The difference of two ratios of means, first less second, with its paired interval.
    ///
    /// ```text
    /// e_i    = C ((n1_i - R1 d1_i) / sum(d1) - (n2_i - R2 d2_i) / sum(d2))
    /// Var    = sum(e_i^2) / (C (C - 1)) + 2 (range effect / (m (1 + changed)))^2 / (C + 2)^2
    /// m      = sum(d) / C, trials of a cluster, at least 1
    /// effect = 1 + 0.05 (m - 1) / (1 + changed^2)
    /// ```
    ///
    /// The first term is the delta method, covariances included; the second adds two clusters of which a trial
    /// differs as much as can be, to either side, and which count for less the more clusters have changed.
    /// Trials of one cluster are taken to change together, correlated by 0.05, as long as few clusters have shown
    /// how they do. `range` is the largest difference of two trials (for shares,
    /// [`PairedMoments::difference_of_shares`] does better). Where no cluster has changed, or all by the same,
    /// see [`super::mean`], of as many trials as count. Nothing where either ratio is nothing.
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
        let value = self.ratio_difference()?;
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
    /// Else as [`PairedMoments::difference`] with a range of 1, except that the added clusters never count for
    /// less than one changed trial.
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
        let value = self.ratio_difference()?;
        let estimate = if self.clusters_are_single_plays() {
            self.adjusted_wald(value, critical)
        } else {
            self.around(value, 1.0, 1.0, critical)
        };
        Some(estimate.within(-1.0, 1.0))
    }

    /// The delta method's interval, with two clusters added of which a trial differs by `change` either way.
    fn around(&self, value: f64, range: f64, change: f64, critical: Critical) -> Estimate {
        let clusters = self.first.cluster_count();
        let trials = self.trials();
        let changed = self.changed_count();
        let effect = doubted(1.0, 1.0 + CHANGES_CORRELATE * (trials - 1.0), changed);
        let residuals = self.squared_residuals();
        if clusters < 2.0 || residuals == 0.0 {
            return all_alike(value, range, clusters * trials / effect, critical);
        }
        let change = change * effect / trials;
        let added = 2.0 * change * change / ((clusters + 2.0) * (clusters + 2.0));
        let reach = critical.value() * (residuals / (clusters * (clusters - 1.0)) + added).sqrt();
        Estimate::around(value, value - reach, value + reach)
    }

    /// How many trials a cluster has on average, as far as its denominators say; at least 1.
    #[must_use]
    pub fn trials(&self) -> f64 {
        (self.first.denominator().min(self.second.denominator()) / self.first.cluster_count()).max(1.0)
    }

    fn adjusted_wald(&self, value: f64, critical: Critical) -> Estimate {
        let clusters = self.first.cluster_count() + 2.0;
        let only_first = (self.first.numerator() - self.nn + 1.0) / clusters;
        let only_second = (self.second.numerator() - self.nn + 1.0) / clusters;
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
        let (r1, r2) = (first.shifted_ratio(), second.shifted_ratio());
        let (d1, d2) = (first.denominator(), second.denominator());
        let shared = (self.nn - r2 * self.nd - r1 * self.dn + r1 * r2 * self.dd) / (d1 * d2);
        let squares = first.relative_residuals() + second.relative_residuals() - 2.0 * shared;
        let noise = first.noise() / (d1 * d1) + second.noise() / (d2 * d2);
        let scale = first.relative_scale() + second.relative_scale();
        let clusters = first.cluster_count();
        without_rounding(squares, scale, noise) * clusters * clusters
    }

    /// How many times wider the interval of two independent runs would be, each of as many clusters as these
    /// were, than the paired interval of their difference is.
    ///
    /// ```text
    /// 2 z sqrt(Var(R1) + Var(R2)) / (high - low)
    /// ```
    ///
    /// Nothing where the paired interval has no width, or where neither quantity varies.
    ///
    /// # Examples
    /// ```
    /// use demarche::stats::{Critical, PairedMoments};
    /// let mut scores = PairedMoments::default();
    /// for (with, without) in [(5.0, 4.0), (9.0, 7.0), (1.0, 0.0), (4.0, 2.0)] {
    ///     scores.push((with, 1.0), (without, 1.0));
    /// }
    /// let gain = scores.difference(1.0, Critical::normal()).unwrap();
    /// assert!(5.0 < scores.tighter(&gain, Critical::normal()).unwrap());
    /// ```
    #[must_use]
    pub fn tighter(&self, paired: &Estimate, critical: Critical) -> Option<f64> {
        let width = paired.high - paired.low;
        let variance = self.first.variance()? + self.second.variance()?;
        let apart = 2.0 * critical.value() * variance.sqrt();
        (width > 0.0 && variance > 0.0).then(|| apart / width)
    }

    /// The standard deviation of one cluster's quantity, of whichever of the two varies more; 0 where neither
    /// does.
    #[must_use]
    pub fn scale(&self) -> f64 {
        let variances = [&self.first, &self.second].map(|moments| moments.variance().unwrap_or(0.0));
        (variances[0].max(variances[1]) * self.first.cluster_count()).sqrt()
    }

    /// Whether every cluster is a play, of which a share happens or does not: every denominator is 1, every
    /// numerator 0 or 1. (The sums and the squares' sums are alike only then.)
    fn clusters_are_single_plays(&self) -> bool {
        let (first, second) = (&self.first, &self.second);
        first.is_of_single_plays() && second.is_of_single_plays()
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers of clusters are far below 2^53")]
    fn changed_count(&self) -> f64 {
        self.changed as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `changed` of 100 clusters of 100 trials, each of which happens in 30 trials, have `more` in the first.
    fn clusters(changed: usize, more: f64) -> PairedMoments {
        let mut pairs = PairedMoments::default();
        for cluster in 0..100 {
            let more = if cluster < changed { more } else { 0.0 };
            pairs.push((30.0 + more, 100.0), (30.0, 100.0));
        }
        pairs
    }

    #[track_caller]
    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
    }

    /// By hand: 10,000 trials count as 10,000 / (1 + 0.05 * 99) where they have shown nothing.
    #[test]
    fn unchanged_clusters_count_their_trials() {
        let critical = Critical::normal();
        let found = clusters(0, 1.0).difference_of_shares(critical).expect("there were plays");
        let counted = 10_000.0 / 5.95;
        near(found.high, critical.squared() / (counted + critical.squared()));
        near(found.low, -found.high);
    }

    /// By hand: residuals 0.99 / 100 once and -0.01 / 100 otherwise; effect 1 + 4.95 / 2 of 100 trials.
    #[test]
    fn one_change_widens_by_what_it_may_hide() {
        let critical = Critical::normal();
        let found = clusters(1, 1.0).difference_of_shares(critical).expect("there were plays");
        let residuals: f64 = (0.99 * 0.99 + 99.0 * 0.01 * 0.01) / 10_000.0;
        let added = 2.0 * (3.475 / 100.0 / 102.0) * (3.475 / 100.0 / 102.0);
        let reach = critical.value() * (residuals / 9900.0 + added).sqrt();
        near(found.high - 0.0001, reach);
    }

    #[test]
    fn the_more_clusters_change_the_less_is_added() {
        let added = |changed: usize| {
            let pairs = clusters(changed, 1.0);
            let found = pairs.difference_of_shares(Critical::normal()).expect("there were plays");
            let alone = pairs.squared_residuals() / 9900.0;
            let reach = (found.high - found.low) / 2.0 / Critical::normal().value();
            (reach * reach - alone).sqrt()
        };
        let all: Vec<f64> = [1, 2, 5, 20, 99].map(added).to_vec();
        assert!(all.windows(2).all(|pair| pair[1] < pair[0]), "{all:?}");
        // What stays is one trial either way, in 102 clusters of 100.
        assert!((all[4] - 2.0_f64.sqrt() / 10_200.0).abs() < 1e-6, "{all:?}");
    }

    /// Shares that are known exactly in each cluster are no plays: their spread is what is uncertain, not
    /// whether each happens.
    #[test]
    fn exact_shares_are_not_taken_for_plays() {
        let mut pairs = PairedMoments::default();
        for cluster in 0..100 {
            let share = 0.3 + 0.001 * f64::from(cluster % 10);
            pairs.push((share + 0.02, 1.0), (share, 1.0));
        }
        let found = pairs.difference(0.05, Critical::for_draws(100)).expect("there were draws");
        near(found.value, 0.02);
        assert!(found.high - found.low < 0.01, "{found:?}");
        let of_plays = pairs.difference_of_shares(Critical::for_draws(100)).expect("there were draws");
        assert!(of_plays.high < 0.1, "{of_plays:?}");
    }

    /// Independent runs reach z sqrt(2 * 0.55 * 0.45 / 99) to either side.
    #[test]
    fn pairing_is_as_many_times_tighter_as_its_interval_is_narrower() {
        let mut pairs = PairedMoments::default();
        for play in 0..100 {
            pairs.push((f64::from(u8::from(play < 55)), 1.0), (f64::from(u8::from(play < 45)), 1.0));
        }
        let critical = Critical::normal();
        let found = pairs.difference_of_shares(critical).expect("there were plays");
        let apart = 2.0 * critical.value() * (2.0 * 0.55 * 0.45 / 99.0_f64).sqrt();
        near(pairs.tighter(&found, critical).expect("both vary"), apart / (found.high - found.low));
        near(pairs.scale(), (100.0 * 0.55 * 0.45 / 99.0_f64).sqrt());
    }

    #[test]
    fn where_nothing_varies_nothing_is_tighter() {
        let mut pairs = PairedMoments::default();
        for _ in 0..10 {
            pairs.push((1.0, 1.0), (1.0, 1.0));
        }
        let found = pairs.difference_of_shares(Critical::normal()).expect("there were plays");
        assert_eq!(pairs.tighter(&found, Critical::normal()), None);
        assert_eq!(pairs.tighter(&Estimate::exact(0.0), Critical::normal()), None);
    }
}
