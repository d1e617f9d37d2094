//! The commands, a file each: they parse what was typed, call the library, and print.
//!
//! Only this floor knows files, clocks, threads, the terminal and exit statuses.

mod again;
mod agree;
mod arguments;
mod check;
mod claims;
mod compare;
mod discover;
mod evaluate;
mod explain;
mod export;
mod failure;
mod files;
mod flip;
mod folder;
mod gambit_file;
mod import;
mod kept;
mod models;
mod open;
mod play;
mod plays;
mod question;
mod run;
mod sensitivity;
mod solve;
mod study;
mod sweep;
mod tables;
mod verify;
mod watch;
mod write;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Done.
    Done,
    /// It could not be done, or a fact does not hold.
    Failed,
    /// The scenario or the command line is wrong.
    Wrong,
    /// Ctrl-C.
    Interrupted,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Failed => 1,
            Status::Wrong => 2,
            Status::Interrupted => 130,
        })
    }
}

/// What people type first.
const EXAMPLES: &str = "Examples:
  demarche run scenarios/deterrence.toml
  demarche run scenarios/deterrence.toml --set parameters.resolve=0
  demarche explain scenarios/deterrence.toml --actor challenger

Exit status: 0 done; 1 it could not be done, or a fact does not hold; 2 the scenario or the command line
is wrong. Results go to standard output, all that is said of them to standard error.";

/// Argue about what states will do next
///
/// demarche plays a scenario file, in which actors choose moves each turn from payoff tables, and gives
/// the distribution of outcomes with honest intervals. Change a payoff with --set and run again: the
/// same seed meets the same chance, so what differs is what the payoff does.
#[derive(Debug, Parser)]
#[command(name = "demarche", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_long_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Run(run::Arguments),
    Play(play::Arguments),
    Explain(explain::Arguments),
    Tables(tables::Arguments),
    Verify(verify::Arguments),
    Compare(compare::Arguments),
    Claims(claims::Arguments),
    Models(models::Arguments),
    Agree(agree::Arguments),
    Sweep(sweep::Arguments),
    Sensitivity(sensitivity::Arguments),
    Flip(flip::Arguments),
    Discover(discover::Arguments),
    Study(study::Arguments),
    Again(again::Arguments),
    Solve(solve::Arguments),
    Export(export::Arguments),
    Import(import::Arguments),
}

/// The program with its commands.
///
/// Options take negative numbers, so that what refuses them speaks of the value; else they would be taken for options.
pub(crate) fn program() -> clap::Command {
    Cli::command().mut_subcommands(|command| {
        command.mut_args(|option| {
            let takes_value = option.get_long().is_some() && option.get_action().takes_values();
            if takes_value { option.allow_negative_numbers(true) } else { option }
        })
    })
}

/// Runs what was typed.
pub(crate) fn run() -> anyhow::Result<Status> {
    dispatch(program().try_get_matches())
}

/// Runs what was understood, or says what was not.
pub(crate) fn dispatch(matches: Result<ArgMatches, clap::Error>) -> anyhow::Result<Status> {
    let matches = match matches {
        Ok(matches) => matches,
        Err(error) => {
            error.print().context("could not write to standard output")?;
            return Ok(if error.use_stderr() { Status::Wrong } else { Status::Done });
        }
    };
    let cli = Cli::from_arg_matches(&matches)?;
    let Some((_, typed)) = matches.subcommand() else { return Ok(Status::Wrong) };
    match cli.command {
        Command::Check(arguments) => check::run(&arguments, typed),
        Command::Run(arguments) => run::run(&arguments, typed),
        Command::Play(arguments) => play::run(&arguments, typed),
        Command::Explain(arguments) => explain::run(&arguments, typed),
        Command::Tables(arguments) => tables::run(&arguments, typed),
        Command::Verify(arguments) => verify::run(&arguments, typed),
        Command::Claims(arguments) => claims::run(&arguments, typed),
        Command::Compare(arguments) => compare::run(&arguments, typed),
        Command::Models(arguments) => models::run(&arguments, typed),
        Command::Agree(arguments) => agree::run(&arguments, typed),
        Command::Sweep(arguments) => sweep::run(&arguments, typed),
        Command::Sensitivity(arguments) => sensitivity::run(&arguments, typed),
        Command::Flip(arguments) => flip::run(&arguments, typed),
        Command::Discover(arguments) => discover::run(&arguments, typed),
        Command::Study(arguments) => study::run(&arguments),
        Command::Again(arguments) => again::run(&arguments),
        Command::Solve(arguments) => solve::run(&arguments, typed),
        Command::Export(arguments) => export::run(&arguments, typed),
        Command::Import(arguments) => import::run(&arguments),
    }
}

/// Prints results; standard output is for these alone.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.context("could not write to standard output")
}

/// Says something that is not a result.
pub(crate) fn say(text: &str) {
    // Nobody may be listening on standard error; there is nowhere else to say so.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Says why a command failed.
pub(crate) fn complain(error: &anyhow::Error) {
    say(&format!("error: {error:#}"));
}

/// Whether the reader of our output has gone, as `head` does.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
