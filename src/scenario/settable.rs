//! What may be written may be set: every value that a shipped scenario writes, and every number that a study can vary,
//! has a path that `PATH=VALUE` takes.

use std::path::{Path, PathBuf};

use super::format::{Branch, KEYS, OF_A_FILE};
use super::lists::{EntryNames, texts};
use super::resolve::{key, value};
use super::tree::{Node, Table, Value, parse_text};
use super::{Document, FileId, Layer, Library, Request, TextKind, read, render, text_kind};

/// The files of a folder.
struct Folder(PathBuf);

impl Library for Folder {
    fn read(&self, _from: &str, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(self.0.join(path)).map_err(|error| error.to_string())
    }
}

/// All scenarios that are shipped.
fn shipped() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut found = Vec::new();
    for folder in [root.clone(), root.join("classics")] {
        let entries = std::fs::read_dir(folder).expect("the folder is there").flatten();
        found.extend(
            entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|it| it == "toml")),
        );
    }
    found.sort();
    assert!(found.len() > 10);
    found
}

#[track_caller]
fn document(path: &Path, sets: Vec<String>) -> Document {
    let text = std::fs::read(path).expect("the scenario is there");
    let library = Folder(path.parent().expect("a folder").to_path_buf());
    let reading =
        read(&Request { name: "s.toml", text: &text, changes: Vec::new(), sets, library: &library });
    let document = reading.document;
    document.unwrap_or_else(|| {
        panic!("{}: {}", path.display(), render(&reading.diagnostics, &reading.sources, false))
    })
}

/// Every value that a tree writes, as the assignment of it.
struct Written {
    assignments: Vec<String>,
}

impl Written {
    fn table(&mut self, table: &Table, path: &[String], place: Option<Branch>) {
        let levels = table.get("levels").map_or_else(Vec::new, |node| texts(&node.value));
        for (name, node) in &table.entries {
            if path.is_empty() && OF_A_FILE[..2].contains(&name.name.as_str()) {
                continue;
            }
            let path = [path, &[key(&name.name)]].concat();
            self.node(node, &path, place.and_then(|place| place.below(&name.name)), &levels);
        }
    }

    fn node(&mut self, node: &Node, path: &[String], place: Option<Branch>, levels: &[String]) {
        match &node.value {
            Value::Table(table) => {
                if table.inline {
                    self.assign(node, path);
                }
                self.table(table, path, place);
            }
            Value::Array(items) => {
                self.assign(node, path);
                let names = place.and_then(EntryNames::of).map(|it| (it, it.names(items, levels)));
                let Some((kind, names)) = names else { return };
                for (item, name) in items.iter().zip(names) {
                    // A move that is an id alone says no more than its name.
                    if kind == EntryNames::Moves && item.as_str().is_some() {
                        continue;
                    }
                    let path = [path, &[key(&name)]].concat();
                    let inside = place.and_then(Branch::ids).map(|(_, inside)| inside);
                    self.node(item, &path, inside.filter(|_| kind == EntryNames::Moves), &[]);
                }
            }
            _ => self.assign(node, path),
        }
    }

    fn assign(&mut self, node: &Node, path: &[String]) {
        self.assignments.push(format!("{} = {}", path.join("."), value(node)));
    }
}

#[test]
fn every_value_that_is_written_can_be_set_to_what_it_is() {
    let mut all = 0;
    for path in shipped() {
        let text = std::fs::read_to_string(&path).expect("the scenario is there");
        let tree = parse_text(&text, FileId(0)).expect("it is sound");
        let mut written = Written { assignments: Vec::new() };
        written.table(&tree, &[], Some(Branch::root()));
        all += written.assignments.len();
        let resolved = document(&path, Vec::new()).resolved;
        assert_eq!(document(&path, written.assignments).resolved, resolved, "{}", path.display());
    }
    assert!(all > 1_000, "{all}");
}

