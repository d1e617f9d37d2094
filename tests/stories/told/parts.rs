//! Parts that do not make sense by themselves or together.

use super::{add, change};

#[test]
fn no_levels() {
    insta::assert_snapshot!(change(r#"["none", "some", "full"]"#, "[]"), @r"
    s.toml:6:10: error: `variables.force.levels` must have at least one level
      |
    6 | levels = []
      |          ^^
    ");
}

#[test]
fn no_available_move() {
    insta::assert_snapshot!(change(r#"["offer", "wait"]"#, r#"[{ move = "offer", when = { force = "full" } }]"#), @r#"
    s.toml:10:1: error: `north` in issue `talks` has no available move at force = "none"
       |
    10 | north = [{ move = "offer", when = { force = "full" } }]
       | ^^^^^
      help: give one of the moves no `when`, or close the issue there
    "#);
}

#[test]
fn no_outcome_that_catches_the_rest() {
    insta::assert_snapshot!(change("[outcomes.end.war]", r#"[outcomes.end.war]
when = { force = "none" }"#), @r"
    s.toml:12:11: error: no outcome of `outcomes.end` catches the rest: one must have no `when`
       |
    12 | [outcomes.end.peace]
       |           ^^^
      help: add `[outcomes.end.other]`, or take the `when` from the last one
    ");
}

#[test]
fn two_outcomes_that_catch_the_rest() {
    insta::assert_snapshot!(change(r#"when = { force = "full" }
"#, ""), @r"
    s.toml:13:15: error: `peace` and `war` both have no `when`: only one outcome of `outcomes.end` can catch the rest
       |
    13 | [outcomes.end.war]
       |               ^^^
    s.toml:12:15: note: catches the rest already
       |
    12 | [outcomes.end.peace]
       |               ^^^^^
    ");
}

#[test]
fn an_effect_that_changes_nothing() {
    insta::assert_snapshot!(add(r"[events.drift]
chance = 0.5
"), @r"
    s.toml:15:1: error: `events.drift` changes nothing: it needs `set` or `shift`
       |
    15 | [events.drift]
       | ^^^^^^^^^^^^^^
    ");
}

#[test]
fn a_fact_that_compares_a_run_with_itself() {
    insta::assert_snapshot!(add(r#"[facts.f]
raises = "turns"
"#), @r"
    s.toml:15:1: error: `facts.f` compares a run with itself
       |
    15 | [facts.f]
       | ^^^^^^^^^
      help: give it a `variant`, or another one in `against`
    ");
}
