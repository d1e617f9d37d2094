//! Numbers and words varied, point by point: each point is the scenario with those values in its text.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use demarche::scenario::{
    Changes, Document, Layer, Library, Measure, Reading, Request, SeatId, Sources, Span, VariableId, read,
};
use demarche::study::designs::{latin, sobol};
use demarche::study::sweep::{Column, Design, Plan, PlanRequest, SweepResult, read_axis, sweep};
use demarche::study::{Evaluating, Experiment, Method, Settings, Shared, Unwatched, evaluate};

use crate::support::{document, root};

const PEACEKEEPERS: &str = "scenarios/peacekeepers.toml";
const DETERRENCE: &str = "scenarios/deterrence.toml";
const QUARTET: &str = "tests/golden/quartet.toml";

/// Files beside a scenario of the project.
struct Beside;

impl Library for Beside {
    fn read(&self, from: &str, path: &str) -> Result<Vec<u8>, String> {
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        std::fs::read(root().join(folder).join(path)).map_err(|error| error.to_string())
    }
}

fn again(path: &str, sets: &[String]) -> Reading {
    let text = std::fs::read(root().join(path)).expect("the file is there");
    let changes: Vec<Layer> = Vec::new();
    read(&Request { name: path, text: &text, changes, sets: sets.to_vec(), library: &Beside })
}

fn axes(texts: &[&str]) -> Vec<Column> {
    let mut sources = Sources::default();
    texts.iter().map(|text| read_axis(&mut sources, "vary", text).expect("it is sound")).collect()
}

fn settings(draws: Option<u64>) -> Settings {
    Settings { seed: 3, replications: 200, draws, history: None }
}

/// What a sweep finds, and how often the scenario was read for it.
fn swept(
    document: &Document,
    path: &str,
    design: Design,
    settings: &Settings,
    method: Method,
) -> (SweepResult, usize) {
    let readings = Rc::new(Cell::new(0));
    let (counted, read) = (Rc::clone(&readings), path.to_owned());
    let reread = Box::new(move |sets: &[String]| {
        counted.set(counted.get() + 1);
        again(&read, sets)
    });
    let request = PlanRequest { document, design, errors: vec![], measures: vec![], reread };
    let plan = Plan::new(request).unwrap_or_else(|errors| panic!("{errors:?}"));
    let combinations = plan.readings();
    let found = sweep(&plan, settings, method, &Unwatched).expect("it is sound");
    assert!(readings.get() >= combinations && combinations > 0 || readings.get() == 0);
    (found, combinations)
}

/// Every point of a grid has the outcomes of the scenario with its values in the text, and the scenario was read
/// again so often.
#[track_caller]
fn check(path: &str, texts: &[&str], draws: Option<u64>, method: Method, readings: usize) {
    let document = document(path, &[], &[]);
    let design = Design::grid(axes(texts)).expect("it is small");
    let (found, read_again) = swept(&document, path, design.clone(), &settings(draws), method);
    assert_eq!(read_again, readings);
    for point in 0..design.points.len() {
        let sets: Vec<String> = (0..design.columns.len())
            .map(|column| format!("{}={}", design.columns[column].path, design.value(point, column).text))
            .collect();
        let alone = again(path, &sets).document.expect("it is sound");
        let run = evaluate(
            &alone,
            &Evaluating { settings: &settings(draws), method, tolerance: 0.0, watch: &Unwatched },
        )
        .expect("it is sound");
        let expected = run.estimates.outcomes.iter().flatten();
        for (estimate, expected) in found.estimates[point].iter().zip(expected) {
            let found = estimate.expect("a share has a value");
            assert!((found.value - expected.value).abs() < 1e-12, "{}", design.place(point));
        }
    }
    assert_ne!(found.estimates[0], found.estimates[design.points.len() - 1], "the test says nothing");
}

#[test]
fn numbers_cost_no_reading() {
    check(
        QUARTET,
        &["parameters.stake=0,4", "issues.mission.payoffs.aloof.pays.amber=0..1:2"],
        None,
        Method::Exact,
        0,
    );
    check(PEACEKEEPERS, &["parameters.bond=0..2:3"], Some(4), Method::Sample, 0);
    check(
        PEACEKEEPERS,
        &["parameters.rebuild=1,4", "parameters.deploys=0.1,0.9"],
        Some(0),
        Method::Sample,
        0,
    );
}

#[test]
fn words_are_read_once_a_combination() {
    let choice = "actors.defender.choice=best,uniform,{ logit = 2 }";
    check(DETERRENCE, &["parameters.resolve=-3..3:4", choice], None, Method::Exact, 3);
    check(DETERRENCE, &["turns=1,4", "variables.stage.start=quiet,resisted"], None, Method::Exact, 4);
    // A number that the file does not write can only be put into the text.
    check(DETERRENCE, &["actors.defender.tremble=0..1:3"], None, Method::Exact, 3);
    check(DETERRENCE, &["parameters.cost=\"2 * prize\",1"], None, Method::Exact, 2);
}

