//! Products of ratios of means: what becomes of a ratio of ratios.

use serde::{Deserialize, Serialize};

use super::interval::all_alike;
use super::joint::{JointMoments, Product};
use super::{Critical, Estimate};

/// A numerator and a denominator.
pub type Pair = (f64, f64);

/// First and second moments of the numerators and denominators of a product of ratios, over independent
/// clusters.
///
/// ```text
/// R = sum(n1) / sum(d1) * sum(n2) / sum(d2) * ...
/// ```
///
/// A ratio divided by a ratio is such a product: `(n1 / d1) / (d2 / n2)`. So what is a numerator in any
/// factor but the first is the denominator of something, and has to be other than 0 like the others.
///
/// Sums of whole numbers are exact up to 2^53, so they may be merged in any order; sums of fractions
/// depend on it in the last bits. A cluster of `k` factors takes `k (2 k + 1)` multiplications.
///
/// # Examples
/// ```
/// use demarche::stats::{Critical, ProductMoments};
/// let mut plays = ProductMoments::new(2);
/// for (rebuffs, offers, turns) in [(1.0, 2.0, 4.0), (0.0, 1.0, 4.0), (2.0, 3.0, 4.0)] {
///     plays.push(&[(rebuffs, offers), (turns, 1.0)]);      // rebuffs over (offers over turns)
/// }
/// assert_eq!(plays.value(), Some(0.5 * 4.0));
/// let farthest = [(12.0, 12.0), (12.0, 0.0)];
/// let estimate = plays.estimate(&farthest, Critical::normal()).unwrap();
/// assert!(estimate.low < 2.0 && 2.0 < estimate.high);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProductMoments {
    joint: JointMoments,
}

impl ProductMoments {
    /// No clusters yet, of so many factors.
    #[must_use]
    pub fn new(factors: usize) -> Self {
        Self { joint: JointMoments::new(factors) }
    }

    /// No clusters yet, of as many factors as another.
    #[must_use]
    pub fn like(other: &Self) -> Self {
        Self::new(other.joint.shifts.len())
    }

    /// Whether it has as many sums as another.
    #[must_use]
    pub fn fits(&self, other: &Self) -> bool {
        self.joint.sizes() == other.joint.sizes()
    }

    /// Adds one cluster: each factor's numerator and denominator, summed over the cluster's plays.
    pub fn push(&mut self, factors: &[Pair]) {
        self.joint.push(factors.iter().copied());
    }

    /// The same of real numbers, which may be far from 0: see [`super::RatioMoments::push_near`].
    pub fn push_near(&mut self, factors: &[Pair]) {
        self.joint.push_near(factors.iter().copied());
    }

    /// Adds all clusters of another, taken together, as one cluster of that weight.
    pub fn push_sum(&mut self, inner: &Self, weight: f64) {
        self.joint.push_sum(&inner.joint, |_| weight);
    }

    /// Adds all of another's clusters.
    pub fn merge(&mut self, other: &Self) {
        self.joint.merge(&other.joint);
    }

    fn product(&self) -> Option<Product> {
        self.joint.product(0..self.joint.shifts.len())
    }

    /// The sums over all clusters: what the clusters are as one.
    #[must_use]
    pub fn sums(&self) -> Vec<Pair> {
        self.joint.whole_sums()
    }

    /// The product; nothing where a denominator sums to 0, or a numerator behind the first.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        Some(self.product()?.value)
    }

    /// The variance of the product, by the delta method.
    ///
    /// ```text
    /// Var(R) = C / (C - 1) * sum(e_i^2)        e_i = sum over all sums S of dR/dS times cluster i's part of S
    /// ```
    ///
    /// With one factor it is [`super::RatioMoments::variance`]; 0 where rounding alone tells the clusters
    /// apart, nothing with fewer than two clusters or where the product is nothing.
    ///
    /// # References
    /// Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, 5.5: Taylor linearisation of
    /// any smooth function of sums.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let product = self.product()?;
        (self.joint.clusters > 1).then(|| self.joint.variance(&product.slopes, product.noise))
    }

    /// The product with its interval, `R ± z sqrt(Var(R))`.
    ///
    /// `farthest`: by how much each sum would be another, were all clusters as much otherwise as they can
    /// be. Where all clusters were alike, as many as `z^2 / (C + z^2)` of them could yet be so: see
    /// [`super::mean`]. Nothing where the product is nothing.
    #[must_use]
    pub fn estimate(&self, farthest: &[Pair], critical: Critical) -> Option<Estimate> {
        let value = self.value()?;
        let variance = self.variance().unwrap_or(0.0);
        if variance == 0.0 {
            return Some(all_alike(value, self.reach(farthest)?, self.joint.cluster_count(), critical));
        }
        let reach = critical.value() * variance.sqrt();
        Some(Estimate::around(value, value - reach, value + reach))
    }

    /// By how much the product would be another if the sums were by so much, to the first order and with
    /// all working in one direction. Nothing where the product is nothing.
    #[must_use]
    pub fn reach(&self, farthest: &[Pair]) -> Option<f64> {
        Some(self.product()?.reach(farthest))
    }
}

