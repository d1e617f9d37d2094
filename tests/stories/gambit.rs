//! Games on their way to Gambit and back.

use std::fs;

use demarche::equilibrium::{NormalForm, gambit};
use demarche::study::{Situation, StageRequest, stage};

use crate::support::{demarche, document, prepared, root, told};

#[track_caller]
fn game(file: &str) -> NormalForm {
    let text = fs::read(root().join("tests/games").join(file)).expect("the file is there");
    gambit::read(&text).unwrap_or_else(|error| panic!("{file}: {error}")).form
}

#[test]
fn games_survive_being_written() {
    let files = fs::read_dir(root().join("tests/games")).expect("a folder");
    let mut seen = 0;
    for entry in files {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if !name.ends_with("fg") {
            continue;
        }
        let game = game(&name);
        assert_eq!(gambit::read_nfg(&gambit::nfg(&game)).as_ref(), Ok(&game), "{name}");
        seen += 1;
    }
    assert!(seen >= 10, "{seen}");
}

/// The stage game of a scenario's first state, written and read again: what every cell pays.
#[track_caller]
fn exported(path: &str, turn: usize) {
    let document = document(path, &[], &[]);
    let request = StageRequest { whole: true, titled: true, ..StageRequest::default() };
    let situation = Situation { turn, ..Situation::start(&document.scenario) };
    let stage = stage(&prepared(&document), &situation, request).expect("open");
    let place = tempfile::tempdir().expect("a folder");
    let path = root().join(path);
    let turn = (turn + 1).to_string();
    let arguments = ["export", &path.display().to_string(), "--turn", &turn, "--quiet"];
    let output = demarche(place.path(), &arguments);
    assert!(output.status.success(), "{}", told(&output));
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(gambit::read_nfg(&text).as_ref(), Ok(&stage.games[0].form));
}

#[test]
fn stage_games_reach_gambit_whole() {
    exported("scenarios/prisoners_dilemma.toml", 3);
    exported("scenarios/trade_war.toml", 0);
    exported("scenarios/deterrence.toml", 0);
    exported("tests/golden/small.toml", 0);
}

/// A file made into a scenario, which is sound and has the same payoffs.
#[track_caller]
fn imported(file: &str) {
    let place = tempfile::tempdir().expect("a folder");
    let path = root().join("tests/games").join(file);
    let output = demarche(place.path(), &["import", &path.display().to_string()]);
    assert!(output.status.success(), "{}", told(&output));
    fs::write(place.path().join("game.toml"), output.stdout).expect("written");
    let checked = demarche(place.path(), &["check", "game.toml"]);
    assert!(checked.status.success() && checked.stderr.is_empty(), "{}", told(&checked));
    let back = demarche(place.path(), &["export", "game.toml"]);
    let back = gambit::read(&back.stdout).unwrap_or_else(|error| panic!("{file}: {error}")).form;
    // Names and payoffs alike; a scenario calls its strategies by titles.
    assert_eq!(back, game(file), "{file}");
}

#[test]
fn files_become_scenarios_and_come_back() {
    for file in [
        "battle_of_the_sexes.nfg",
        "three_players.nfg",
        "one_card_poker.efg",
        "degenerate.nfg",
        "many_digits.nfg",
        "names.nfg",
    ] {
        imported(file);
    }
}
