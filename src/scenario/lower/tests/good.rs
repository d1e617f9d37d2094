//! Sound scenarios and what becomes of them.

use super::*;
use crate::scenario::{
    Beliefs, Change, Changes, Condition, Distribution, FactTest, Horizon, Limit, Measure, ParameterKind,
    Reason, Script, Start,
};

#[track_caller]
fn read(text: &str, shelf: &Shelf) -> Scenario {
    let (scenario, messages) = lower_text(text, shelf);
    scenario.unwrap_or_else(|| panic!("{messages:#?}"))
}

#[track_caller]
fn read_base(more: &str) -> Scenario {
    read(&format!("{BASE}{more}"), &Shelf::default())
}

fn golden(name: &str) -> String {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a golden")
}

/// `force=none|some turn=2|3 north.talks=offer`, clauses separated by ` or `.
fn show_condition(condition: &Condition, scenario: &Scenario) -> String {
    let clauses = condition.any.iter().map(|clause| {
        let mut parts = Vec::new();
        for (id, set) in &clause.levels {
            let variable = &scenario.variables[id.index()];
            let levels: Vec<&str> = set.members().map(|level| variable.levels[level].as_str()).collect();
            parts.push(format!("{}={}", variable.id, levels.join("|")));
        }
        if let Some(turns) = &clause.turns {
            let turns: Vec<String> = turns.members().map(|turn| (turn + 1).to_string()).collect();
            parts.push(format!("turn={}", turns.join("|")));
        }
        for (id, set) in &clause.moves {
            let seat = &scenario.seats[id.index()];
            let moves: Vec<&str> = set.members().map(|one| seat.moves[one].id.as_str()).collect();
            let (actor, issue) =
                (&scenario.actors[seat.actor.index()].id, &scenario.issues[seat.issue.index()].id);
            parts.push(format!("{actor}.{issue}={}", moves.join("|")));
        }
        parts.join(" ")
    });
    clauses.collect::<Vec<_>>().join(" or ")
}

#[test]
fn the_goldens_are_sound() {
    for name in ["small.toml", "ladder.toml", "calendar.toml", "quartet.toml", "chicken.toml"] {
        let shelf = Shelf(BTreeMap::from([("ladder.csv", golden("ladder.csv").into_bytes())]));
        read(&golden(name), &shelf);
    }
}

#[track_caller]
fn check_when(when: &str, expected: &str) {
    let scenario = read_base(&format!("[issues.talks.payoffs.x]\nwhen = {when}\npays = {{}}\n"));
    assert_eq!(show_condition(&scenario.terms[0].when, &scenario), expected);
}

