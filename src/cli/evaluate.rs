//! What all commands that ask a scenario do alike: parse, ask, print.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::Context;
use clap::ArgMatches;
use demarche::ask::run::PlayBatch;
use demarche::ask::{Answer, Command, Failure, Findings, Notice, Question, ask_each};
use demarche::words::{Style, Telling};

use super::arguments::AskArguments;
use super::folder::Folder;
use super::open::{add_study_files, open};
use super::plays::Plays;
use super::watch::{Patience, Watching};
use super::{Status, failure, print, program, question, say, write};

/// Asks what was typed, and gives out the answer.
pub(crate) fn evaluate(name: &str, arguments: &AskArguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    let program = program();
    let command = program.find_subcommand(name).context("the command is not there")?;
    match question::typed(command, matches) {
        Ok(question) => {
            let yes = matches.try_get_one("yes").ok().flatten().copied().unwrap_or(false);
            evaluate_question(&question, arguments, Patience::of(&question, yes))
        }
        Err(faults) => Ok(failure::tell(&Failure::Question(faults))),
    }
}

/// Asks a question, and gives out the answer.
fn evaluate_question(
    question: &Question,
    arguments: &AskArguments,
    patience: Option<Patience>,
) -> anyhow::Result<Status> {
    let output = &arguments.output;
    let Some(mut session) = open(&arguments.scenario.scenario, question, output.quiet) else {
        return Ok(Status::Wrong);
    };
    if matches!(question.command, Command::Check(_)) {
        add_study_files(&mut session);
    }
    let folder = output.out.as_deref().map(Folder::prepare).transpose()?;
    let watching = Watching::new(output.quiet, patience);
    let begun = Instant::now();
    let failed = AtomicBool::new(false);
    let mut plays = match &folder {
        Some(folder) => Plays::of(folder, question, &session, &failed)?,
        None => None,
    };
    let watch = watching.until(&failed);
    let answer = arguments.on_threads(|| {
        let mut write = plays.as_mut().map(|plays| move |batch: &PlayBatch<'_>| plays.add(batch));
        let write = write.as_mut().map(|write| write as &mut (dyn FnMut(&PlayBatch<'_>) + Send));
        ask_each(&session, question, &watch, write)
    })?;
    watching.finish();
    if let Some(plays) = plays {
        plays.finish()?;
    }
    let seconds = begun.elapsed().as_secs_f64();
    let answer = match answer {
        Ok(answer) => answer,
        Err(Failure::Study(demarche::study::StudyError::Stopped)) if watching.refused().is_some() => {
            say(&watching.refused().unwrap_or_default());
            return Ok(Status::Wrong);
        }
        Err(error) => return Ok(failure::tell_after(&error, session.sources(), seconds)),
    };
    debug_assert!(!failed.load(Ordering::Relaxed), "plays that cannot be written have been told of");
    give(&answer, &session, arguments, folder, seconds)?;
    Ok(status(&answer))
}

/// Writes the folder that was asked for, and prints the answer.
fn give(
    answer: &Answer,
    session: &demarche::ask::Session,
    arguments: &AskArguments,
    folder: Option<Folder>,
    seconds: f64,
) -> anyhow::Result<()> {
    let tables = demarche::tables::tables(answer);
    let shown = arguments.output.out.as_ref().map(|path| path.display().to_string());
    let telling = telling(Some(seconds), shown.as_deref());
    if !arguments.output.quiet {
        let warning = |it| say(&format!("warning: {}", demarche::words::notice(it, &telling)));
        answer.notices.iter().for_each(warning);
        let command = &answer.provenance.question.command;
        if arguments.run.threads.is_some() && command.ignores().contains(&"threads") {
            warning(&Notice::no_effect("threads", command.name()));
        }
    }
    if let Some(folder) = folder {
        write::folder(&folder, answer, &tables, session.source())?;
        folder.commit()?;
    }
    if arguments.output.json {
        return print(&demarche::tables::json(&tables));
    }
    print(&demarche::words::text(answer, &telling))
}

/// How an answer is told at a terminal: how long it took, where its files are.
pub(crate) fn telling(seconds: Option<f64>, folder: Option<&str>) -> Telling<'_> {
    Telling { style: style(), seconds, folder, option: &question::option_with }
}

/// How a command ends that has an answer.
fn status(answer: &Answer) -> Status {
    let succeeded = match &answer.findings {
        Findings::Verify(found) => found.all_hold(),
        Findings::Agree(found) => found.is_plausible(),
        _ => true,
    };
    if succeeded { Status::Done } else { Status::Failed }
}

/// How text on standard output may look.
pub(crate) fn style() -> Style {
    use std::io::IsTerminal;
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    Style { colour, ..Style::plain() }
}
