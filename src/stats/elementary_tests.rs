//! Elementary effects held against another program's, and their noise against theory.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

const STEP: f64 = 2.0 / 3.0;

fn walks() -> Vec<(Vec<f64>, Vec<Step>)> {
    let third = 1.0 / 3.0;
    vec![
        (vec![0.0, third, 1.0], vec![(2, -STEP), (0, STEP), (1, STEP)]),
        (vec![1.0, 2.0 * third, 0.0], vec![(1, -STEP), (2, STEP), (0, -STEP)]),
        (vec![third, 1.0, third], vec![(0, STEP), (1, -STEP), (2, STEP)]),
        (vec![2.0 * third, 0.0, 2.0 * third], vec![(0, -STEP), (2, -STEP), (1, STEP)]),
    ]
}

fn values(function: &dyn Fn(&[f64]) -> f64) -> Vec<f64> {
    let mut values = Vec::new();
    for (start, steps) in walks() {
        let mut at = start;
        values.push(function(&at));
        for (number, step) in steps {
            at[number] += step;
            values.push(function(&at));
        }
    }
    values
}

fn steps() -> Vec<Vec<Step>> {
    walks().into_iter().map(|(_, steps)| steps).collect()
}

/// `SALib` 1.6, `morris.analyze` with four levels, on the same trajectories.
#[test]
fn effects_are_those_of_another_program() {
    let values = values(&|x| 10.0 + x[0] * 3.0 + x[1] * x[1] * x[2] - x[2]);
    let found = elementary_effects(3, &steps(), &values, &[]);
    let expected = [
        (3.0, 3.0, 0.0),
        (0.222_222_222_222_223_2, 0.222_222_222_222_223_2, 0.256_600_119_639_834_8),
        (-0.944_444_444_444_443_3, 0.944_444_444_444_444_3, 0.064_150_029_909_958_7),
    ];
    for (found, (mu, mu_star, sigma)) in found.iter().zip(expected) {
        let near = |found: f64, expected: f64| (found - expected).abs() < 1e-9;
        assert!(near(found.mu, mu) && near(found.mu_star.value, mu_star), "{found:?}");
        assert!(near(found.sigma, sigma), "{found:?}, not {sigma}");
    }
    // Student's quantile of three degrees of freedom is 3.182446.
    let reach = 3.182_446_305 * 0.256_600_119_639_834_8 / 2.0;
    assert!((found[1].mu_star.high - 0.222_222_222_222_223_2 - reach).abs() < 1e-8);
    assert_eq!(found[1].mu_star.low, 0.0);
}

/// y = x1 + noise of its own at every point: of an effect, the standard error is sqrt(2 / K) s / step.
#[test]
fn noise_is_that_of_the_mean_over_the_clusters() {
    let mut words = ChaCha8Rng::seed_from_u64(2);
    let truth = values(&|x| x[0]);
    let clusters: Vec<Vec<f64>> = (0..400)
        .map(|_| {
            truth.iter().map(|value| value + f64::from(words.next_u32()) / 4_294_967_296.0 - 0.5).collect()
        })
        .collect();
    let means: Vec<f64> = (0..truth.len())
        .map(|point| clusters.iter().map(|cluster| cluster[point]).sum::<f64>() / 400.0)
        .collect();
    let expected = (2.0 / 400.0 / 12.0_f64).sqrt() / STEP;
    for found in elementary_effects(3, &steps(), &means, &clusters) {
        assert!((found.noise / expected - 1.0).abs() < 0.08, "{found:?}, not {expected}");
    }
}
