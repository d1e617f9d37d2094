//! Results as programs want them: files in a folder, JSON on standard output.

use demarche::output::{self, Table};
use demarche::scenario::Document;
use demarche::study::{Method, Settings};

use super::arguments::OutputArguments;
use super::folder::Folder;
use super::print;

/// What a command has found.
#[derive(Debug)]
pub(crate) struct Given<'d> {
    /// The tables, named as their files are.
    pub(crate) tables: &'d [(String, Table)],
    /// The scenario.
    pub(crate) document: &'d Document,
    /// What was asked.
    pub(crate) settings: &'d Settings,
    /// How it was found.
    pub(crate) by: Method,
}

/// Writes the folder and prints the JSON that were asked for; whether JSON was, so that nothing else is to be printed.
pub(crate) fn give_into(
    folder: Option<Folder>,
    given: &Given<'_>,
    asked: &OutputArguments,
) -> anyhow::Result<bool> {
    if let Some(folder) = folder {
        write(&folder, given)?;
        folder.commit()?;
    }
    if asked.json {
        print(&output::json(given.tables))?;
    }
    Ok(asked.json)
}

/// Writes the tables, the scenario as it was run, and the manifest.
fn write(folder: &Folder, given: &Given<'_>) -> anyhow::Result<()> {
    for (name, table) in given.tables {
        folder.write(&format!("{name}.csv"), &output::csv(table))?;
    }
    let (document, settings) = (given.document, given.settings);
    folder.write("scenario.toml", document.resolved.as_bytes())?;
    let draws = settings.draws_of(!document.scenario.uncertain().is_empty());
    let method = if given.by == Method::Exact { "exact" } else { "sample" };
    let manifest = output::manifest(method, settings.seed, settings.replications, draws, &document.resolved);
    folder.write("manifest.json", manifest.as_bytes())
}
