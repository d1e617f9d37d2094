//! Parts of a scenario that do not make sense by themselves or together.

use super::*;

#[test]
fn lists_are_neither_empty_nor_repeated() {
    check_change(
        r#"["none", "some", "full"]"#,
        r#"["none", "full", "none"]"#,
        &["7:27: `variables.force.levels` has the level `none` twice"],
    );
    check_change(
        r#"["none", "some", "full"]"#,
        "[]",
        &["7:10: `variables.force.levels` must have at least one level"],
    );
    check_change(
        r#"levels = ["none", "some", "full"]"#,
        "values = [1]",
        &["6:1: `variables.force.levels` is missing"],
    );
    check_change(
        r#"["offer", "wait"]"#,
        "[]",
        &["11:9: `issues.talks.moves.north` must have at least one move"],
    );
    check_change(
        r#"["offer", "wait"]"#,
        r#"["offer", { move = "offer" }]"#,
        &["11:19: `issues.talks.moves.north` has the move `offer` twice"],
    );
    check_change(
        r#"["offer", "wait"]"#,
        r#"["offer", { salience = 2 }, 3]"#,
        &[
            "11:19: `issues.talks.moves.north.move` is missing",
            "11:37: `issues.talks.moves.north` must be a list of moves, not a number",
        ],
    );
    check_change(
        r#"[issues.talks.moves]
north = ["offer", "wait"]
south = ["accept", "refuse"]"#,
        "[issues.talks.moves]",
        &["10:1: `issues.talks.moves` names no actor"],
    );
    check_change(
        r#"[issues.talks.moves]
north = ["offer", "wait"]
south = ["accept", "refuse"]"#,
        "[issues.talks]",
        &["10:1: `issues.talks.moves` is missing"],
    );
}

