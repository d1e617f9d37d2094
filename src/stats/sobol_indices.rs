//! Sobol indices: which share of a quantity's variance is due to which of the numbers behind it.

use serde::{Deserialize, Serialize};

use super::Estimate;

/// The sampling error that is 1.96 standard deviations of what resampling gives.
const NORMAL: f64 = 1.959_963_984_540_054;

/// A variance below this share of the values' own square is rounding, and counts as none.
const ROUNDING: f64 = 1e-24;

/// The indices of each column of a design.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SobolIndices {
    /// The variance of the quantity over the points, without that of chance, in the square of its unit.
    pub variance: f64,
    /// The share of the values' variance that is chance and not the points.
    pub noise: f64,
    /// The share of the variance that goes where the column's number is known.
    pub first: Vec<Estimate>,
    /// The share of the variance that stays where all others are known.
    pub total: Vec<Estimate>,
}

/// The quadratic forms of a design's values from which indices are made.
#[derive(Clone, Debug)]
struct Forms {
    variance: f64,
    first: Vec<f64>,
    total: Vec<f64>,
}

/// First and total indices from the values at the points of a design.
///
/// Of `rows` rows, `values` has those of a sample A, then those of an independent sample B, then, column by
/// column, those of A with that column's number (or numbers: a column may be a group) taken from B.
///
/// ```text
/// V     = mean((y - c)^2) - mean(y - c)^2       over A and B; c the mean of all values
/// S_i   = mean((B - c) (AB_i - A)) / V
/// S_T,i = mean((A - AB_i)^2) / 2V
/// ```
///
/// The numerators and V are quadratic forms Q of the values. Where these are means over clusters of chance that
/// all points share, each form exceeds what it estimates by that of the values' own noise, which is estimated and
/// taken off: `clusters[k][point]` is the value in cluster k,
///
/// ```text
/// Q(mean) - sum(Q(y_k - mean)) / (K (K - 1))     the mean of products of values from different clusters
/// ```
///
/// The intervals are 1.96 standard deviations of the indices of `resamples` samples of as many rows, drawn with
/// replacement (`pick(rows)` draws one): the sampling error of the design as if its rows were independent, which
/// is more than that of evenly spread points. Indices are not cut at 0 or 1.
///
/// Nothing where the values do not vary, or by no more than chance. `values`: `rows * (columns + 2)`; `clusters`:
/// empty where the values have no noise. O((`resamples` + clusters) x values).
///
/// # Examples
/// ```
/// use demarche::stats::sobol_indices;
/// // y = 2 x1 + x2 on four rows whose x1 and x2 are -1 or 1, evenly: 4/5 of the variance is x1's.
/// let a = [(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)];
/// let b = [(-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)];
/// let y = |x1: f64, x2: f64| 2.0 * x1 + x2;
/// let mut values: Vec<f64> = a.iter().map(|a| y(a.0, a.1)).collect();
/// values.extend(b.iter().map(|b| y(b.0, b.1)));
/// values.extend(a.iter().zip(&b).map(|(a, b)| y(b.0, a.1)));
/// values.extend(a.iter().zip(&b).map(|(a, b)| y(a.0, b.1)));
/// let mut next = 0;
/// let found = sobol_indices(4, &values, &[], 100, &mut |rows| { next += 3; next % rows }).unwrap();
/// assert_eq!(found.variance, 5.0);
/// assert_eq!(found.total[0].value, 0.8);
/// ```
///
/// # References
/// Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), Variance based sensitivity analysis of model
/// output, Computer Physics Communications 181(2), 259-270, for the design and the first index; Jansen (1999),
/// Analysis of variance designs for model output, Computer Physics Communications 117, 35-43, for the total;
/// Archer, Saltelli and Sobol (1997), Sensitivity measures, ANOVA-like techniques and the use of bootstrap,
/// Journal of Statistical Computation and Simulation 58(2), 99-120, for the intervals.
#[must_use]
pub fn sobol_indices(
    rows: usize,
    values: &[f64],
    clusters: &[Vec<f64>],
    resamples: usize,
    pick: &mut dyn FnMut(usize) -> usize,
) -> Option<SobolIndices> {
    let all: Vec<usize> = (0..rows).collect();
    let raw = forms(rows, values, &all)?;
    let noise = noise_of(rows, values, clusters, &all)?;
    let variance = raw.variance - noise.variance;
    let scale = values.iter().fold(0.0, |most: f64, value| most.max(value * value));
    if variance <= ROUNDING * scale {
        return None;
    }
    let (first, total) = raw.less(&noise).shares();
    let mut spread = vec![Spread::default(); first.len() + total.len()];
    for _ in 0..resamples {
        let picked: Vec<usize> = (0..rows).map(|_| pick(rows)).collect();
        let resampled = forms(rows, values, &picked)?.less(&noise);
        if resampled.variance > ROUNDING * scale {
            let (first, total) = resampled.shares();
            for (spread, index) in spread.iter_mut().zip(first.into_iter().chain(total)) {
                spread.push(index);
            }
        }
    }
    let around = |value: f64, spread: &Spread| {
        let reach = NORMAL * spread.deviation();
        Estimate { value, low: value - reach, high: value + reach }
    };
    let columns = first.len();
    Some(SobolIndices {
        variance,
        noise: noise.variance / raw.variance,
        first: first.into_iter().zip(&spread).map(|(value, spread)| around(value, spread)).collect(),
        total: total
            .into_iter()
            .zip(&spread[columns..])
            .map(|(value, spread)| around(value, spread))
            .collect(),
    })
}

