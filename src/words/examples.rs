//! Scenarios for tests of answers and words.

use super::{Style, Telling, text};
use crate::ask::{Answer, Layers, Question, Session, Source, ask};
use crate::study::Unwatched;

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

/// Two actors, one parameter that is uncertain, chance, variants, a claim, a fact.
pub(crate) const DUEL: &str = r#"
format = 1
title  = "A duel"
turns  = 3

[parameters]
pride = { uniform = [0.5, 1.5], because = "c1" }

[variables.honour]
levels = ["stained", "kept"]

[actors.first]
[actors.second]

[issues.dawn.moves]
first  = ["shoot", "spare"]
second = ["shoot", "spare"]

[issues.dawn.payoffs.glory]
when = { first = "shoot" }
pays = { first = "pride", second = -1 }

[issues.dawn.effects.saves]
when   = { first = "spare", second = "spare" }
chance = 0.5
set    = { honour = "kept" }

[outcomes.end.reconciled]
when = { honour = "kept" }

[outcomes.end.bitter]

[variants.meek]
script = { "first.dawn" = "spare" }

[variants.fierce]
script = { "first.dawn" = "shoot" }

[claims.c1]
text = "Honour is at stake."

[facts.f1]
variant = "fierce"
lowers  = "outcomes.end.reconciled"
"#;

/// The answer to a question about a scenario.
#[track_caller]
pub(crate) fn answered(scenario: &str, question: &str) -> Answer {
    let question: Question = serde_json::from_str(question).expect("a question");
    let session = Session::open(Source::new("example.toml", scenario), &Layers::default());
    let session = session.unwrap_or_else(|why| panic!("{why}"));
    ask(&session, &question, &Unwatched).unwrap_or_else(|why| panic!("{why}"))
}

/// The same in words.
#[track_caller]
pub(crate) fn said(scenario: &str, question: &str) -> String {
    let option = |key: &str, value: Option<&str>| {
        format!("`{key}`{}", value.map_or(String::new(), |v| format!(" {v}")))
    };
    let telling = Telling { style: Style::plain(), seconds: None, folder: None, option: &option };
    text(&answered(scenario, question), &telling)
}
