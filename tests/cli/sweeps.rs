//! `sweep` as people type it: what it prints and writes, and how it refuses what was not meant.

use super::workspace::Workspace;

/// Both always spare: in each of three turns they are reconciled with the chance that is varied, so that after
/// three it is 1 - (1 - chance)^3.
const PEACE: &str = "--set script.first.dawn=spare --set script.second.dawn=spare --draws 0 --method exact";
const CHANCE: &str = "issues.dawn.effects.saves.chance";

#[test]
fn the_table_has_a_row_for_each_point_and_measure() {
    let place = Workspace::new();
    place.prints(&format!("sweep duel.toml {PEACE} --vary {CHANCE}=0..1:3 --out out"));
    let expected = format!(
        "point,{CHANCE},measure,value,low,high,why_not
1,0.0,outcomes.end.reconciled,0.0,0.0,0.0,
1,0.0,outcomes.end.bitter,1.0,1.0,1.0,
2,0.5,outcomes.end.reconciled,0.875,0.875,0.875,
2,0.5,outcomes.end.bitter,0.125,0.125,0.125,
3,1.0,outcomes.end.reconciled,1.0,1.0,1.0,
3,1.0,outcomes.end.bitter,0.0,0.0,0.0,
"
    );
    assert_eq!(place.read("out/sweep.csv"), expected);
    assert_eq!(place.list("out"), ["manifest.json", "scenario.toml", "source.json", "sweep.csv"]);
    let json = place.prints(&format!("sweep duel.toml {PEACE} --vary {CHANCE}=0.5 --of turns --json"));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let row = &json["sweep"][0];
    assert_eq!(row["point"], 1);
    assert_eq!(row[CHANCE], 0.5);
    assert_eq!(row["measure"], "turns");
    assert_eq!(row["value"], 3.0);
}

