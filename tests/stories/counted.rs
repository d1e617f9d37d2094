//! What a run counts, where theory says what must come out.

use demarche::scenario::{Document, Library, Request, read};
use demarche::stats::Estimate;
use demarche::study::{Estimates, Settings, Unwatched, propagate, run};

struct Nothing;

impl Library for Nothing {
    fn read(&self, _: &str, _: &str) -> Result<Vec<u8>, String> {
        Err("is not there".to_owned())
    }
}

#[track_caller]
fn document(text: &str) -> Document {
    let request = Request {
        name: "counted.toml",
        text: text.as_bytes(),
        changes: Vec::new(),
        sets: Vec::new(),
        library: &Nothing,
    };
    read(&request).document.expect("it is sound")
}

fn settings() -> Settings {
    Settings { replications: 20_000, ..Settings::default() }
}

#[track_caller]
fn estimates(text: &str) -> Estimates {
    run(&document(text), &settings(), &Unwatched, None).expect("it can be played").estimates
}

/// Two turns, in each of which the move is made with probability 1/2: it is made once on average, and the
/// level ends at 2 with probability 1/4, at 4 with 3/4.
#[test]
fn a_measure_is_divided_by_a_final_value() {
    let found = estimates(
        r#"
format = 1
turns = 2
[variables.heat]
levels = ["low", "high"]
values = [2, 4]
[actors.north]
[issues.border.moves]
north = ["wait", "push"]
[issues.border.effects.heat]
when = { north = "push" }
set = { heat = "high" }
[outcomes.end.any]
[measures.pushes]
when = { "north.border" = "push" }
of = "final.heat"
"#,
    );
    let ratio = found.measures[0].expect("it happens").value;
    assert!((ratio - 1.0 / 3.5).abs() < 0.01, "{ratio}");
}

/// Two turns; north pushes with probability 1/4 and the play ends where it does. So 7/4 turns are played on
/// average, in 7/16 of all plays somebody pushes, and north waits 21/16 times: 3/4 of its turns.
const BORDER: &str = r#"
format = 1
turns = 2
[variables.heat]
levels = ["low", "high"]
values = [2, 4]
[actors.north]
choice = "uniform"
[issues.border.moves]
north = ["wait", "watch", "look", "push"]
[issues.border.effects.heat]
when = { north = "push" }
set = { heat = "high" }
[outcomes.end.hot]
when = { heat = "high" }
ends = true
[outcomes.end.cool]
[measures.turns_without]
when = { "north.border" = "!push" }
[measures.pushed]
when = { "north.border" = "push" }
ever = true
[measures.by_move]
when = { "north.border" = "!push" }
of = "moves.north.border.push"
[measures.pace]
when = { "north.border" = "push" }
of = "turns"
[measures.by_ratio]
ever = true
of = "pace"
[measures.third]
when = { "north.border" = "!push" }
of = "measures.by_ratio"
[measures.fourth]
per = "heat"
of = "third"
[measures.never]
when = { heat = "high" }
of = "turns"
[measures.by_never]
of = "never"
[measures.by_nothing]
of = "by_never"
[measures.never_by_ratio]
when = { heat = "high" }
of = "pace"
"#;

/// By what stands above [`BORDER`]: a chain of any length, and no value where anything that divides is 0.
#[test]
fn measures_are_divided_by_ratios() {
    let without = 21.0 / 16.0;
    let by_ratio = 1.0 / (7.0 / 16.0 / 1.75);
    let expected = [
        ("turns_without", Some(without)),
        ("pushed", Some(7.0 / 16.0)),
        ("by_move", Some(without / 0.25)),
        ("pace", Some(0.25)),
        ("by_ratio", Some(by_ratio)),
        ("third", Some(without / by_ratio)),
        // Every turn is played at low heat, which is worth 2.
        ("fourth", Some(3.5 / (without / by_ratio))),
        ("never", Some(0.0)),
        ("by_never", None),
        ("by_nothing", None),
        ("never_by_ratio", Some(0.0)),
    ];
    let document = document(BORDER);
    let sampled = run(&document, &settings(), &Unwatched, None).expect("it can be played").estimates;
    let exact = propagate(&document, &settings(), 0.0, &Unwatched).expect("it can be propagated").estimates;
    let found = sampled.measures.iter().zip(&exact.measures);
    for ((name, expected), (sampled, exact)) in expected.into_iter().zip(found) {
        let value = |found: &Option<Estimate>| found.map(|found| found.value);
        let (Some(expected), Some(found), Some(known)) = (expected, value(sampled), value(exact)) else {
            assert_eq!((value(sampled), value(exact)), (None, None), "{name} is {expected:?}");
            continue;
        };
        assert!((known - expected).abs() < 1e-12, "{name}: {known}, not {expected}");
        assert!((found - expected).abs() <= 0.05 * expected, "{name}: {found}, not {expected}");
        let (sampled, exact) = (sampled.expect("a value"), exact.expect("a value"));
        assert!(sampled.low < sampled.high && exact.low >= exact.high, "{name}: {sampled:?} {exact:?}");
    }
}

/// South, who looks two turns ahead, does not ask what north chooses by reason; north's pushing is worth
/// 1/2 to it, and a fifth of the time it trembles: 0.8 / (1 + exp(-1/2)) + 0.2 / 2.
#[test]
fn who_trembles_may_look_less_far_ahead_than_others() {
    let found = estimates(
        r#"
format = 1
turns = 2
[variables.heat]
levels = ["low", "high"]
[actors.north]
tremble = 0.2
[actors.south]
horizon = 2
[issues.border.moves]
north = ["wait", "push"]
south = ["wait", "push"]
[issues.border.payoffs.pushed]
when = { north = "push", south = "push" }
pays = { north = 1 }
[issues.trade.moves]
north = ["wait", "push"]
[outcomes.end.any]
"#,
    );
    let pushes = found.moves[0][0][1].expect("the issue is open").value;
    assert!((pushes - (0.8 / (1.0 + libm::exp(-0.5)) + 0.1)).abs() < 0.02, "{pushes}");
}
