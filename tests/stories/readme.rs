//! Every command of the README runs as written.

use std::fs;

use crate::support::{demarche, root, told};

fn copy(from: &std::path::Path, to: &std::path::Path) {
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

#[test]
fn every_command_of_the_readme_runs() {
    let place = tempfile::tempdir().expect("a folder");
    copy(&root().join("scenarios"), &place.path().join("scenarios"));
    let readme = fs::read_to_string(root().join("README.md")).expect("it is there");
    let mut ran = 0;
    for block in readme.split("```sh\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        for line in block.lines().filter(|line| *line != "cargo test") {
            let arguments = line.strip_prefix("cargo run --release -- ").unwrap_or_else(|| panic!("{line}"));
            let output = demarche(place.path(), &arguments.split(' ').collect::<Vec<_>>());
            assert!(output.status.success(), "{line}\n{}", told(&output));
            ran += 1;
        }
    }
    assert!(ran >= 8, "only {ran} commands were found");
}
