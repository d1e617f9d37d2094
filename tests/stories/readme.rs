//! Every command of the README runs as written, warns of nothing, and prints what the README shows.

use std::fs;
use std::path::Path;

use crate::support::{demarche, root, told};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
        }
    }
}

/// A line as it may be compared: how long a run took is nobody's promise.
fn timeless(line: &str) -> &str {
    if line.ends_with(" s") { line.rsplit_once(", ").map_or(line, |(start, _)| start) } else { line }
}

/// Whether the lines shown, but for those that `...` stands for, are printed in that order.
fn shows(shown: &str, printed: &str) -> Result<(), String> {
    let printed: Vec<&str> = printed.lines().map(timeless).collect();
    let shown: Vec<&str> = shown.lines().map(timeless).collect();
    let mut from = 0;
    for piece in shown.split(|line| *line == "...").filter(|piece| !piece.is_empty()) {
        let found = printed[from..].windows(piece.len()).position(|window| window == piece);
        let Some(at) = found else { return Err(piece.join("\n")) };
        from += at + piece.len();
    }
    Ok(())
}

/// Runs a block's commands and returns what the last of them printed, and how many there were.
fn run(place: &Path, block: &str) -> (String, usize) {
    let lines = block.lines().filter(|line| !["cargo build --release", "cargo test"].contains(line));
    lines.fold((String::new(), 0), |(_, ran), line| {
        let arguments = line.strip_prefix("cargo run --release -- ").unwrap_or_else(|| panic!("{line}"));
        let output = demarche(place, &arguments.split(' ').collect::<Vec<_>>());
        assert!(output.status.success() && output.stderr.is_empty(), "{line}\n{}", told(&output));
        (String::from_utf8(output.stdout).expect("UTF-8"), ran + 1)
    })
}

#[test]
fn every_command_of_the_readme_runs_and_prints_what_is_shown() {
    let place = tempfile::tempdir().expect("a folder");
    copy(&root().join("scenarios"), &place.path().join("scenarios"));
    let readme = fs::read_to_string(root().join("README.md")).expect("it is there");
    let (mut ran, mut compared) = (0, 0);
    for block in readme.split("```sh\n").skip(1) {
        let (commands, rest) = block.split_once("```").expect("the block ends");
        let (printed, count) = run(place.path(), commands);
        ran += count;
        if let Some((_, text)) = rest.split_once("```text\n") {
            let shown = text.split_once("```").expect("the block ends").0;
            shows(shown, &printed).unwrap_or_else(|lines| panic!("{commands}does not print\n{lines}"));
            compared += 1;
        }
    }
    assert!(ran >= 8 && compared >= 6, "only {ran} commands were found, and {compared} outputs");
}
