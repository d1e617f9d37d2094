//! Learned beliefs and learning rules: what is read, and what is said of bad ones.

use super::*;
use crate::scenario::{Beliefs, Choice, Learning};

/// The scenario in which north says this of itself, from line 9 on.
fn north(lines: &str) -> (Option<Scenario>, Vec<String>) {
    lower_text(&BASE.replace("[actors.north]", &format!("[actors.north]\n{lines}")), &Shelf::default())
}

#[track_caller]
fn check(lines: &str, expected: &[&str]) {
    assert_eq!(north(lines).1, expected);
}

#[track_caller]
fn check_rule(choice: &str, expected: Learning<f64>) {
    let (scenario, messages) = north(&format!("choice = {choice}"));
    let scenario = scenario.unwrap_or_else(|| panic!("{messages:?}"));
    assert!(scenario.actors[0].learns() && !scenario.actors[1].learns());
    let numbers = scenario.numbers(&scenario.central()).expect("in range");
    assert_eq!(numbers.actors[0].learning, Some(expected));
}

#[test]
fn rules_are_read_with_their_numbers() {
    check_rule(
        r#"{ ewa = { logit = "stake / 2", phi = 0.9, delta = 0.5, kappa = 0 } }"#,
        Learning::Ewa { logit: 1.0, phi: 0.9, delta: 0.5, kappa: 0.0 },
    );
    check_rule(r#""regret_matching""#, Learning::RegretMatching);
    check_rule(
        r#"{ reinforcement = { phi = 0.1, strength = "stake", floor = -1 } }"#,
        Learning::Reinforcement { phi: 0.1, strength: 2.0, floor: -1.0 },
    );
    let (scenario, _) = north("beliefs = \"learned\"");
    let scenario = scenario.expect("sound");
    assert!(matches!(scenario.actors[0].beliefs, Beliefs::Learned));
    assert!(matches!(scenario.actors[0].choice, Choice::Logit(_)));
    assert_eq!(scenario.learners().iter().map(|id| id.index()).collect::<Vec<_>>(), [0]);
}

#[test]
fn every_number_is_in_its_range() {
    check(
        "choice = { ewa = { logit = -1, phi = 1.5, delta = -0.1, kappa = \"stake\" } }",
        &[
            "9:28: `actors.north.choice.ewa.logit` must be a finite number, at least 0, not -1",
            "9:38: `actors.north.choice.ewa.phi` must be between 0 and 1, not 1.5",
            "9:51: `actors.north.choice.ewa.delta` must be between 0 and 1, not -0.1",
            "9:65: `actors.north.choice.ewa.kappa` must be between 0 and 1, not 2 (it is `stake`, where stake = 2)",
        ],
    );
    check(
        "choice = { reinforcement = { phi = 2, strength = -1, floor = \"1 / (stake - 2)\" } }",
        &[
            "9:36: `actors.north.choice.reinforcement.phi` must be between 0 and 1, not 2",
            "9:50: `actors.north.choice.reinforcement.strength` must be a finite number, at least 0, not -1",
            "9:62: `actors.north.choice.reinforcement.floor` must be a finite number, not inf \
             (it is `1 / (stake - 2)`, where stake = 2)",
        ],
    );
}

#[test]
fn keys_are_told_apart() {
    check(
        "choice = { ewa = { logit = 1, phy = 0.9, delta = 0.5, kappa = 0 } }",
        &["9:31: unknown key `phy` in `actors.north.choice.ewa` (did you mean `phi`?)"],
    );
    check(
        "choice = { ewa = { logit = 1, phi = 0.9 } }",
        &[
            "9:18: `actors.north.choice.ewa.delta` is missing",
            "9:18: `actors.north.choice.ewa.kappa` is missing",
        ],
    );
    check(
        "choice = { reinforcement = 3 }",
        &["9:28: `actors.north.choice.reinforcement` must be a table, not a number"],
    );
    check(
        "choice = { logit = 1, ewa = { logit = 1, phi = 1, delta = 1, kappa = 1 } }",
        &["9:10: `actors.north.choice` is one rule: `logit` or a learning rule"],
    );
    check(
        "choice = { ewa = {}, reinforcement = {} }",
        &["9:38: `actors.north.choice` is one rule: `ewa` or `reinforcement`"],
    );
    check(
        "choice = \"regret_matchin\"",
        &["9:10: `actors.north.choice` cannot be `regret_matchin` (did you mean `regret_matching`?)"],
    );
}

#[test]
fn what_learning_makes_idle_is_said() {
    let idle = |lines: &str, expected: &[&str]| {
        let (scenario, messages) = north(lines);
        assert!(scenario.is_some(), "{messages:?}");
        let told: Vec<&String> = messages.iter().filter(|message| message.contains("no effect")).collect();
        assert_eq!(told, expected);
    };
    let rule = "its learning rule goes by what was paid";
    idle(
        "choice = \"regret_matching\"\nbeliefs = { level = 2 }\nhorizon = 3\nbeyond = \"status_quo\"",
        &[
            &format!("10:11: `actors.north.beliefs` has no effect: {rule}"),
            &format!("11:11: `actors.north.horizon` has no effect: {rule}"),
            &format!("12:10: `actors.north.beyond` has no effect: {rule}"),
        ],
    );
    idle(
        "beliefs = \"learned\"\nhorizon = \"end\"\nbeyond = \"status_quo\"",
        &["10:11: `actors.north.horizon` has no effect: \
           with learned beliefs an actor looks at the turn at hand"],
    );
    idle("choice = \"regret_matching\"\nhorizon = 1", &[]);
}
