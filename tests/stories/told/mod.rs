//! What is said of mistakes, as people read it: the place, what is wrong, the line with the place marked, and
//! what to do.

mod files;
mod names;
mod numbers;
mod parts;
mod sizes;
mod text;
mod warnings;

use demarche::scenario::{Library, Reading, Request, read, render};
use demarche::study::{Settings, StudyError, Unwatched, run};

/// A sound scenario, of which each test changes what it is about.
const BASE: &str = r#"format = 1
turns  = 3
[parameters]
stake = 2.0
[variables.force]
levels = ["none", "some", "full"]
[actors.north]
[actors.south]
[issues.talks.moves]
north = ["offer", "wait"]
south = ["accept", "refuse"]
[outcomes.end.peace]
when = { force = "full" }
[outcomes.end.war]
"#;

/// Makes use of everything in the base, so that no warning is about it.
const USED: &str = r#"[events.spread]
when   = { turn = 2 }
chance = "stake / 4"
set    = { force = "full" }
"#;

/// The one table that there may be.
struct Table<'t>(&'t str);

impl Library for Table<'_> {
    fn read(&self, _from: &str, path: &str) -> Result<Vec<u8>, String> {
        if path == "t.csv" { Ok(self.0.into()) } else { Err("does not exist".to_owned()) }
    }
}

fn reading(text: &[u8], table: &str, sets: &[&str]) -> Reading {
    let sets = sets.iter().map(|&set| set.to_owned()).collect();
    read(&Request { name: "s.toml", text, changes: Vec::new(), sets, library: &Table(table) })
}

fn shown(reading: &Reading) -> String {
    render(&reading.diagnostics, &reading.sources, false)
}

/// What is said of a text that is no scenario.
#[track_caller]
fn told(text: &[u8]) -> String {
    let reading = reading(text, "", &[]);
    assert!(reading.document.is_none(), "it is sound");
    shown(&reading)
}

/// What is said of the base with one text in it replaced.
#[track_caller]
fn change(old: &str, new: &str) -> String {
    assert!(BASE.contains(old), "the base has no {old:?}");
    told(BASE.replacen(old, new, 1).as_bytes())
}

/// What is said of the base with more below it.
#[track_caller]
fn add(more: &str) -> String {
    told(format!("{BASE}{more}").as_bytes())
}

/// What is said of the base with a payoff table, which stands in `t.csv`.
#[track_caller]
fn table(csv: &str) -> String {
    let moves = "[issues.talks.moves]";
    let text = BASE.replace(moves, &format!("[issues.talks]\ntable = \"t.csv\"\n{moves}"));
    let reading = reading(text.as_bytes(), csv, &[]);
    assert!(reading.document.is_none(), "it is sound");
    shown(&reading)
}

/// What is said of the base with an assignment.
#[track_caller]
fn set(assignment: &str) -> String {
    let reading = reading(BASE.as_bytes(), "", &[assignment]);
    assert!(reading.document.is_none(), "it is sound");
    shown(&reading)
}

/// What is said of a sound scenario: the base, all of it used, with more below it.
#[track_caller]
fn used(more: &str) -> String {
    let reading = reading(format!("{BASE}{USED}{more}").as_bytes(), "", &[]);
    assert!(reading.document.is_some(), "{}", shown(&reading));
    shown(&reading)
}

/// What is said of the base when it is played with another stake, and more below it.
#[track_caller]
fn drawn(stake: &str, more: &str) -> String {
    let text = BASE.replace("stake = 2.0", stake) + more;
    let reading = reading(text.as_bytes(), "", &[]);
    let document = reading.document.as_ref().expect("it is sound at central values");
    let settings = Settings { replications: 1_000, ..Settings::default() };
    match run(document, &settings, &Unwatched, None) {
        Err(StudyError::Amounts { draw, diagnostics }) => {
            let shown = render(&diagnostics, &reading.sources, false);
            format!("{shown}{}", StudyError::Amounts { draw, diagnostics })
        }
        other => panic!("{other:?}"),
    }
}

/// What is said of the base with more below it that is too much: by whoever reads it, or by whoever would
/// play it.
#[track_caller]
fn too_large(more: &str) -> String {
    too_much(&format!("{BASE}{more}"))
}

/// The same with as many turns as there may be.
#[track_caller]
fn too_long(more: &str) -> String {
    too_much(&format!("{}{more}", BASE.replace("turns  = 3", "turns  = 10_000")))
}

#[track_caller]
fn too_much(text: &str) -> String {
    let reading = reading(text.as_bytes(), "", &[]);
    let Some(document) = &reading.document else { return shown(&reading) };
    match run(document, &Settings::default(), &Unwatched, None) {
        Err(StudyError::Game(error)) => render(&[error.diagnostic()], &reading.sources, false),
        other => panic!("{:?}", other.map(|_| "it is played")),
    }
}

/// `"l0", "l1", ...`
fn list(prefix: &str, count: usize) -> String {
    let quoted: Vec<String> = (0..count).map(|index| format!("\"{prefix}{index}\"")).collect();
    quoted.join(", ")
}

/// Variables `v0`, `v1`, ... of levels `l0`, `l1`, ...
fn variables(count: usize, levels: usize) -> String {
    (0..count).map(|index| format!("[variables.v{index}]\nlevels = [{}]\n", list("l", levels))).collect()
}

/// Issues `i0`, `i1`, ... of moves `m0`, `m1`, ...
fn issues(count: usize, moves: usize) -> String {
    (0..count).map(|index| format!("[issues.i{index}.moves]\nnorth = [{}]\n", list("m", moves))).collect()
}

/// Classifications `c0`, `c1`, ... of outcomes `o0`, `o1`, ...
fn classifications(count: usize, outcomes: usize) -> String {
    let class = |index: usize| {
        let full = |o: usize| format!("[outcomes.c{index}.o{o}]\nwhen = {{ force = \"full\" }}\n");
        (0..outcomes - 1).map(full).collect::<String>() + &format!("[outcomes.c{index}.rest]\n")
    };
    (0..count).map(class).collect()
}

/// A payoff term that reads all the variables.
fn term_over_variables(count: usize) -> String {
    let clause = |index: usize| format!("{{ v{index} = \"l1\", \"north.talks\" = \"offer\" }}");
    let clauses: Vec<String> = (0..count).map(clause).collect();
    format!("[payoffs.all]\nwhen = [{}]\npays = {{ north = 1 }}\n", clauses.join(", "))
}

/// A payoff term that reads moves in all the issues.
fn term_over_issues(count: usize) -> String {
    let keys: Vec<String> = (0..count).map(|index| format!("\"north.i{index}\" = \"m1\"")).collect();
    format!("[payoffs.all]\nwhen = {{ {} }}\npays = {{ north = 1 }}\n", keys.join(", "))
}
