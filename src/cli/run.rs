//! `run`: the outcome distribution.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use clap::{ArgMatches, Args, ValueHint};
use demarche::output::{self, Style, Summary};
use demarche::scenario::History;
use demarche::study::{
    Effort, Method, PlayRecord, Precision, Record, Run, StudyError, evaluate_given, evaluate_until,
};

use super::arguments::{MOST_DRAWS, OutputArguments, RunArguments, ScenarioArguments, number, whole};
use super::each::{Each, UntilFailed};
use super::files;
use super::folder::Folder;
use super::give::{Given, give_into};
use super::open::{Opened, open, tell};
use super::watch::{Watching, explain_failure};
use super::{Status, print, say};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche run scenarios/deterrence.toml
  demarche run scenarios/deterrence.toml --variant resolute --out out/resolute
  demarche run scenarios/trade_war.toml -n 100_000 --seed 2 --json";

/// Play a scenario and give the distribution of its outcomes
///
/// Prints a summary, or with --json every table, or with --out writes them as CSV files into a folder,
/// with the scenario as it was run. The same seed gives the same bytes on any machine and any number of
/// threads.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    output: OutputArguments,
    /// Also write every single play, into replications.csv; needs --out
    #[arg(long, requires = "out", help_heading = "What comes out")]
    each: bool,
    /// Drop states less likely than this after a turn, where the method is exact [default: none]
    ///
    /// What was dropped is added to the ranges of all shares.
    #[arg(long, value_name = "P", default_value_t = 0.0, hide_default_value = true, value_parser = tolerance,
          help_heading = "How it runs")]
    drop_below: f64,
    /// Go on until no outcome's 95 % interval reaches further than this to either side
    ///
    /// Begins with -n plays (and --draws), and plays as many more as it takes; draws grow with plays. The run that
    /// it ends with is the one that its number of plays and draws gives by itself.
    #[arg(long, value_name = "P", value_parser = half_width, help_heading = "How it runs")]
    precision: Option<f64>,
    /// Go on from what has been observed: a CSV file of moves and levels by turn
    ///
    /// Columns: turn, then actor, issue, move, or variable, level, or all of them with half of each row empty; turn 0
    /// is the start. What was not seen may be left out. Draws weigh as likely as they make what was observed, plays
    /// go on from the states in which they may stand, and scores and measures count what comes after.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "What goes in")]
    given: Option<PathBuf>,
    /// Plays that --precision may take [default: 100 million]
    #[arg(long, value_name = "N", default_value_t = 100_000_000, hide_default_value = true,
          value_parser = |text: &str| whole(text, 1, u64::MAX), requires = "precision",
          help_heading = "How it runs")]
    at_most: u64,
}

/// Half the width of an interval of a probability.
fn half_width(text: &str) -> Result<f64, String> {
    let wanted = "half the width of an interval, above 0 and below 0.5";
    number(text, |number| 0.0 < number && number < 0.5, wanted)
}

