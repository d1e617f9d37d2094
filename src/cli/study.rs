//! `study`: a question that the scenario keeps, asked by its name.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use demarche::ask::{Command, PRESENTATION, Question, Session, place_faults};
use demarche::scenario::{Scenario, Study, did_you_mean};
use serde_json::{Map, Value};

use super::open::{open, tell};
use super::question::command_line;
use super::{Status, dispatch, print, program, say};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche study scenarios/deterrence.toml
  demarche study scenarios/deterrence.toml resolve
  demarche study scenarios/deterrence.toml resolve --draws 0 --json";

/// Run a study that the scenario keeps
///
/// A scenario may keep questions that are asked of it again and again: [studies.NAME] has a `command` and, as keys,
/// its options as they would be typed, a list for one that is given several times. Without a name the studies are
/// listed. Options after the name go to the study's command, in place of or beside its own.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The scenario file
    #[arg(value_name = "SCENARIO", value_hint = ValueHint::FilePath)]
    scenario: PathBuf,

    /// The study
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// Further options of the study's command
    #[arg(value_name = "OPTIONS", trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<OsString>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Status> {
    if arguments.scenario.as_os_str() == "-" {
        say("error: a study reads its scenario twice, which standard input cannot be: name a file");
        return Ok(Status::Wrong);
    }
    let nothing = Question::from(Command::Run(demarche::ask::run::RunOptions::default()));
    let Some(session) = open(&arguments.scenario, &nothing, true) else { return Ok(Status::Wrong) };
    let scenario = &session.document().scenario;
    let Some(name) = &arguments.name else {
        print(&listed(scenario))?;
        return Ok(Status::Done);
    };
    let Some(study) = scenario.studies.iter().find(|study| study.id == *name) else {
        let near = did_you_mean(name, scenario.studies.iter().map(|study| study.id.as_str()));
        let help = near.map_or_else(String::new, |near| format!(": did you mean `{near}`?"));
        say(&format!("error: there is no study `{name}`{help}"));
        return Ok(Status::Wrong);
    };
    let Some(mut typed) = typed(study, &session, arguments.scenario.as_os_str().to_owned()) else {
        return Ok(Status::Wrong);
    };
    typed.extend(arguments.rest.iter().cloned());
    // Of options that are given twice, the last one counts.
    let commands = program().mut_subcommands(|command| command.args_override_self(true));
    dispatch(commands.try_get_matches_from(typed))
}

/// The studies, a line each.
fn listed(scenario: &Scenario) -> String {
    if scenario.studies.is_empty() {
        return "the scenario keeps no [studies]\n".to_owned();
    }
    let width = scenario.studies.iter().map(|study| study.id.len()).max().unwrap_or(0);
    let line = |study: &Study| {
        let title = study.notes.title.as_deref().unwrap_or_default();
        let line = format!("{:width$}  {:<11}  {title}", study.id, study.command.name);
        format!("{}\n", line.trim_end())
    };
    scenario.studies.iter().map(line).collect()
}

/// What would be typed to ask a study's question; `None` where something is wrong with it, which has been said.
fn typed(study: &Study, session: &Session, scenario: OsString) -> Option<Vec<OsString>> {
    match Question::of_study(study, session) {
        Ok(question) => {
            let shown = study.values().into_iter().filter(|(key, _)| PRESENTATION.contains(&key.as_str()));
            let keys: Map<String, Value> = question.write().into_iter().chain(shown).collect();
            Some(command_line(&keys, scenario))
        }
        Err(faults) => {
            tell(&place_faults(study, &faults), session.sources());
            None
        }
    }
}
