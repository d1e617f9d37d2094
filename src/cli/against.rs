//! `--against`: what makes another scenario of the one that was named.

use std::path::Path;

use clap::ArgMatches;
use demarche::scenario::{Diagnostic, Document, Layer, Severity, did_you_mean, is_assignment};

use super::arguments::ScenarioArguments;
use super::files;
use super::frame::Refusal;
use super::opened::{Opened, layers, reading, tell};

/// The other scenario, and what makes it.
pub(crate) struct Other {
    pub(crate) document: Document,
    /// Each change with what it is: an assignment, a variant, an overlay.
    pub(crate) changes: Vec<(&'static str, String)>,
}

/// Reads the scenario again, with everything that it was read with and then these changes, in their order. What
/// is wrong with the scenario that they make has been said.
pub(crate) fn read_against(
    arguments: &ScenarioArguments,
    given: Option<&ArgMatches>,
    opened: &Opened,
    against: &[String],
    quiet: bool,
) -> Result<Other, Refusal> {
    let told = |(number, text): (usize, &String)| change(text, number, &opened.document);
    let found: Vec<Result<(&'static str, Layer), String>> = (1..).zip(against).map(told).collect();
    let wrong: Vec<String> = found.iter().filter_map(|change| change.as_ref().err()).cloned().collect();
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let found: Vec<(&'static str, Layer)> = found.into_iter().flatten().collect();
    let changes = found.iter().zip(against).map(|((kind, _), text)| (*kind, text.clone())).collect();
    let mut all = layers(arguments, given).ok_or(Refusal::Told)?;
    let sets = (1..).zip(&arguments.set).map(|(number, text)| (format!("--set {number}"), text.clone()));
    all.push(Layer::Assignments(sets.collect()));
    all.extend(found.into_iter().map(|(_, layer)| layer));
    let reading = reading(arguments, &opened.text, all, Vec::new());
    // What was said of the scenario itself is not said again.
    let new = |told: &Diagnostic| {
        let known = |known: &Diagnostic| known.id == told.id && known.message == told.message;
        told.severity == Severity::Error || !quiet && !opened.told.iter().any(known)
    };
    let shown: Vec<Diagnostic> = reading.diagnostics.into_iter().filter(new).collect();
    tell(&shown, &reading.sources);
    let document = reading.document.ok_or(Refusal::Told)?;
    Ok(Other { document, changes })
}

/// What a text is: an assignment where it has an equals sign outside quotes, else a variant of that name, else
/// the file of an overlay.
fn change(text: &str, number: usize, document: &Document) -> Result<(&'static str, Layer), String> {
    if is_assignment(text) {
        let named = (format!("--against {number}"), text.to_owned());
        return Ok(("assignment", Layer::Assignments(vec![named])));
    }
    let variants = &document.scenario.variants;
    if variants.iter().any(|known| known == text) {
        return Ok(("variant", Layer::Variant(text.to_owned())));
    }
    if Path::new(text).exists() {
        let overlay =
            files::read(Path::new(text)).map_err(|why| format!("--against {text}: the overlay {why}"))?;
        return Ok(("overlay", Layer::Overlay { name: text.to_owned(), text: overlay }));
    }
    let known = match did_you_mean(text, variants.iter().map(String::as_str)) {
        Some(near) => format!("did you mean the variant `{near}`?"),
        None if variants.is_empty() => "the scenario has no variants; a change is PATH=VALUE".to_owned(),
        None => {
            let names: Vec<String> = variants.iter().map(|name| format!("`{name}`")).collect();
            format!("there are the variants {}; a change is PATH=VALUE", names.join(", "))
        }
    };
    Err(format!("--against {text}: there is neither a variant nor a file `{text}`: {known}"))
}
