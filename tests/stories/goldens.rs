//! Scenarios whose exact answers were computed independently: the sampler agrees within its error, and
//! policies agree to the last digits where the first turn gives them.

use demarche::ask::About;
use demarche::game::ComponentKind;
use demarche::scenario::{ActorId, LevelId};
use demarche::study::{Settings, Shared, Unwatched, propagate, run};
use demarche::tables::{Table, run_tables};
use serde_json::Value;

use crate::support::{document, root};

const PLAYS: u64 = 200_000;

fn golden(name: &str) -> Value {
    let path = root().join(format!("tests/golden/{name}.json"));
    serde_json::from_slice(&std::fs::read(path).expect("the file is there")).expect("it is JSON")
}

/// A cell as it stands in a file.
fn text(table: &Table, column: &str, row: usize) -> String {
    table.column(column).expect("the column is there").values.cell(row).field()
}

fn value(table: &Table, column: &str, row: usize) -> f64 {
    table.number(column, row).unwrap_or_else(|| panic!("{column} has no number in row {row}"))
}

/// Every probability, score and measure lies within five standard errors of the exact one where it is
/// sampled, and is the exact one where it is propagated.
#[track_caller]
fn agrees(scenario: &str, variants: &[&str], answers: &str) {
    let document = document(&format!("tests/golden/{scenario}.toml"), variants, &[]);
    let settings = Settings { seed: 1, replications: PLAYS, draws: Some(0), history: None };
    let about = About::new(&document.scenario);
    let played = run(&document, &settings, &Unwatched, None).expect("it can be played");
    near(scenario, &run_tables(&about, &played), &golden(answers), 5.0);
    let propagated = propagate(&document, &settings, 0.0, &Unwatched).expect("it can be propagated");
    near(scenario, &run_tables(&about, &propagated), &golden(answers), 0.0);
}

/// Every number lies within so many standard errors, and 1e-9, of the exact one.
#[track_caller]
fn near(scenario: &str, tables: &[Table], exact: &Value, errors: f64) {
    let table = |name: &str| tables.iter().find(|table| table.name() == name).expect("the table is there");
    for (name, keys) in [("outcomes", 2), ("turns", 3), ("moves", 4)] {
        let table = table(name);
        for wanted in exact[name].as_array().expect("a list") {
            let is_it = |row: &usize| {
                table.columns()[..keys].iter().all(|column| {
                    let wanted = &wanted[column.name.as_str()];
                    let wanted = wanted.as_str().map_or_else(|| wanted.to_string(), str::to_owned);
                    wanted == text(table, &column.name, *row)
                })
            };
            let probability = wanted["probability"].as_f64().expect("a number");
            let Some(row) = (0..table.rows()).find(is_it) else {
                assert_eq!(probability, 0.0, "{scenario}: {name} has no row for {wanted}");
                continue;
            };
            let found = value(table, "probability", row);
            // Moves are shares of the plays that have the issue open: at the least, some thousands.
            let trials = if name == "moves" { 10_000.0 } else { 200_000.0 };
            let error = (probability * (1.0 - probability) / trials).sqrt();
            assert!(
                (found - probability).abs() < errors * error + 1e-9,
                "{scenario}: {wanted}, found {found}"
            );
        }
    }
    for (name, key) in [("scores", "actor"), ("measures", "measure")] {
        let table = table(name);
        for row in 0..table.rows() {
            let id = text(table, key, row).trim_start_matches("measures.").to_owned();
            let wanted = exact[name][id.as_str()].as_f64().expect(key);
            let error = (value(table, "high", row) - value(table, "low", row)) / 2.0 / 1.96;
            let found = value(table, "mean", row);
            assert!(
                (found - wanted).abs() < errors * error + 1e-9,
                "{scenario}: {id} is {wanted}, found {found}"
            );
        }
    }
}

#[test]
fn small() {
    agrees("small", &[], "small");
}

#[test]
fn ladder() {
    agrees("ladder", &[], "ladder");
}

