#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "small numbers"
)]

use super::{latin, sobol};

/// The squared L2 star discrepancy of points in the unit cube, by Warnock's formula (1972).
fn discrepancy(points: &[Vec<f64>]) -> f64 {
    let (n, d) = (points.len() as f64, points[0].len() as i32);
    let single: f64 = points.iter().map(|point| point.iter().map(|x| 1.0 - x * x).product::<f64>()).sum();
    let pairs = points.iter().flat_map(|a| points.iter().map(move |b| (a, b)));
    let double: f64 =
        pairs.map(|(a, b)| a.iter().zip(b).map(|(x, y)| 1.0 - x.max(*y)).product::<f64>()).sum();
    3.0_f64.powi(-d) - 2.0_f64.powi(1 - d) / n * single + double / (n * n)
}

/// Points of pure chance: each a corner of another design of a single point.
fn chance(dimensions: usize, count: u64, seed: u64) -> Vec<Vec<f64>> {
    (0..count).map(|point| latin(dimensions, 1, seed * count + point).swap_remove(0)).collect()
}

/// Every one of as many equal intervals as there are points holds one, in each dimension.
#[track_caller]
fn check_strata(points: &[Vec<f64>]) {
    for dimension in 0..points[0].len() {
        let mut held = vec![0; points.len()];
        for point in points {
            assert!((0.0..1.0).contains(&point[dimension]));
            held[(point[dimension] * points.len() as f64) as usize] += 1;
        }
        assert!(held.iter().all(|held| *held == 1), "dimension {dimension}: {held:?}");
    }
}

/// Sobol points as others have them: computed with scipy 1.17 (`qmc.Sobol(256, scramble=False, bits=53)`).
#[test]
fn plain_sobol_points_are_everybodys() {
    let points = sobol::points(256, 4096, None);
    let expected = [
        (0, [0.0, 0.0, 0.0, 0.0, 0.0]),
        (1, [0.5, 0.5, 0.5, 0.5, 0.5]),
        (2, [0.75, 0.25, 0.25, 0.25, 0.75]),
        (77, [0.8359375, 0.8359375, 0.8828125, 0.8984375, 0.9609375]),
        (1000, [0.2197265625, 0.0966796875, 0.3447265625, 0.7685546875, 0.2490234375]),
        (4095, [0.000244140625, 0.941162109375, 0.609130859375, 0.344970703125, 0.613037109375]),
    ];
    for (number, coordinates) in expected {
        let found = [0, 1, 17, 100, 255].map(|dimension: usize| points[number][dimension]);
        assert_eq!(found, coordinates, "point {number}");
    }
    let eighth = [0.1875, 0.3125, 0.9375, 0.4375, 0.5625, 0.3125];
    assert_eq!(points[8][..6], eighth);
}

#[test]
fn every_dimension_is_evenly_filled() {
    for seed in [None, Some(1), Some(2), Some(u64::MAX)] {
        check_strata(&sobol::points(sobol::MOST_DIMENSIONS, 1024, seed));
        check_strata(&sobol::points(3, 1, seed));
    }
    for count in [1, 2, 7, 100, 1000] {
        check_strata(&latin(12, count, 3));
    }
}

/// The first two dimensions are a (0, 2)-sequence: every box of 2^-a by 2^-b holds one of 2^(a + b) points,
/// scrambled or not.
#[test]
fn two_dimensions_are_evenly_filled_together() {
    for seed in [None, Some(1), Some(99)] {
        let points = sobol::points(2, 256, seed);
        for a in 0..=8 {
            let (wide, high) = (f64::from(1 << a), f64::from(1 << (8 - a)));
            let mut boxes: Vec<(u64, u64)> =
                points.iter().map(|p| ((p[0] * wide) as u64, (p[1] * high) as u64)).collect();
            boxes.sort_unstable();
            boxes.dedup();
            assert_eq!(boxes.len(), 256, "boxes of 2^-{a}");
        }
    }
}

/// Of points of chance the expectation is (2^-d - 3^-d) / n; scipy's scrambled Sobol points have a tenth of it.
#[test]
fn designs_are_more_even_than_chance() {
    let expected = (16.0_f64.recip() - 81.0_f64.recip()) / 256.0;
    let mean = |of: &dyn Fn(u64) -> f64| (1..=10).map(of).sum::<f64>() / 10.0;
    assert!((mean(&|seed| discrepancy(&chance(4, 256, seed))) / expected - 1.0).abs() < 0.3);
    assert!(mean(&|seed| discrepancy(&latin(4, 256, seed))) < 0.7 * expected);
    assert!(mean(&|seed| discrepancy(&sobol::points(4, 256, Some(seed)))) < 0.15 * expected);
}

/// Over many scrambles the mean of a point is the middle, and the scramble of one dimension says nothing of
/// another's.
#[test]
fn a_scrambled_point_is_uniform() {
    let points: Vec<Vec<f64>> =
        (0..2000).map(|seed| sobol::points(2, 6, Some(seed)).swap_remove(5)).collect();
    let mean = |of: &dyn Fn(&[f64]) -> f64| points.iter().map(|point| of(point)).sum::<f64>() / 2000.0;
    // Four standard errors: sqrt(1/12 / 2000), and 1/12 / sqrt(2000) for the product.
    assert!((mean(&|point| point[0]) - 0.5).abs() < 0.026);
    assert!((mean(&|point| point[1]) - 0.5).abs() < 0.026);
    assert!(mean(&|point| (point[0] - 0.5) * (point[1] - 0.5)).abs() < 0.0075);
}

/// A smooth function's mean over scrambled points is far closer than over as many points of chance, whose
/// standard error would be sqrt(4 / 45 / 1024) = 0.009 for each term.
#[test]
fn a_mean_over_sobol_points_is_close() {
    for seed in 1..=5 {
        let points = sobol::points(5, 1024, Some(seed));
        let sum: f64 = points.iter().map(|point| point.iter().map(|x| x * x).sum::<f64>()).sum();
        assert!((sum / 1024.0 - 5.0 / 3.0).abs() < 1e-3);
    }
}

/// What was once computed with a seed must come out the same for ever, on every machine. The numbers come from
/// another implementation of the generator and of both designs.
#[test]
fn designs_stay_as_they_are() {
    let expected = [
        [0.22985570829422408, 0.10006416124754358, 0.4086222228330867],
        [0.6928870055883128, 0.8098778022420896, 0.5205168304498584],
    ];
    assert_eq!(sobol::points(3, 2, Some(1)), expected);
    let expected = [
        [0.07707171382692952, 0.6144041084529211],
        [0.6390499769865224, 0.08462394479041298],
        [0.9698861322831362, 0.8655994898484399],
    ];
    assert_eq!(latin(2, 3, 1), expected);
    // More dimensions or points leave those that were there, but for the intervals of a Latin hypercube.
    assert_eq!(sobol::points(5, 4, Some(1))[1][..3], sobol::points(3, 2, Some(1))[1]);
    assert_eq!(latin(5, 3, 1)[1][..2], latin(2, 3, 1)[1]);
    assert_ne!(sobol::points(3, 2, Some(1)), sobol::points(3, 2, Some(2)));
    assert_ne!(latin(2, 3, 1), latin(2, 3, 2));
}
