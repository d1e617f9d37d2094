//! Scenarios drawn at random, as text: small enough for the oracle, and with every word of the language.

use crate::conditions::{Place, Places, amount, condition, numbers};
use crate::tape::Tape;

/// The table that the first issue may name: it speaks of whom every scenario has, and has in that issue.
pub(crate) const TABLE: &str = "north,heat,pays.north,pays.south\nwait,*,0.5,-stake\n*,low,-0.25,1\n";

/// A table of the file: its path and its lines.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) name: String,
    pub(crate) lines: Vec<String>,
}

/// An issue with all that belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Issue {
    pub(crate) name: String,
    pub(crate) lines: Vec<String>,
    /// Actor and moves, as they are written.
    pub(crate) moves: Vec<(String, Vec<String>)>,
    pub(crate) terms: Vec<Block>,
    pub(crate) effects: Vec<Block>,
}

/// A scenario as its parts, which can be put in another order.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Who and what there is, in the order in which it was drawn.
    pub(crate) places: Places,
    pub(crate) parameters: Vec<String>,
    pub(crate) script: Vec<String>,
    pub(crate) variables: Vec<Block>,
    pub(crate) actors: Vec<Block>,
    pub(crate) issues: Vec<Issue>,
    pub(crate) terms: Vec<Block>,
    pub(crate) events: Vec<Block>,
    /// Classifications and their outcomes.
    pub(crate) classes: Vec<(String, Vec<Block>)>,
    pub(crate) measures: Vec<Block>,
}

const ACTORS: [&str; 3] = ["north", "south", "west"];
const VARIABLES: [&str; 3] = ["heat", "trust", "stock"];
const LEVELS: [&str; 3] = ["low", "even", "high"];
const ISSUES: [&str; 3] = ["border", "trade", "talks"];
const MOVES: [&str; 3] = ["wait", "push", "yield"];

impl Draft {
    pub(crate) fn new(tape: &mut Tape<'_>) -> Self {
        let places = places(tape);
        let mut draft = Self {
            places: places.clone(),
            parameters: parameters(tape),
            script: Vec::new(),
            variables: places.variables.iter().map(|(name, levels)| variable(tape, name, levels)).collect(),
            actors: places.actors.iter().map(|name| actor(tape, name, &places)).collect(),
            issues: (0..places.issues.len()).map(|at| issue(tape, at, &places)).collect(),
            terms: Vec::new(),
            events: Vec::new(),
            classes: Vec::new(),
            measures: Vec::new(),
        };
        for n in 0..tape.between(0, 2) {
            draft.terms.push(term(tape, &format!("standing{n}"), None, &places));
        }
        for n in 0..tape.between(0, 3) {
            draft.events.push(effect(tape, &format!("event{n}"), None, &places));
        }
        draft.classes = ["end", "mood"].map(|name| (name.to_owned(), outcomes(tape, &places))).into();
        for _ in 0..tape.between(0, 3) {
            draft.measures.push(measure(tape, &draft.measures, &places));
        }
        draft.script = script(tape, &places);
        draft
    }

    /// The scenario file.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("format = 1\ntitle = \"Drawn\"\nturns = {}\n", self.places.turns);
        let mut section = |path: String, lines: &[String]| {
            text += &format!("\n[{path}]\n");
            for line in lines {
                text += &format!("{line}\n");
            }
        };
        section("parameters".to_owned(), &self.parameters);
        let mut sections = |path: &str, blocks: &[Block]| {
            for block in blocks {
                section(format!("{path}.{}", block.name), &block.lines);
            }
        };
        sections("variables", &self.variables);
        sections("actors", &self.actors);
        for issue in &self.issues {
            let moves = issue.moves.iter().map(|(actor, moves)| format!("{actor} = [{}]", moves.join(", ")));
            let parts = [("", issue.lines.clone()), (".moves", moves.collect())];
            let parts = parts.map(|(part, lines)| Block { name: format!("{}{part}", issue.name), lines });
            sections("issues", &parts);
            sections(&format!("issues.{}.payoffs", issue.name), &issue.terms);
            sections(&format!("issues.{}.effects", issue.name), &issue.effects);
        }
        sections("payoffs", &self.terms);
        sections("events", &self.events);
        sections("measures", &self.measures);
        for (class, outcomes) in &self.classes {
            sections(&format!("outcomes.{class}"), outcomes);
        }
        section("script".to_owned(), &self.script);
        text
    }
}