/// First and second moments of two products of ratios over the same independent clusters.
///
/// Each is as in [`ProductMoments`]; they may have different numbers of factors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PairedProducts {
    joint: JointMoments,
    /// How many of the factors are the first product's.
    first: usize,
    /// In how many clusters the two were not the same.
    changed: u64,
}

impl PairedProducts {
    /// No clusters yet, of so many factors in the first product and in the second.
    #[must_use]
    pub fn new(first: usize, second: usize) -> Self {
        Self { joint: JointMoments::new(first + second), first, changed: 0 }
    }

    /// Adds one cluster: each factor's numerator and denominator, summed over the cluster's plays.
    pub fn push(&mut self, first: &[Pair], second: &[Pair]) {
        self.joint.push(first.iter().chain(second).copied());
        self.changed += u64::from(first != second);
    }

    /// The same of real numbers, which may be far from 0: see [`super::RatioMoments::push_near`].
    pub fn push_near(&mut self, first: &[Pair], second: &[Pair]) {
        self.joint.push_near(first.iter().chain(second).copied());
        self.changed += u64::from(first != second);
    }

    /// Adds all clusters of another, taken together, as one cluster; each product with a weight of its own.
    pub fn push_sum(&mut self, inner: &Self, (first, second): (f64, f64)) {
        self.joint.push_sum(&inner.joint, |factor| if factor < self.first { first } else { second });
        self.changed += u64::from(inner.changed > 0 || first != second);
    }

    /// Adds all of another's clusters.
    pub fn merge(&mut self, other: &Self) {
        self.joint.merge(&other.joint);
        self.changed += other.changed;
    }

    /// The first product; see [`ProductMoments::value`].
    #[must_use]
    pub fn first(&self) -> Option<f64> {
        Some(self.joint.product(0..self.first)?.value)
    }

    /// The second product.
    #[must_use]
    pub fn second(&self) -> Option<f64> {
        Some(self.joint.product(self.first..self.joint.shifts.len())?.value)
    }

    /// How many times wider the interval of two independent runs would be: see [`super::PairedMoments::tighter`].
    #[must_use]
    pub fn tighter(&self, paired: &Estimate, critical: Critical) -> Option<f64> {
        let (one, other) =
            (self.joint.product(0..self.first)?, self.joint.product(self.first..self.joint.shifts.len())?);
        if self.joint.clusters < 2 {
            return None;
        }
        let nothing = |product: &Product| vec![0.0; product.slopes.len()];
        let first = [one.slopes.clone(), nothing(&other)].concat();
        let second = [nothing(&one), other.slopes.clone()].concat();
        let variance = self.joint.variance(&first, one.noise) + self.joint.variance(&second, other.noise);
        let width = paired.high - paired.low;
        let apart = 2.0 * critical.value() * variance.sqrt();
        (width > 0.0 && width.is_finite() && variance > 0.0).then(|| apart / width)
    }

    /// The difference of the products, first less second, with its paired interval.
    ///
    /// As [`super::PairedMoments::difference`], with the residuals of [`ProductMoments::variance`]; its
    /// `range`, the largest difference that one cluster can make, is found from `farthest`, which is as in
    /// [`ProductMoments::estimate`], for the first product and for the second. Nothing where either product
    /// is nothing.
    ///
    /// # Examples
    /// ```
    /// use demarche::stats::{Critical, PairedProducts};
    /// let mut plays = PairedProducts::new(2, 2);
    /// for (with, without) in [(3.0, 1.0), (2.0, 1.0), (4.0, 2.0), (3.0, 2.0)] {
    ///     plays.push(&[(with, 2.0), (3.0, 1.0)], &[(without, 2.0), (3.0, 1.0)]);
    /// }
    /// let farthest = [(16.0, 0.0), (0.0, 0.0)];
    /// let gain = plays.difference(&farthest, &farthest, Critical::normal()).unwrap();
    /// assert_eq!(gain.value, 4.5 - 2.25);
    /// assert!(gain.low < 2.25 && 2.25 < gain.high);
    /// ```
    #[must_use]
    pub fn difference(&self, first: &[Pair], second: &[Pair], critical: Critical) -> Option<Estimate> {
        let one = self.joint.product(0..self.first)?;
        let other = self.joint.product(self.first..self.joint.shifts.len())?;
        let value = one.value - other.value;
        let range = one.reach(first) + other.reach(second);
        let clusters = self.joint.cluster_count();
        let slopes: Vec<f64> = one.slopes.iter().copied().chain(other.slopes.iter().map(|s| -s)).collect();
        let noise = one.noise + other.noise;
        let variance =
            if self.changed == 0 || clusters < 2.0 { 0.0 } else { self.joint.variance(&slopes, noise) };
        if variance == 0.0 {
            return Some(all_alike(value, range, clusters, critical));
        }
        #[expect(clippy::cast_precision_loss, reason = "numbers of clusters are far below 2^53")]
        let change = range / (1.0 + self.changed as f64);
        let added = 2.0 * change * change / ((clusters + 2.0) * (clusters + 2.0));
        let reach = critical.value() * (variance + added).sqrt();
        Some(Estimate::around(value, value - reach, value + reach))
    }
}

#[cfg(test)]
#[path = "product_tests.rs"]
mod tests;