/// A probability, far below 1.
fn tolerance(text: &str) -> Result<f64, String> {
    number(text, |number| (0.0..0.1).contains(&number), "a probability below 0.1, such as 1e-12")
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    if arguments.each && arguments.run.method() == Method::Exact {
        say("error: --each writes plays, and exact propagation plays none: leave out one of the two");
        return Ok(Status::Wrong);
    }
    if arguments.each && arguments.precision.is_some() {
        say(
            "error: --each writes plays, and --precision may play some twice: find the number of plays with \
             --precision, then ask for --each with -n and --draws",
        );
        return Ok(Status::Wrong);
    }
    let Some(mut opened) = open(&arguments.scenario, given, arguments.output.quiet) else {
        return Ok(Status::Wrong);
    };
    let history = match arguments.given.as_deref().map(|path| history(path, &mut opened)).transpose() {
        Ok(history) => history,
        Err(wrong) => return Ok(wrong),
    };
    let opened = opened;
    let folder = arguments.output.out.as_deref().map(Folder::prepare).transpose()?;
    let mut settings = arguments.run.settings();
    let watching = Watching::new(arguments.output.quiet);
    let begun = Instant::now();
    let failed = AtomicBool::new(false);
    let asked = settings.clone();
    let mut each = match &folder {
        Some(folder) if arguments.each => Some(Each::new(folder, &opened.document, &asked, &failed)?),
        _ => None,
    };
    let watch = UntilFailed { watching: &watching, failed: &failed };
    let played = arguments.run.on_threads(|| {
        let mut record = each.as_mut().map(|each| move |records: &[PlayRecord]| each.add(records));
        let record = record.as_mut().map(|record| record as Record<'_>);
        let (method, dropping) = (arguments.run.method(), arguments.drop_below);
        let Some(half_width) = arguments.precision else {
            let history = history.as_ref();
            return evaluate_given(&opened.document, &asked, method, dropping, history, &watch, record);
        };
        let precision = Precision { half_width, most_plays: arguments.at_most, most_draws: MOST_DRAWS };
        let (run, by) =
            evaluate_until(&opened.document, &asked, method, dropping, history.as_ref(), precision, &watch)?;
        settings = by;
        Ok(run)
    })?;
    watching.finish();
    if let Some(each) = each {
        each.finish()?;
    }
    let played = match played {
        Ok(played) => played,
        Err(StudyError::Precision { half_width, needed, done }) => {
            say(&too_precise(half_width, needed, done, begun.elapsed().as_secs_f64()));
            return Ok(Status::Failed);
        }
        Err(error) => return Ok(explain_failure(&error, &opened.sources)),
    };
    if !arguments.output.quiet {
        warn_of_few_draws(&played);
    }
    let tables = output::run_tables(&opened.document.scenario, &played);
    let found = Given { tables: &tables, document: &opened.document, settings: &settings, by: played.by };
    if give_into(folder, &found, &arguments.output)? {
        return Ok(Status::Done);
    }
    let shown = arguments.output.out.as_ref().map(|path| path.display().to_string());
    let summary = Summary {
        scenario: &opened.document.scenario,
        run: &played,
        seed: settings.seed,
        seconds: Some(begun.elapsed().as_secs_f64()),
        folder: shown.as_deref(),
    };
    print(&output::summary(&summary, style()))?;
    Ok(Status::Done)
}

/// Fewer draws in effect than this say little of a mean over them.
const FEW_DRAWS: f64 = 10.0;

/// Says where what was observed leaves so few draws that their mean says little.
fn warn_of_few_draws(run: &Run) {
    let Some(given) = &run.given else { return };
    if run.draws > 0 && given.effective < FEW_DRAWS {
        say(&format!(
            "warning: what was observed leaves {:.1} of {} draws in effect, and intervals over so few may be too \
             narrow: take more with --draws",
            given.effective, run.draws
        ));
    }
}

/// The history in a file; or how the command ends, its faults having been told.
fn history(path: &Path, opened: &mut Opened) -> Result<History, Status> {
    let name = path.display().to_string();
    let bytes = files::read(path).map_err(|why| {
        say(&format!("{name}:1:1: error: the history {why}"));
        Status::Wrong
    })?;
    History::read(&name, &bytes, &opened.document.scenario, &mut opened.sources).map_err(|errors| {
        tell(&errors, &opened.sources);
        Status::Wrong
    })
}

/// Why a precision is not gone for.
fn too_precise(half_width: f64, needed: Effort, done: Effort, seconds: f64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "an estimate of time")]
    let times = (needed.plays.max(needed.draws) as f64) / (done.plays.max(done.draws).max(1) as f64);
    format!(
        "error: a half width of {half_width} would take {}, {}: ask for a wider one, or allow more plays with \
         --at-most",
        needed.in_words(),
        output::duration(seconds * times)
    )
}

/// How text on standard output may look.
pub(crate) fn style() -> Style {
    Style { colour: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() }
}
