//! Products of ratios of means: what becomes of a ratio of ratios.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::interval::all_alike;
use super::moments::{rounding, without_rounding};
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
        let factors = self.joint.sums.chunks_exact(2).zip(&self.joint.shifts);
        factors.map(|(pair, shift)| (pair[0] + shift * pair[1], pair[1])).collect()
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

/// First and second moments of several numerators and denominators over the same clusters, each numerator held
/// against a shift of its own: see [`super::RatioMoments`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct JointMoments {
    clusters: u64,
    /// One for each factor.
    shifts: Vec<f64>,
    /// Numerator, about its shift, and denominator of each factor in turn.
    sums: Vec<f64>,
    /// Sums of products, each row up to its diagonal: 00, 10, 11, 20, ...
    products: Vec<f64>,
}

impl JointMoments {
    fn new(factors: usize) -> Self {
        let sums = 2 * factors;
        Self {
            clusters: 0,
            shifts: vec![0.0; factors],
            sums: vec![0.0; sums],
            products: vec![0.0; sums * (sums + 1) / 2],
        }
    }

    fn push(&mut self, cluster: impl Iterator<Item = Pair> + Clone) {
        let shifts = std::mem::take(&mut self.shifts);
        self.push_shifted(cluster.zip(&shifts).flat_map(|((n, d), shift)| [n - shift * d, d]));
        self.shifts = shifts;
    }

    fn push_near(&mut self, cluster: impl Iterator<Item = Pair> + Clone) {
        if self.clusters == 0 {
            for (shift, (n, d)) in self.shifts.iter_mut().zip(cluster.clone()) {
                *shift = if d == 0.0 { 0.0 } else { n / d };
            }
        }
        self.push(cluster);
    }

    fn push_sum(&mut self, inner: &Self, weight: impl Fn(usize) -> f64) {
        if self.clusters == 0 {
            self.shifts.clone_from(&inner.shifts);
        }
        let shifts = self.shifts.iter().zip(&inner.shifts).enumerate();
        let factors = inner.sums.chunks_exact(2).zip(shifts);
        let parts: Vec<f64> = factors
            .flat_map(|(sums, (factor, (mine, theirs)))| {
                [weight(factor) * (sums[0] + (theirs - mine) * sums[1]), weight(factor) * sums[1]]
            })
            .collect();
        self.push_shifted(parts.into_iter());
    }

    fn push_shifted(&mut self, parts: impl Iterator<Item = f64> + Clone) {
        self.clusters += 1;
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
        if self.clusters == 0 {
            self.clone_from(other);
            return;
        }
        let other = other.about(&self.shifts);
        self.clusters += other.clusters;
        let (mine, theirs) = (self.sums.iter_mut(), other.sums.iter());
        let mine = mine.chain(self.products.iter_mut());
        for (a, b) in mine.zip(theirs.chain(&other.products)) {
            *a += b;
        }
    }

    /// The same moments about other shifts.
    fn about(&self, shifts: &[f64]) -> Self {
        if self.shifts == shifts {
            return self.clone();
        }
        // What every sum takes up of the one after it: a numerator of its denominator, a denominator nothing.
        let by: Vec<f64> = self.shifts.iter().zip(shifts).flat_map(|(old, new)| [old - new, 0.0]).collect();
        let product = |row: usize, column: usize| {
            let (row, column) = (row.max(column), row.min(column));
            self.products.get(row * (row + 1) / 2 + column).copied().unwrap_or(0.0)
        };
        let mut moved = Self { shifts: shifts.to_vec(), ..self.clone() };
        for (at, by) in by.iter().enumerate().step_by(2) {
            moved.sums[at] += by * self.sums[at + 1];
        }
        let mut products = moved.products.iter_mut();
        for (row, a) in by.iter().enumerate() {
            for ((column, b), moved) in by[..=row].iter().enumerate().zip(&mut products) {
                let shifted = |by: f64, row: usize, column: usize| {
                    if by == 0.0 { 0.0 } else { by * product(row, column) }
                };
                *moved += shifted(*a, row + 1, column) + shifted(*b, row, column + 1);
                *moved += shifted(a * b, row + 1, column + 1);
            }
        }
        moved
    }

    /// The product of some of the factors; nothing where one of their sums but the first is 0.
    fn product(&self, factors: Range<usize>) -> Option<Product> {
        let sums = &self.sums[2 * factors.start..2 * factors.end];
        let squares = factors.clone().map(|factor| {
            let row = 2 * factor + 1;
            self.products[row * (row + 1) / 2 + row]
        });
        Product::of(&self.shifts[factors.clone()], sums, &squares.collect::<Vec<_>>())
    }

    /// The variance of what changes by these slopes with the sums, if to the first order the sums
    /// themselves do not move it: at least two clusters. `noise`: what rounding alone can make of its squares.
    fn variance(&self, slopes: &[f64], noise: f64) -> f64 {
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
        clusters / (clusters - 1.0) * without_rounding(squares, scale, noise)
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers of clusters are far below 2^53")]
    fn cluster_count(&self) -> f64 {
        self.clusters as f64
    }
}

/// A product of ratios, and how it changes with its sums.
struct Product {
    value: f64,
    /// Its derivative by each sum: numerators about their shifts, and denominators.
    slopes: Vec<f64>,
    /// The shifts.
    shifts: Vec<f64>,
    /// What rounding alone can make of a sum of its squared residuals.
    noise: f64,
}

impl Product {
    /// Of sums that are divided and divide in turn; nothing where one but the first is 0. `squares`: of each factor,
    /// the sum of its denominators' squares.
    fn of(shifts: &[f64], sums: &[f64], squares: &[f64]) -> Option<Self> {
        let factors: Vec<(f64, f64, f64)> =
            sums.chunks_exact(2).zip(shifts).map(|(pair, shift)| (pair[0], pair[1], *shift)).collect();
        if factors.iter().any(|&(_, d, _)| d == 0.0) {
            return None;
        }
        let ratios: Vec<f64> = factors.iter().map(|(n, d, shift)| shift + n / d).collect();
        let (first, behind) = ratios.split_first()?;
        if behind.contains(&0.0) {
            return None;
        }
        let others: f64 = behind.iter().product();
        let value = first * others;
        let (mut slopes, mut noise) = (Vec::with_capacity(sums.len()), 0.0);
        for (at, ((n, d, _), squares)) in factors.iter().zip(squares).enumerate() {
            let slope = if at == 0 { others / d } else { value / (ratios[at] * d) };
            slopes.extend([slope, -slope * (n / d)]);
            noise += rounding(slope * ratios[at]) * squares;
        }
        Some(Self { value, slopes, shifts: shifts.to_vec(), noise })
    }

    /// By how much it would be another if the sums themselves were by so much.
    fn reach(&self, farthest: &[Pair]) -> f64 {
        let factors = self.slopes.chunks_exact(2).zip(&self.shifts).zip(farthest);
        // A slope by the denominator takes the numerator's shift along, which is taken off again.
        let reach =
            factors.map(|((slopes, shift), (n, d))| [slopes[0] * n, (slopes[1] - shift * slopes[0]) * d]);
        reach.flatten().map(f64::abs).sum()
    }
}

#[cfg(test)]
#[path = "product_tests.rs"]
mod tests;
