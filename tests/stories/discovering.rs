//! Discovery: the box is where theory says that it is, and what is told of it is what its points say.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of points are small"
)]

use demarche::study::discover::{Bound, Discovery, DiscoveryRequest, discover};
use demarche::study::{Method, Settings, Shared, Unwatched};

use crate::support::document;

fn request(bound: Bound, points: usize) -> DiscoveryRequest {
    let measure = document("tests/data/corner.toml", &[], &[]).scenario.measure("outcomes.end.done");
    let measure = measure.expect("it is there");
    DiscoveryRequest { measure, bound, points, plays: 400, boxes: 1, steps: Vec::new(), sure: false }
}

#[track_caller]
fn found(request: &DiscoveryRequest, method: Method) -> Discovery {
    let document = document("tests/data/corner.toml", &[], &[]);
    let prepared = Shared::default().prepare(&document.scenario, &document.slots).expect("it is small");
    discover(&prepared, request, &Settings::default(), method, &Unwatched).expect("it is sound")
}

/// The dare is tried with the logit probability of the prize, and comes off with 1 - danger.
fn truth(values: &[f64]) -> f64 {
    (1.0 - values[1]) / (1.0 + demarche::math::exp(-40.0 * (values[0] - 0.6)))
}

#[test]
fn points_are_stratified_and_their_values_are_those_of_theory() {
    let found = found(&request(Bound::AtLeast(0.3), 400), Method::Exact);
    let mut prizes: Vec<f64> = found.points.iter().map(|point| point.values[0]).collect();
    prizes.sort_by(f64::total_cmp);
    for (interval, prize) in prizes.iter().enumerate() {
        assert_eq!((400.0 * prize) as usize, interval);
    }
    for point in &found.points {
        let value = point.estimate.expect("no ratio").value;
        assert!((value - truth(&point.values)).abs() < 1e-9, "{:?}: {value}", point.values);
        assert_eq!(point.inside, value >= 0.3);
    }
    assert_eq!(found.near, 0);
}

#[test]
fn the_box_is_where_the_prize_is_large_and_the_danger_small() {
    let found = found(&request(Bound::AtLeast(0.3), 1000), Method::Exact);
    // A triangular danger is below 0.7 with probability 0.82: of the prizes beyond 0.6, about that many are in.
    let inside = found.points.iter().filter(|point| point.inside).count();
    assert!((280..=350).contains(&inside), "{inside}");
    let one = &found.boxes[0];
    let step = one.steps[one.chosen];
    assert!(step.coverage > 0.9 && step.density > 0.9, "{step:?}");
    let sure: Vec<_> = one.limits.iter().filter(|limit| limit.p_value < Some(0.001)).collect();
    let [prize, danger] = sure[..] else { panic!("{:?}", one.limits) };
    assert_eq!((prize.parameter, prize.high, danger.parameter, danger.low), (0, None, 1, None));
    assert!(prize.low.is_some_and(|low| (0.55..0.65).contains(&low)), "{prize:?}");
    assert!(danger.high.is_some_and(|high| (0.6..0.8).contains(&high)), "{danger:?}");
}

#[track_caller]
fn check_boxes(sure: bool) -> Discovery {
    // The second box holds points that noise has put on the wrong side: its limit may be chance.
    let noisy = DiscoveryRequest {
        plays: 5,
        boxes: 2,
        steps: vec![18, 12],
        sure,
        ..request(Bound::AtLeast(0.3), 500)
    };
    let found = found(&noisy, Method::Sample);
    let mut left: Vec<_> = found.points.iter().collect();
    let hits = left.iter().filter(|point| point.inside).count() as f64;
    assert!(!found.boxes.is_empty());
    for one in &found.boxes {
        let holds = |values: &[f64]| {
            one.limits.iter().all(|limit| {
                let value = values[limit.parameter];
                limit.low.is_none_or(|low| value >= low) && limit.high.is_none_or(|high| value <= high)
            })
        };
        let (inside, outside): (Vec<_>, Vec<_>) = left.into_iter().partition(|point| holds(&point.values));
        let own = inside.iter().filter(|point| point.inside).count() as f64;
        let values = inside.iter().map(|point| point.estimate.expect("no ratio").value);
        let step = one.steps[one.chosen];
        let expected = [
            own / hits,
            own / inside.len() as f64,
            inside.len() as f64 / 500.0,
            values.sum::<f64>() / inside.len() as f64,
        ];
        for (told, expected) in [step.coverage, step.density, step.mass, step.mean].into_iter().zip(expected)
        {
            assert!((told - expected).abs() < 1e-9, "{step:?}, not {expected}");
        }
        assert_eq!(step.restricted, one.limits.len());
        left = outside;
    }
    found
}

#[test]
fn what_is_told_of_a_box_is_what_its_points_say() {
    let plain = check_boxes(false);
    let weak =
        plain.boxes.iter().flat_map(|one| &one.limits).filter(|limit| limit.p_value > Some(0.05)).count();
    assert!(weak > 0, "nothing is dropped: the next says nothing");
    assert!(plain.boxes.iter().all(|one| one.dropped == 0));
}

#[test]
fn limits_that_may_be_chance_can_be_dropped() {
    let sure = check_boxes(true);
    assert!(sure.boxes.iter().flat_map(|one| &one.limits).all(|limit| limit.p_value <= Some(0.05)));
    let dropped: Vec<_> = sure.boxes.iter().filter(|one| one.dropped > 0).collect();
    assert!(!dropped.is_empty());
    for one in dropped {
        assert_eq!(one.chosen, one.steps.len() - 1);
        let [.., before, after] = one.steps[..] else { panic!("a limit was dropped") };
        assert!(after.restricted + 1 == before.restricted && after.coverage >= before.coverage, "{one:?}");
    }
}

#[test]
fn by_plays_the_points_near_the_bound_are_counted() {
    let found = found(&request(Bound::AtLeast(0.3), 300), Method::Sample);
    let reaches = |point: &&demarche::study::discover::Point| {
        point.estimate.is_some_and(|estimate| estimate.low <= 0.3 && 0.3 <= estimate.high)
    };
    assert_eq!(found.near, found.points.iter().filter(reaches).count());
    assert!(found.near > 0);
    let wrong = found.points.iter().filter(|point| point.inside != (truth(&point.values) >= 0.3)).count();
    assert!(wrong <= found.near, "{wrong} are on the wrong side, {} are near", found.near);
}

#[test]
fn the_highest_quarter_is_a_quarter() {
    let found = found(&request(Bound::Quarter, 400), Method::Exact);
    assert_eq!(found.points.iter().filter(|point| point.inside).count(), 100);
}
