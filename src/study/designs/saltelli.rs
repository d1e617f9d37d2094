//! The design of Sobol indices: two samples, and one with each coordinate of the other.

use super::sobol;

/// The points from which first and total indices are found: `rows` rows of a scrambled Sobol sample A, as many of
/// B, then, for each group of coordinates, A with that group's from B.
///
/// Row `r` of A and of B are the two halves of point `r` of one sample of `2 * dimensions` coordinates: for at most
/// half of [`sobol::MOST_DIMENSIONS`] of them. `groups`: coordinates, from 0. O(points x `dimensions`).
///
/// # Examples
/// ```
/// use demarche::study::designs::saltelli;
/// let points = saltelli(2, &[vec![0], vec![1], vec![0, 1]], 4, 7);
/// let (a, b, mixed) = (&points[..4], &points[4..8], &points[8..12]);
/// assert_eq!(points.len(), 20);
/// assert_eq!(mixed[1], [b[1][0], a[1][1]]);
/// assert_eq!(points[16..], *b);
/// ```
///
/// # References
/// Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), Variance based sensitivity analysis of model
/// output, Computer Physics Communications 181(2), 259-270.
#[must_use]
pub fn saltelli(dimensions: usize, groups: &[Vec<usize>], rows: usize, seed: u64) -> Vec<Vec<f64>> {
    let both = sobol::points(2 * dimensions, rows, Some(seed));
    let mut points: Vec<Vec<f64>> = both.iter().map(|row| row[..dimensions].to_vec()).collect();
    points.extend(both.iter().map(|row| row[dimensions..].to_vec()));
    for group in groups {
        points.extend(both.iter().map(|row| {
            let mut point = row[..dimensions].to_vec();
            for &coordinate in group {
                point[coordinate] = row[dimensions + coordinate];
            }
            point
        }));
    }
    points
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;
    use crate::stats::{SobolIndices, sobol_indices};

    fn study(dimensions: usize, groups: &[Vec<usize>], function: &dyn Fn(&[f64]) -> f64) -> SobolIndices {
        let values: Vec<f64> =
            saltelli(dimensions, groups, 1 << 14, 1).iter().map(|point| function(point)).collect();
        sobol_indices(1 << 14, &values, &[], 0, &mut |_| 0).expect("it varies")
    }

    #[track_caller]
    fn check(found: &SobolIndices, first: &[f64], total: &[f64]) {
        let expected = first.iter().chain(total);
        for (at, (found, expected)) in found.first.iter().chain(&found.total).zip(expected).enumerate() {
            let error = (found.value - expected).abs();
            assert!(error < 0.01, "index {at}: {}, not {expected}", found.value);
        }
    }

    fn each(dimensions: usize) -> Vec<Vec<usize>> {
        (0..dimensions).map(|dimension| vec![dimension]).collect()
    }

    /// Ishigami and Homma (1990): sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, on [-pi, pi]^3, whose parts of the
    /// variance are known: V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = b^2 pi^8 (1/18 - 1/50).
    #[test]
    fn ishigami() {
        let (a, b) = (7.0, 0.1);
        let pi4 = PI * PI * PI * PI;
        let v1 = (1.0 + b * pi4 / 5.0) * (1.0 + b * pi4 / 5.0) / 2.0;
        let (v2, v13) = (a * a / 8.0, b * b * pi4 * pi4 * (1.0 / 18.0 - 1.0 / 50.0));
        let v = v1 + v2 + v13;
        let function = |u: &[f64]| {
            let x: Vec<f64> = u.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
            let (s1, s2) = (libm::sin(x[0]), libm::sin(x[1]));
            s1 + a * s2 * s2 + b * x[2] * x[2] * x[2] * x[2] * s1
        };
        // The last two are groups: {1, 3} is closed, {1, 2} meets 3.
        let groups = [each(3), vec![vec![0, 2], vec![0, 1]]].concat();
        let found = study(3, &groups, &function);
        let parts = |parts: [f64; 5]| parts.map(|part| part / v);
        check(
            &found,
            &parts([v1, v2, 0.0, v1 + v13, v1 + v2]),
            &parts([v1 + v13, v2, v13, v1 + v13, v1 + v2 + v13]),
        );
        assert!((found.variance / v - 1.0).abs() < 0.01, "{}", found.variance);
    }

    /// Sobol's G: the product of (|4 x - 2| + a) / (1 + a), whose parts are products of 1 / (3 (1 + a)^2).
    #[test]
    fn sobol_g() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let part = a.map(|a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        let v: f64 = part.iter().map(|part| 1.0 + part).product::<f64>() - 1.0;
        let first = part.map(|part| part / v);
        let total = part.map(|part| part / (1.0 + part) * (v + 1.0) / v);
        let function = |u: &[f64]| {
            u.iter().zip(a).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product::<f64>()
        };
        check(&study(8, &each(8), &function), &first, &total);
    }
}
