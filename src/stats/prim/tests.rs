//! Boxes held against those that EMA Workbench 2.5.3 finds in the same points (`tests/ema_workbench.py` does the
//! same for points of whole studies), and against what must be.

use super::*;

/// 600 points: `a` uniform, `b` of two decimals, `c` normal, `d` one of five; a hit is likelier where `a` and `d` are
/// large and `b` is small, and there is none where `a` is 8.7 or more. `c` does nothing.
const POINTS: &str = include_str!("../../../tests/data/prim.csv");

fn read() -> (Vec<Vec<f64>>, Vec<f64>) {
    let number = |field: &str| field.parse::<f64>().expect("a number");
    let mut points: Vec<Vec<f64>> =
        POINTS.lines().skip(1).map(|line| line.split(',').map(number).collect()).collect();
    let hits = points.iter_mut().map(|point| point.pop().expect("a last column")).collect();
    (points, hits)
}

/// The steps of some boxes one after the other, each on what the last step of those before has left.
fn boxes<'a>(cases: &Cases<'a>, count: usize) -> Vec<(Vec<usize>, Vec<Step>)> {
    let mut left: Vec<usize> = (0..cases.points.len()).collect();
    let mut found = Vec::new();
    for _ in 0..count {
        let steps = cases.trajectory(&left, &Peeling::default());
        let last = steps.last().expect("there is a first");
        let rest = left.iter().filter(|point| !last.inside.contains(point)).copied().collect();
        found.push((std::mem::replace(&mut left, rest), steps));
    }
    found
}

#[track_caller]
fn check_steps(found: &[Step], expected: &[(f64, f64, usize)]) {
    assert_eq!(found.len(), expected.len());
    for (at, (step, (coverage, density, restricted))) in found.iter().zip(expected).enumerate() {
        assert!((step.coverage - coverage).abs() < 1e-9, "step {at}: {}", step.coverage);
        assert!((step.density - density).abs() < 1e-9, "step {at}: {}", step.density);
        assert_eq!(step.restricted, *restricted, "step {at}");
    }
}

#[track_caller]
fn check_limits(step: &Step, mass: f64, expected: [(f64, f64); 4]) {
    assert!((step.mass - mass).abs() < 1e-9, "{}", step.mass);
    for ((low, high), expected) in step.limits.iter().zip(expected) {
        assert!((low - expected.0).abs() < 1e-9 && (high - expected.1).abs() < 1e-9, "{:?}", step.limits);
    }
}

#[test]
fn boxes_and_the_way_to_them_are_those_of_the_workbench() {
    let (points, hits) = read();
    let found = boxes(&Cases { points: &points, hits: &hits }, 3);
    let last = |at: usize| found[at].1.last().expect("there is a first");
    check_steps(&found[0].1, &STEPS_1);
    check_limits(last(0), 59.0 / 600.0, [(5.05695, 8.68515), (-1.0, 0.365), (2.748, 10.016), (3.0, 8.0)]);
    check_steps(&found[1].1, &STEPS_2);
    check_limits(last(1), 56.0 / 600.0, [(4.9122, 8.7222), (-1.0, 0.475), (-1.449, 9.568), (1.5, 8.0)]);
    check_limits(last(2), 84.0 / 600.0, [(3.14065, 8.692), (-1.0, -0.09), (-1.449, 7.452), (0.5, 8.0)]);
}

#[test]
fn limits_are_as_significant_as_the_workbench_says() {
    let (points, hits) = read();
    let cases = Cases { points: &points, hits: &hits };
    let found = boxes(&cases, 2);
    let check = |at: usize, column: usize, ends: Ends, expected: Option<f64>| {
        let (left, steps) = &found[at];
        let p = cases.p_value(left, steps.last().expect("there is a first"), column, ends);
        match (p, expected) {
            (Some(p), Some(expected)) => assert!((p - expected).abs() < 1e-9 * expected, "{column}: {p}"),
            (p, expected) => assert_eq!(p, expected, "{column}"),
        }
    };
    check(0, 0, Ends::Low, Some(9.653_531_533_278e-11));
    check(0, 0, Ends::High, Some(8.768_429_773_729e-7));
    check(0, 1, Ends::Low, None);
    check(0, 1, Ends::High, Some(4.117_326_854_416e-2));
    check(0, 1, Ends::Both, Some(4.117_326_854_416e-2));
    check(0, 2, Ends::Low, Some(0.438_152_490_877));
    check(0, 3, Ends::Low, Some(1.653_893_970_617e-2));
    check(1, 0, Ends::Low, Some(2.541_751_623_225e-10));
    check(1, 0, Ends::High, Some(1.312_856_318_149e-7));
    check(1, 1, Ends::High, Some(7.150_448_953_916e-2));
    check(1, 2, Ends::High, Some(0.606_474_737_478));
    check(1, 3, Ends::Low, Some(0.160_374_846_472));
}

#[test]
fn what_is_alike_everywhere_is_left_as_it_is() {
    let points: Vec<Vec<f64>> = (0..200).map(|point| vec![3.0, f64::from(point % 2)]).collect();
    let all: Vec<usize> = (0..200).collect();
    for hits in [vec![0.0; 200], vec![1.0; 200]] {
        let cases = Cases { points: &points, hits: &hits };
        let steps = cases.trajectory(&all, &Peeling::default());
        assert_eq!(steps.len(), 1);
        assert_eq!((steps[0].mass, steps[0].restricted), (1.0, 0));
        assert_eq!(cases.p_value(&all, &steps[0], 0, Ends::Both), None);
    }
    assert_eq!(Cases { points: &points, hits: &[0.0; 200] }.trajectory(&[], &Peeling::default()), []);
}

