//! A constant in a payoff changes no interval and no verdict; what is certain has no interval, and what nothing is
//! known of has none either.

use demarche::scenario::{Changes, Document};
use demarche::stats::Estimate;
use demarche::study::{
    Comparing, Evaluating, Experiment, Method, Notice, Settings, Shared, Unwatched, Verdict, compare,
    evaluate, verify,
};

use crate::support::scenario;

/// What the treasury earns: a large constant, and a little that is uncertain.
fn treasury(base: f64) -> Document {
    scenario(&format!(
        r#"
format = 1
turns = 1
[parameters]
base = {base}
y = {{ uniform = [-1, 1] }}
k = 1
[actors.treasury]
[issues.wait.moves]
treasury = ["wait"]
[payoffs.income]
pays = {{ treasury = "base + 2 * y * k" }}
[outcomes.result.all]
[variants.more.parameters]
k = 1.1
[facts.more_risk_lowers_income]
variant = "more"
lowers = "scores.treasury"
[facts.income_is_positive]
measure = "scores.treasury"
above = -1000
"#
    ))
}

fn settings(seed: u64) -> Settings {
    Settings { seed, replications: 10_000, draws: None, history: None }
}

fn width(estimate: Estimate) -> f64 {
    estimate.high - estimate.low
}

/// The widths that runs, points and comparisons have, and the verdict.
fn found(base: f64, seed: u64) -> (Vec<f64>, Verdict) {
    let document = treasury(base);
    let settings = settings(seed);
    let mut widths = Vec::new();
    for method in [Method::Exact, Method::Sample] {
        let run = evaluate(
            &document,
            &Evaluating { settings: &settings, method, tolerance: 0.0, watch: &Unwatched },
        )
        .expect("it runs");
        widths.push(width(run.estimates.scores[0]));
        let prepared = Shared::default().prepare(&document.scenario, &document.slots).expect("it is small");
        let measure = document.scenario.measure("scores.treasury").expect("it is there");
        let experiment = Experiment::new(&prepared, vec![measure], &settings, method).expect("it is sound");
        let here = experiment.at(&Changes::default(), &Unwatched).expect("it is sound");
        let mut changes = Changes::default();
        changes.set(&document.scenario.factor("parameters.k").expect("it is there"), 1.1);
        let there = experiment.at(&changes, &Unwatched).expect("it is sound");
        widths.push(width(experiment.estimate(&here, 0).expect("a mean")));
        widths.push(width(experiment.difference(&there, &here, 0).expect("a mean")));
        let other = document.variant(Some("more")).expect("it is there");
        let other = Document { scenario: other.clone(), ..document.clone() };
        let of = ["scores.treasury".to_owned()];
        let there = Shared::default().prepare(&other.scenario, &other.slots).expect("it is small");
        let how = Comparing { of: &of, settings: &settings, method, watch: &Unwatched };
        let compared = compare(&prepared, &there, &how).expect("they run");
        widths.push(width(compared.measures[0].difference.expect("a mean")));
    }
    let facts = verify(&document, &settings, &Unwatched).expect("they run");
    widths.extend(facts.iter().map(|fact| width(fact.difference.expect("a mean"))));
    (widths, facts[0].verdict)
}

/// Up to 1e12 times the spread, a width changes by less than 0.1 %, and no verdict does.
#[test]
fn a_constant_changes_no_width_and_no_verdict() {
    for seed in 1..4 {
        let (known, verdict) = found(0.0, seed);
        for base in [1e5, 1e9, 1e12] {
            let (widths, other) = found(base, seed);
            assert_eq!(verdict, other, "{base}, seed {seed}");
            for (at, (width, known)) in widths.iter().zip(&known).enumerate() {
                assert!(
                    (width / known - 1.0).abs() < 1e-3,
                    "{base}, seed {seed}, {at}: {width}, not {known}"
                );
            }
        }
    }
}

#[test]
fn what_is_certain_has_no_interval() {
    let document = treasury(1.0);
    for method in [Method::Exact, Method::Sample] {
        let run = evaluate(
            &document,
            &Evaluating { settings: &settings(1), method, tolerance: 0.0, watch: &Unwatched },
        )
        .expect("it runs");
        let certain = [run.estimates.outcomes[0][0], run.estimates.moves[0][0][0].expect("it is made")];
        for estimate in certain.into_iter().chain(run.estimates.lengths.iter().copied()) {
            assert!(estimate.is_exact(), "{estimate:?}");
        }
        assert!(!run.estimates.scores[0].is_exact());
    }
}

/// Draws where nothing is uncertain are not made, and one or two say nothing of how far they lie apart.
#[test]
fn draws_that_say_nothing_are_told() {
    let few = Settings { draws: Some(2), ..settings(1) };
    let document = treasury(1.0);
    for method in [Method::Exact, Method::Sample] {
        let run =
            evaluate(&document, &Evaluating { settings: &few, method, tolerance: 0.0, watch: &Unwatched })
                .expect("it runs");
        assert_eq!(run.notices, [Notice::TooFewDraws { draws: 2 }]);
        assert_eq!(run.estimates.scores[0].interval(), None);
        let text = serde_json::to_string(&run).expect("it is written");
        let read: demarche::study::Run = serde_json::from_str(&text).expect("it is read");
        assert_eq!(read, run);
    }
    let facts = verify(&document, &few, &Unwatched).expect("they run");
    assert!(facts.iter().all(|fact| fact.verdict == Verdict::Unclear), "{facts:?}");
    let certain = scenario(
        "format = 1\nturns = 1\n[actors.a]\n[issues.i.moves]\na = [\"x\", \"y\"]\n[outcomes.end.all]\n",
    );
    let many = Settings { draws: Some(10), ..settings(1) };
    let run = evaluate(
        &certain,
        &Evaluating { settings: &many, method: Method::Exact, tolerance: 0.0, watch: &Unwatched },
    )
    .expect("it runs");
    assert_eq!((run.draws, &run.notices[..]), (0, &[Notice::NothingToDraw { draws: 10 }][..]));
    assert!(run.estimates.moves[0][0][0].expect("it is made").is_exact());
}