#[test]
fn conditions_name_what_may_stand_there() {
    check_change(
        r#"when = { force = "full" }"#,
        r#"when = { north = "offer", turn = 2, "south.talks" = "accept" }"#,
        &[
            "14:10: `north` names a move, which may not stand here: conditions of outcomes name variables only",
            "14:27: `turn` names the turn, which may not stand here: conditions of outcomes name variables only",
            "14:37: `south.talks` names a move, which may not stand here: conditions of outcomes name variables only",
        ],
    );
    check_change(
        "[issues.talks.moves]",
        r#"[issues.talks]
when = { north = "offer" }
[issues.talks.moves]"#,
        &[
            "11:10: `north` names a move, which may not stand here: conditions of issues and moves name variables and the turn only",
        ],
    );
    check_change(
        r#""wait"]"#,
        r#"{ move = "wait", when = { "south.talks" = "accept" } }]"#,
        &[
            "11:45: `south.talks` names a move, which may not stand here: conditions of issues and moves name variables and the turn only",
        ],
    );
    check(
        r#"[payoffs.p]
when = { north = "offer" }
pays = {}
"#,
        &[r#"2:10: `north` outside an issue: say in which issue it moves (write `"north.talks"`)"#],
    );
    check(
        r#"[payoffs.p]
when = { north.talks = "offer" }
pays = {}
"#,
        &[r#"2:10: `north` cannot be a table here (quote the whole key: `"north.talks"`)"#],
    );
    check_change(
        "[actors.south]",
        r#"[actors.south]
[actors.east]
[issues.talks.payoffs.p]
when = { east = "x" }
pays = {}"#,
        &["12:10: `east` has no moves in issue `talks` (who has: `north`, `south`)"],
    );
    check(
        r#"[payoffs.p]
when = { "north.talks" = ">offer" }
pays = {}
"#,
        &["2:26: `>offer`: moves have no order (name the move, or several in a list)"],
    );
}

#[test]
fn conditions_are_well_formed() {
    check(
        r"[payoffs.p]
when = { turn = 0, force = 3 }
pays = {}
",
        &[
            "2:17: there is no turn 0: turns are 1, 2, 3, ...",
            r#"2:28: `payoffs.p.when.force` must be a text such as `"x"` or `"!x"`, or a list of texts, not a number"#,
        ],
    );
    check(
        r#"[payoffs.p]
when = { turn = "soon" }
pays = {}
"#,
        &["2:17: `soon` is no turn: expected a number"],
    );
    check(
        r"[payoffs.p]
when = { turn = 1.5 }
pays = {}
",
        &["2:17: there is no turn 1.5: turns are 1, 2, 3, ..."],
    );
    check(
        r#"[payoffs.p]
when = "always"
pays = {}
"#,
        &["2:8: `payoffs.p.when` must be a table or a list of tables, not a text"],
    );
    check(
        r#"[payoffs.p]
when = ["always"]
pays = {}
"#,
        &["2:9: `payoffs.p.when` must be a table or a list of tables, not a text"],
    );
}

#[test]
fn scripts_are_well_formed() {
    check(
        r#"[script]
north.talks = "wait"
"#,
        &[
            r#"2:1: `north` names no seat: a script's key is an actor and an issue (write `"north.talks"`, quoted)"#,
        ],
    );
    check(
        r#"[script]
"north.talks" = []
"#,
        &["2:17: `script.north.talks` leaves no move to choose from"],
    );
    check(
        r#"[script]
"north.talks" = 3
"#,
        &["2:17: `script.north.talks` must be a move, a list of moves, or a table of weights, not a number"],
    );
}

#[test]
fn weights_of_a_script_are_of_moves() {
    check(
        "[script]\n\"north.talks\" = { \"!wait\" = 1 }\n",
        &["2:19: unknown move of `north` in `talks`: `!wait` (did you mean `wait`?)"],
    );
}

#[test]
fn every_actor_can_always_move() {
    check_change(
        r#""offer", "wait""#,
        r#"{ move = "offer", when = { force = "some" } }, { move = "wait", when = { force = ["some", "full"] } }"#,
        &[
            r#"11:1: `north` in issue `talks` has no available move at force = "none" (give one of the moves no `when`, or close the issue there)"#,
        ],
    );
    check_change(
        r#""offer", "wait""#,
        r#"{ move = "offer", when = { turn = ">1" } }"#,
        &[
            "11:1: `north` in issue `talks` has no available move at turn = 1 (give one of the moves no `when`, or close the issue there)",
        ],
    );
    check_change(
        r#""offer", "wait""#,
        r#"{ move = "offer", when = [] }"#,
        &[
            "11:1: `north` in issue `talks` has no available move at any time (give one of the moves no `when`, or close the issue there)",
        ],
    );
}

#[test]
fn exactly_one_outcome_catches_the_rest() {
    check_change(
        "[outcomes.end.war]",
        r#"[outcomes.end.war]
when = { force = "none" }"#,
        &[
            "13:11: no outcome of `outcomes.end` catches the rest: one must have no `when` (add `[outcomes.end.other]`, or take the `when` from the last one)",
        ],
    );
    check_change(
        r#"when = { force = "full" }"#,
        "",
        &[
            "15:15: `peace` and `war` both have no `when`: only one outcome of `outcomes.end` can catch the rest",
        ],
    );
    check_change(
        "[outcomes.end.war]",
        r#"[outcomes.end.war]
ends = "yes""#,
        &["16:8: `outcomes.end.war.ends` must be true or false, not a text"],
    );
}

#[test]
fn effects_change_something_once() {
    check(
        r"[events.e]
chance = 0.5
",
        &["1:1: `events.e` changes nothing: it needs `set` or `shift`"],
    );
    check(
        r#"[events.e]
set = { force = "none" }
shift = { force = 1 }
"#,
        &["3:11: `force` is both set and shifted: only one of them can be meant"],
    );
    check(
        r#"[events.e]
set = "force"
"#,
        &["2:7: `events.e.set` must be a table, not a text"],
    );
}

#[test]
fn measures_and_facts_make_sense() {
    check(
        r#"[measures.a]
of = "b"
[measures.b]
of = "a"
"#,
        &["1:11: measure `a` is divided by itself: of `b`, of `a`"],
    );
    check(
        r#"[measures.a]
of = "measures.a"
"#,
        &["1:11: measure `a` is divided by itself: of `a`"],
    );
    check(
        r#"[measures.a]
of = "final.forse"
"#,
        &["2:6: no measure is called `final.forse`; did you mean `final.force`?"],
    );
    check(
        r#"[measures.a]
of = "b"
[measures.b]
of = "c"
[measures.c]
of = "measures.d"
[measures.d]
of = "b"
[measures.e]
of = "moves.north.talks.offre"
"#,
        &[
            "3:11: measure `b` is divided by itself: of `c`, of `d`, of `b`",
            "10:6: no measure is called `moves.north.talks.offre`; did you mean `moves.north.talks.offer`?",
        ],
    );
    check(
        r#"[facts.f]
variant = "erly"
raises = "turns"
"#,
        &["2:11: unknown variant `erly` (did you mean `early`?)"],
    );
    check(
        r#"[facts.f]
raises = "turns"
"#,
        &["1:1: `facts.f` compares a run with itself (give it a `variant`, or another one in `against`)"],
    );
    check(
        r#"[facts.f]
variant = "early"
raises = "turns"
lowers = "turns"
above = 1
"#,
        &["4:10: `facts.f` has both `raises` and `lowers`: it can be only one"],
    );
    check(
        r#"[facts.f]
variant = "early"
against = "early"
raises = "turns"
above = 1
"#,
        &[
            "1:1: `facts.f` compares a run with itself (give it a `variant`, or another one in `against`)",
            "5:9: `facts.f.above` goes with `measure`",
        ],
    );
    check(
        r#"[facts.f]
measure = "turns"
"#,
        &["1:1: `facts.f` needs `above` or `below`, or both"],
    );
    check(
        r#"[facts.f]
measure = "turns"
by = 1
above = inf
"#,
        &[
            "3:6: `facts.f.by` goes with `raises` or `lowers`",
            "4:9: `facts.f.above` must be a finite number, not inf",
        ],
    );
    check(
        r#"[facts.f]
variant = "early"
"#,
        &["1:1: `facts.f` needs `raises`, `lowers` or `measure`"],
    );
}

#[test]
fn kinds_of_values_are_checked() {
    check_change(
        "[actors.north]",
        r"[actors.north]
name = 3
title = 3
because = [1]
beliefs = 2
choice = 1",
        &[
            "9:8: `actors.north.name` must be a text, not a number",
            "10:9: `actors.north.title` must be a text, not a number",
            "11:12: `actors.north.because` must be a text or a list of texts, not a number",
            r#"12:11: `actors.north.beliefs` must be `"uniform"`, `{ level = 2 }` or `{ poisson = 1.5 }`, not a number"#,
            r#"13:10: `actors.north.choice` must be `"uniform"`, `"best"` or `{ logit = 1 }`, not a number"#,
        ],
    );
    check(
        r#"[claims]
c = "text"
[claims.d]
"#,
        &["2:5: `claims.c` must be a table, not a text", "3:1: `claims.d.text` is missing"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
discount = 2020-01-01",
        &["9:12: `actors.north.discount` must be a number or an expression, not a date"],
    );
    check_change(
        "turns = 3",
        r"turns = 3
payoffs = 3",
        &["4:11: `payoffs` must be a table, not a number"],
    );
}