#[test]
fn one_path_is_a_list() {
    let printed = Workspace::new().prints(&format!("sweep duel.toml {PEACE} --vary {CHANCE}=0..1:3"));
    insta::assert_snapshot!(printed, @r"
    A duel: 3 values of issues.dawn.effects.saves.chance

     issues.dawn.effects.saves.chance \ end  reconciled  bitter
                                          0         0.0   100.0
                                        0.5        87.5    12.5
                                          1       100.0     0.0

    outcomes.end.reconciled varies most: 0.0 at 0 and 100.0 at 1.

    Probabilities in percent. Every point is exact: nothing was drawn.
    ");
}

#[test]
fn two_paths_are_a_matrix() {
    let place = Workspace::new();
    let printed = place.prints(&format!("sweep duel.toml {PEACE} --vary {CHANCE}=0..1:3 --vary turns=1,2"));
    insta::assert_snapshot!(printed, @"
    A duel: 6 points of issues.dawn.effects.saves.chance and turns

    outcomes.end.reconciled, issues.dawn.effects.saves.chance down, turns across
              1      2
       0    0.0    0.0
     0.5   50.0   75.0
       1  100.0  100.0

    outcomes.end.reconciled varies most:
      least 0.0 where issues.dawn.effects.saves.chance = 0, turns = 1
      most 100.0 where issues.dawn.effects.saves.chance = 1, turns = 1

    Probabilities in percent. Every point is exact: nothing was drawn.
    ");
}

#[test]
fn a_design_is_its_extremes() {
    let place = Workspace::new();
    let printed = place.prints("sweep duel.toml --latin 5 --method exact");
    insta::assert_snapshot!(printed, @"
    A duel: 5 points of parameters.pride

                              least  at point  median  most  at point
     outcomes.end.reconciled   15.2         5    18.9  24.9         1
     outcomes.end.bitter       75.1         1    81.1  84.8         5

     outcomes.end.reconciled is  least where  most where
     parameters.pride                 1.3041      0.5595

    Probabilities in percent. Every point is exact: nothing was drawn. The points
    are spread as the parameters' distributions are: the median is that of what is
    not known.
    ");
    let printed = place.prints("sweep duel.toml --sobol 5 --method exact");
    assert!(printed.ends_with("is a power of two: 4 or 8.\n"), "{printed}");
}

#[test]
fn the_least_and_most_of_a_file_of_points_are_told_with_intervals() {
    let place = Workspace::new();
    place.write(
        "points.csv",
        &format!("\u{feff}{CHANCE},turns,actors.first.choice\r\n0.1,1,best\r\n0.9,3,uniform\r\n"),
    );
    let printed = place.prints("sweep duel.toml --points points.csv -n 1000 --draws 20");
    assert!(printed.contains("2 points of"), "{printed}");
    let csv = place.prints("sweep duel.toml --points points.csv -n 1000 --draws 20 --json");
    let json: serde_json::Value = serde_json::from_str(&csv).expect("JSON");
    assert_eq!(json["sweep"].as_array().map(Vec::len), Some(4));
    assert_eq!(json["sweep"][2]["actors.first.choice"], "uniform");
    let number = |key: &str| json["sweep"][2][key].as_f64().expect("a number");
    assert!(number("low") < number("value") && number("value") < number("high"));
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_place() {
    let place = Workspace::new();
    let told = place.complains(
        "sweep duel.toml --vary parameters.prid=1,2 --vary turns=4..1:3 --vary actors.first.choice=bset,best \
         --of outcomes.end.biter",
        2,
    );
    insta::assert_snapshot!(told, @"
    --vary 1:1:1: error: unknown path `parameters.prid`
      |
    1 | parameters.prid=1,2
      | ^^^^^^^^^^^^^^^
      help: did you mean `parameters.pride`?
    --vary 2:1:7: error: the range runs backwards: write `1..4:3`
      |
    1 | turns=4..1:3
      |       ^^^^^^
      help: write `PATH=0..4:9` for nine values from 0 to 4, or `PATH=a,b,c`
    --vary 3:1:21: error: `actors.first.choice` cannot be `bset`
      |
    1 | actors.first.choice=bset,best
      |                     ^^^^
      help: did you mean `best`?
    --of 1:1:1: error: no measure is called `outcomes.end.biter`; did you mean `outcomes.end.bitter`?
      |
    1 | outcomes.end.biter
      | ^^^^^^^^^^^^^^^^^^
    ");
    let told = place.complains(&format!("sweep duel.toml --vary {CHANCE}=0.5,1.4"), 2);
    insta::assert_snapshot!(told, @"
    --vary 1:1:38: error: `issues.dawn.effects.saves.chance` must be between 0 and 1, not 1.4
      |
    1 | issues.dawn.effects.saves.chance=0.5,1.4
      |                                      ^^^
    ");
    place.write("points.csv", "parameters.pride,parameters.prid\n1,2\n1,2,3\n,2\n1,1.2.3\n");
    let told = place.complains("sweep duel.toml --points points.csv", 2);
    insta::assert_snapshot!(told, @"
    points.csv:1:18: error: unknown path `parameters.prid`
      |
    1 | parameters.pride,parameters.prid
      |                  ^^^^^^^^^^^^^^^
      help: did you mean `parameters.pride`?
    points.csv:3:1: error: row 2 has too many cells: 3 for 2 columns
      |
    3 | 1,2,3
      | ^^^^^
      help: if `1,2` is one number, write `1.2`
    points.csv:4:1: error: an empty cell
      |
    4 | ,2
      | ^
    points.csv:5:3: error: `1.2.3` is no number
      |
    5 | 1,1.2.3
      |   ^^^^^
    ");
}

#[track_caller]
fn refused(arguments: &str, why: &str) {
    let told = Workspace::new().complains(arguments, 2);
    assert!(told.contains(why), "{told}");
}

#[test]
fn what_was_not_meant_is_refused() {
    refused("sweep duel.toml", "--vary <PATH=VALUES>");
    refused("sweep duel.toml --latin 5 --sobol 5", "cannot be used with");
    refused("sweep duel.toml --latin 0", "wanted a whole number from 1 to 10000000");
    refused("sweep duel.toml --points none.csv", "error: none.csv does not exist");
    refused("sweep duel.toml --set parameters.pride=1 --sobol 8", "the scenario has none: use --vary");
    refused("sweep duel.toml --vary turns=1,2 --vary turns=3,4", "`turns` is varied twice");
    refused("sweep duel.toml --vary turns=1..3:2,2.5", "turns");
    refused(
        "sweep duel.toml -n 1 --draws 0 --vary parameters.pride=0..1:1000 --vary issues.dawn.effects.saves.chance=0..1:101",
        "this sweep has 101000 points and would take about",
    );
    refused(
        "sweep duel.toml --vary parameters.pride=0..1:10_000 --vary issues.dawn.effects.saves.chance=0..1:10_000",
        "10000 x 10000 points are more than anybody can wait for",
    );
}

#[test]
fn whoever_means_many_points_says_yes() {
    let place = Workspace::new();
    let many = "parameters.pride=0..1:10_001 --vary issues.dawn.effects.saves.chance=0..1:10";
    let arguments =
        format!("sweep duel.toml --method exact --vary {many} --set turns=1 --of turns --yes --quiet");
    assert!(place.prints(&arguments).contains("100010 points"));
}
