//! Searches along lines whose crossings are known, and which numbers are turned.

use super::criterion::Margins;
use super::line::{Crossing, Fineness, Search, Track, refine};
use super::search_variable::Selection;
use super::{Criterion, SearchVariable};
use crate::scenario::tests_support::scenario;
use crate::stats::Estimate;

/// The crossing nearest to 1 of a lead over [0, 2] that is known up to `error`, and the looks that it took.
fn search(lead: impl Fn(f64) -> f64, error: f64, screen: &[f64]) -> (Option<Crossing>, usize) {
    let margins = |at: f64| {
        let value = lead(at);
        let held = Estimate { value, low: value - error, high: value + error };
        let other = Estimate { value: -value, low: -value - error, high: -value + error };
        Some(Margins { leads: vec![held, other], values: Vec::new() })
    };
    let fineness = Fineness { origin: 1.0, share: 0.01, least: 2e-6 };
    let mut track = Track { nearest: true, ..Track::default() };
    track.searches = [false, true].map(|up| Search::new(0, 1.0, up, fineness, error > 0.0)).to_vec();
    screen.iter().chain([&0.0, &1.0, &2.0]).for_each(|&at| track.line.add(at, margins(at)));
    let mut looks = 0;
    let mut tracks = [track];
    refine(&mut tracks, |places| {
        looks += places.len();
        Ok(places.iter().map(|&(_, at)| margins(at)).collect())
    })
    .expect("nothing stops it");
    (tracks[0].first(), looks)
}

/// The crossing and the ends of its interval, each to a hundredth of the change and a tenth of its distance.
#[track_caller]
fn check(lead: impl Fn(f64) -> f64, error: f64, expected: (f64, Option<f64>, Option<f64>), most: usize) {
    let (found, looks) = search(lead, error, &[0.5, 1.5]);
    let found = found.expect("it crosses");
    let (at, near, far) = expected;
    let reach = 0.01 * (at - 1.0).abs();
    assert!((found.at - at).abs() <= reach && (found.before - at).abs() <= reach, "{found:?}");
    // An end lies beyond the true one, never short of it.
    for (end, wanted) in [(found.near, near), (found.far, far)] {
        assert_eq!(end.is_some(), wanted.is_some(), "{found:?}");
        let (Some(end), Some(wanted)) = (end, wanted) else { continue };
        let beyond = (end - at).abs() - (wanted - at).abs();
        assert!(beyond >= -reach - 1e-9, "{found:?}");
        assert!(beyond <= 0.12 * (wanted - at).abs() + 2.0 * reach, "{found:?}");
    }
    assert_eq!(found.after, 1);
    assert!(looks <= most, "{looks} looks");
}

#[test]
fn crossings_of_lines_and_curves() {
    check(|x| 1.3 - x, 0.0, (1.3, Some(1.3), Some(1.3)), 6);
    check(|x| x - 0.8, 0.0, (0.8, Some(0.8), Some(0.8)), 6);
    check(|x| 1.3 - x, 0.05, (1.3, Some(1.25), Some(1.35)), 20);
    check(|x| x - 0.4, 0.1, (0.4, Some(0.5), Some(0.3)), 20);
    check(|x| 2.25 - x * x, 0.2, (1.5, Some(2.05_f64.sqrt()), Some(2.45_f64.sqrt())), 20);
    check(|x| if x < 1.7 { 1.0 } else { -1.0 }, 0.5, (1.7, Some(1.7), Some(1.7)), 30);
}

#[test]
fn an_interval_is_open_where_the_range_ends_before_it() {
    check(|x| 1.9 - x, 0.2, (1.9, Some(1.7), None), 20);
    // At the start itself the lead is within its error, and so it is all the way to the other end.
    check(|x| (1.2 - x) / 10.0, 0.13, (1.2, None, None), 20);
    // Further away on the other side it is not: there the interval ends.
    check(|x| 1.2 - x, 0.3, (1.2, Some(0.9), Some(1.5)), 20);
}

#[test]
fn of_two_crossings_the_nearest_is_found_and_the_other_is_left_alone() {
    check(|x| (1.7 - x) * (x - 0.2), 0.0, (1.7, Some(1.7), Some(1.7)), 12);
    check(|x| (1.9 - x) * (x - 0.2), 0.0, (0.2, Some(0.2), Some(0.2)), 12);
    // On one side: the one that is met first.
    let wave = |x: f64| (1.2 - x) * (1.8 - x);
    let (found, _) = search(wave, 0.0, &[1.5]);
    assert!((found.expect("it is seen").at - 1.2).abs() < 0.003);
    assert_eq!(search(wave, 0.0, &[]).0, None, "nobody looked between: it is not seen");
}

#[test]
fn what_is_reached_at_the_end_of_the_range_counts_and_what_is_not_does_not() {
    check(|x| 2.0 - x, 0.0, (2.0, Some(2.0), Some(2.0)), 12);
    assert_eq!(search(|x| 2.01 - x, 0.0, &[]).0, None);
}

