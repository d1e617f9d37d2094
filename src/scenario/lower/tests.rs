//! Scenarios lowered from texts: the goldens, and what is said of bad ones.

mod bad_names;
mod bad_numbers;
mod bad_parts;
mod bad_tables;
mod good;
mod learning;
mod slips;
mod warnings;

use std::collections::BTreeMap;

use super::{Context, lower};
use crate::scenario::{Diagnostic, Library, Scenario, Severity, Sources, Span, tree};

/// Files by name.
#[derive(Default)]
struct Shelf(BTreeMap<&'static str, Vec<u8>>);

impl Library for Shelf {
    fn read(&self, _from: &str, path: &str) -> Result<Vec<u8>, String> {
        self.0.get(path).cloned().ok_or_else(|| "does not exist".to_owned())
    }
}

/// A scenario of which each test changes what it is about.
const BASE: &str = r#"
format = 1
turns = 3
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

/// Lowers `text` with the variants `early` and `late`, and gives `LINE: MESSAGE (HELP)` for everything
/// that is wrong.
fn lower_text(text: &str, shelf: &Shelf) -> (Option<Scenario>, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add("s.toml", text);
    let mut diagnostics = Vec::new();
    let root = tree::parse(&sources, file, &mut diagnostics).expect("sound TOML");
    let mut context = Context {
        sources: &mut sources,
        library: shelf,
        diagnostics: &mut diagnostics,
        variants: vec!["early".to_owned(), "late".to_owned()],
        name: "s",
    };
    let scenario = lower(&root, Span { file, start: 0, end: 0 }, &mut context);
    let any_error = diagnostics.iter().any(|found| found.severity == Severity::Error);
    assert_eq!(scenario.is_none(), any_error, "{diagnostics:?}");
    let show = |found: &Diagnostic| show(found, &sources);
    (scenario, diagnostics.iter().map(show).collect())
}

fn show(found: &Diagnostic, sources: &Sources) -> String {
    let (line, column) = sources.line_column(found.span.file, found.span.start);
    let file = match sources.get(found.span.file).name.as_str() {
        "s.toml" => String::new(),
        name => format!("{name}:"),
    };
    let help = found.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
    format!("{file}{line}:{column}: {}{help}", found.message)
}

/// What stands before the first line that a test adds.
const BASE_LINES: i32 = 15;

/// Lowers the base with one text in it replaced, and compares what is said.
#[track_caller]
fn check_change(old: &str, new: &str, expected: &[&str]) {
    assert!(BASE.contains(old), "the base has no {old:?}");
    let (_, messages) = lower_text(&BASE.replacen(old, new, 1), &Shelf::default());
    assert_eq!(messages, expected);
}

/// Lowers the base with more below it; its first line is called 1.
#[track_caller]
fn check(more: &str, expected: &[&str]) {
    let (_, messages) = lower_text(&format!("{BASE}{more}"), &Shelf::default());
    let renumber = |message: &String| match message.split_once(':') {
        Some((line, rest)) => format!("{}:{rest}", line.parse::<i32>().map_or(0, |line| line - BASE_LINES)),
        None => message.clone(),
    };
    assert_eq!(messages.iter().map(renumber).collect::<Vec<_>>(), expected);
}

#[track_caller]
fn check_table(table: &[u8], expected: &[&str]) {
    let text =
        BASE.replace("[issues.talks.moves]", "[issues.talks]\ntable = \"t.csv\"\n[issues.talks.moves]");
    let (_, messages) = lower_text(&text, &Shelf(BTreeMap::from([("t.csv", table.to_vec())])));
    assert_eq!(messages, expected);
}
