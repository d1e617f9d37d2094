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