const NUMBERS: &str = r#"
format = 1
turns = 1
[parameters]
stake = { normal = [0, 1] }
prize = { value = 2 }
reward = "prize"
share = 0.5
nought = 0
list = { oneof = [2, 1, 3] }
[variables.war]
levels = ["no", "yes"]
[actors.a]
choice = { logit = 1.5 }
[issues.i.moves]
a = ["fight", "talk"]
[issues.i.payoffs.gain]
when = { a = "fight" }
pays = { a = "stake + 2 * reward" }
[issues.i.payoffs.cost]
when = { a = "fight" }
pays = { a = "-share / 2" }
[issues.i.payoffs.calm]
when = { a = "talk" }
pays = { a = -3 }
[issues.i.payoffs.rest]
when = { a = "talk" }
pays = { a = "list * stake + nought" }
[issues.i.effects.war]
when = { a = "fight" }
chance = 0.9
set = { war = "yes" }
[outcomes.end.war]
when = { war = "yes" }
[outcomes.end.peace]
[outcomes.only.one]
"#;

#[track_caller]
fn turned(every: bool, only: &[&str], expected: &[&str]) {
    let selection = Selection { every, only: only.iter().map(|&it| it.to_owned()).collect() };
    let found = selection.factors(&scenario(NUMBERS)).expect("all are there");
    assert_eq!(found.iter().map(|factor| factor.path.as_str()).collect::<Vec<_>>(), expected);
}

#[test]
fn parameters_and_payoffs_are_turned_but_not_the_same_number_twice() {
    // `reward` is `prize` by another name, and `cost` half of `share`.
    let usual = [
        "parameters.stake",
        "parameters.prize",
        "parameters.share",
        "parameters.nought",
        "parameters.list",
        "issues.i.payoffs.gain.pays.a",
        "issues.i.payoffs.calm.pays.a",
        "issues.i.payoffs.rest.pays.a",
    ];
    turned(false, &[], &usual);
    let every = ["actors.a.choice.logit", "issues.i.effects.war.chance"];
    let mut all = usual.to_vec();
    all.insert(5, every[0]);
    all.push(every[1]);
    turned(true, &[], &all);
    turned(false, &["reward", "actors"], &["parameters.reward", "actors.a.choice.logit"]);
    turned(false, &["issues.i.payoffs.cost"], &["issues.i.payoffs.cost.pays.a"]);
    let selection = Selection { every: false, only: vec!["parameters.stke".to_owned(), "issue".to_owned()] };
    let message = selection.factors(&scenario(NUMBERS)).expect_err("there is none").join("\n");
    assert!(message.contains("did you mean `parameters.stake`?") && message.contains("`issue`"), "{message}");
}

#[track_caller]
fn variable(path: &str, start: f64, low: f64, high: f64) -> SearchVariable {
    let scenario = scenario(NUMBERS);
    let variable = SearchVariable::new(&scenario, scenario.factor(path).expect("it is there"), 1.0);
    let near = |one: f64, other: f64| (one - other).abs() < 1e-6;
    assert!(
        near(variable.start, start) && near(variable.low, low) && near(variable.high, high),
        "{variable:?}"
    );
    variable
}

#[test]
fn parameters_are_turned_in_their_own_units_and_amounts_as_multiples() {
    let stake = variable("parameters.stake", 0.0, -2.326_347_874, 2.326_347_874);
    assert_eq!(stake.relative(1.0), None);
    assert!((stake.of_range(1.0) - 1.0 / 4.652_695_748).abs() < 1e-9);
    let calm = variable("issues.i.payoffs.calm.pays.a", 1.0, 0.0, 2.0);
    assert_eq!((calm.value(0.5), calm.relative(0.5)), (-1.5, Some(0.5)));
    variable("issues.i.effects.war.chance", 1.0, 0.0, 1.0 / 0.9);
    assert!(variable("parameters.nought", 0.0, 0.0, 0.0).is_stuck());
    assert_eq!(variable("parameters.list", 2.0, 1.0, 3.0).grid(9), [1.0, 2.0, 3.0]);
    assert_eq!(calm.grid(3), [0.0, 1.0, 2.0]);
}

#[track_caller]
fn refused(of: &str, to: Option<f64>, expected: &str) {
    let message = Criterion::new(&scenario(NUMBERS), of, to).expect_err("it makes no sense");
    assert!(message.contains(expected), "{message}");
}

#[test]
fn questions_that_make_no_sense_are_told() {
    refused("outcomes.edn", None, "did you mean `outcomes.end`?");
    refused("edn", None, "did you mean `end`?");
    refused("outcomes.end.peac", None, "did you mean `outcomes.end.peace`?");
    refused("end", Some(0.5), "takes no `to`");
    refused("only", None, "a single outcome");
    refused("scores.a", None, "say with `to`");
    refused("scores.a", Some(f64::NAN), "finite");
}