/// The first path's values change slowest.
#[test]
fn a_grid_has_all_combinations_in_order() {
    let design = Design::grid(axes(&["a=1,2", "b=x,y,z"])).expect("it is small");
    let places: Vec<String> = (0..design.points.len()).map(|point| design.place(point)).collect();
    let expected =
        ["a = 1, b = x", "a = 1, b = y", "a = 1, b = z", "a = 2, b = x", "a = 2, b = y", "a = 2, b = z"];
    assert_eq!(places, expected);
    let thousands = axes(&["a=1..2:10_000", "b=1..2:10_000"]);
    assert_eq!(
        Design::grid(thousands),
        Err("10000 x 10000 points are more than anybody can wait for".to_owned())
    );
}

/// A point of a design has a value for every uncertain parameter: nothing is left to draw, and it is the scenario
/// with these values in its text.
#[test]
fn designs_leave_nothing_to_draw() {
    let scenario = document(PEACEKEEPERS, &[], &[]);
    let uncertain = scenario.scenario.uncertain().len();
    for space in [latin(uncertain, 3, 1), sobol::points(uncertain, 3, Some(1))] {
        let design = Design::through_distributions(&scenario.scenario, &space, Span::default());
        assert_eq!(design.columns.len(), uncertain);
        let settings = settings(None);
        let (found, readings) = swept(&scenario, PEACEKEEPERS, design.clone(), &settings, Method::Sample);
        assert_eq!((found.draws, readings), (0, 0));
        let value = |column: usize| &design.value(2, column).text;
        let sets: Vec<String> = (0..uncertain)
            .map(|column| format!("{}={}", design.columns[column].path, value(column)))
            .collect();
        let alone = again(PEACEKEEPERS, &sets).document.expect("it is sound");
        let run = evaluate(
            &alone,
            &Evaluating { settings: &settings, method: Method::Sample, tolerance: 0.0, watch: &Unwatched },
        )
        .expect("it is sound");
        let expected: Vec<f64> = run.estimates.outcomes.iter().flatten().map(|it| it.value).collect();
        let found: Vec<f64> = found.estimates[2].iter().flatten().map(|it| it.value).collect();
        assert_eq!(found, expected);
    }
}

/// The sample of each parameter has a value in each of as many intervals of equal probability as there are points.
#[test]
fn designs_follow_the_distributions() {
    let scenario = document(PEACEKEEPERS, &[], &[]).scenario;
    let uncertain = scenario.uncertain().len();
    let design = Design::through_distributions(&scenario, &latin(uncertain, 50, 9), Span::default());
    let middle = scenario.parameters_at(&Changes::default(), |_| 0.5);
    for (column, id) in design.columns.iter().zip(scenario.uncertain()) {
        assert_eq!(column.path, format!("parameters.{}", scenario.parameters[id.index()].id));
        let at = |point: usize, column: usize| design.value(point, column).number.expect("a number");
        let at =
            |point: usize| at(point, design.columns.iter().position(|it| it == column).expect("it is there"));
        let below = (0..50).filter(|&point| at(point) < middle[id.index()]).count();
        assert_eq!(below, 25, "{}", column.path);
    }
}

/// A point shares the compiled game with every other, so that nothing but numbers is made for it.
#[test]
fn a_further_point_has_no_structure_of_its_own() {
    let document = document(PEACEKEEPERS, &[], &[]);
    let prepared = Shared::default().prepare(&document.scenario, &document.slots).expect("it is small");
    let mut changes = Changes::default();
    changes.set(&document.scenario.factor("parameters.rebuild").expect("it is there"), 4.0);
    assert!(Arc::ptr_eq(&prepared.game, &prepared.with(changes).game));
}

/// Exact propagation leaves out what no measure asks for; what it finds for a measure does not depend on what else
/// is asked.
#[test]
fn a_measure_is_the_same_whatever_else_is_asked() {
    for path in [QUARTET, "tests/golden/small.toml", "tests/golden/calendar.toml", DETERRENCE] {
        let document = document(path, &[], &[]);
        let prepared = Shared::default().prepare(&document.scenario, &document.slots).expect("it is small");
        let scenario = &document.scenario;
        let mut all = vec![Measure::Turns, Measure::Outcome(0, 0), Measure::FinalValue(VariableId::new(0))];
        all.push(Measure::Move(SeatId::new(0), 0));
        all.extend((0..scenario.measures.len()).map(Measure::Defined));
        all.push(scenario.measure(&format!("scores.{}", scenario.actors[0].id)).expect("it is there"));
        let found = |measures: Vec<Measure>| {
            let experiment =
                Experiment::new(&prepared, measures, &settings(Some(0)), Method::Exact).expect("sound");
            experiment.at(&Changes::default(), &Unwatched).expect("it is sound")
        };
        let together = found(all.clone());
        for (at, measure) in all.iter().enumerate() {
            assert_eq!(found(vec![*measure]).value(0), together.value(at), "{path}: {measure:?}");
        }
    }
}

#[test]
fn threads_change_nothing() {
    let document = document(PEACEKEEPERS, &[], &[]);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let design = Design::grid(axes(&["parameters.rebuild=1..4:5"])).expect("it is small");
        pool.install(|| swept(&document, PEACEKEEPERS, design, &settings(Some(5)), Method::Sample))
    };
    assert_eq!(on(1), on(3));
}
