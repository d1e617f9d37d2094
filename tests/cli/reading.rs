//! What people have: games of Gambit's, spreadsheets, numbers as their country writes them.

use super::workspace::{DUEL, Workspace};

const PENNIES: &str = "NFG 1 R \"Pennies\" { \"Even\" \"Odd\" } { 2 2 }\n1 -1  -1 1  -1 1  1 -1\n";

#[test]
fn a_game_of_gambit_s_is_no_scenario_and_says_what_to_do() {
    let place = Workspace::new();
    place.write("pennies.nfg", PENNIES);
    insta::assert_snapshot!(place.complains("check pennies.nfg", 2), @r#"
    pennies.nfg:1:1: error: this is a game in a file of Gambit's, not a scenario
      |
    1 | NFG 1 R "Pennies" { "Even" "Odd" } { 2 2 }
      | ^^^
      help: `demarche import pennies.nfg` makes a scenario of it, and `demarche solve pennies.nfg` solves it as it is
    1 error in pennies.nfg
    "#);
    assert!(place.complains("run pennies.nfg", 2).contains("`demarche import pennies.nfg`"));
}

#[test]
fn a_game_on_standard_input_is_solved() {
    let place = Workspace::new();
    place.write("pennies.nfg", PENNIES);
    let piped = place.command("solve -").write_stdin(PENNIES).output().expect("it runs");
    assert_eq!(String::from_utf8(piped.stdout).expect("text"), place.prints("solve pennies.nfg"));
    // A scenario still is.
    let piped = place.command("solve -").write_stdin(DUEL).output().expect("it runs");
    assert!(piped.status.success());
    let cut = place.command("solve -").write_stdin("NFG 1 R").output().expect("it runs");
    assert!(String::from_utf8_lossy(&cut.stderr).starts_with("<stdin>:1:8: error: expected the title"));
}

/// The text, or what is said of it.
#[track_caller]
fn check(arguments: &str, said: &[&str]) {
    let place = Workspace::new();
    place.write("comma.toml", &DUEL.replace("chance = 0.5", "chance = 0,5"));
    place.write("quoted.toml", &DUEL.replace("chance = 0.5", "chance = \"0,5\""));
    place.write("seen.csv", "turn,actor,issue,move,,\n1,first,dawn,\"shoot,,\n");
    let complaint = place.complains(arguments, 2);
    for said in said {
        assert!(complaint.contains(said), "{arguments}: {complaint}");
    }
}

#[test]
fn decimal_commas_are_told_wherever_they_stand() {
    let hint = "decimals are written with a point: `0.5`";
    check("check comma.toml", &["comma.toml:", hint]);
    check("check quoted.toml", &["quoted.toml:", hint]);
    check("run duel.toml --set parameters.pride=0,5", &["--set 1:1:", hint]);
    check("run duel.toml --precision 0,5", &["'--precision <P>'", hint]);
}

#[test]
fn numbers_below_zero_are_values_and_not_options() {
    check("run duel.toml --precision -0.1", &["'-0.1' for '--precision <P>'", "above 0 and below 0.5"]);
    check("play duel.toml --replication -1", &["'-1' for '--replication <R>'", "at least 0"]);
    check("run duel.toml --seed -1", &["'-1' for '--seed <S>'", "at least 0"]);
    check("explain duel.toml --actor first --turn -2", &["'-2' for '--turn <T>'", "wanted a turn, from 1"]);
}

#[test]
fn a_quote_that_is_not_closed_is_told_at_its_line() {
    check(
        "run duel.toml --given seen.csv",
        &["seen.csv:2:14: error: the quote that opens here is not closed"],
    );
}

#[test]
fn empty_columns_of_spreadsheets_are_none() {
    let place = Workspace::new();
    place.write("seen.csv", "turn,variable,level,,\n0,honour,stained,,\n,,,,\n");
    let _ = place.prints("run duel.toml --given seen.csv");
    place.write("points.csv", "parameters.pride,,\n0.5,,\n1,,\n");
    let _ = place.prints("sweep duel.toml --points points.csv");
}
