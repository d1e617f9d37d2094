//! What rests on which claim, and what it does.

use std::path::Path;

use crate::support::{demarche, told};

/// One throw; heads with a chance that the claims make up. `luck` cites `fair`, and so does the weight that rests
/// on it: it is moved once.
const THROW: &str = r#"
format = 1
title  = "A throw"
turns  = 1
[claims.fair]
text = "The coin is nearly fair."
[claims.paid]
text = "Heads is worth having."
[claims.idle]
text = "Nobody asks."
[parameters]
luck  = { uniform = [0.4, 0.8], because = "fair" }
twice = { value = "0.5 * luck", because = "fair" }
prize = { value = 2, because = "paid" }
plain = 3
[variables.coin]
levels = ["tails", "heads"]
[actors.thrower]
choice = "best"
because = "assumed: nobody errs"
[issues.throw.moves]
thrower = ["throw", "rest"]
[issues.throw.effects.falls]
when   = { thrower = "throw" }
chance = "2 * twice"
set    = { coin = "heads" }
because = "fair"
[issues.throw.payoffs.glory]
when = { thrower = "throw" }
pays = { thrower = 1 }
because = "paid"
[issues.throw.payoffs.sloth]
when = { thrower = "rest" }
pays = { thrower = 0.25 }
[outcomes.coin.heads]
when = { coin = "heads" }
[outcomes.coin.tails]
"#;

fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = demarche(folder, &[&["claims", "throw.toml", "--json", "--quiet"], arguments].concat());
    assert!(output.status.success(), "{}", told(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("throw.toml"), THROW).expect("written");
    folder
}

/// Rows as texts: the columns that are named, one after the other.
fn rows(table: &serde_json::Value, columns: &[&str]) -> Vec<String> {
    let cell = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        number => number.as_f64().map_or("-".to_owned(), |n| ((n * 1e6).round() / 1e6).to_string()),
    };
    let row = |row: &serde_json::Value| columns.iter().map(|&c| cell(&row[c])).collect::<Vec<_>>().join(" ");
    table.as_array().expect("rows").iter().map(row).collect()
}

#[test]
fn numbers_are_cited_once_and_those_without_a_reason_are_bare() {
    let folder = folder();
    let found = json(folder.path(), &["--method", "exact", "--draws", "0"]);
    assert_eq!(
        rows(&found["cited"], &["claim", "path", "value", "low", "high"]),
        [
            "fair parameters.luck 0.6 0.4 0.8",
            "paid parameters.prize 2 1 3",
            "paid issues.throw.payoffs.glory.pays.thrower 1 0.5 1.5",
        ]
    );
    assert_eq!(
        rows(&found["bare"], &["path", "value"]),
        ["parameters.plain 3", "issues.throw.payoffs.sloth.pays.thrower 0.25"]
    );
}

/// By hand. The thrower throws as long as that is worth more than 0.25: at 0.5, at 1.5, and not at 0. Heads then
/// come up as often as `luck` says: 0.6, or 0.4 and 0.8 at its ends.
#[test]
fn outcomes_move_as_they_do_by_hand() {
    let folder = folder();
    let found = json(folder.path(), &["--method", "exact", "--draws", "0", "--of", "outcomes.coin.heads"]);
    assert_eq!(
        rows(&found["claims"], &["claim", "measure", "at", "value", "difference", "low", "high"]),
        [
            "fair outcomes.coin.heads low 0.4 -0.2 -0.2 -0.2",
            "fair outcomes.coin.heads high 0.8 0.2 0.2 0.2",
            "paid outcomes.coin.heads low 0.6 0 0 0",
            "paid outcomes.coin.heads high 0.6 0 0 0",
            "paid outcomes.coin.heads without 0 -0.6 -0.6 -0.6",
        ]
    );
}

