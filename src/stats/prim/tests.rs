//! Boxes held against those that EMA Workbench 2.5.3 finds in the same points (`tests/workbench.py` does the
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
fn boxes(cases: &Cases<'_>, count: usize) -> Vec<(Vec<usize>, Vec<Step>)> {
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
    check_limits(last(0), 59.0 / 600.0, [(5.056_95, 8.685_15), (-1.0, 0.365), (2.748, 10.016), (3.0, 8.0)]);
    check_steps(&found[1].1, &STEPS_2);
    check_limits(last(1), 56.0 / 600.0, [(4.9122, 8.7222), (-1.0, 0.475), (-1.449, 9.568), (1.5, 8.0)]);
    check_limits(last(2), 84.0 / 600.0, [(3.140_65, 8.692), (-1.0, -0.09), (-1.449, 7.452), (0.5, 8.0)]);
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
    (1.0, 0.423_333_333_3, 0),
    (1.0, 0.445_614_035_1, 1),
    (1.0, 0.469_500_924_2, 1),
    (0.988_188_976_4, 0.489_278_752_4, 1),
    (0.984_251_968_5, 0.513_347_022_6, 1),
    (0.976_377_952_8, 0.536_796_536_8, 1),
    (0.964_566_929_1, 0.559_360_730_6, 1),
    (0.952_755_905_5, 0.581_730_769_2, 1),
    (0.944_881_889_8, 0.607_594_936_7, 1),
    (0.937_007_874_0, 0.634_666_666_7, 1),
    (0.921_259_842_5, 0.657_303_370_8, 1),
    (0.901_574_803_1, 0.679_525_222_6, 2),
    (0.885_826_771_7, 0.703_125_000_0, 2),
    (0.862_204_724_4, 0.722_772_277_2, 2),
    (0.838_582_677_2, 0.744_755_244_8, 2),
    (0.814_960_629_9, 0.763_837_638_4, 2),
    (0.791_338_582_7, 0.782_101_167_3, 2),
    (0.775_590_551_2, 0.807_377_049_2, 2),
    (0.748_031_496_1, 0.822_510_822_5, 2),
    (0.724_409_448_8, 0.840_182_648_4, 2),
    (0.692_913_385_8, 0.846_153_846_2, 2),
    (0.669_291_338_6, 0.862_944_162_4, 2),
    (0.637_795_275_6, 0.875_675_675_7, 2),
    (0.606_299_212_6, 0.880_000_000_0, 2),
    (0.590_551_181_1, 0.903_614_457_8, 2),
    (0.566_929_133_9, 0.917_197_452_2, 2),
    (0.543_307_086_6, 0.926_174_496_6, 3),
    (0.456_692_913_4, 0.935_483_871_0, 4),
    (0.433_070_866_1, 0.940_170_940_2, 4),
    (0.413_385_826_8, 0.945_945_945_9, 4),
    (0.318_897_637_8, 0.952_941_176_5, 4),
    (0.232_283_464_6, 1.0, 4),
];

/// Box 2: coverage, density and limited columns of each step.
const STEPS_2: [(f64, f64, usize); 36] = [
    (0.767_716_535_4, 0.360_443_622_9, 0),
    (0.767_716_535_4, 0.380_116_959_1, 1),
    (0.767_716_535_4, 0.400_410_677_6, 1),
    (0.767_716_535_4, 0.422_077_922_1, 1),
    (0.763_779_527_6, 0.442_922_374_4, 1),
    (0.751_968_503_9, 0.459_134_615_4, 1),
    (0.751_968_503_9, 0.483_544_303_8, 1),
    (0.736_220_472_4, 0.498_666_666_7, 1),
    (0.728_346_456_7, 0.519_662_921_3, 1),
    (0.724_409_448_8, 0.544_378_698_2, 1),
    (0.716_535_433_1, 0.566_978_193_1, 1),
    (0.708_661_417_3, 0.592_105_263_2, 1),
    (0.688_976_378_0, 0.607_638_888_9, 1),
    (0.669_291_338_6, 0.625_000_000_0, 2),
    (0.657_480_315_0, 0.647_286_821_7, 2),
    (0.645_669_291_3, 0.674_897_119_3, 2),
    (0.622_047_244_1, 0.686_956_521_7, 2),
    (0.598_425_196_9, 0.697_247_706_4, 2),
    (0.574_803_149_6, 0.708_737_864_1, 2),
    (0.543_307_086_6, 0.715_025_906_7, 2),
    (0.519_685_039_4, 0.721_311_475_4, 3),
    (0.500_000_000_0, 0.734_104_046_2, 3),
    (0.480_314_960_6, 0.743_902_439_0, 3),
    (0.476_377_952_8, 0.780_645_161_3, 3),
    (0.456_692_913_4, 0.789_115_646_3, 3),
    (0.437_007_874_0, 0.798_561_151_1, 3),
    (0.417_322_834_6, 0.803_030_303_0, 3),
    (0.397_637_795_3, 0.808_000_000_0, 3),
    (0.385_826_771_7, 0.830_508_474_6, 3),
    (0.374_015_748_0, 0.848_214_285_7, 3),
    (0.279_527_559_1, 0.855_421_686_7, 4),
    (0.177_165_354_3, 0.882_352_941_2, 4),
    (0.181_102_362_2, 0.884_615_384_6, 4),
    (0.185_039_370_1, 0.886_792_452_8, 4),
    (0.188_976_378_0, 0.888_888_888_9, 4),
    (0.196_850_393_7, 0.892_857_142_9, 4),
];
