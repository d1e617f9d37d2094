//! What all commands that evaluate a scenario do alike: open it, make the folder ready, watch the work, give what
//! was found.

use anyhow::Context;
use clap::{ArgMatches, Args};
use demarche::output::Table;
use demarche::study::{Method, Settings, StudyError};

use super::arguments::{OutputArguments, RunArguments, ScenarioArguments};
use super::folder::Folder;
use super::give::{Given, give_into};
use super::opened::{Opened, open};
use super::watch::Watching;
use super::watch_old::explain_failure;
use super::{Status, print, say};

/// The options of every command that evaluates a scenario.
#[derive(Clone, Debug, Args)]
pub(crate) struct CommonArguments {
    #[command(flatten)]
    pub(crate) scenario: ScenarioArguments,
    #[command(flatten)]
    pub(crate) run: RunArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// What a command has to work with.
pub(crate) struct Asked<'a> {
    pub(crate) opened: &'a Opened,
    pub(crate) settings: Settings,
    pub(crate) method: Method,
    pub(crate) watching: &'a Watching,
}

/// What a command has found.
pub(crate) struct Found {
    /// Tables, named as their files are.
    pub(crate) tables: Vec<(String, Table)>,
    /// The same for people.
    pub(crate) text: String,
    /// How it was found.
    pub(crate) by: Method,
    /// How the command ends.
    pub(crate) status: Status,
}

/// Why a command has found nothing.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// What was typed does not fit the scenario: all that is wrong, each by itself.
    Typed(Vec<String>),
    /// What was typed does not fit, which has been said.
    Told,
    /// The study came to no result.
    Study(StudyError),
}

impl From<StudyError> for Refusal {
    fn from(error: StudyError) -> Self {
        Self::Study(error)
    }
}

impl From<String> for Refusal {
    fn from(why: String) -> Self {
        Self::Typed(vec![why])
    }
}

impl From<Vec<String>> for Refusal {
    fn from(all: Vec<String>) -> Self {
        Self::Typed(all)
    }
}

/// Carries a command through from what was typed to what is printed. `work` runs on the threads that were asked
/// for.
pub(crate) fn answer(
    common: &CommonArguments,
    given: Option<&ArgMatches>,
    work: impl FnOnce(&Asked<'_>) -> Result<Found, Refusal> + Send,
) -> anyhow::Result<Status> {
    let Some(opened) = open(&common.scenario, given, common.output.quiet) else {
        return Ok(Status::Wrong);
    };
    let folder = common.output.out.as_deref().map(Folder::prepare).transpose()?;
    let watching = Watching::new(common.output.quiet, None);
    let settings = common.run.settings();
    let asked = Asked { opened: &opened, settings, method: common.run.method(), watching: &watching };
    let found = common.run.on_threads(|| work(&asked)).context("could not start threads")?;
    watching.finish();
    let found = match found {
        Ok(found) => found,
        Err(Refusal::Study(error)) => return Ok(explain_failure(&error, &opened.sources)),
        Err(Refusal::Told) => return Ok(Status::Wrong),
        Err(Refusal::Typed(why)) => {
            for why in why {
                say(&format!("error: {why}"));
            }
            return Ok(Status::Wrong);
        }
    };
    let given =
        Given { tables: &found.tables, document: &opened.document, settings: &asked.settings, by: found.by };
    if !give_into(folder, &given, &common.output)? {
        print(&found.text)?;
    }
    Ok(found.status)
}