#[test]
fn conditions_become_sets() {
    check_when(r#"{ force = "some" }"#, "force=some");
    check_when(r#"{ force = "!some" }"#, "force=none|full");
    check_when(r#"{ force = ">=some" }"#, "force=some|full");
    check_when(r#"{ force = ">some" }"#, "force=full");
    check_when(r#"{ force = "<= some" }"#, "force=none|some");
    check_when(r#"{ force = "<some" }"#, "force=none");
    check_when(r#"{ force = ["full", "<some"] }"#, "force=none|full");
    check_when(r#"{ force = ["!some", "!none"] }"#, "force=none|some|full");
    check_when("{ turn = 3 }", "turn=3");
    check_when(r#"{ turn = ">=2" }"#, "turn=2|3");
    check_when(r#"{ turn = [1, ">2"] }"#, "turn=1|3");
    check_when(r#"{ turn = "!2" }"#, "turn=1|3");
    check_when("{ turn = 9 }", "turn=");
    check_when(r#"{ north = "!offer" }"#, "north.talks=wait");
    check_when(r#"{ north = ["offer", "wait"] }"#, "north.talks=offer|wait");
    check_when(r#"{ north = "offer", "north.talks" = "!offer" }"#, "north.talks=");
    check_when(
        r#"[{ force = "none" }, { south = "accept", turn = 1 }]"#,
        "force=none or turn=1 south.talks=accept",
    );
    check_when("{}", "");
    assert_eq!(read_base("[payoffs.x]\npays = {}\nwhen = []").terms[0].when.any, []);
    assert_eq!(read_base("[payoffs.x]\npays = {}").terms[0].when, Condition::always());
}

#[test]
fn what_is_left_out_has_its_default() {
    let scenario = read_base("");
    let north = &scenario.actors[0];
    let numbers = scenario.numbers(&scenario.central()).expect("in range");
    assert_eq!(north.name, "north");
    assert!(matches!(north.beliefs, Beliefs::Level(1)));
    assert_eq!(north.horizon, Horizon::Turns(1));
    let actor = &numbers.actors[0];
    assert_eq!((actor.logit, actor.tremble, actor.discount), (1.0, 0.0, 1.0));
    assert_eq!(numbers.values, [[0.0, 1.0, 2.0]]);
    assert_eq!(numbers.starts, [[1.0, 0.0, 0.0]]);
    assert_eq!(numbers.salience, [[1.0, 1.0], [1.0, 1.0]]);
    assert_eq!((scenario.title.as_str(), scenario.turn.as_str()), ("s", "turn"));
}

#[test]
fn parameters_keep_their_kinds_and_order() {
    let text = BASE.replace(
        "stake = 2.0",
        "half = \"stake / 2\"\nstake = { value = \"odds * 4\", because = \"c1\" }\nodds = { oneof = [0.5, 1] }",
    );
    let scenario = read(&(text + "[claims.c1]\ntext = \"x\""), &Shelf::default());
    assert_eq!(scenario.central(), [1.0, 2.0, 0.5]);
    assert_eq!(scenario.parameters_at(&Changes::default(), |_| 0.9), [2.0, 4.0, 1.0]);
    assert_eq!(scenario.uncertain().len(), 1);
    assert_eq!(scenario.parameters[2].kind, ParameterKind::Uncertain(Distribution::OneOf(vec![0.5, 1.0])));
    assert_eq!(scenario.parameters[1].notes.because.reasons, [Reason::Claim(0)]);
}

#[test]
fn a_long_chain_of_parameters_needs_no_deep_stack() {
    use std::fmt::Write as _;
    let mut chain = String::from("p0 = 1\n");
    for index in 1..20_000 {
        writeln!(chain, "p{index} = \"p{} + 1\"", index - 1).expect("writes");
    }
    // The last first, so that everything waits for the first.
    let reversed: Vec<&str> = chain.lines().rev().collect();
    let scenario = read(&BASE.replace("stake = 2.0", &reversed.join("\n")), &Shelf::default());
    assert_eq!(scenario.central().first(), Some(&20_000.0));
}

#[test]
fn a_table_becomes_terms() {
    let text = format!("{BASE}[claims.c1]\ntext = \"x\"\n")
        .replace("[issues.talks.moves]", "[issues.talks]\ntable = \"sub/t.csv\"\n[issues.talks.moves]");
    let table =
        "north,force,pays.south,because\r\noffer,>=some,\"stake * 2\",c1; c1\r\n*,!none,-1,\"a, b\"\r\n";
    let scenario = read(&text, &Shelf(BTreeMap::from([("sub/t.csv", table.into())])));
    let shown: Vec<_> = scenario
        .terms
        .iter()
        .map(|term| {
            (term.path.as_str(), show_condition(&term.when, &scenario), term.notes.because.reasons.clone())
        })
        .collect();
    let (row_1, row_2) = ("issues.talks.table.row_1", "issues.talks.table.row_2");
    assert_eq!(
        shown,
        [
            (row_1, "force=some|full north.talks=offer".to_owned(), vec![Reason::Claim(0), Reason::Claim(0)]),
            (row_2, "force=some|full".to_owned(), vec![Reason::Text("a, b".to_owned())]),
        ]
    );
    let numbers = scenario.numbers(&scenario.central()).expect("in range");
    assert_eq!(numbers.pays, [[0.0, 4.0], [0.0, -1.0]]);
}

#[test]
fn rows_may_have_ids() {
    let text =
        BASE.replace("[issues.talks.moves]", "[issues.talks]\ntable = \"t.csv\"\n[issues.talks.moves]");
    let scenario = read(&text, &Shelf(BTreeMap::from([("t.csv", "id,pays.north\nled,1\n".into())])));
    assert_eq!(scenario.terms[0].path, "issues.talks.table.led");
}

#[test]
fn scripts_fix_draw_and_narrow() {
    let script = |value: &str| {
        let scenario = read_base(&format!("[script]\n\"north.talks\" = {value}\n"));
        let numbers = scenario.numbers(&scenario.central()).expect("in range");
        let narrow = match &scenario.seats[0].script {
            Some(Script::Narrow(set)) => Some(set.members().collect::<Vec<_>>()),
            _ => None,
        };
        (narrow, numbers.script[0].clone())
    };
    assert_eq!(script("\"wait\""), (None, vec![0.0, 1.0]));
    assert_eq!(script("{ wait = 3, offer = \"stake\" }"), (None, vec![2.0, 3.0]));
    assert_eq!(script("\"!wait\""), (Some(vec![0]), vec![]));
    assert_eq!(script("[\"offer\", \"wait\"]"), (Some(vec![0, 1]), vec![]));
}

#[test]
fn effects_keep_set_before_shift() {
    let more = "[variables.mood]\nlevels = [\"low\", \"high\"]\nstart = { low = 1, high = \"stake + 1\" }\n\
                [events.e]\nshift = { force = -2 }\nset = { mood = \"high\" }\n";
    let scenario = read_base(more);
    let changes: Vec<_> =
        scenario.effects[0].changes.iter().map(|(id, change)| (id.index(), *change)).collect();
    assert_eq!(changes, [(1, Change::Set(1)), (0, Change::Shift(-2))]);
    assert!(matches!(scenario.variables[1].start, Start::Weights(_)));
    assert_eq!(scenario.numbers(&scenario.central()).expect("in range").starts[1], [0.25, 0.75]);
}

#[test]
fn an_issue_and_a_variable_may_share_an_id() {
    let text = BASE.replace("[variables.force]", "[variables.talks]\nlevels = [\"a\"]\n[variables.force]");
    let scenario = read(
        &(text + "[payoffs.x]\nwhen = { talks = \"a\", \"north.talks\" = \"wait\" }\npays = {}"),
        &Shelf::default(),
    );
    assert_eq!(show_condition(&scenario.terms[0].when, &scenario), "talks=a north.talks=wait");
}

#[test]
fn facts_and_measures_resolve() {
    let more = "[measures.offers]\nwhen = { \"north.talks\" = \"offer\" }\n\
                [measures.share]\nof = \"offers\"\n\
                [measures.rate]\nof = \"turns\"\n\
                [facts.f1]\nvariant = \"early\"\nraises = \"final.force\"\nby = 0.5\n\
                [facts.f2]\nmeasure = \"measures.offers\"\nabove = 0.1\nbelow = \"moves.north.talks.wait\"\n";
    let scenario = read_base(more);
    assert_eq!(scenario.measures[1].of, Some(Measure::Defined(0)));
    assert_eq!(scenario.measures[2].of, Some(Measure::Turns));
    let measure = "measures.offers".to_owned();
    let below = Some(Limit::Measure("moves.north.talks.wait".to_owned()));
    assert_eq!(scenario.facts[1].test, FactTest::Bound { measure, above: Some(Limit::Number(0.1)), below });
    let mut diagnostics = Vec::new();
    super::super::check_measures(&scenario, |_| Some(&scenario), &mut diagnostics);
    assert_eq!(diagnostics, []);
}

#[test]
fn every_measure_has_a_path() {
    let scenario = read_base("[measures.m]\n");
    for path in [
        "turns",
        "outcomes.end.war",
        "final.force",
        "final.force.full",
        "scores.south",
        "moves.south.talks.refuse",
        "measures.m",
    ] {
        assert_eq!(scenario.measure(path).map(|measure| scenario.measure_name(measure)), Ok(path.to_owned()));
    }
    let wrong = |path: &str| scenario.measure(path).expect_err("is no measure");
    assert_eq!(wrong("final.forse"), "no measure is called `final.forse`; did you mean `final.force`?");
    assert_eq!(wrong("x"), "no measure is called `x`");
}
