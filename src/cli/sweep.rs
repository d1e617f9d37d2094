//! `sweep`: what measures are wherever values stand.

use std::path::PathBuf;
use std::time::Instant;

use clap::{ArgGroup, ArgMatches, Args, ValueHint};
use demarche::output;
use demarche::scenario::{Diagnostic, Sources, Span};
use demarche::study::designs::{latin, sobol};
use demarche::study::sweep::{Column, Design, Plan, PlanRequest, read_axis, read_points, sweep};
use demarche::study::{Unwatched, Watch};

use super::Status;
use super::arguments::count;
use super::files;
use super::frame::{Asked, CommonArguments, Found, Refusal, answer};
use super::opened::{reread_with, tell};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche sweep scenarios/deterrence.toml --vary parameters.resolve=-3..3:7
  demarche sweep scenarios/deterrence.toml --of turns --vary turns=2,4
  demarche sweep scenarios/peacekeepers.toml --sobol 8 -n 500";

/// Vary some numbers, and see what becomes of the outcomes
///
/// Evaluates the scenario at every point of a grid, of a file of points, or of a design over its uncertain
/// parameters, on the same chance everywhere. What is not varied is drawn as `run` draws it; a design leaves
/// nothing to draw. Numbers are put in place without reading the scenario again; for other values, such as
/// actors.beijing.choice=best,uniform, it is read once for every combination of them. Prints a table of one
/// path, a matrix of two, the extremes of more; sweep.csv has a row for each point, numbered from 1, and measure.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
#[command(
    override_usage = "demarche sweep [OPTIONS] <--vary ...|--points FILE|--latin N|--sobol N> <SCENARIO>"
)]
#[command(group = ArgGroup::new("design").required(true).args(["vary", "points", "latin", "sobol"]))]
pub(crate) struct Arguments {
    /// Vary a path: --vary parameters.prestige=0..4:9 (nine values from 0 to 4), or =a,b,c
    ///
    /// Repeatable: all combinations are evaluated, the first path's values changing slowest. Values are numbers,
    /// or whatever --set takes.
    #[arg(long, value_name = "PATH=VALUES", help_heading = "What is varied")]
    vary: Vec<String>,

    /// Take the points from a CSV file: paths in its first row, a point in every other
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "What is varied")]
    points: Option<PathBuf>,

    /// Spread N points over the uncertain parameters, as a Latin hypercube
    #[arg(long, value_name = "N", help_heading = "What is varied", value_parser = points)]
    latin: Option<usize>,

    /// Spread N points over the uncertain parameters, as scrambled Sobol points; best a power of two
    #[arg(long, value_name = "N", help_heading = "What is varied", value_parser = points)]
    sobol: Option<usize>,

    /// What to measure: scores.beijing, measures.NAME, ... [default: all outcomes]; repeatable
    #[arg(long, value_name = "MEASURE", help_heading = "Where to look")]
    of: Vec<String>,

    /// Do it, however many points there are and however long it takes
    #[arg(long, help_heading = "How it runs")]
    yes: bool,

    #[command(flatten)]
    common: CommonArguments,
}

/// A number of points.
fn points(text: &str) -> Result<usize, String> {
    count(text, 1, demarche::study::sweep::MOST_POINTS as u64)
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    let mut common = arguments.common.clone();
    if arguments.latin.or(arguments.sobol).is_some() {
        // A design leaves nothing to draw, and the manifest is to say so.
        common.run.draws = Some(0);
    }
    answer(&common, given, |asked| {
        let mut sources = asked.opened.sources.clone();
        let plan = plan(arguments, given, asked, &mut sources)?;
        if !arguments.yes {
            ask(&plan, asked)?;
        }
        let swept = sweep(&plan, &asked.settings, asked.method, None, asked.watching)?;
        let mut text = output::sweep_text(&asked.opened.document.scenario, &plan, &swept);
        text += &power_of_two(arguments.sobol);
        Ok(Found {
            tables: vec![("sweep".to_owned(), output::sweep_table(&plan, &swept))],
            text,
            by: swept.method,
            status: Status::Done,
        })
    })
}

/// What is to be evaluated, everything that is wrong with it told at once.
fn plan<'d>(
    arguments: &Arguments,
    given: Option<&ArgMatches>,
    asked: &Asked<'d>,
    sources: &mut Sources,
) -> Result<Plan<'d>, Refusal> {
    let (design, errors) = design(arguments, asked, sources)?;
    let of = |(number, path): (usize, &String)| {
        let file = sources.add(format!("--of {number}"), path.as_str());
        (path.clone(), Span { file, start: 0, end: u32::try_from(path.len()).unwrap_or(u32::MAX) })
    };
    let measures = (1..).zip(&arguments.of).map(of).collect();
    let reread = |sets: &[String]| reread_with(&arguments.common.scenario, given, &asked.opened.text, sets);
    let document = &asked.opened.document;
    Plan::new(PlanRequest { document, design, errors, measures, reread: &reread }).map_err(|errors| {
        tell(&errors, sources);
        Refusal::Told
    })
}

