//! What a run counts, where theory says what must come out.

use demarche::scenario::{Library, Request, read};
use demarche::study::{Estimates, Settings, Unwatched, run};

struct Nothing;

impl Library for Nothing {
    fn read(&self, _: &str, _: &str) -> Result<Vec<u8>, String> {
        Err("is not there".to_owned())
    }
}

#[track_caller]
fn estimates(text: &str) -> Estimates {
    let request = Request {
        name: "counted.toml",
        text: text.as_bytes(),
        changes: Vec::new(),
        sets: Vec::new(),
        library: &Nothing,
    };
    let document = read(&request).document.expect("it is sound");
    let settings = Settings { replications: 20_000, ..Settings::default() };
    run(&document, &settings, &Unwatched, None).expect("it can be played").estimates
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