#[test]
fn ladder_extended() {
    agrees("ladder-overlay", &[], "ladder-overlay");
}

#[test]
fn calendar() {
    agrees("calendar", &[], "calendar");
}

#[test]
fn calendar_in_a_variant() {
    agrees("calendar", &["early"], "calendar-early");
}

#[test]
fn the_opening_of_quartet() {
    agrees("quartet-opening", &[], "quartet-opening");
}

/// Those who look further than a trembling actor pick in parts of the game in which it is not asked.
#[test]
fn actors_that_look_unequally_far() {
    agrees("paces", &[], "paces");
}

#[test]
fn chicken_in_equilibrium() {
    agrees("chicken", &[], "chicken");
}

/// The mean, over the states in which plays start, of each move's probability in the first turn.
#[track_caller]
fn first_turn_is_exact(scenario: &str, variants: &[&str], answers: &str) {
    let document = document(&format!("tests/golden/{scenario}.toml"), variants, &[]);
    let scenario = &document.scenario;
    let prepared = Shared::default().prepare(scenario, &document.slots).expect("it compiles");
    let numbers = prepared.numbers(1, None).expect("its numbers are in range");
    let table = demarche::simulate::PreparedGame::new(scenario, &document.slots, &prepared.game, &numbers);
    let game = &prepared.game;
    let mut levels = game.blueprint.lowest();
    let mut sums: Vec<Vec<f64>> = scenario.seats.iter().map(|seat| vec![0.0; seat.moves.len()]).collect();
    for state in game.states.all_cells() {
        game.states.write(state, &mut levels);
        let start = |(row, level): (&Vec<f64>, &LevelId)| row[level.index()];
        let starts: f64 = numbers.starts.iter().zip(&levels).map(start).product();
        if starts == 0.0 {
            continue;
        }
        for actor in (0..scenario.actors.len()).map(ActorId::new) {
            for (part, member) in game.choices(actor, 0) {
                let ComponentKind::Turn { structure: shape, .. } = game.components()[part].kind else {
                    continue;
                };
                let cell = game.components()[part].scope.cell(&levels);
                let menu = &game.local_state(shape, cell).menus[member];
                let policy = &table.policies().plays(part, cell)[member].policy;
                for (option, probability) in menu.options.iter().zip(policy) {
                    for (seat, made) in game.structure(shape).members[member].seats.iter().zip(option) {
                        if let Some(made) = made {
                            sums[seat.index()][made.index()] += starts * probability;
                        }
                    }
                }
            }
        }
    }
    let exact = golden(answers);
    let mut compared = 0;
    for wanted in exact["moves"].as_array().expect("a list").iter().filter(|row| row["turn"] == 1) {
        for (seat, sums) in scenario.seats.iter().zip(&sums) {
            let open: f64 = sums.iter().sum();
            for (made, sum) in seat.moves.iter().zip(sums) {
                if scenario.actors[seat.actor.index()].id == wanted["actor"].as_str().unwrap_or_default()
                    && scenario.issues[seat.issue.index()].id == wanted["issue"].as_str().unwrap_or_default()
                    && made.id == wanted["move"].as_str().unwrap_or_default()
                {
                    let probability = wanted["probability"].as_f64().expect("a number");
                    assert!((sum / open - probability).abs() < 1e-9, "{wanted}: found {}", sum / open);
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 0, "nothing was compared");
}

#[test]
fn every_policy_of_a_first_turn_is_exact() {
    first_turn_is_exact("small", &[], "small");
    first_turn_is_exact("ladder", &[], "ladder");
    first_turn_is_exact("ladder-overlay", &[], "ladder-overlay");
    first_turn_is_exact("calendar", &[], "calendar");
    first_turn_is_exact("calendar", &["early"], "calendar-early");
    first_turn_is_exact("quartet-opening", &[], "quartet-opening");
    first_turn_is_exact("paces", &[], "paces");
    first_turn_is_exact("chicken", &[], "chicken");
}
