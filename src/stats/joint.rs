//! Moments of several sums over the same clusters, and how a product of ratios changes with them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Pair;
use super::moments::{rounding, without_rounding};

/// First and second moments of several numerators and denominators over the same clusters, each numerator held
/// against a shift of its own: see [`super::RatioMoments`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct JointMoments {
    pub(super) clusters: u64,
    /// One for each factor.
    pub(super) shifts: Vec<f64>,
    /// Numerator, about its shift, and denominator of each factor in turn.
    sums: Vec<f64>,
    /// Sums of products, each row up to its diagonal: 00, 10, 11, 20, ...
    products: Vec<f64>,
}

impl JointMoments {
    pub(super) fn new(factors: usize) -> Self {
        let sums = 2 * factors;
        Self {
            clusters: 0,
            shifts: vec![0.0; factors],
            sums: vec![0.0; sums],
            products: vec![0.0; sums * (sums + 1) / 2],
        }
    }

    pub(super) fn push(&mut self, cluster: impl Iterator<Item = Pair> + Clone) {
        let shifts = std::mem::take(&mut self.shifts);
        self.push_shifted(&cluster.zip(&shifts).flat_map(|((n, d), shift)| [n - shift * d, d]));
        self.shifts = shifts;
    }

    pub(super) fn push_near(&mut self, cluster: impl Iterator<Item = Pair> + Clone) {
        if self.clusters == 0 {
            for (shift, (n, d)) in self.shifts.iter_mut().zip(cluster.clone()) {
                *shift = if d == 0.0 { 0.0 } else { n / d };
            }
        }
        self.push(cluster);
    }

    pub(super) fn push_sum(&mut self, inner: &Self, weight: impl Fn(usize) -> f64) {
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
        self.push_shifted(&parts.into_iter());
    }

    fn push_shifted(&mut self, parts: &(impl Iterator<Item = f64> + Clone)) {
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

    pub(super) fn merge(&mut self, other: &Self) {
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

    /// How many sums of each sort it has.
    pub(super) fn sizes(&self) -> [usize; 3] {
        [self.shifts.len(), self.sums.len(), self.products.len()]
    }

    /// Numerators and denominators, summed.
    pub(super) fn whole_sums(&self) -> Vec<Pair> {
        let factors = self.sums.chunks_exact(2).zip(&self.shifts);
        factors.map(|(pair, shift)| (pair[0] + shift * pair[1], pair[1])).collect()
    }

    /// The product of some of the factors; nothing where one of their sums but the first is 0.
    pub(super) fn product(&self, factors: Range<usize>) -> Option<Product> {
        let sums = &self.sums[2 * factors.start..2 * factors.end];
        let squares = factors.clone().map(|factor| {
            let row = 2 * factor + 1;
            self.products[row * (row + 1) / 2 + row]
        });
        Product::of(&self.shifts[factors.clone()], sums, &squares.collect::<Vec<_>>())
    }

    /// The variance of what changes by these slopes with the sums, if to the first order the sums
    /// themselves do not move it: at least two clusters. `noise`: what rounding alone can make of its squares.
    pub(super) fn variance(&self, slopes: &[f64], noise: f64) -> f64 {
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
    pub(super) fn cluster_count(&self) -> f64 {
        self.clusters as f64
    }
}

/// A product of ratios, and how it changes with its sums.
pub(super) struct Product {
    pub(super) value: f64,
    /// Its derivative by each sum: numerators about their shifts, and denominators.
    pub(super) slopes: Vec<f64>,
    /// The shifts.
    shifts: Vec<f64>,
    /// What rounding alone can make of a sum of its squared residuals.
    pub(super) noise: f64,
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
    pub(super) fn reach(&self, farthest: &[Pair]) -> f64 {
        let factors = self.slopes.chunks_exact(2).zip(&self.shifts).zip(farthest);
        // A slope by the denominator takes the numerator's shift along, which is taken off again.
        let reach =
            factors.map(|((slopes, shift), (n, d))| [slopes[0] * n, (slopes[1] - shift * slopes[0]) * d]);
        reach.flatten().map(f64::abs).sum()
    }
}