/// Who and what there is: profiles and states stay few.
fn places(tape: &mut Tape<'_>) -> Places {
    let own = |names: &[&str], count| names[..count].iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let actors = own(&ACTORS, tape.between(2, 3));
    let mut states = 1;
    let variables = own(&VARIABLES, tape.between(2, 3)).into_iter().map(|name| {
        let levels = if states > 6 { 2 } else { tape.between(2, 3) };
        states *= levels;
        (name, own(&LEVELS, levels))
    });
    let variables = variables.collect();
    let mut profiles = 1;
    let issues = own(&ISSUES, tape.between(1, 3)).into_iter().map(|name| {
        let seats = actors.iter().filter_map(|actor| {
            let moves = tape.between(1, 3).min(24 / profiles);
            let absent = actor != "north" && tape.is(35);
            (moves > 0 && !absent).then(|| {
                profiles *= moves;
                (actor.clone(), own(&MOVES, moves))
            })
        });
        let seats: Vec<_> = seats.collect();
        (name, seats)
    });
    let issues = issues.collect();
    Places { turns: tape.of(&[1, 2, 3, 4, 3, 4]), actors, variables, issues }
}

fn parameters(tape: &mut Tape<'_>) -> Vec<String> {
    let stake = tape.of(&["1.0", "{ uniform = [0.25, 1.75] }", "{ triangular = [-1, 0.5, 2] }"]);
    let odds = tape.of(&["0.5", "{ beta = [2, 3] }", "{ oneof = [0.25, 0.75] }"]);
    vec![format!("stake = {stake}"), format!("odds = {odds}"), "twice = \"2 * stake\"".to_owned()]
}

fn variable(tape: &mut Tape<'_>, name: &str, levels: &[String]) -> Block {
    let mut lines = vec![format!("levels = {levels:?}")];
    if tape.is(40) {
        let values: Vec<String> = levels.iter().map(|_| amount(tape)).collect();
        lines.push(format!("values = [{}]", values.join(", ")));
    }
    match tape.below(5) {
        1 => lines.push(format!("start = {:?}", tape.of(levels))),
        2.. => {
            let weights = levels.iter().map(|level| format!("{level} = {}", tape.between(1, 3)));
            lines.push(format!("start = {{ {} }}", weights.collect::<Vec<_>>().join(", ")));
        }
        0 => {}
    }
    Block { name: name.to_owned(), lines }
}

fn actor(tape: &mut Tape<'_>, name: &str, places: &Places) -> Block {
    let horizon = format!("horizon = {}", tape.between(1, places.turns));
    let other = tape.of(&places.actors);
    let regard = if other == name {
        String::new()
    } else {
        format!("regard = {{ {other} = {} }}", tape.of(&["0.5", "-0.3", "1"]))
    };
    let choices = [
        "",
        "choice = \"best\"",
        "choice = { logit = 3 }",
        "choice = { logit = \"twice * twice\" }",
        "choice = \"uniform\"",
    ];
    let beliefs = [
        "",
        "beliefs = { level = 2 }",
        "beliefs = \"uniform\"",
        "beliefs = { level = 0 }",
        "beliefs = { level = 3 }",
        "beliefs = { poisson = 0.5 }",
        "beliefs = { poisson = 1.5, level = 2 }",
        "beliefs = { poisson = 0.5, level = 3 }",
        "beliefs = { poisson = 0, level = 1 }",
    ];
    let lines = [
        tape.of(&choices).to_owned(),
        tape.of(&beliefs).to_owned(),
        tape.of(&[String::new(), horizon.clone(), horizon, "horizon = \"end\"".to_owned()]),
        tape.of(&["", "beyond = \"status_quo\"", "beyond = \"nothing\""]).to_owned(),
        tape.of(&["", "", "discount = 0.9", "discount = 0.5", "discount = 0"]).to_owned(),
        tape.of(&["", "", "tremble = 0.1", "tremble = \"odds / 2\"", "tremble = 1"]).to_owned(),
        tape.of(&[String::new(), String::new(), regard]),
    ];
    Block { name: name.to_owned(), lines: lines.into_iter().filter(|line| !line.is_empty()).collect() }
}

fn issue(tape: &mut Tape<'_>, at: usize, places: &Places) -> Issue {
    let (name, seats) = &places.issues[at];
    let gate = if tape.is(35) { condition(tape, places, Place::Gate) } else { String::new() };
    let mut lines: Vec<String> = Some(gate).filter(|line| !line.is_empty()).into_iter().collect();
    if at == 0 && tape.is(20) {
        lines.push("table = \"pays.csv\"".to_owned());
    }
    let mut moves = Vec::new();
    for (actor, names) in seats {
        let all = names.iter().enumerate().map(|(first, name)| one_move(tape, name, first == 0, places));
        moves.push((actor.clone(), all.collect()));
    }
    let terms = (0..tape.between(1, 3)).map(|n| term(tape, &format!("term{n}"), Some(at), places)).collect();
    let effects =
        (0..tape.of(&[0, 1, 2, 1, 2])).map(|n| effect(tape, &format!("effect{n}"), Some(at), places));
    let effects = effects.collect();
    Issue { name: name.clone(), lines, moves, terms, effects }
}

