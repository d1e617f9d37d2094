//! From the files that were named to a session, with every complaint on the way.

use std::io::IsTerminal;
use std::path::Path;

use demarche::ask::{Failure, Question, Session, Source};
use demarche::scenario::{Diagnostic, GAMBIT_FILE, Severity, Sources, render_named};

use super::files::{self, Beside};
use super::question::source_name;
use super::say;

/// Reads a scenario and everything that a question about it names; `None` where something is wrong, which has been
/// said.
pub(crate) fn open(scenario: &Path, question: &Question, quiet: bool) -> Option<Session> {
    let name = name_of(scenario);
    let text = match files::read(scenario) {
        Ok(text) => text,
        Err(why) => {
            say(&format!("{name}:1:1: error: the file {why}"));
            return None;
        }
    };
    let mut source = Source::new(name.clone(), text);
    if !add_files(&mut source, question) {
        return None;
    }
    match Session::gather(source, question, &Beside) {
        Ok(session) => {
            if !quiet {
                tell(session.warnings(), session.sources());
            }
            Some(session)
        }
        Err(Failure::Text { diagnostics, sources }) => {
            let shown: Vec<Diagnostic> =
                diagnostics.into_iter().filter(|diagnostic| is_error(diagnostic) || !quiet).collect();
            tell(&shown, &sources);
            let errors = shown.iter().filter(|diagnostic| is_error(diagnostic)).count();
            say(&format!("{errors} {} in {name}", if errors == 1 { "error" } else { "errors" }));
            None
        }
        Err(other) => {
            say(&format!("error: {other}"));
            None
        }
    }
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

/// Adds the files that a question names; whether all could be read.
pub(crate) fn add_files(source: &mut Source, question: &Question) -> bool {
    let mut sound = true;
    for (key, name) in question.files() {
        match (key, files::read(Path::new(&name))) {
            (_, Ok(text)) => source.add(name, text),
            // It may be a variant, or a slip, of which the question tells more.
            ("against", Err(_)) if !Path::new(&name).exists() => {}
            ("against", Err(why)) => {
                say(&format!("error: --against {name}: the overlay {why}"));
                sound = false;
            }
            ("points", Err(why)) => {
                say(&format!("error: {name} {why}"));
                sound = false;
            }
            (key, Err(why)) => {
                let kind = match key {
                    "given" => "history",
                    "overlay" => "overlay",
                    _ => "file",
                };
                say(&format!("{name}:1:1: error: the {kind} {why}"));
                sound = false;
            }
        }
    }
    sound
}

/// Adds the files that a scenario's studies name, as far as they can be read: of others, whoever checks the studies
/// says that they are not there.
pub(crate) fn add_study_files(session: &mut Session) {
    let studies = &session.document().scenario.studies;
    let questions = studies.iter().filter_map(|study| Question::of_study(study, session).ok());
    let names: Vec<String> = questions.flat_map(|it| it.files()).map(|(_, name)| name).collect();
    for name in names.into_iter().filter(|name| name != "-") {
        if let Ok(text) = files::read(Path::new(&name)) {
            session.add_file(name, text);
        }
    }
}

/// How people know the file that they named.
pub(crate) fn name_of(scenario: &Path) -> String {
    let name = scenario.display().to_string();
    if name == "-" { "<stdin>".to_owned() } else { name }
}

/// Prints diagnostics with the lines they are about.
pub(crate) fn tell(diagnostics: &[Diagnostic], sources: &Sources) {
    if !diagnostics.is_empty() {
        let diagnostics: Vec<Diagnostic> = diagnostics.iter().map(|told| advised(told, sources)).collect();
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        say(render_named(&diagnostics, sources, colour, &source_name).trim_end_matches('\n'));
    }
}

/// A diagnostic with what to type, where a command of this program helps.
fn advised(told: &Diagnostic, sources: &Sources) -> Diagnostic {
    if told.id != GAMBIT_FILE {
        return told.clone();
    }
    let name = &sources.get(told.span.file).name;
    let name = if name == "<stdin>" { "-" } else { name };
    told.clone().help(format!(
        "`demarche import {name}` makes a scenario of it, and `demarche solve {name}` solves it as it is"
    ))
}
