//! Moments by hand, merged, about shifts.

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

/// `values` as clusters of one, pushed in blocks that are merged.
fn near(values: impl Iterator<Item = f64>) -> RatioMoments {
    let values: Vec<f64> = values.collect();
    let blocks = values.chunks(100).map(|block| {
        let mut moments = RatioMoments::default();
        for value in block {
            moments.push_near(*value, 1.0);
        }
        moments
    });
    blocks.fold(RatioMoments::default(), |mut all, block| {
        all.merge(&block);
        all
    })
}

/// A constant leaves the variance as it is, up to 1e12 times the spread; plays that only rounding tells apart have
/// none.
#[test]
fn a_constant_changes_no_variance() {
    let spread = |at: i32| f64::from((at * 7919) % 1000) / 500.0 - 1.0;
    let known = near((0..10_000).map(spread)).variance().unwrap();
    for constant in [1.0, 1e5, 1e9, 1e12] {
        let found = near((0..10_000).map(|at| constant + spread(at))).variance().unwrap();
        assert!((found / known - 1.0).abs() < 1e-4, "{constant}: {found}, not {known}");
        let alike = near((0..10_000).map(|at| constant + f64::from(at % 2) * constant * f64::EPSILON));
        assert_eq!(alike.variance(), Some(0.0), "{constant}");
    }
}

/// The same where clusters are of unequal size: draws that weigh differently.
#[test]
fn a_constant_changes_no_variance_of_unequal_clusters() {
    let clusters = |constant: f64| {
        let mut draws = RatioMoments::default();
        for draw in 0..100 {
            let mut plays = RatioMoments::default();
            for play in 0..(10 + draw % 3) {
                plays.push_near(constant + f64::from((draw * 31 + play * 17) % 100), 1.0);
            }
            draws.push_sum(&plays, 0.5 + f64::from(draw % 7));
        }
        draws.variance().unwrap()
    };
    let known = clusters(0.0);
    for constant in [1e5, 1e9, 1e13] {
        assert!((clusters(constant) / known - 1.0).abs() < 1e-3, "{constant}");
    }
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
