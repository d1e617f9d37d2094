//! Chance can be replayed: the same seed meets the same chance, whatever else differs.

use demarche::simulate::Chance;

use crate::support::{demarche, root, told};

/// A change of these numbers changes every result that anybody has kept: it is a breaking change.
#[test]
fn addressed_numbers_never_change() {
    let draws = Chance::of_draws(1);
    let numbers: Vec<f64> = [(0, 0, 0), (0, 0, 1), (1, 0, 0), (0, 1, 0)]
        .map(|(stream, region, slot)| draws.uniform(stream, region, slot))
        .to_vec();
    insta::assert_debug_snapshot!(numbers);
}

#[track_caller]
fn same(one: &[&str], other: &[&str]) {
    let (one, other) = (demarche(&root(), one), demarche(&root(), other));
    assert!(one.status.success(), "{}", told(&one));
    assert_eq!(told(&one), told(&other));
}

#[test]
fn one_thread_and_many_give_the_same_bytes() {
    let base = ["run", "scenarios/peacekeepers.toml", "-n", "3000", "--draws", "20", "--json", "--quiet"];
    same(&[&base[..], &["--threads", "1"]].concat(), &[&base[..], &["--threads", "2"]].concat());
}

#[test]
fn one_thread_and_many_give_the_same_bytes_where_actors_learn() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("meeting.toml");
    let rule = "choice = { ewa = { logit = 1.5, phi = 0.9, delta = 0.4, kappa = 0.3 } }";
    std::fs::write(&path, crate::memories::MEETING.replace("CHOICE", rule)).expect("written");
    let base = ["run", path.to_str().expect("a plain path"), "-n", "5000", "--json", "--quiet"];
    same(&[&base[..], &["--threads", "1"]].concat(), &[&base[..], &["--threads", "2"]].concat());
}

#[test]
fn setting_a_value_to_itself_changes_no_byte() {
    let base = ["run", "tests/golden/ladder.toml", "-n", "5000", "--json", "--quiet"];
    same(&base, &[&base[..], &["--set", "parameters.cost=0.75"]].concat());
}

#[test]
fn an_empty_overlay_changes_no_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let overlay = folder.path().join("empty.toml");
    std::fs::write(&overlay, "").expect("written");
    let base = ["run", "tests/golden/ladder.toml", "-n", "5000", "--json", "--quiet"];
    same(&base, &[&base[..], &["--overlay", overlay.to_str().expect("a plain path")]].concat());
}

#[test]
fn a_play_told_again_is_the_same_play() {
    let base = ["play", "scenarios/peacekeepers.toml", "--replication", "4711", "--quiet"];
    same(&base, &base);
}
