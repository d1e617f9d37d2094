//! The options that commands share.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum, ValueHint};
pub(crate) use demarche::ask::{number, whole};

/// What goes in.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "What goes in")]
pub(crate) struct ScenarioArguments {
    /// The scenario file, or - for standard input
    #[arg(value_name = "SCENARIO", value_hint = ValueHint::FilePath)]
    pub(crate) scenario: PathBuf,

    /// Change one thing: --set parameters.prestige=3
    ///
    /// PATH is where it stands in the scenario, VALUE is TOML; a bare word is a text. Repeatable; applied
    /// last, in the order given. Never split at commas.
    #[arg(long, value_name = "PATH=VALUE")]
    pub(crate) set: Vec<String>,

    /// Merge another file over the scenario; repeatable
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) overlay: Vec<PathBuf>,

    /// Apply a variant that the scenario names; repeatable
    ///
    /// Overlays and variants are merged in the order in which they are given.
    #[arg(long, value_name = "NAME")]
    pub(crate) variant: Vec<String>,
}

/// Draws cost far more than plays: nobody means more than this.
pub(crate) const MOST_DRAWS: u64 = 1_000_000;

/// More threads than any machine that this was tried on has cores.
pub(crate) const MOST_THREADS: u64 = 1024;

/// How it runs.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "How it runs")]
pub(crate) struct RunArguments {
    /// The seed of all chance
    #[arg(long, value_name = "S", default_value_t = 1, value_parser = |text: &str| whole(text, 0, u64::MAX))]
    pub(crate) seed: u64,

    /// Plays in all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10_000,
          value_parser = |text: &str| whole(text, 1, u64::MAX))]
    pub(crate) replications: u64,

    /// Draws of the uncertain parameters [default: 100 where there are any]
    ///
    /// Plays are spread evenly over the draws. 0 puts every parameter at its central value.
    #[arg(long, value_name = "D",
          value_parser = |text: &str| whole(text, 0, MOST_DRAWS))]
    pub(crate) draws: Option<u64>,

    /// How the distribution is found
    #[arg(long, value_enum, default_value_t)]
    pub(crate) method: MethodArgument,

    /// Go on from what has been observed: a CSV file of moves and levels by turn
    ///
    /// Columns: turn, then actor, issue, move, or variable, level, or all of them with half of each row empty; turn 0
    /// is the start. What was not seen may be left out. Draws weigh as likely as they make what was observed, plays
    /// go on from the states in which they may stand, and scores and measures count what comes after.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "What goes in")]
    pub(crate) given: Option<PathBuf>,

    /// Threads to run on [default: one for each core]
    #[arg(long, value_name = "K",
          value_parser = |text: &str| whole(text, 1, MOST_THREADS))]
    pub(crate) threads: Option<u64>,
}

/// Where to look.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Where to look")]
pub(crate) struct StateArguments {
    /// The turn, from 1
    #[arg(long, value_name = "T", default_value_t = 1, value_parser = turn)]
    turn: u32,

    /// A variable's level; the others stand where they start. Repeatable
    #[arg(long, value_name = "VARIABLE=LEVEL")]
    at: Vec<String>,

    /// Take the parameters of this draw [default: central values]
    #[arg(long, value_name = "D", value_parser = |text: &str| whole(text, 0, u64::MAX))]
    draw: Option<u64>,
}

/// A turn, as far as that can be known without the scenario.
fn turn(text: &str) -> Result<u32, String> {
    let number = whole(text, 1, u32::MAX.into()).map_err(|_| "wanted a turn, from 1".to_owned())?;
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}

/// A whole number in a range, of things that are held in memory.
pub(crate) fn count(text: &str, least: u64, most: u64) -> Result<usize, String> {
    usize::try_from(whole(text, least, most)?).map_err(|_| "more than this machine can hold".to_owned())
}

/// How far a known number may be off, as a share of itself.
pub(crate) fn off_by(text: &str) -> Result<f64, String> {
    number(text, |share| 0.0 < share && share <= 10.0, "a number above 0 and up to 10, such as 0.5")
}

/// How the distribution is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MethodArgument {
    /// Whichever takes less work
    #[default]
    Auto,
    /// By carrying the distribution of states forward
    Exact,
    /// By plays
    Sample,
}

impl RunArguments {
    /// Runs `work` on as many threads as were asked for.
    pub(crate) fn on_threads<R: Send>(&self, work: impl FnOnce() -> R + Send) -> anyhow::Result<R> {
        on_threads(self.threads, work)
    }
}

/// Runs `work` on so many threads, or on one for each core.
pub(crate) fn on_threads<R: Send>(
    threads: Option<u64>,
    work: impl FnOnce() -> R + Send,
) -> anyhow::Result<R> {
    let threads = threads.map_or(Ok(0), usize::try_from)?;
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("could not start threads")?;
    Ok(pool.install(work))
}

/// What comes out.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "What comes out")]
pub(crate) struct OutputArguments {
    /// Write the tables into this folder, as CSV
    ///
    /// The folder is written whole or not at all. One that holds anything that demarche did not write is
    /// refused; one of its own is replaced.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,

    /// Print the tables as one JSON object instead of the summary
    #[arg(long)]
    pub(crate) json: bool,

    /// No progress and no warnings
    #[arg(long)]
    pub(crate) quiet: bool,
}

/// The options of every command that asks something of a scenario.
#[derive(Clone, Debug, Args)]
pub(crate) struct AskArguments {
    #[command(flatten)]
    pub(crate) scenario: ScenarioArguments,
    #[command(flatten)]
    pub(crate) run: RunArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

impl AskArguments {
    /// The options of a command that has others between them.
    pub(crate) fn new(scenario: &ScenarioArguments, run: &RunArguments, output: &OutputArguments) -> Self {
        Self { scenario: scenario.clone(), run: run.clone(), output: output.clone() }
    }

    /// What is asked of a scenario at once, with nothing said of how it runs.
    pub(crate) fn at_once(scenario: &ScenarioArguments, json: bool, quiet: bool) -> Self {
        let run = RunArguments {
            seed: 1,
            replications: 10_000,
            draws: None,
            method: MethodArgument::Auto,
            given: None,
            threads: None,
        };
        Self { scenario: scenario.clone(), run, output: OutputArguments { out: None, json, quiet } }
    }

    /// Runs `work` on as many threads as were asked for.
    pub(crate) fn on_threads<R: Send>(&self, work: impl FnOnce() -> R + Send) -> anyhow::Result<R> {
        self.run.on_threads(work)
    }
}
