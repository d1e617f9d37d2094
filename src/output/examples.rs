//! Scenarios for the tests of this floor, in which nothing is left to chance.

use crate::scenario::{Document, Library, Request, read};
use crate::study::{Run, Settings, Unwatched, run};

/// Two actors, an issue, an effect and an ending, all of it certain.
pub(crate) const CERTAIN: &str = r#"
format = 1
title  = "A crossing"
turns  = 3
turn   = "day"

[parameters]
toll = 2.0

[variables.gate]
levels = ["shut", "ajar", "open"]

[variables.mood]
levels = ["calm", "tense"]

[actors.guard]
name = "The guard"

[actors.guest]
choice = "best"

[issues.crossing.moves]
guard = ["yield", "hold"]
guest = ["ask", "wait"]

[issues.crossing.payoffs.asking]
when    = { guest = "ask" }
pays    = { guest = -0.5 }
because = "asking costs face"

[issues.crossing.payoffs.passage]
title   = "Passage for a toll"
when    = { guard = "yield", guest = "ask" }
pays    = { guest = "toll", guard = 1 }
because = ["c1", "assumed: the size"]

[issues.crossing.effects.opens]
when = { guard = "yield" }
shift = { gate = 1 }

[payoffs.peace]
when = { mood = "calm" }
pays = { guard = 0.25 }

[script]
"guard.crossing" = "yield"

[outcomes.way.through]
title = "The guest gets through, and has a long way to go from there to the end"
when  = { gate = "open" }
ends  = true
pays  = { guest = 3 }

[outcomes.way.waiting]

[measures.asked]
when = { "guest.crossing" = "ask" }
ever = true

[claims.c1]
text   = "Who pays is let through."
source = "an old song"
"#;

struct Nothing;

impl Library for Nothing {
    fn read(&self, _: &str, _: &str) -> Result<Vec<u8>, String> {
        Err("is not there".to_owned())
    }
}

/// Reads a scenario.
#[track_caller]
pub(crate) fn document(text: &str) -> Document {
    let request = Request {
        name: "example.toml",
        text: text.as_bytes(),
        changes: Vec::new(),
        sets: Vec::new(),
        library: &Nothing,
    };
    let reading = read(&request);
    reading.document.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics))
}

/// Plays a scenario a hundred times.
#[track_caller]
pub(crate) fn played(document: &Document) -> Run {
    let settings = Settings { replications: 100, ..Settings::default() };
    run(document, &settings, &Unwatched, None).expect("the examples can be played")
}
