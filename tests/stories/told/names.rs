//! Keys, ids and names that nothing has, or that something else has.

use super::{add, change};

#[test]
fn an_unknown_section() {
    insta::assert_snapshot!(change("[actors.south]", r"[actors.south]
[actor.east]"), @r"
    s.toml:9:2: error: unknown key `actor`
      |
    9 | [actor.east]
      |  ^^^^^
      help: did you mean `actors`?
    ");
}

#[test]
fn an_unknown_key() {
    insta::assert_snapshot!(change("[actors.north]", r"[actors.north]
horizn = 2"), @r"
    s.toml:8:1: error: unknown key `horizn` in `actors.north`
      |
    8 | horizn = 2
      | ^^^^^^
      help: did you mean `horizon`?
    ");
}

#[test]
fn an_actor_named_like_a_variable() {
    insta::assert_snapshot!(change("[actors.south]", r"[actors.south]
[actors.force]"), @r"
    s.toml:9:9: error: `force` is an actor and a variable: conditions could not tell them apart
      |
    9 | [actors.force]
      |         ^^^^^
    s.toml:5:12: note: the variable
      |
    5 | [variables.force]
      |            ^^^^^
    ");
}

#[test]
fn no_id() {
    insta::assert_snapshot!(change("stake = 2.0", r#""Big stake" = 2.0"#), @r#"
    s.toml:4:1: error: `Big stake` cannot be an id: lower-case letters, digits and `_` only, a letter first
      |
    4 | "Big stake" = 2.0
      | ^^^^^^^^^^^
      help: call it `big_stake`
    "#);
}

#[test]
fn a_level_that_stands_twice() {
    insta::assert_snapshot!(change(r#"["none", "some", "full"]"#, r#"["none", "full", "none"]"#), @r#"
    s.toml:6:27: error: `variables.force.levels` has the level `none` twice
      |
    6 | levels = ["none", "full", "none"]
      |                           ^^^^^^
    s.toml:6:11: note: first here
      |
    6 | levels = ["none", "full", "none"]
      |           ^^^^^^
    "#);
}

#[test]
fn a_move_that_stands_twice() {
    insta::assert_snapshot!(change(r#"["offer", "wait"]"#, r#"["offer", "offer"]"#), @r#"
    s.toml:10:19: error: `issues.talks.moves.north` has the move `offer` twice
       |
    10 | north = ["offer", "offer"]
       |                   ^^^^^^^
    s.toml:10:10: note: first here
       |
    10 | north = ["offer", "offer"]
       |          ^^^^^^^
    "#);
}

#[test]
fn an_unknown_move() {
    insta::assert_snapshot!(add(r#"[issues.talks.payoffs.deal]
when = { north = "ofer" }
pays = { north = 1 }
"#), @r#"
    s.toml:16:18: error: unknown move of `north` in `talks`: `ofer`
       |
    16 | when = { north = "ofer" }
       |                  ^^^^^^
      help: did you mean `offer`?
    "#);
}

#[test]
fn an_unknown_actor() {
    insta::assert_snapshot!(add(r"[payoffs.calm]
pays = { suoth = 1 }
"), @r"
    s.toml:16:10: error: unknown actor `suoth`
       |
    16 | pays = { suoth = 1 }
       |          ^^^^^
      help: did you mean `south`?
    ");
}

#[test]
fn an_unknown_level() {
    insta::assert_snapshot!(add(r#"[payoffs.calm]
when = { force = ">=sme" }
pays = { south = 1 }
"#), @r#"
    s.toml:16:18: error: unknown level of `force`: `sme`
       |
    16 | when = { force = ">=sme" }
       |                  ^^^^^^^
      help: did you mean `some`?
    "#);
}

#[test]
fn an_unknown_parameter() {
    insta::assert_snapshot!(add(r#"[payoffs.calm]
pays = { south = "2 * stakes" }
"#), @r#"
    s.toml:16:23: error: unknown parameter `stakes`
       |
    16 | pays = { south = "2 * stakes" }
       |                       ^^^^^^
      help: did you mean `stake`?
    "#);
}

#[test]
fn an_unknown_variable_in_an_event() {
    insta::assert_snapshot!(add(r"[events.drift]
shift = { mood = 1 }
"), @r"
    s.toml:16:11: error: unknown variable `mood`
       |
    16 | shift = { mood = 1 }
       |           ^^^^
      help: known here: `force`
    ");
}

#[test]
fn a_move_where_only_variables_may_stand() {
    insta::assert_snapshot!(change(r#"{ force = "full" }"#, r#"{ "north.talks" = "offer" }"#), @r#"
    s.toml:13:10: error: `north.talks` names a move, which may not stand here: conditions of outcomes name variables only
       |
    13 | when = { "north.talks" = "offer" }
       |          ^^^^^^^^^^^^^
    "#);
}

#[test]
fn an_actor_outside_its_issue() {
    insta::assert_snapshot!(add(r#"[payoffs.calm]
when = { north = "wait" }
pays = { south = 1 }
"#), @r#"
    s.toml:16:10: error: `north` outside an issue: say in which issue it moves
       |
    16 | when = { north = "wait" }
       |          ^^^^^
      help: write `"north.talks"`
    "#);
}

#[test]
fn an_unknown_measure() {
    insta::assert_snapshot!(add(r#"[measures.share]
of = "final.forse"
"#), @r#"
    s.toml:16:6: error: no measure is called `final.forse`; did you mean `final.force`?
       |
    16 | of = "final.forse"
       |      ^^^^^^^^^^^^^
    "#);
}
