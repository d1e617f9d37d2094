//! The engine beside the hand-written yardstick, in one run and in alternation: `cargo bench [FILTER]`.
//!
//! README.md in this folder says what is measured and how to read it.

mod crowd;
mod harness;
mod subjects;
mod yardstick;

use std::ffi::OsString;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use harness::pair::{Bound, Pair, Work, median};
use harness::process::{self, Cost};
use harness::table;
use subjects::Scenario;
use yardstick::policies::{Model, Stage};
use yardstick::quartet::TURNS;
use yardstick::sampler::Kernel;

/// Plays in a piece of sampling work: a twentieth of a second, about.
const PLAYS: u32 = 100_000;
/// Plays of the row on threads, where starting them should not show.
const MANY: u32 = 1_000_000;
/// What the yardstick's policies take, in ms, where the limits in ms were set: with it such a limit travels to
/// other machines.
const POLICIES_THERE: f64 = 0.585;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        // `cargo test --all-targets` starts benchmarks too, to see whether they can be started.
        return println!("run me by `cargo bench`");
    }
    let filters: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let wanted =
        |what: &str| filters.is_empty() || filters.iter().any(|filter| what.contains(filter.as_str()));
    report_pairs(&wanted);
    report_processes(&wanted);
}

fn report_pairs(wanted: &dyn Fn(&str) -> bool) {
    let mut table = table::pairs();
    for (what, make) in PAIRS.iter().filter(|(what, _)| wanted(what)) {
        eprintln!("{what} ...");
        let mut pair = make(what);
        let timing = pair.time();
        table.add_row(&table::pair_row(&pair, &timing));
    }
    if !table.is_empty() {
        print!("\n{table}");
    }
}

/// Makes a pair ready; done one by one, so that a filter saves the rest.
type Make = fn(&'static str) -> Pair;

const PAIRS: [(&str, Make); 9] = [
    ("sampler, no scores", |what| Pair {
        subject: subjects::sampler_outcomes(&quartet(), PLAYS.into()),
        against: Some(kernel_outcomes()),
        bound: Bound::AtMost(1.5),
        unit: Some(turns(PLAYS)),
        what,
    }),
    ("sampler, all tallies and scores", |what| Pair {
        subject: subjects::sampler_all(&quartet(), PLAYS.into(), 1),
        against: Some(kernel_tallies()),
        bound: Bound::AtMost(2.0),
        unit: Some(turns(PLAYS)),
        what,
    }),
    ("two threads against one", |what| Pair {
        subject: subjects::sampler_all(&quartet(), MANY.into(), 2),
        against: subjects::sampler_all(&quartet(), MANY.into(), 1),
        bound: Bound::Faster(1.8),
        unit: Some(turns(MANY)),
        what,
    }),
    ("policies, look-ahead 1, all states", |what| {
        within_ms(what, subjects::policies(&quartet()), 2.0 * 1.35)
    }),
    ("policies, look-ahead 3, all states", |what| {
        within_ms(what, subjects::policies(&quartet_h3()), 2.0 * 75.0)
    }),
    ("a further draw against the first", |what| Pair {
        subject: subjects::further_draw(&quartet_h3()),
        against: subjects::first_draw(&quartet_h3()),
        bound: Bound::Open,
        unit: None,
        what,
    }),
    ("policies, 8 actors against 4", |what| Pair {
        subject: subjects::policies(&a_crowd(8)),
        against: subjects::policies(&a_crowd(4)),
        bound: Bound::AtMost(4.0),
        unit: None,
        what,
    }),
    ("exact, look-ahead 1", |what| within_ms(what, subjects::exact(&quartet()), 100.0)),
    ("exact, look-ahead 3", |what| within_ms(what, subjects::exact(&quartet_h3()), 200.0)),
];

/// A limit in ms, told in units of the yardstick's policies.
fn within_ms(what: &'static str, subject: Option<Work>, limit: f64) -> Pair {
    let ratio = limit / POLICIES_THERE;
    let bound = Bound::AtMost((ratio * 10.0).round() / 10.0);
    Pair { what, subject, against: Some(yardstick_policies()), bound, unit: None }
}

fn turns(plays: u32) -> (f64, &'static str) {
    (f64::from(plays) * f64::from(u8::try_from(TURNS).expect("a dozen")), "turn")
}

fn kernel_outcomes() -> Work {
    let kernel = Kernel::new(TURNS);
    Box::new(move || {
        black_box(kernel.outcomes(black_box(1), 0..PLAYS.into()));
    })
}

fn kernel_tallies() -> Work {
    let kernel = Kernel::new(TURNS);
    Box::new(move || {
        black_box(kernel.tallies(black_box(1), 0..PLAYS.into()));
    })
}

fn yardstick_policies() -> Work {
    let model = Model::new();
    Box::new(move || {
        black_box(model.policies(black_box(Stage::Early)));
    })
}

fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn file(path: &str) -> Scenario {
    let path = in_project(path);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Scenario { path, text }
}

fn quartet() -> Scenario {
    file(QUARTET)
}

fn quartet_h3() -> Scenario {
    file("tests/golden/quartet-h3.toml")
}

fn a_crowd(actors: usize) -> Scenario {
    Scenario { path: in_project("crowd.toml"), text: crowd::crowd(actors) }
}

const QUARTET: &str = "tests/golden/quartet.toml";
const ARTICLE: &str = "scenarios/peacekeepers.toml";

/// What is started, as `COMMAND SCENARIO ARGUMENTS`.
const PROCESSES: [(&str, [&str; 2], &[&str]); 6] = [
    ("article: 10,000 plays, no draws", ["run", ARTICLE], &["--draws", "0", "-n", "10000"]),
    ("article: run", ["run", ARTICLE], &[]),
    ("article: check", ["check", ARTICLE], &[]),
    ("article: verify", ["verify", ARTICLE], &[]),
    ("quartet: 10^5 plays", ["run", QUARTET], &["--method", "sample", "-n", "100000"]),
    ("quartet: 10^7 plays", ["run", QUARTET], &["--method", "sample", "-n", "10000000"]),
];

fn report_processes(wanted: &dyn Fn(&str) -> bool) {
    let mut table = table::processes();
    for (what, [command, scenario], rest) in PROCESSES.into_iter().filter(|(what, ..)| wanted(what)) {
        eprintln!("{what} ...");
        let mut arguments: Vec<OsString> =
            vec![command.into(), in_project(scenario).into(), "--quiet".into()];
        arguments.extend(rest.iter().map(OsString::from));
        table.add_row(&table::process_row(what, &medians(&arguments)));
    }
    if !table.is_empty() {
        print!("\n{table}");
    }
}

/// The medians of up to five runs; a process that takes seconds is run once, lest the benchmark take an hour.
fn medians(arguments: &[OsString]) -> Result<Cost, String> {
    let mut costs = vec![process::run(env!("CARGO_BIN_EXE_demarche"), arguments)?];
    while costs.len() < 5 && costs[0].wall < 2.0 {
        costs.push(process::run(env!("CARGO_BIN_EXE_demarche"), arguments)?);
    }
    Ok(Cost {
        wall: median(costs.iter().map(|cost| cost.wall)).unwrap_or_default(),
        cpu: median(costs.iter().filter_map(|cost| cost.cpu)),
        memory: median(costs.iter().filter_map(|cost| cost.memory)),
    })
}
