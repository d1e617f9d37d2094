//! The oracle itself, held to exact answers that were computed independently of it and of the engine.

use serde_json::Value;

use crate::engine::golden;
use crate::oracle::{Exact, Oracle};

#[track_caller]
fn check(name: &str, variants: &[&str], answers: &str) {
    let document = golden(name, variants);
    let scenario = &document.scenario;
    let numbers = scenario.numbers(&scenario.central()).expect("they are in range");
    let exact = Oracle::new(scenario, &numbers).exact();
    let path = format!("{}/tests/golden/{answers}.json", env!("CARGO_MANIFEST_DIR"));
    let wanted: Value =
        serde_json::from_slice(&std::fs::read(path).expect("the file is there")).expect("it is JSON");
    let mut compared = 0;
    for table in ["outcomes", "turns", "moves"] {
        for row in wanted[table].as_array().expect("a list") {
            near(exact_value(scenario, &exact, table, row), &row["probability"], row);
            compared += 1;
        }
    }
    for (actor, score) in scenario.actors.iter().zip(&exact.scores) {
        near(
            score.value.expect("nothing divides it"),
            &wanted["scores"][&actor.id],
            &Value::from(actor.id.as_str()),
        );
    }
    for (measure, mean) in scenario.measures.iter().zip(&exact.measures) {
        let value = mean.value.expect("it happens");
        near(value, &wanted["measures"][&measure.id], &Value::from(measure.id.as_str()));
    }
    assert!(compared > 20, "only {compared} rows were compared");
}

#[track_caller]
fn near(found: f64, wanted: &Value, what: &Value) {
    let wanted = wanted.as_f64().expect("a number");
    assert!((found - wanted).abs() < 1e-9, "{what}: {found}, not {wanted}");
}

fn exact_value(scenario: &demarche::scenario::Scenario, exact: &Exact, table: &str, row: &Value) -> f64 {
    let text = |key: &str| row[key].as_str().expect("a text");
    let turn = || usize::try_from(row["turn"].as_u64().expect("a number")).expect("turns are few");
    match table {
        "outcomes" => {
            let class = scenario.classifications.iter().position(|it| it.id == text("classification"));
            let class = class.expect("it is there");
            let outcomes = &scenario.classifications[class].outcomes;
            exact.outcomes[class][outcomes.iter().position(|it| it.id == text("outcome")).expect("so is it")]
        }
        "turns" => {
            let variable = scenario.variables.iter().position(|it| it.id == text("variable"));
            let variable = variable.expect("it is there");
            let levels = &scenario.variables[variable].levels;
            exact.turns[turn()][variable][levels.iter().position(|it| it == text("level")).expect("so is it")]
        }
        _ => {
            let seat = scenario.seats.iter().position(|seat| {
                scenario.actors[seat.actor.index()].id == text("actor")
                    && scenario.issues[seat.issue.index()].id == text("issue")
            });
            let seat = seat.expect("it is there");
            let made = scenario.seats[seat].moves.iter().position(|it| it.id == text("move"));
            let moves = &exact.moves[turn() - 1][seat];
            moves.made[made.expect("so is it")] / moves.open
        }
    }
}

#[test]
fn small() {
    check("small", &[], "small");
}

#[test]
fn ladder() {
    check("ladder", &[], "ladder");
}

#[test]
fn ladder_extended() {
    check("ladder-overlay", &[], "ladder-overlay");
}

#[test]
fn calendar() {
    check("calendar", &[], "calendar");
}

#[test]
fn calendar_in_a_variant() {
    check("calendar", &["early"], "calendar-early");
}
