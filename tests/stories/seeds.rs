//! Plays against exact propagation over a hundred seeds, where one seed may be lucky. It takes minutes:
//!
//!     cargo test --test stories seeds -- --ignored --nocapture

use demarche::math::chi_squared_upper;
use demarche::study::{Agreement, Settings, Unwatched, agree};

use crate::support::document;

const SEEDS: u64 = 100;

/// How likely it is that the furthest of all shares and means is as far off, at most: they are not
/// independent.
fn p_of_furthest(agreement: &Agreement) -> f64 {
    let compared = f64::from(u32::try_from(agreement.compared).expect("few"));
    // The square of a standard normal number is chi-squared with one degree of freedom.
    (chi_squared_upper(1.0, agreement.furthest.errors * agreement.furthest.errors) * compared).min(1.0)
}

/// Of a hundred, more than twelve are below 0.05 once in 700 times where all is well, and one below 1e-5
/// once in 1,000 times.
#[track_caller]
fn likely(what: &str, p_values: &[f64]) {
    let low = p_values.iter().filter(|p| **p < 0.05).count();
    let smallest = p_values.iter().copied().fold(1.0, f64::min);
    println!("  {what}: smallest p {smallest:.5}, below 0.05 in {low} of {}", p_values.len());
    assert!(low <= 12 && smallest > 1e-5, "{what}: {p_values:?}");
}

#[track_caller]
fn check(scenario: &str, variants: &[&str], plays: u64) {
    println!("{scenario} {variants:?}, {plays} plays");
    let document = document(scenario, variants, &[]);
    let agreements: Vec<Agreement> = (1..=SEEDS)
        .map(|seed| Settings { seed, replications: plays, draws: Some(0), history: None })
        .map(|settings| agree(&document, &settings, &Unwatched).expect("it can be propagated"))
        .collect();
    if agreements[0].freedom > 0 {
        likely("outcomes", &agreements.iter().map(|found| found.p_value).collect::<Vec<f64>>());
    }
    // Something has to be drawn.
    assert!(agreements.iter().any(|found| found.furthest.errors > 0.0), "{scenario}");
    likely("furthest of all", &agreements.iter().map(p_of_furthest).collect::<Vec<f64>>());
}

#[test]
#[ignore = "it takes minutes"]
fn the_golden_scenarios() {
    for name in ["small", "ladder", "calendar", "paces", "chicken", "quartet-opening", "quartet"] {
        check(&format!("tests/golden/{name}.toml"), &[], 100_000);
    }
}

#[test]
#[ignore = "it takes minutes"]
fn the_scenarios_that_people_start_from() {
    for name in ["prisoners_dilemma", "deterrence", "trade_war"] {
        check(&format!("scenarios/{name}.toml"), &[], 1_000_000);
    }
}

#[test]
#[ignore = "it takes minutes"]
fn the_classics() {
    for (name, variants, plays) in [
        ("asymmetric_pennies", &[][..], 1_000_000),
        ("battle_of_the_sexes", &["mixed"], 1_000_000),
        ("big_match", &[], 100_000),
        ("big_match", &["coin"], 100_000),
        ("centipede", &[], 1_000_000),
        ("chicken", &[], 1_000_000),
        ("crisis", &[], 1_000_000),
        ("crisis", &["strong"], 1_000_000),
        ("extortion", &[], 100_000),
        ("inspection", &[], 1_000_000),
        ("stag_hunt", &[], 1_000_000),
        ("travellers_dilemma", &[], 1_000_000),
    ] {
        check(&format!("scenarios/classics/{name}.toml"), variants, plays);
    }
}
