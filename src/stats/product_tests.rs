//! Products of ratios held against ratios, residuals by hand, and each other.

use proptest::prelude::*;

use super::*;
use crate::stats::{PairedMoments, RatioMoments, mean};

fn moments(clusters: &[[Pair; 2]]) -> ProductMoments {
    let mut moments = ProductMoments::new(2);
    for cluster in clusters {
        moments.push(cluster);
    }
    moments
}

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-9 * expected.abs()
}

#[test]
fn a_product_of_nothing_is_nothing() {
    for (cluster, value) in [
        ([(1.0, 2.0), (3.0, 4.0)], Some(0.375)),
        ([(0.0, 2.0), (3.0, 4.0)], Some(0.0)),
        ([(1.0, 0.0), (3.0, 4.0)], None),
        ([(1.0, 2.0), (0.0, 4.0)], None),
        ([(1.0, 2.0), (3.0, 0.0)], None),
    ] {
        assert_eq!(moments(&[cluster]).value(), value, "{cluster:?}");
        let estimate = moments(&[cluster]).estimate(&[(1.0, 0.0); 2], Critical::normal());
        assert_eq!(estimate.map(|estimate| estimate.value), value, "{cluster:?}");
    }
    assert_eq!(moments(&[]).value(), None);
    assert_eq!(moments(&[[(1.0, 2.0), (3.0, 4.0)]]).variance(), None);
}

/// By hand: R = 4/4 * 6/2 = 3. The residuals are R times the relative deviations: of the first cluster
/// 3 (3/4 - 2/4 + 2/6 - 1/2) = 1/4, of the second the opposite; so 2/1 * 2 / 16.
#[test]
fn the_delta_method_by_hand() {
    let moments = moments(&[[(3.0, 2.0), (2.0, 1.0)], [(1.0, 2.0), (4.0, 1.0)]]);
    assert_eq!(moments.value(), Some(3.0));
    assert!(close(moments.variance().unwrap(), 0.25));
}

/// What never happened has an interval, by what one play could have added: 5 of it, over 2 and times 3.
#[test]
fn what_never_happened() {
    let none = moments(&[[(0.0, 2.0), (3.0, 1.0)]; 100]);
    let farthest = [(500.0, 0.0), (0.0, 0.0)];
    let estimate = none.estimate(&farthest, Critical::normal()).unwrap();
    let expected = 3.841_458_820_694_124 / 103.841_458_820_694_12 * 5.0 / 2.0 * 3.0;
    assert!(close(estimate.high, expected), "{estimate:?}");
    assert_eq!(estimate.value, 0.0);
}

fn clusters(least: usize) -> impl Strategy<Value = Vec<[Pair; 2]>> {
    let number = || (1_i16..100).prop_map(f64::from);
    let pair = move || (number(), number());
    prop::collection::vec((pair(), pair()).prop_map(|(a, b)| [a, b]), least..20)
}

proptest! {
    #[test]
    fn merging_is_pushing(clusters in clusters(0), cut in 0_usize..20) {
        let (left, right) = clusters.split_at(cut.min(clusters.len()));
        let mut merged = moments(left);
        merged.merge(&moments(right));
        prop_assert_eq!(&merged, &moments(&clusters));
        let mut pairs = PairedProducts::new(1, 1);
        let mut halves = [PairedProducts::new(1, 1), PairedProducts::new(1, 1)];
        for (at, [first, second]) in clusters.iter().enumerate() {
            pairs.push(&[*first], &[*second]);
            halves[usize::from(at >= left.len())].push(&[*first], &[*second]);
        }
        let [mut first, second] = halves;
        first.merge(&second);
        prop_assert_eq!(first, pairs);
    }

    #[test]
    fn a_product_of_one_ratio_is_a_ratio(clusters in clusters(2)) {
        let (mut product, mut ratio) = (ProductMoments::new(1), RatioMoments::default());
        for [(n, d), _] in &clusters {
            product.push(&[(*n, *d)]);
            ratio.push(*n, *d);
        }
        prop_assert_eq!(product.value(), ratio.ratio());
        let found = product.estimate(&[(0.0, 0.0)], Critical::normal()).unwrap();
        let expected = mean(&ratio, 0.0, Critical::normal()).unwrap();
        prop_assert!((found.low - expected.low).abs() < 1e-9 * expected.value, "{found:?} {expected:?}");
    }

    /// A second ratio that is 1 in every cluster changes nothing, where every cluster is a play. (Of clusters
    /// of several trials, [`PairedMoments`] knows more.)
    #[test]
    fn a_difference_of_ratios_is_one_of_products(clusters in clusters(2)) {
        let (mut products, mut ratios) = (PairedProducts::new(2, 1), PairedMoments::default());
        let plays: Vec<[Pair; 2]> = clusters.iter().map(|[a, b]| [(a.0, 1.0), (b.0, 1.0)]).collect();
        for [first, second] in &plays {
            products.push(&[*first, (1.0, 1.0)], &[*second]);
            ratios.push(*first, *second);
        }
        // The range of the first is 1 where its numerator can be off by all of its denominator.
        let range = |at: usize| [(plays.iter().map(|play| play[at].1).sum::<f64>() / 2.0, 0.0)];
        let first = [range(0)[0], (0.0, 0.0)];
        let found = products.difference(&first, &range(1), Critical::normal()).unwrap();
        let expected = ratios.difference(1.0, Critical::normal()).unwrap();
        prop_assert!((found.value - expected.value).abs() < 1e-9);
        // Products of different shapes count as changed, alike or not.
        if plays.iter().all(|[first, second]| first != second) {
            prop_assert!((found.high - expected.high).abs() < 1e-7, "{found:?} {expected:?}");
        }
    }

    /// Against residuals found cluster by cluster.
    #[test]
    fn variances_are_those_of_residuals(clusters in clusters(2)) {
        let moments = moments(&clusters);
        let value = moments.value().unwrap();
        let sums = moments.sums();
        let residual = |cluster: &[Pair; 2]| {
            let parts = cluster.iter().zip(&sums).map(|((n, d), (ns, ds))| n / ns - d / ds);
            value * parts.sum::<f64>()
        };
        #[expect(clippy::cast_precision_loss, reason = "a few clusters")]
        let count = clusters.len() as f64;
        let squares = clusters.iter().map(|cluster| residual(cluster) * residual(cluster)).sum::<f64>();
        let expected = count / (count - 1.0) * squares;
        prop_assert!((moments.variance().unwrap() - expected).abs() < 1e-9 * value * value);
    }
}