/// A move; the first of a seat is always available.
fn one_move(tape: &mut Tape<'_>, name: &str, first: bool, places: &Places) -> String {
    let salience = if tape.is(25) {
        format!(", salience = {}", tape.of(&["3", "0.2", "\"odds\""]))
    } else {
        String::new()
    };
    let when = if !first && tape.is(30) { condition(tape, places, Place::Gate) } else { String::new() };
    match (salience.as_str(), when.as_str()) {
        ("", "") => format!("{name:?}"),
        (salience, "") => format!("{{ move = {name:?}{salience} }}"),
        (salience, when) => format!("{{ move = {name:?}{salience}, {when} }}"),
    }
}

fn pays(tape: &mut Tape<'_>, places: &Places) -> String {
    let paid = tape.shuffled(&places.actors);
    let count = tape.between(1, paid.len());
    let pays = paid[..count].iter().map(|actor| format!("{actor} = {}", amount(tape)));
    format!("pays = {{ {} }}", pays.collect::<Vec<_>>().join(", "))
}

fn term(tape: &mut Tape<'_>, name: &str, issue: Option<usize>, places: &Places) -> Block {
    let mut lines = vec![condition(tape, places, Place::Play(issue)), pays(tape, places)];
    if tape.is(25) {
        lines.push(format!("per = {:?}", tape.of(&places.variables).0));
    }
    lines.retain(|line| !line.is_empty());
    Block { name: name.to_owned(), lines }
}

pub(crate) fn effect(tape: &mut Tape<'_>, name: &str, issue: Option<usize>, places: &Places) -> Block {
    let changed = tape.shuffled(&places.variables);
    let (variable, levels) = &changed[0];
    let (second, others) = &changed[1];
    let mut lines = vec![
        condition(tape, places, Place::Play(issue)),
        tape.of(&["chance = 0.5", "chance = \"odds\"", "", "chance = 0.25", "chance = 0.75", "chance = 0"])
            .to_owned(),
        match tape.below(3) {
            0 => format!("shift = {{ {variable} = {} }}", tape.of(&[1, -1, 1, -1, 2])),
            1 => format!("set = {{ {variable} = {:?} }}", tape.of(levels)),
            _ => format!("set = {{ {second} = {:?} }}\nshift = {{ {variable} = -1 }}", tape.of(others)),
        },
    ];
    lines.retain(|line| !line.is_empty());
    Block { name: name.to_owned(), lines }
}

fn outcomes(tape: &mut Tape<'_>, places: &Places) -> Vec<Block> {
    let count = tape.of(&[1, 2, 3, 2, 3]);
    let rest = tape.below(count);
    let outcome = |at: usize| {
        let mut lines = Vec::new();
        if at != rest {
            lines.push(condition(tape, places, Place::Outcome));
            lines.push(if tape.is(35) { "ends = true".to_owned() } else { String::new() });
        } else if tape.is(4) {
            lines.push("ends = true".to_owned());
        }
        lines.push(if tape.is(60) { pays(tape, places) } else { String::new() });
        lines.retain(|line| !line.is_empty());
        Block { name: format!("o{at}"), lines }
    };
    (0..count).map(outcome).collect()
}

fn measure(tape: &mut Tape<'_>, earlier: &[Block], places: &Places) -> Block {
    let mut lines = vec![condition(tape, places, Place::Play(None))];
    lines.push(match tape.below(3) {
        1 => "ever = true".to_owned(),
        2 => format!("per = {:?}", tape.of(&places.variables).0),
        _ => String::new(),
    });
    if tape.is(50) {
        let (variable, levels) = tape.of(&places.variables);
        let mut of = vec!["turns".to_owned(), "outcomes.end.o0".to_owned(), format!("final.{variable}")];
        of.push(format!("scores.{}", tape.of(&places.actors)));
        of.push(format!("final.{variable}.{}", levels[1]));
        let (issue, seats) = tape.of(&places.issues);
        let moved = seats.iter().map(|(actor, moves)| format!("moves.{actor}.{issue}.{}", moves[0]));
        of.extend(moved);
        of.extend(earlier.iter().map(|other| other.name.clone()));
        lines.push(format!("of = {:?}", tape.of(&of)));
    }
    lines.retain(|line| !line.is_empty());
    Block { name: format!("m{}", earlier.len()), lines }
}

fn script(tape: &mut Tape<'_>, places: &Places) -> Vec<String> {
    let mut script = Vec::new();
    for (issue, seats) in &places.issues {
        for (actor, moves) in seats {
            if !tape.is(15) {
                continue;
            }
            let one = tape.of(moves);
            let value = match tape.below(4) {
                1 if moves.len() > 1 => format!("\"!{one}\""),
                2 => format!("[{one:?}, {:?}]", tape.of(moves)),
                3 => numbers(tape, moves),
                _ => format!("{one:?}"),
            };
            script.push(format!("\"{actor}.{issue}\" = {value}"));
        }
    }
    script
}
