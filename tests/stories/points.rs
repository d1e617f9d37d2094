//! A number changed without reading the scenario again is the number changed in its text.

use demarche::scenario::{Changes, Document};
use demarche::study::{Evaluating, Experiment, Method, Settings, Shared, Unwatched, evaluate};

use crate::support::document;

const PEACEKEEPERS: &str = "scenarios/peacekeepers.toml";

fn settings(draws: Option<u64>) -> Settings {
    Settings { seed: 5, replications: 400, draws, history: None }
}

/// The probability of each outcome of the first classification, by an experiment.
fn at_point(document: &Document, path: &str, value: f64, draws: Option<u64>, method: Method) -> Vec<f64> {
    let prepared = Shared::default().prepare(&document.scenario, &document.slots).expect("it is small");
    let class = &document.scenario.classifications[0];
    let paths = class.outcomes.iter().map(|outcome| format!("outcomes.{}.{}", class.id, outcome.id));
    let measures = paths.map(|path| document.scenario.measure(&path).expect("it is there")).collect();
    let mut changes = Changes::default();
    changes.set(&document.scenario.factor(path).expect("it is there"), value);
    let experiment = Experiment::new(&prepared, measures, &settings(draws), method).expect("it is sound");
    let found = experiment.at(&changes, &Unwatched).expect("it is sound");
    (0..experiment.measures().len()).map(|at| found.value(at).expect("no ratio")).collect()
}

#[track_caller]
fn check(scenario: &str, path: &str, value: f64, draws: Option<u64>, method: Method) {
    let found = at_point(&document(scenario, &[], &[]), path, value, draws, method);
    let text = document(scenario, &[], &[&format!("{path}={value}")]);
    let run = evaluate(
        &text,
        &Evaluating { settings: &settings(draws), method, tolerance: 0.0, watch: &Unwatched },
    )
    .expect("it is sound");
    let expected: Vec<f64> = run.estimates.outcomes[0].iter().map(|estimate| estimate.value).collect();
    for (found, expected) in found.iter().zip(&expected) {
        assert!((found - expected).abs() < 1e-12, "{path}: {found} is not {expected}");
    }
    let unchanged = at_point(
        &document(scenario, &[], &[]),
        path,
        document(scenario, &[], &[]).scenario.factor(path).expect("it is there").central,
        draws,
        method,
    );
    assert_ne!(found, unchanged, "{path} changes nothing: the test says nothing");
}

#[test]
fn parameters_and_what_rests_on_them() {
    check(PEACEKEEPERS, "parameters.rebuild", 4.0, Some(0), Method::Sample);
    check(PEACEKEEPERS, "parameters.deploys", 0.35, Some(10), Method::Sample);
    check(PEACEKEEPERS, "parameters.bond", 2.0, Some(10), Method::Sample);
}

#[test]
fn payoffs_chances_and_how_actors_decide() {
    check(PEACEKEEPERS, "outcomes.chinese_troops.stand.pays.moscow", 5.0, Some(10), Method::Sample);
    check(PEACEKEEPERS, "actors.moscow.choice.logit", 0.3, Some(0), Method::Sample);
    check("tests/golden/quartet.toml", "actors.cobalt.choice.logit", 0.3, Some(0), Method::Exact);
}

#[test]
fn names_that_are_slips_are_answered_with_the_nearest() {
    let scenario = document(PEACEKEEPERS, &[], &[]).scenario;
    let told = scenario.factor("parameters.rebiuld").expect_err("there is none");
    assert_eq!(
        told,
        "`parameters.rebiuld` is not a number of the scenario; did you mean `parameters.rebuild`?"
    );
}
