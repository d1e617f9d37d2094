//! The engine under test, asked the way the laws need it.

use std::path::{Path, PathBuf};

use demarche::agents::Policies;
use demarche::game::{ComponentId, ComponentKind, MemberId};
use demarche::scenario::{ActorId, Document, Layer, Levels, Library, MoveId, Request, read, render};
use demarche::study::{PlayRecord, Run, Settings, Unwatched, run};

use crate::draft::TABLE;
use crate::oracle::{Action, Policy};

/// The one file that a drawn scenario may name.
struct Beside;

impl Library for Beside {
    fn read(&self, _: &str, path: &str) -> Result<Vec<u8>, String> {
        if path == "pays.csv" { Ok(TABLE.into()) } else { Err("is not there".to_owned()) }
    }
}

/// Files in the folder of the scenario's.
struct InFolder;

impl Library for InFolder {
    fn read(&self, from: &str, path: &str) -> Result<Vec<u8>, String> {
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        std::fs::read(folder.join(path)).map_err(|error| error.to_string())
    }
}

fn read_or_tell(request: &Request<'_>) -> Result<Document, String> {
    let reading = read(request);
    let told = || render(&reading.diagnostics, &reading.sources, false);
    reading.document.clone().ok_or_else(told)
}

/// A text's scenario, with overlays and assignments.
pub(crate) fn document(text: &str, overlays: &[&str], sets: &[String]) -> Result<Document, String> {
    let layer =
        |text: &&str| Layer::Overlay { name: "overlay.toml".to_owned(), text: text.as_bytes().into() };
    read_or_tell(&Request {
        name: "drawn.toml",
        text: text.as_bytes(),
        changes: overlays.iter().map(layer).collect(),
        sets: sets.to_vec(),
        library: &Beside,
    })
}

/// A scenario file of the tests, in a variant.
#[track_caller]
pub(crate) fn golden(name: &str, variants: &[&str]) -> Document {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.toml"));
    let text = std::fs::read(&path).expect("the file is there");
    let request = Request {
        name: &path.display().to_string(),
        text: &text,
        changes: variants.iter().map(|name| Layer::Variant((*name).to_owned())).collect(),
        sets: Vec::new(),
        library: &InFolder,
    };
    read_or_tell(&request).unwrap_or_else(|why| panic!("{why}"))
}

/// How the engine lets an actor play in a turn (from 1) and state: every action that is possible. The
/// issues of an actor that it decides apart are independent of each other, within each mode of play.
pub(crate) fn play(
    policies: &Policies<'_>,
    game: &demarche::game::Game,
    actor: usize,
    turn: usize,
    state: &[usize],
) -> Policy {
    let (actor, state) = (ActorId::new(actor), &Levels::from_numbers(state));
    let modes = if policies.mixes(actor) { policies.modes(actor) } else { vec![1.0] };
    let mut all: Policy = Vec::new();
    for (mode, weight) in modes.iter().enumerate() {
        let mut actions: Policy = vec![(Vec::new(), *weight)];
        for (part, member) in game.choices(actor, turn - 1) {
            let options = options(policies, game, (part, member), mode, state);
            let with = |(action, p): &(Action, f64)| -> Policy {
                options.iter().map(|(more, q)| ([action.as_slice(), more].concat(), p * q)).collect()
            };
            actions = actions.iter().flat_map(with).collect();
        }
        for (mut action, p) in actions {
            action.sort_unstable();
            match all.iter_mut().find(|(known, _)| *known == action) {
                Some((_, sum)) => *sum += p,
                None => all.push((action, p)),
            }
        }
    }
    all
}

fn options(
    policies: &Policies<'_>,
    game: &demarche::game::Game,
    (part, member): (ComponentId, MemberId),
    mode: usize,
    state: &Levels,
) -> Policy {
    let ComponentKind::Turn { structure: shape, .. } = game.components()[part].kind else {
        panic!("nobody chooses there")
    };
    let cell = game.components()[part].scope.cell(state);
    let seats = &game.structure(shape).members[member].seats;
    let play = &policies.plays(part, cell)[member];
    let probabilities = play.modes.get(mode).unwrap_or(&play.policy);
    let menu = &game.local_state(shape, cell).menus[member];
    let action = |option: &Vec<Option<MoveId>>| -> Action {
        let seated = seats.iter().zip(option);
        seated.filter_map(|(seat, made)| Some((seat.index(), (*made)?.index()))).collect()
    };
    menu.options.iter().map(action).zip(probabilities.iter().copied()).collect()
}

/// Plays a scenario at central values, and records every play.
pub(crate) fn recorded(document: &Document, settings: &Settings) -> Result<(Run, Vec<PlayRecord>), String> {
    let mut records = Vec::new();
    let mut record = |more: &[PlayRecord]| records.extend_from_slice(more);
    let run = run(document, settings, &Unwatched, Some(&mut record)).map_err(|error| error.to_string())?;
    Ok((run, records))
}
