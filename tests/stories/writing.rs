//! Tables on disk: the files and columns that other people's scripts rest on.

use std::fs;

use crate::support::{demarche, root, told};

fn header(folder: &std::path::Path, file: &str) -> String {
    let text = fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    text.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn run_writes_every_table_with_its_columns() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("out");
    let output = demarche(
        &root(),
        &[
            "run",
            "tests/golden/ladder.toml",
            "-n",
            "500",
            "--draws",
            "5",
            "--each",
            "--quiet",
            "--out",
            out.to_str().expect("a plain path"),
        ],
    );
    assert!(output.status.success(), "{}", told(&output));
    let columns = [
        ("outcomes.csv", "classification,outcome,probability,low,high,outcome_title"),
        ("joint.csv", "place,temper,probability,low,high"),
        ("turns.csv", "turn,variable,level,probability,low,high,level_title"),
        ("moves.csv", "turn,actor,issue,move,probability,low,high,actor_title,move_title"),
        ("scores.csv", "actor,mean,low,high,actor_title"),
        ("lengths.csv", "turns,probability,low,high"),
        ("draws.csv", "draw,stake,odds,place.summit,place.slope,place.foot,temper.sour,temper.fair"),
        ("measures.csv", "measure,mean,low,high"),
        (
            "replications.csv",
            "replication,draw,turns,outcome.place,outcome.temper,end.rung,end.mood,score.east,score.west,\
             score.crowd,parameter.stake,parameter.cost,parameter.odds",
        ),
    ];
    for (file, columns) in columns {
        assert_eq!(header(&out, file), columns, "{file}");
    }
    assert_eq!(fs::read_to_string(out.join("replications.csv")).expect("it is there").lines().count(), 501);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).expect("it is there")).expect("JSON");
    assert_eq!(
        (&manifest["seed"], &manifest["replications"], &manifest["draws"]),
        (&1.into(), &500.into(), &5.into())
    );
}

#[test]
fn the_scenario_as_it_was_run_runs_alone_and_gives_the_same() {
    let place = tempfile::tempdir().expect("a folder");
    let (first, second) = (place.path().join("first"), place.path().join("second"));
    let run = |scenario: &str, out: &std::path::Path| {
        let output = demarche(
            &root(),
            &["run", scenario, "-n", "2000", "--quiet", "--out", out.to_str().expect("a plain path")],
        );
        assert!(output.status.success(), "{}", told(&output));
    };
    run("tests/golden/ladder-overlay.toml", &first);
    run(first.join("scenario.toml").to_str().expect("a plain path"), &second);
    for file in ["outcomes.csv", "turns.csv", "moves.csv", "scores.csv", "draws.csv"] {
        let read = |folder: &std::path::Path| fs::read_to_string(folder.join(file)).expect("it is there");
        assert_eq!(read(&first), read(&second), "{file}");
    }
}

#[test]
fn what_is_wrong_is_told_with_status_2() {
    let status = |arguments: &[&str]| demarche(&root(), arguments).status.code();
    assert_eq!(status(&["run", "tests/golden/small.toml", "-n", "0"]), Some(2));
    assert_eq!(status(&["run", "tests/golden"]), Some(2));
    assert_eq!(status(&["run", "nowhere.toml"]), Some(2));
    assert_eq!(status(&["run", "tests/golden/small.toml", "--set", "turns"]), Some(2));
    assert_eq!(status(&["run", "tests/golden/small.toml", "--variant", "none"]), Some(2));
}

#[test]
fn a_misspelt_path_is_told_with_what_was_meant() {
    let output = demarche(&root(), &["run", "tests/golden/small.toml", "--set", "parameters.prestig=3"]);
    insta::assert_snapshot!(told(&output), @r"
    status: 2
    --- out
    --- err
    --set 1:1:12: error: unknown path `parameters.prestig`
      |
    1 | parameters.prestig=3
      |            ^^^^^^^
      help: did you mean `parameters.prestige`?
    1 error in tests/golden/small.toml
    ");
}

#[test]
fn a_missing_format_hides_no_other_mistake() {
    let place = tempfile::tempdir().expect("a folder");
    let text = "turns = 0\n[variables.mood]\nlevels = [\"sour\", \"fair\"]\nstrat = \"fair\"\n";
    fs::write(place.path().join("first.toml"), text).expect("written");
    insta::assert_snapshot!(told(&demarche(place.path(), &["check", "first.toml"])), @r#"
    status: 2
    --- out
    --- err
    first.toml:1:1: error: `format` is missing: a scenario says which version of the format it is written in
      |
    1 | turns = 0
      | ^
      help: write `format = 1` at the top
    first.toml:1:9: error: `turns` must be a whole number from 1 to 10,000, not 0
      |
    1 | turns = 0
      |         ^
    first.toml:4:1: error: unknown key `strat` in `variables.mood`
      |
    4 | strat = "fair"
      | ^^^^^
      help: did you mean `start`?
    3 errors in first.toml
    "#);
}
