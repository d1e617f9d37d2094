//! `--given` under every study: each changed scenario is conditioned by itself, and one that makes what was observed
//! impossible has an empty row with the reason.

use serde_json::Value;

use super::workspace::Workspace;

fn place() -> Workspace {
    let place = Workspace::new();
    place.write("seen.csv", "turn,actor,issue,move\n1,first,dawn,shoot\n");
    place
}

#[track_caller]
fn rows(place: &Workspace, arguments: &str, table: &str) -> Vec<Value> {
    let json = place.prints(&format!("{arguments} --given seen.csv --draws 0 -n 500 --json --quiet"));
    let json: Value = serde_json::from_str(&json).expect("JSON");
    json[table].as_array().expect("rows").clone()
}

#[test]
fn every_study_goes_on_from_what_was_seen() {
    let place = place();
    let plain = |row: &Value, key: &str| row[key].as_f64().expect("a number");
    let run = plain(&rows(&place, "run duel.toml", "outcomes")[0], "probability");
    let unseen: Value = serde_json::from_str(&place.prints("run duel.toml --draws 0 --json")).expect("JSON");
    assert!(run < plain(&unseen["outcomes"][0], "probability"), "a shot in the first turn costs a chance");
    let of = "--of outcomes.end.reconciled";
    let compared =
        &rows(&place, &format!("compare duel.toml --against parameters.pride=0 {of}"), "differences")[0];
    assert_eq!(plain(compared, "value"), run);
    let swept = rows(&place, &format!("sweep duel.toml --vary parameters.pride=0,1 {of}"), "sweep");
    assert_eq!((plain(compared, "against"), run), (plain(&swept[0], "value"), plain(&swept[1], "value")));
    let base = &rows(&place, &format!("sensitivity duel.toml {of} --by tornado"), "sensitivity")[0];
    assert_eq!(plain(base, "value"), run);
    let flips = rows(&place, &format!("flip duel.toml {of} --to 0.2 --only parameters.pride"), "flips");
    assert_eq!(flips[0]["factor"], "parameters.pride");
    for (command, table) in [("claims duel.toml", "bare"), ("models duel.toml", "models")] {
        assert!(!rows(&place, command, table).is_empty(), "{command}");
    }
}

#[test]
fn what_cannot_have_been_seen_has_an_empty_row_and_the_reason() {
    let place = place();
    let swept = rows(&place, "sweep duel.toml --vary script.first.dawn=shoot,spare --of turns", "sweep");
    assert_eq!((&swept[0]["value"], &swept[0]["why_not"]), (&3.0.into(), &Value::Null));
    assert_eq!(swept[1]["value"], Value::Null);
    assert!(swept[1]["why_not"].as_str().expect("a reason").contains("probability zero"), "{swept:?}");
    let output = place.run("verify duel.toml --given seen.csv --draws 0 -n 500 --variant meek --quiet");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("probability zero"), "{said}");
}
