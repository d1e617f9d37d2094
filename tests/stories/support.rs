//! Reading scenarios and running the program, the way the stories need it.

use std::path::{Path, PathBuf};
use std::process::Output;

use demarche::agents::Explanation;
use demarche::scenario::{ActorId, Document, Layer, Library, Request, read, render};
use demarche::study::{Drawn, Prepared, Shared, Situation, explain};

/// Files beside a scenario.
struct Beside;

impl Library for Beside {
    fn read(&self, from: &str, path: &str) -> Result<Vec<u8>, String> {
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        std::fs::read(folder.join(path)).map_err(|error| error.to_string())
    }
}

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The document of a scenario file of the project, with variants applied.
#[track_caller]
pub(crate) fn document(path: &str, variants: &[&str], sets: &[&str]) -> Document {
    let path = root().join(path);
    let text = std::fs::read(&path).expect("the file is there");
    let request = Request {
        name: &path.display().to_string(),
        text: &text,
        changes: variants.iter().map(|name| Layer::Variant((*name).to_owned())).collect(),
        sets: sets.iter().map(|&set| set.to_owned()).collect(),
        library: &Beside,
    };
    let reading = read(&request);
    let told = render(&reading.diagnostics, &reading.sources, false);
    reading.document.unwrap_or_else(|| panic!("{told}"))
}

/// A document with its compiled game.
#[track_caller]
pub(crate) fn prepared(document: &Document) -> Prepared<'_> {
    Shared::default().prepare(&document.scenario, &document.slots).expect("it is small enough")
}

/// Why an actor chooses what it does in a state and turn, every parameter at its central value.
#[track_caller]
pub(crate) fn explained(
    document: &Document,
    actor: usize,
    levels: &[usize],
    turn: usize,
) -> Vec<Explanation> {
    let situation = Situation { levels: levels.to_vec(), turn, drawn: Drawn::default() };
    explain(&prepared(document), &situation, ActorId::new(actor)).expect("it can be explained")
}

/// The document of a scenario's text, which names no other file.
#[track_caller]
pub(crate) fn scenario(text: &str) -> Document {
    let (name, text) = ("scenario.toml", text.as_bytes());
    let reading = read(&Request { name, text, changes: Vec::new(), sets: Vec::new(), library: &Beside });
    let told = render(&reading.diagnostics, &reading.sources, false);
    reading.document.unwrap_or_else(|| panic!("{told}"))
}

/// Runs the program in a folder.
pub(crate) fn demarche(folder: &Path, arguments: &[&str]) -> Output {
    assert_cmd::Command::cargo_bin("demarche")
        .expect("the program is built")
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program starts")
}

/// Status, standard output and standard error in one text.
pub(crate) fn told(output: &Output) -> String {
    format!(
        "status: {}\n--- out\n{}--- err\n{}",
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
