//! Products of ratios of means: what becomes of a ratio of ratios.

use serde::{Deserialize, Serialize};

use super::interval::all_alike;
use super::moments::without_rounding;
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
        Self { joint: JointMoments::new(2 * factors) }
    }

    /// Adds one cluster: each factor's numerator and denominator, summed over the cluster's plays.
    pub fn push(&mut self, factors: &[Pair]) {
        self.joint.push(factors.iter().copied());
    }

    /// Adds all of another's clusters.
    pub fn merge(&mut self, other: &Self) {
        self.joint.merge(&other.joint);
    }

    /// The sums over all clusters: what the clusters are as one.
    #[must_use]
    pub fn sums(&self) -> Vec<Pair> {
        self.joint.sums.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    }

    /// The product; nothing where a denominator sums to 0, or a numerator behind the first.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        Some(Product::of(&self.joint.sums)?.value)
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
        let product = Product::of(&self.joint.sums)?;
        (self.joint.clusters > 1).then(|| self.joint.variance(&product.slopes))
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
        Some(Product::of(&self.joint.sums)?.reach(farthest))
    }
}

/// First and second moments of two products of ratios over the same independent clusters.
///
/// Each is as in [`ProductMoments`]; they may have different numbers of factors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PairedProducts {
    joint: JointMoments,
    /// How many of the sums are the first product's.
    first: usize,
    /// In how many clusters the two were not the same.
    changed: u64,
}

impl PairedProducts {
    /// No clusters yet, of so many factors in the first product and in the second.
    #[must_use]
    pub fn new(first: usize, second: usize) -> Self {
        Self { joint: JointMoments::new(2 * (first + second)), first: 2 * first, changed: 0 }
    }

    /// Adds one cluster: each factor's numerator and denominator, summed over the cluster's plays.
    pub fn push(&mut self, first: &[Pair], second: &[Pair]) {
        self.joint.push(first.iter().chain(second).copied());
        self.changed += u64::from(first != second);
    }

    /// Adds all of another's clusters.
    pub fn merge(&mut self, other: &Self) {
        self.joint.merge(&other.joint);
        self.changed += other.changed;
    }

    /// The first product; see [`ProductMoments::value`].
    #[must_use]
    pub fn first(&self) -> Option<f64> {
        Some(Product::of(&self.joint.sums[..self.first])?.value)
    }

    /// The second product.
    #[must_use]
    pub fn second(&self) -> Option<f64> {
        Some(Product::of(&self.joint.sums[self.first..])?.value)
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
        let one = Product::of(&self.joint.sums[..self.first])?;
        let other = Product::of(&self.joint.sums[self.first..])?;
        let value = one.value - other.value;
        let range = one.reach(first) + other.reach(second);
        let clusters = self.joint.cluster_count();
        let slopes: Vec<f64> = one.slopes.iter().copied().chain(other.slopes.iter().map(|s| -s)).collect();
        let variance = if self.changed == 0 || clusters < 2.0 { 0.0 } else { self.joint.variance(&slopes) };
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

/// First and second moments of several sums over the same clusters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct JointMoments {
    clusters: u64,
    sums: Vec<f64>,
    /// Sums of products, each row up to its diagonal: 00, 10, 11, 20, ...
    products: Vec<f64>,
}

impl JointMoments {
    fn new(sums: usize) -> Self {
        Self { clusters: 0, sums: vec![0.0; sums], products: vec![0.0; sums * (sums + 1) / 2] }
    }

    fn push(&mut self, cluster: impl Iterator<Item = Pair> + Clone) {
        self.clusters += 1;
        let parts = cluster.flat_map(|(n, d)| [n, d]);
        for (sum, part) in self.sums.iter_mut().zip(parts.clone()) {
            *sum += part;
        }
        let rows = parts.clone().enumerate();
        let products = rows.flat_map(|(row, a)| parts.clone().take(row + 1).map(move |b| a * b));
        for (sum, product) in self.products.iter_mut().zip(products) {
            *sum += product;
        }
    }

    fn merge(&mut self, other: &Self) {
        self.clusters += other.clusters;
        let (mine, theirs) = (self.sums.iter_mut(), other.sums.iter());
        let mine = mine.chain(self.products.iter_mut());
        for (a, b) in mine.zip(theirs.chain(&other.products)) {
            *a += b;
        }
    }

    /// The variance of what changes by these slopes with the sums, if to the first order the sums
    /// themselves do not move it: at least two clusters.
    fn variance(&self, slopes: &[f64]) -> f64 {
        let (mut squares, mut scale) = (0.0, 0.0);
        let mut products = self.products.iter();
        for (row, a) in slopes.iter().enumerate() {
            for ((column, b), product) in slopes[..=row].iter().enumerate().zip(&mut products) {
                // Those off the diagonal stand there once, and count twice.
                let product = a * b * product * if column == row { 1.0 } else { 2.0 };
                squares += product;
                scale += product.abs();
            }
        }
        let clusters = self.cluster_count();
        clusters / (clusters - 1.0) * without_rounding(squares, scale)
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers of clusters are far below 2^53")]
    fn cluster_count(&self) -> f64 {
        self.clusters as f64
    }
}

/// A product of ratios, and how it changes with its sums.
struct Product {
    value: f64,
    /// Its derivative by each sum.
    slopes: Vec<f64>,
}

impl Product {
    /// Of sums that are divided and divide in turn; nothing where one but the first is 0.
    fn of(sums: &[f64]) -> Option<Self> {
        let (first, others) = sums.split_first()?;
        if others.contains(&0.0) {
            return None;
        }
        let ratios = sums.chunks_exact(2);
        let behind = ratios.skip(1).map(|pair| pair[0] / pair[1]).product::<f64>();
        let (value, slope) = (first / sums[1] * behind, behind / sums[1]);
        let of_other = |(at, sum): (usize, &f64)| if at % 2 == 0 { -value / sum } else { value / sum };
        let slopes = std::iter::once(slope).chain(others.iter().enumerate().map(of_other)).collect();
        Some(Self { value, slopes })
    }

    fn reach(&self, farthest: &[Pair]) -> f64 {
        let farthest = farthest.iter().flat_map(|(n, d)| [n, d]);
        self.slopes.iter().zip(farthest).map(|(slope, far)| slope.abs() * far.abs()).sum()
    }
}

#[cfg(test)]
#[path = "product_tests.rs"]
mod tests;