/// The forms of values, on some of the rows; `None` without any.
fn forms(rows: usize, values: &[f64], picked: &[usize]) -> Option<Forms> {
    if rows == 0 || picked.is_empty() {
        return None;
    }
    let blocks: Vec<&[f64]> = values.chunks_exact(rows).collect();
    let (a, b, mixed) = match blocks.as_slice() {
        [a, b, mixed @ ..] => (*a, *b, mixed),
        _ => return None,
    };
    let mean =
        |value: &dyn Fn(usize) -> f64| picked.iter().map(|&row| value(row)).sum::<f64>() / count(picked);
    let centre = blocks.iter().map(|block| mean(&|row| block[row])).sum::<f64>() / count(&blocks);
    let offset = mean(&|row| (a[row] - centre) + (b[row] - centre)) / 2.0;
    let square = |value: f64| (value - centre) * (value - centre);
    Some(Forms {
        variance: mean(&|row| square(a[row]) + square(b[row])) / 2.0 - offset * offset,
        first: mixed.iter().map(|ab| mean(&|row| (b[row] - centre) * (ab[row] - a[row]))).collect(),
        total: mixed.iter().map(|ab| mean(&|row| (a[row] - ab[row]) * (a[row] - ab[row])) / 2.0).collect(),
    })
}

/// What the forms of the values owe to their noise.
fn noise_of(rows: usize, values: &[f64], clusters: &[Vec<f64>], all: &[usize]) -> Option<Forms> {
    let columns = (values.len() / rows).saturating_sub(2);
    let mut noise = Forms { variance: 0.0, first: vec![0.0; columns], total: vec![0.0; columns] };
    if clusters.len() < 2 {
        return Some(noise);
    }
    let share = 1.0 / (count(clusters) * (count(clusters) - 1.0));
    for cluster in clusters {
        let deviations: Vec<f64> = cluster.iter().zip(values).map(|(value, mean)| value - mean).collect();
        let own = forms(rows, &deviations, all)?;
        noise.variance += share * own.variance;
        for (sum, own) in noise.first.iter_mut().zip(own.first).chain(noise.total.iter_mut().zip(own.total)) {
            *sum += share * own;
        }
    }
    Some(noise)
}

impl Forms {
    fn less(&self, noise: &Self) -> Self {
        let less =
            |own: &[f64], noise: &[f64]| own.iter().zip(noise).map(|(own, noise)| own - noise).collect();
        Self {
            variance: self.variance - noise.variance,
            first: less(&self.first, &noise.first),
            total: less(&self.total, &noise.total),
        }
    }

    /// First and total indices.
    fn shares(&self) -> (Vec<f64>, Vec<f64>) {
        let of = |forms: &[f64]| forms.iter().map(|form| form / self.variance).collect();
        (of(&self.first), of(&self.total))
    }
}

/// The spread of some numbers, in one pass (Welford 1962).
#[derive(Clone, Debug, Default)]
struct Spread {
    n: f64,
    mean: f64,
    squares: f64,
}

impl Spread {
    fn push(&mut self, value: f64) {
        self.n += 1.0;
        let before = value - self.mean;
        self.mean += before / self.n;
        self.squares += before * (value - self.mean);
    }

    fn deviation(&self) -> f64 {
        if self.n < 2.0 { 0.0 } else { (self.squares / (self.n - 1.0)).sqrt() }
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of points are far below 2^53")]
fn count<T>(items: &[T]) -> f64 {
    items.len() as f64
}

#[cfg(test)]
#[path = "sobol_indices_tests.rs"]
mod tests;
