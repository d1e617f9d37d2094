//! From what was typed to a checked document, with every complaint on the way.

use std::io::IsTerminal;

use clap::ArgMatches;
use demarche::scenario::{
    Diagnostic, Document, Layer, Reading, Request, Severity, Sources, read, render_named,
};

use super::arguments::ScenarioArguments;
use super::files::{self, Beside};
use super::question::source_name;
use super::say;

/// A document with the texts that it was read from.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) document: Document,
    pub(crate) sources: Sources,
}

/// Reads a scenario with its overlays; `None` where it was wrong, which has been said.
pub(crate) fn open(arguments: &ScenarioArguments, given: Option<&ArgMatches>, quiet: bool) -> Option<Opened> {
    let name = name_of(arguments);
    let text = match files::read(&arguments.scenario) {
        Ok(text) => text,
        Err(why) => {
            say(&format!("{name}:1:1: error: the file {why}"));
            return None;
        }
    };
    let reading = reading(arguments, &text, layers(arguments, given)?, arguments.set.clone());
    let wrong = reading.document.is_none();
    let shown: Vec<Diagnostic> = reading
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error || !quiet)
        .cloned()
        .collect();
    tell(&shown, &reading.sources);
    let errors = shown.iter().filter(|d| d.severity == Severity::Error).count();
    if wrong {
        say(&format!("{errors} {} in {name}", if errors == 1 { "error" } else { "errors" }));
    }
    let document = reading.document?;
    Some(Opened { document, sources: reading.sources })
}

fn name_of(arguments: &ScenarioArguments) -> String {
    let name = arguments.scenario.display().to_string();
    if name == "-" { "<stdin>".to_owned() } else { name }
}

/// Reads the text under the name that was typed, with these changes and assignments.
pub(crate) fn reading(
    arguments: &ScenarioArguments,
    text: &[u8],
    changes: Vec<Layer>,
    sets: Vec<String>,
) -> Reading {
    let name = name_of(arguments);
    read(&Request { name: &name, text, changes, sets, library: &Beside })
}

/// Prints diagnostics with the lines they are about.
pub(crate) fn tell(diagnostics: &[Diagnostic], sources: &Sources) {
    if !diagnostics.is_empty() {
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        say(render_named(diagnostics, sources, colour, &source_name).trim_end_matches('\n'));
    }
}

/// Overlays and variants in the order in which they were typed.
pub(crate) fn layers(arguments: &ScenarioArguments, given: Option<&ArgMatches>) -> Option<Vec<Layer>> {
    let places = |name: &str| -> Vec<usize> {
        given.and_then(|given| given.indices_of(name)).map(Iterator::collect).unwrap_or_default()
    };
    let mut layers: Vec<(usize, Layer)> = Vec::new();
    for (path, place) in arguments.overlay.iter().zip(places("overlay")) {
        let name = path.display().to_string();
        match files::read(path) {
            Ok(text) => layers.push((place, Layer::Overlay { name, text })),
            Err(why) => {
                say(&format!("{name}:1:1: error: the overlay {why}"));
                return None;
            }
        }
    }
    let variants = arguments.variant.iter().cloned().zip(places("variant"));
    layers.extend(variants.map(|(name, place)| (place, Layer::Variant(name))));
    layers.sort_by_key(|(place, _)| *place);
    Some(layers.into_iter().map(|(_, layer)| layer).collect())
}