/// At 0.2 of what it is, throwing is worth less than resting: it takes as much.
#[test]
fn known_numbers_move_by_as_much_as_is_said() {
    let folder = folder();
    let found = json(
        folder.path(),
        &["--method", "exact", "--draws", "0", "--of", "outcomes.coin.heads", "--by", "0.8"],
    );
    assert_eq!(rows(&found["claims"], &["at", "value"])[2..], ["low 0", "high 0.6", "without 0"]);
    assert_eq!(rows(&found["cited"], &["path", "low", "high"])[1], "parameters.prize 0.4 3.6");
}

/// Under 40 draws of the luck, plays are held against those of the same draw: the intervals hold what is so by
/// hand, and none is as wide as luck is uncertain.
#[test]
fn differences_are_paired_with_the_scenario_as_it_is() {
    let folder = folder();
    let found = json(
        folder.path(),
        &["--method", "sample", "-n", "8000", "--draws", "40", "--of", "outcomes.coin.heads"],
    );
    for (row, truth) in [(0, -0.2), (1, 0.2), (2, 0.0), (3, 0.0), (4, -0.6)] {
        let row = &found["claims"][row];
        let (low, high) = (row["low"].as_f64().expect("low"), row["high"].as_f64().expect("high"));
        assert!(low <= truth && truth <= high && high - low < 0.1, "{row}");
    }
}

/// A derived number that cites a claim keeps its uncertainty: it is multiplied, draw by draw.
#[test]
fn derived_numbers_are_multiplied_and_stay_as_uncertain() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = THROW.replace("[0.4, 0.8], because = \"fair\"", "[0.2, 0.4], because = \"assumed: luck\"");
    std::fs::write(folder.path().join("throw.toml"), text).expect("written");
    let found = json(folder.path(), &["--method", "exact", "--draws", "50", "--of", "outcomes.coin.heads"]);
    let base = {
        let output = demarche(
            folder.path(),
            &["run", "throw.toml", "--json", "--quiet", "--method", "exact", "--draws", "50"],
        );
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        json["outcomes"][0]["probability"].as_f64().expect("a number")
    };
    // `twice` alone cites the claim and is no expression of one that does; the chance rests on `twice`.
    assert_eq!(rows(&found["cited"], &["path"])[0], "parameters.twice");
    for (row, times) in [(0, 0.5), (1, 1.5)] {
        let value = found["claims"][row]["value"].as_f64().expect("a number");
        assert!((value - times * base).abs() < 1e-12, "{value} is not {times} times {base}");
    }
}

#[test]
fn people_read_what_moves() {
    let folder = folder();
    let output = demarche(folder.path(), &["claims", "throw.toml", "--method", "exact", "--draws", "0"]);
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stdout), @"
    What rests on which claim: A throw

    fair  The coin is nearly fair.
      parameters.luck  0.6  0.4 to 0.8
                           as it is     low    high  without
      outcomes.coin.heads    60.0 %  -20.00  +20.00        -
      outcomes.coin.tails    40.0 %  +20.00  -20.00        -

    paid  Heads is worth having.
      parameters.prize                         2  1 to 3
      issues.throw.payoffs.glory.pays.thrower  1  0.5 to 1.5
                           as it is   low  high  without
      outcomes.coin.heads    60.0 %  0.00  0.00   -60.00
      outcomes.coin.tails    40.0 %  0.00  0.00   +60.00

    No number cites idle.

    Bare, without any reason: 2 numbers
      parameters.plain                            3
      issues.throw.payoffs.sloth.pays.thrower  0.25

    Low and high: all numbers that rest on the claim at that end of their ranges,
    together, and everything else as it is; known numbers go 50 % either way.
    Without: the payoffs that cite it are 0. Differences from the scenario as it is,
    on the same chance, of shares in points of a percent, with half the width of the
    95 % interval where there is one.
    Numbers that move together may hide one another: a claim that moves nothing at
    its ends can still matter in between, or by half of its numbers.
    ");
}
