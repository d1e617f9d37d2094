//! Indices held against another program's, by hand, and under noise.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

/// The uniforms of a linear congruence, for designs that others can make too.
fn congruence(count: usize) -> Vec<f64> {
    let mut state = 1_u64;
    let mut next = || {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        f64::from(u32::try_from(state).expect("31 bits")) / 2_147_483_648.0
    };
    (0..count).map(|_| next()).collect()
}

/// The values of a function at A, B, and A with each coordinate from B, rows of which are given.
fn values(dimensions: usize, rows: &[Vec<f64>], function: &dyn Fn(&[f64]) -> f64) -> Vec<f64> {
    let at = |column: Option<usize>| {
        rows.iter().map(move |row| {
            let mut point = row[..dimensions].to_vec();
            if let Some(column) = column {
                point[column] = row[dimensions + column];
            }
            function(&point)
        })
    };
    let b = rows.iter().map(|row| function(&row[dimensions..]));
    let mixed = (0..dimensions).flat_map(|column| at(Some(column)));
    at(None).chain(b).chain(mixed).collect()
}

fn generator(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

fn uniform(words: &mut ChaCha8Rng) -> f64 {
    f64::from(words.next_u32()) / 4_294_967_296.0
}

fn pick(words: &mut ChaCha8Rng, rows: usize) -> usize {
    words.next_u32() as usize % rows
}

/// `SALib` 1.6, `sobol.analyze` with `calc_second_order=False`, on the same values.
#[test]
fn indices_are_those_of_another_program() {
    let uniforms = congruence(48);
    let rows: Vec<Vec<f64>> = uniforms.chunks_exact(6).map(<[f64]>::to_vec).collect();
    let values = values(3, &rows, &|x| 10.0 + x[0] * 3.0 + x[1] * x[1] * x[2] - x[2]);
    let found = sobol_indices(8, &values, &[], 0, &mut |_| 0).expect("it varies");
    let first = [0.831_674_277_954_896_3, 0.084_941_803_139_957_18, -0.120_337_744_487_282_47];
    let total = [0.776_975_828_693_618_3, 0.033_086_903_277_759_15, 0.020_650_144_377_986_193];
    for (found, expected) in found.first.iter().chain(&found.total).zip(first.iter().chain(&total)) {
        assert!((found.value - expected).abs() < 1e-9, "{found:?}, not {expected}");
    }
    assert_eq!(found.noise, 0.0);
}

#[test]
fn what_does_not_vary_has_no_indices() {
    assert_eq!(sobol_indices(4, &[0.1 + 0.2; 16], &[], 10, &mut |_| 1), None);
    assert_eq!(sobol_indices(0, &[], &[], 10, &mut |_| 0), None);
}

/// y = x1 + x2 / 2, and chance, which all points share, adds a multiple of x2 to every cluster: the mean of the noisy
/// values' own square is that of the mean multiple, over and over.
#[test]
fn the_variance_of_chance_is_taken_off() {
    const CLUSTERS: usize = 20;
    const ROWS: usize = 64;
    let mut words = generator(5);
    let rows: Vec<Vec<f64>> = (0..ROWS).map(|_| (0..4).map(|_| uniform(&mut words)).collect()).collect();
    // What of the variance is x2's, in all: its total index times the variance; and the share of noise.
    let part = |means: &[f64], clusters: &[Vec<f64>]| {
        let found = sobol_indices(ROWS, means, clusters, 0, &mut |_| 0).expect("it varies");
        (found.total[1].value * found.variance, found.noise)
    };
    let under = |multiple: f64| values(2, &rows, &|x| x[0] + (0.5 + multiple) * x[1]);
    let truth = part(&under(0.0), &[]).0;
    let (mut corrected, mut naive, mut noise) = (0.0, 0.0, 0.0);
    let trials = 1000;
    for _ in 0..trials {
        let shocks: Vec<f64> = (0..CLUSTERS).map(|_| 4.0 * (uniform(&mut words) - 0.5)).collect();
        // Each with its opposite, so that only squares are left.
        for sign in [-1.0, 1.0] {
            let clusters: Vec<Vec<f64>> = shocks.iter().map(|shock| under(sign * shock)).collect();
            let means: Vec<f64> = (0..clusters[0].len())
                .map(|point| clusters.iter().map(|cluster| cluster[point]).sum::<f64>() / count(&clusters))
                .collect();
            let found = part(&means, &clusters);
            corrected += found.0 / f64::from(2 * trials);
            noise += found.1 / f64::from(2 * trials);
            naive += part(&means, &[]).0 / f64::from(2 * trials);
        }
    }
    // The mean multiple's square is 4^2 / 12 / 20, against 1/4.
    let added = truth * 16.0 / 240.0 / 0.25;
    assert!((corrected / truth - 1.0).abs() < 0.06, "{corrected}, not {truth}");
    assert!((naive / (truth + added) - 1.0).abs() < 0.06, "{naive}, not {}", truth + added);
    assert!(noise > 0.03 && noise < 0.08, "{noise}: about 1 in 20");
}

/// Of intervals around indices from independent rows, about 95 in 100 hold the true ones: 4/5 and 1/5.
#[test]
fn intervals_hold_what_they_should() {
    let mut words = generator(9);
    let mut held = 0;
    for _ in 0..250 {
        let rows: Vec<Vec<f64>> = (0..200).map(|_| (0..4).map(|_| uniform(&mut words)).collect()).collect();
        let values = values(2, &rows, &|x| x[0] + 0.5 * x[1]);
        let found =
            sobol_indices(200, &values, &[], 200, &mut |rows| pick(&mut words, rows)).expect("varies");
        let truth = [0.8, 0.2, 0.8, 0.2];
        let all = found.first.iter().chain(&found.total);
        held += all.zip(truth).filter(|(found, truth)| (found.low..=found.high).contains(truth)).count();
    }
    assert!((920..=980).contains(&held), "{held} of 1000");
}
