//! Scenarios from texts, for unit tests.

use super::{Library, Request, Scenario, read, render};

struct NoFiles;

impl Library for NoFiles {
    fn read(&self, _from: &str, _path: &str) -> Result<Vec<u8>, String> {
        Err("does not exist".to_owned())
    }
}

/// The scenario of a sound text.
#[track_caller]
pub(crate) fn scenario(text: &str) -> Scenario {
    let request =
        Request { name: "s.toml", text: text.as_bytes(), changes: vec![], sets: vec![], library: &NoFiles };
    let reading = read(&request);
    match reading.document {
        Some(document) => document.scenario,
        None => panic!("{}", render(&reading.diagnostics, &reading.sources, false)),
    }
}
