//! `run`: the outcome distribution.

use std::io::{BufWriter, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::{ArgMatches, Args};
use demarche::output::{self, Style, Summary};
use demarche::scenario::Document;
use demarche::study::{Branching, Method, PlayRecord, Record, Settings, Watch, draw_parameters, evaluate};

use super::arguments::{OutputArguments, RunArguments, ScenarioArguments};
use super::folder::Folder;
use super::give::{Given, give_into};
use super::open::open;
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
}

/// A probability, far below 1.
fn tolerance(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    let in_range = number.filter(|number| (0.0..0.1).contains(number));
    in_range.ok_or_else(|| "wanted a probability below 0.1, such as 1e-12".to_owned())
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    if arguments.each && arguments.run.method() == Method::Exact {
        say("error: --each writes plays, and exact propagation plays none: leave out one of the two");
        return Ok(Status::Wrong);
    }
    let Some(opened) = open(&arguments.scenario, given, arguments.output.quiet) else {
        return Ok(Status::Wrong);
    };
    let folder = arguments.output.out.as_deref().map(Folder::prepare).transpose()?;
    let settings = arguments.run.settings();
    let watching = Watching::new(arguments.output.quiet);
    let begun = Instant::now();
    let failed = AtomicBool::new(false);
    let mut each = match &folder {
        Some(folder) if arguments.each => Some(Each::new(folder, &opened.document, &settings, &failed)?),
        _ => None,
    };
    let watch = UntilFailed { watching: &watching, failed: &failed };
    let played = arguments.run.on_threads(|| {
        let mut record = each.as_mut().map(|each| move |records: &[PlayRecord]| each.add(records));
        let record = record.as_mut().map(|record| record as Record<'_>);
        let method = arguments.run.method();
        evaluate(&opened.document, &settings, method, arguments.drop_below, &watch, record)
    })?;
    watching.finish();
    if let Some(each) = each {
        each.finish()?;
    }
    let played = match played {
        Ok(played) => played,
        Err(error) => return Ok(explain_failure(&error, &opened.sources)),
    };
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

/// How text on standard output may look.
pub(crate) fn style() -> Style {
    Style { colour: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() }
}

/// Watches a run that makes no sense any more once its plays cannot be written.
struct UntilFailed<'w> {
    watching: &'w Watching,
    failed: &'w AtomicBool,
}

impl Watch for UntilFailed<'_> {
    fn progress(&self, done: u64, total: u64) {
        self.watching.progress(done, total);
    }

    fn stopped(&self) -> bool {
        self.failed.load(Ordering::Relaxed) || self.watching.stopped()
    }

    fn branches(&self, branching: &Branching) {
        self.watching.branches(branching);
    }
}

/// Writes every play as it comes: there may be more than memory holds.
struct Each<'d> {
    document: &'d Document,
    settings: &'d Settings,
    writer: BufWriter<std::fs::File>,
    failure: String,
    error: Option<std::io::Error>,
    /// Tells the run that there is an error.
    failed: &'d AtomicBool,
    /// The parameters of the draw that is being played.
    parameters: Option<(Option<u64>, Vec<f64>)>,
}

impl<'d> Each<'d> {
    fn new(
        folder: &Folder,
        document: &'d Document,
        settings: &'d Settings,
        failed: &'d AtomicBool,
    ) -> anyhow::Result<Self> {
        let mut made = Self {
            document,
            settings,
            writer: BufWriter::new(folder.create("replications.csv")?),
            failure: folder.failure("replications.csv"),
            error: None,
            failed,
            parameters: None,
        };
        let columns = output::replication_columns(&document.scenario);
        made.line(&output::Table { columns, rows: Vec::new() });
        Ok(made)
    }

    fn add(&mut self, records: &[PlayRecord]) {
        let scenario = &self.document.scenario;
        let mut rows = Vec::with_capacity(records.len());
        for record in records {
            if self.parameters.as_ref().is_none_or(|(draw, _)| *draw != record.draw) {
                let drawn = draw_parameters(self.document, self.settings.seed, record.draw);
                self.parameters = Some((record.draw, drawn));
            }
            let parameters = self.parameters.as_ref().map_or(&[][..], |(_, parameters)| parameters);
            rows.push(output::replication_row(scenario, record, parameters));
        }
        self.line(&output::Table { columns: Vec::new(), rows });
    }

    /// Writes what a table has, header or rows.
    fn line(&mut self, table: &output::Table) {
        if self.error.is_none() {
            self.error = self.writer.write_all(&output::csv(table)).err();
            self.failed.store(self.error.is_some(), Ordering::Relaxed);
        }
    }

    fn finish(mut self) -> anyhow::Result<()> {
        let flushed = self.error.map_or_else(|| self.writer.flush(), Err);
        flushed.map_err(|error| anyhow::Error::new(error).context(self.failure))
    }
}
