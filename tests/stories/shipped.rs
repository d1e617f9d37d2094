//! The scenarios that come with demarche say what their sources say.

use demarche::study::{Settings, Unwatched, Verdict, verify};

use crate::support::{document, root};

#[track_caller]
fn facts_hold(path: &str, seed: u64) {
    let settings = Settings { seed, ..Settings::default() };
    let results = verify(&document(path, &[], &[]), &settings, &Unwatched).expect("it can be played");
    assert!(!results.is_empty());
    for result in results {
        assert_eq!(result.verdict, Verdict::Holds, "{path}, seed {seed}: {result:?}");
    }
}

#[test]
fn peacekeepers() {
    facts_hold("scenarios/peacekeepers.toml", 1);
}

#[test]
fn classics() {
    for path in ["prisoners_dilemma", "deterrence", "trade_war"] {
        facts_hold(&format!("scenarios/{path}.toml"), 2);
    }
    for entry in std::fs::read_dir(root().join("scenarios/classics")).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|kind| kind == "toml") {
            facts_hold(&path.display().to_string(), 2);
        }
    }
}
