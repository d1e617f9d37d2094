//! `study`: a study that the scenario keeps, run by its name.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::Command;
use clap::{Args, CommandFactory, ValueHint};
use demarche::scenario::{Diagnostic, Scenario, Study, StudyCommand, did_you_mean};

use super::arguments::ScenarioArguments;
use super::opened::{open, tell};
use super::{Cli, Status, dispatch, print, say};

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
    let plain = ScenarioArguments::plain(arguments.scenario.clone());
    let Some(opened) = open(&plain, None, true) else { return Ok(Status::Wrong) };
    let scenario = &opened.document.scenario;
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
    let wrong = problems([study]);
    if !wrong.is_empty() {
        tell(&wrong, &opened.sources);
        return Ok(Status::Wrong);
    }
    let mut typed = typed(study, arguments.scenario.as_os_str().to_owned());
    typed.extend(arguments.rest.iter().cloned());
    dispatch(commands().try_get_matches_from(typed))
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

/// Options that name a file which is read: a scenario names files in its own folder.
const FILES: [&str; 3] = ["given", "points", "overlay"];

/// What would be typed: the program, the command, the scenario, the options.
fn typed(study: &Study, scenario: OsString) -> Vec<OsString> {
    let folder = Path::new(&scenario).parent().unwrap_or(Path::new("")).to_path_buf();
    let mut words = vec!["demarche".into(), study.command.name.clone().into(), scenario];
    for option in study.options.iter().filter(|option| option.given) {
        let name =
            if option.name.len() == 1 { format!("-{}", option.name) } else { format!("--{}", option.name) };
        if option.values.is_empty() {
            words.push(name.clone().into());
        }
        for value in &option.values {
            words.push(name.clone().into());
            words.push(if FILES.contains(&option.name.as_str()) {
                folder.join(value).into_os_string()
            } else {
                value.into()
            });
        }
    }
    words
}

/// The program's commands, of whose options the last one counts.
fn commands() -> Command {
    Cli::command().mut_subcommands(|command| command.args_override_self(true))
}

/// The commands that a study may keep: those that ask something of a scenario.
const KEPT: [&str; 11] = [
    "run",
    "verify",
    "compare",
    "claims",
    "models",
    "agree",
    "sweep",
    "sensitivity",
    "flip",
    "discover",
    "tables",
];

/// What is wrong with studies, as far as can be told without running them.
pub(crate) fn problems<'s>(studies: impl IntoIterator<Item = &'s Study>) -> Vec<Diagnostic> {
    let mut studies = studies.into_iter().peekable();
    if studies.peek().is_none() {
        return Vec::new();
    }
    let mut all = commands();
    studies.flat_map(|study| problems_of(study, &mut all)).collect()
}

fn problems_of(study: &Study, all: &mut Command) -> Vec<Diagnostic> {
    let StudyCommand { name, span } = &study.command;
    let Some(command) = all.find_subcommand(name).filter(|_| KEPT.contains(&name.as_str())) else {
        let error =
            Diagnostic::error("unknown-word", *span, format!("a study cannot be of the command `{name}`"));
        let help = match did_you_mean(name, KEPT.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("commands of studies are {}", KEPT.join(", ")),
        };
        return vec![error.help(help)];
    };
    let longs: Vec<String> =
        command.get_arguments().filter_map(|it| it.get_long().map(str::to_owned)).collect();
    let short =
        |name: &str| command.get_arguments().any(|it| it.get_short().is_some_and(|c| name == c.to_string()));
    let unknown = study.options.iter().filter(|option| !longs.contains(&option.name) && !short(&option.name));
    let mut wrong: Vec<Diagnostic> = unknown
        .map(|option| {
            let message = format!("`{name}` has no option `{}`", option.name);
            let error = Diagnostic::error("unknown-key", option.span, message);
            match did_you_mean(&option.name, longs.iter().map(String::as_str)) {
                Some(near) => error.help(format!("did you mean `{}`?", near.replace('-', "_"))),
                None => error,
            }
        })
        .collect();
    if wrong.is_empty()
        && let Err(error) = all.try_get_matches_from_mut(typed(study, "scenario.toml".into()))
    {
        // The command line's own words, without its usage.
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        wrong.push(Diagnostic::error(
            "bad-value",
            study.span,
            format!("`{name}` refuses its options: {first}"),
        ));
    }
    wrong
}