#[test]
fn every_number_that_a_study_can_vary_can_be_set() {
    for path in shipped() {
        let scenario = document(&path, Vec::new()).scenario;
        let factors = scenario.factors();
        let set = factors.iter().map(|factor| format!("{}={}", factor.path, factor.central)).collect();
        let changed = document(&path, set).scenario;
        for factor in &factors {
            let found =
                changed.factor(&factor.path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            assert_eq!(
                found.central.to_bits(),
                factor.central.to_bits(),
                "{}: {}",
                path.display(),
                factor.path
            );
        }
    }
}

/// A scenario that has something of everything.
const EVERYTHING: &str = r#"
format = 1
turns = 2
[claims.c]
text = "It is so."
[parameters]
x = { value = 1 }
[variables.force]
levels = ["none", "full"]
[actors.north]
choice = { ewa = { logit = 1, phi = 0.9, delta = 0.5, kappa = 0.5 } }
[actors.south]
choice = { reinforcement = { phi = 0.9, strength = 2, floor = 0 } }
[issues.talks]
table = "rows.csv"
[issues.talks.moves]
north = ["offer", "wait"]
south = ["accept", "refuse"]
[issues.talks.payoffs]
[issues.talks.effects]
[script]
[payoffs.gain]
pays = { north = 1 }
[events.thaw]
set = { force = "full" }
[outcomes.end.peace]
[measures.m]
[facts.f]
measure = "turns"
above = 0
[studies.s]
command = "run"
[variants.v]
turns = 1
"#;

struct OneTable;

impl Library for OneTable {
    fn read(&self, _from: &str, _path: &str) -> Result<Vec<u8>, String> {
        Ok(b"north,pays.north\noffer,1\n".to_vec())
    }
}

/// The path of something that the scenario has at a row's path.
fn example(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('.').collect();
    for at in 0..parts.len() {
        parts[at] = match (parts[at], &parts[..at]) {
            ("*", ["claims"]) => "c",
            ("*", ["parameters"]) => "x",
            ("*", ["variables"]) | ("VARIABLE", _) => "force",
            ("*", ["actors"]) if path.contains("reinforcement") => "south",
            ("ACTOR", [.., "regard"]) => "south",
            ("*", ["actors"]) | ("ACTOR" | "SUBJECT", _) => "north",
            ("*", ["issues"]) => "talks",
            ("*", ["payoffs"]) => "gain",
            ("*", ["events"]) => "thaw",
            ("*", ["outcomes"]) => "end",
            ("*", ["outcomes", _]) => "peace",
            ("*", ["measures"]) => "m",
            ("*", ["facts"]) => "f",
            ("*", ["studies"]) => "s",
            ("*", ["variants"]) => "v",
            ("LEVEL", _) => "full",
            ("MOVE", _) => "offer",
            ("ROW", _) => "1",
            ("SEAT", _) => "\"north.talks\"",
            ("OPTION", _) => "draws",
            (word, _) => word,
        };
    }
    parts.join(".")
}

/// A date is what no key wants: where nobody complains, nobody reads the key.
#[test]
fn every_key_of_the_format_can_be_set_and_is_read() {
    for rule in KEYS.iter().filter(|rule| !["format", "extends"].contains(&rule.path)) {
        let set = format!("{}=1979-05-27", example(rule.path));
        let (text, sets) = (EVERYTHING.as_bytes(), vec![set.clone()]);
        let reading = read(&Request { name: "s.toml", text, changes: Vec::new(), sets, library: &OneTable });
        let read_it = |id: &str| id.starts_with("wrong-") || id == "conflicting-keys";
        let mut complaints = reading.diagnostics.iter().filter(|it| read_it(it.id));
        let typed = complaints.any(|it| reading.sources.is_typed(it.span.file));
        assert!(typed, "{set}: {}", render(&reading.diagnostics, &reading.sources, false));
    }
}

#[test]
fn one_number_of_another_rule_asks_for_the_others() {
    let sets = vec!["actors.south.choice.ewa.phi=0.5".to_owned()];
    let text = EVERYTHING.as_bytes();
    let reading = read(&Request { name: "s.toml", text, changes: Vec::new(), sets, library: &OneTable });
    let text = render(&reading.diagnostics, &reading.sources, false);
    assert!(text.contains("`actors.south.choice.ewa.logit` is missing"), "{text}");
    let help =
        "set the whole rule: `actors.south.choice.ewa={ logit = ..., phi = ..., delta = ..., kappa = ... }`";
    assert!(text.contains(help), "{text}");
}

#[test]
fn whole_scenarios_are_no_overlays() {
    let whole = "format = 1\nturns = 1\n[actors.a]\n[issues.i.moves]\na = [\"x\"]\n[outcomes.o.p]\n";
    let change = "format = 1\nturns = 3\n[outcomes.end.peace]\npays = { north = 1 }\n";
    assert_eq!(text_kind("w.toml", whole.as_bytes(), &OneTable), TextKind::WholeScenario);
    assert_eq!(text_kind("c.toml", change.as_bytes(), &OneTable), TextKind::Overlay);
    assert_eq!(text_kind("c.toml", b"format = 1\nturns = 3\n", &OneTable), TextKind::Overlay);
    let over = |name: &str, text: &str| {
        let changes = vec![Layer::Overlay { name: name.to_owned(), text: text.as_bytes().to_vec() }];
        let text = EVERYTHING.as_bytes();
        let reading = read(&Request { name: "s.toml", text, changes, sets: Vec::new(), library: &OneTable });
        reading.document.ok_or_else(|| render(&reading.diagnostics, &reading.sources, false))
    };
    let refused = over("w.toml", whole).expect_err("it is refused");
    assert!(refused.contains("w.toml:1:1: error: `w.toml` is a scenario by itself"), "{refused}");
    assert_eq!(over("c.toml", change).expect("it is a change").scenario.turns, 3);
    // A copy of the scenario adds nothing.
    assert!(over("copy.toml", EVERYTHING).is_ok());
}

#[test]
fn rows_of_payoff_tables_are_set_by_id_and_by_number() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/peacekeepers.toml");
    let pays = |sets: &[&str]| {
        let scenario = document(&path, sets.iter().map(|set| (*set).to_owned()).collect()).scenario;
        let row = scenario.terms.iter().position(|term| term.path == "issues.tariffs.table.widening");
        let numbers = scenario.numbers(&scenario.central()).expect("they are in range");
        (numbers.pays[row.expect("the row is there")].clone(), scenario)
    };
    let by_id = pays(&["issues.tariffs.table.widening.pays.brussels=0.25"]).0;
    assert!(by_id.contains(&0.25), "{by_id:?}");
    let (by_number, scenario) = pays(&["issues.tariffs.table.2.pays.brussels=0.25"]);
    assert_eq!(by_number, by_id);
    let factor = |path: &str| scenario.factor(path).expect("it is a number");
    assert_eq!(
        factor("issues.tariffs.table.2.pays.brussels"),
        factor("issues.tariffs.table.widening.pays.brussels")
    );
    let (_, moved) = pays(&[
        "issues.tariffs.table.widening.washington=pause",
        "issues.tariffs.table.widening.because=c10",
    ]);
    let row = moved.terms.iter().find(|term| term.id == "widening").expect("the row is there");
    assert_ne!(row.when, scenario.terms.iter().find(|term| term.id == "widening").expect("it is there").when);
}