#[test]
fn ties_stay_together_and_boxes_keep_their_least_mass() {
    // A tenth of the points have the 2: they go in or out together.
    let points: Vec<Vec<f64>> = (0..200).map(|point| vec![if point < 20 { 2.0 } else { 1.0 }]).collect();
    let hits: Vec<f64> = (0..200).map(|point| if point < 20 { 1.0 } else { 0.0 }).collect();
    let (cases, all) = (Cases { points: &points, hits: &hits }, (0..200).collect::<Vec<usize>>());
    let steps = cases.trajectory(&all, &Peeling::default());
    assert_eq!(steps.len(), 2);
    assert_eq!(steps[1].limits, [(1.5, 2.0)]);
    assert_eq!(steps[1].inside, (0..20).collect::<Vec<usize>>());
    let heavy = Peeling { least_mass: 0.11, ..Peeling::default() };
    assert_eq!(cases.trajectory(&all, &heavy).len(), 1);
}

#[test]
fn hits_may_be_shares() {
    let points: Vec<Vec<f64>> = (0..100).map(|point| vec![f64::from(point)]).collect();
    let hits: Vec<f64> = (0..100).map(|point| f64::from(point) / 100.0).collect();
    let (cases, all) = (Cases { points: &points, hits: &hits }, (0..100).collect::<Vec<usize>>());
    let steps = cases.trajectory(&all, &Peeling::default());
    let last = steps.last().expect("there is a first");
    // What gains most is to the right; the shares of 95 to 99 are 97 % on average.
    assert!((last.density - 0.97).abs() < 1e-9 && (last.mass - 0.05).abs() < 1e-9, "{last:?}");
    assert_eq!(cases.p_value(&all, last, 0, Ends::Low), None);
}

/// Box 1: coverage, density and limited columns of each step.
const STEPS_1: [(f64, f64, usize); 32] = [
    (1.0, 0.4233333333, 0),
    (1.0, 0.4456140351, 1),
    (1.0, 0.4695009242, 1),
    (0.9881889764, 0.4892787524, 1),
    (0.9842519685, 0.5133470226, 1),
    (0.9763779528, 0.5367965368, 1),
    (0.9645669291, 0.5593607306, 1),
    (0.9527559055, 0.5817307692, 1),
    (0.9448818898, 0.6075949367, 1),
    (0.9370078740, 0.6346666667, 1),
    (0.9212598425, 0.6573033708, 1),
    (0.9015748031, 0.6795252226, 2),
    (0.8858267717, 0.7031250000, 2),
    (0.8622047244, 0.7227722772, 2),
    (0.8385826772, 0.7447552448, 2),
    (0.8149606299, 0.7638376384, 2),
    (0.7913385827, 0.7821011673, 2),
    (0.7755905512, 0.8073770492, 2),
    (0.7480314961, 0.8225108225, 2),
    (0.7244094488, 0.8401826484, 2),
    (0.6929133858, 0.8461538462, 2),
    (0.6692913386, 0.8629441624, 2),
    (0.6377952756, 0.8756756757, 2),
    (0.6062992126, 0.8800000000, 2),
    (0.5905511811, 0.9036144578, 2),
    (0.5669291339, 0.9171974522, 2),
    (0.5433070866, 0.9261744966, 3),
    (0.4566929134, 0.9354838710, 4),
    (0.4330708661, 0.9401709402, 4),
    (0.4133858268, 0.9459459459, 4),
    (0.3188976378, 0.9529411765, 4),
    (0.2322834646, 1.0, 4),
];

/// Box 2: coverage, density and limited columns of each step.
const STEPS_2: [(f64, f64, usize); 36] = [
    (0.7677165354, 0.3604436229, 0),
    (0.7677165354, 0.3801169591, 1),
    (0.7677165354, 0.4004106776, 1),
    (0.7677165354, 0.4220779221, 1),
    (0.7637795276, 0.4429223744, 1),
    (0.7519685039, 0.4591346154, 1),
    (0.7519685039, 0.4835443038, 1),
    (0.7362204724, 0.4986666667, 1),
    (0.7283464567, 0.5196629213, 1),
    (0.7244094488, 0.5443786982, 1),
    (0.7165354331, 0.5669781931, 1),
    (0.7086614173, 0.5921052632, 1),
    (0.6889763780, 0.6076388889, 1),
    (0.6692913386, 0.6250000000, 2),
    (0.6574803150, 0.6472868217, 2),
    (0.6456692913, 0.6748971193, 2),
    (0.6220472441, 0.6869565217, 2),
    (0.5984251969, 0.6972477064, 2),
    (0.5748031496, 0.7087378641, 2),
    (0.5433070866, 0.7150259067, 2),
    (0.5196850394, 0.7213114754, 3),
    (0.5000000000, 0.7341040462, 3),
    (0.4803149606, 0.7439024390, 3),
    (0.4763779528, 0.7806451613, 3),
    (0.4566929134, 0.7891156463, 3),
    (0.4370078740, 0.7985611511, 3),
    (0.4173228346, 0.8030303030, 3),
    (0.3976377953, 0.8080000000, 3),
    (0.3858267717, 0.8305084746, 3),
    (0.3740157480, 0.8482142857, 3),
    (0.2795275591, 0.8554216867, 4),
    (0.1771653543, 0.8823529412, 4),
    (0.1811023622, 0.8846153846, 4),
    (0.1850393701, 0.8867924528, 4),
    (0.1889763780, 0.8888888889, 4),
    (0.1968503937, 0.8928571429, 4),
];