/// What is varied and where, and what is wrong with it.
fn design(
    arguments: &Arguments,
    asked: &Asked<'_>,
    sources: &mut Sources,
) -> Result<(Design, Vec<Diagnostic>), String> {
    if let Some(path) = &arguments.points {
        let name = path.display().to_string();
        let text = files::read(path).map_err(|why| format!("{name} {why}"))?;
        return Ok(read_points(sources, &name, &text));
    }
    if let Some(count) = arguments.latin {
        return Ok((cube(asked, sources, "--latin", count)?, Vec::new()));
    }
    if let Some(count) = arguments.sobol {
        return Ok((cube(asked, sources, "--sobol", count)?, Vec::new()));
    }
    let mut columns: Vec<Column> = Vec::new();
    let mut errors = Vec::new();
    for (number, text) in (1..).zip(&arguments.vary) {
        match read_axis(sources, &format!("--vary {number}"), text) {
            Err(mut wrong) => errors.append(&mut wrong),
            Ok(column) => match columns.iter().find(|first| first.path == column.path) {
                None => columns.push(column),
                Some(first) => {
                    let message = format!("`{}` is varied twice", column.path);
                    let error = Diagnostic::error("repeated", column.span, message);
                    errors.push(error.label(first.span, "first here"));
                }
            },
        }
    }
    Ok((Design::grid(columns)?, errors))
}

/// A design over all uncertain parameters.
fn cube(asked: &Asked<'_>, sources: &mut Sources, option: &str, count: usize) -> Result<Design, String> {
    let scenario = &asked.opened.document.scenario;
    let dimensions = scenario.uncertain().len();
    if dimensions == 0 {
        return Err(format!(
            "{option} varies the uncertain parameters, and the scenario has none: use --vary"
        ));
    }
    let seed = asked.settings.seed;
    let points = if option == "--latin" {
        latin(dimensions, count, seed)
    } else if dimensions <= sobol::MOST_DIMENSIONS {
        sobol::points(dimensions, count, Some(seed))
    } else {
        return Err(format!(
            "{dimensions} parameters are uncertain, and there are Sobol points for {} at most: use --latin",
            sobol::MOST_DIMENSIONS
        ));
    };
    let file = sources.add(option, count.to_string());
    Ok(Design::through_distributions(scenario, &points, Span { file, start: 0, end: 0 }))
}

/// What to say of a number of Sobol points that is no power of two.
fn power_of_two(count: Option<usize>) -> String {
    match count {
        Some(count) if !count.is_power_of_two() => {
            let above = count.next_power_of_two();
            format!(
                "Sobol points are spread most evenly where their number is a power of two: {} or {above}.\n",
                above / 2
            )
        }
        _ => String::new(),
    }
}

/// Larger sweeps than this are likely to be slips.
const MANY_POINTS: usize = 100_000;
/// Longer ones too.
const LONG_SECONDS: f64 = 2.0 * 3600.0;
/// So few points are not worth a trial.
const FEW_POINTS: usize = 100;

/// Refuses what would surely take longer than anybody meant.
fn ask(plan: &Plan<'_>, asked: &Asked<'_>) -> Result<(), Refusal> {
    let count = plan.design.points.len();
    if count < FEW_POINTS {
        return Ok(());
    }
    #[expect(clippy::cast_precision_loss, reason = "a number of points is far below 2^53")]
    let rest = count as f64;
    let first = seconds(plan, asked, 1)?;
    let mut long = first * rest;
    if long > LONG_SECONDS || count > MANY_POINTS {
        // The first point pays for much that all share.
        long = ((seconds(plan, asked, 9)? - first) / 8.0).max(0.0) * rest;
    }
    if long <= LONG_SECONDS && count <= MANY_POINTS {
        return Ok(());
    }
    Err(Refusal::from(format!(
        "this sweep has {count} points and would take about {}: add --yes if that is meant",
        duration(long)
    )))
}

/// How long the first points take.
fn seconds(plan: &Plan<'_>, asked: &Asked<'_>, points: usize) -> Result<f64, Refusal> {
    let begun = Instant::now();
    let watch = Silent(asked.watching);
    sweep(plan, &asked.settings, asked.method, Some(points), &watch)?;
    Ok(begun.elapsed().as_secs_f64())
}

/// Can be stopped, but shows nothing.
struct Silent<'w>(&'w dyn Watch);

impl Watch for Silent<'_> {
    fn progress(&self, done: u64, total: u64) {
        Unwatched.progress(done, total);
    }

    fn stopped(&self) -> bool {
        self.0.stopped()
    }
}

/// Roughly how long that is, in words.
fn duration(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 1.5 => "a second".to_owned(),
        seconds if seconds < 90.0 => format!("{seconds:.0} seconds"),
        seconds if seconds < 5400.0 => format!("{:.0} minutes", seconds / 60.0),
        seconds if seconds < 172_800.0 => format!("{:.0} hours", seconds / 3600.0),
        seconds => format!("{:.0} days", seconds / 86_400.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_times_are_said_roughly() {
        for (seconds, words) in [
            (0.2, "a second"),
            (12.3, "12 seconds"),
            (600.0, "10 minutes"),
            (7300.0, "2 hours"),
            (1e6, "12 days"),
        ] {
            assert_eq!(duration(seconds), words);
        }
    }

    #[test]
    fn a_power_of_two_needs_no_word() {
        assert_eq!(power_of_two(None) + &power_of_two(Some(64)), "");
        assert!(power_of_two(Some(100)).ends_with("a power of two: 64 or 128.\n"));
    }
}
