//! What is too large to be meant, refused before it takes any memory.

use super::{classifications, issues, term_over_issues, term_over_variables, too_large, too_long, variables};

#[test]
fn states() {
    insta::assert_snapshot!(too_large(&variables(30, 4)), @r"
    s.toml:53:12: error: the variables make 3,458,764,513,820,540,928 states: more than 1,000,000,000,000 are refused
       |
    53 | [variables.v19]
       |            ^^^
      help: leave out variables or levels that no outcome and no payoff rests on
    ");
}

#[test]
fn levels_of_a_variable() {
    insta::assert_snapshot!(too_large(&variables(1, 10_001)), @r"
    s.toml:15:12: error: variable `v0` has 10,001 levels: more than 10,000 are refused
       |
    15 | [variables.v0]
       |            ^^
    ");
}

#[test]
fn actions_of_an_actor() {
    insta::assert_snapshot!(too_large(&issues(7, 8)), @r"
    s.toml:7:9: error: `north` has 4,194,304 actions: more than 1,000,000 are refused
      |
    7 | [actors.north]
      |         ^^^^^
      help: an action is a move in each of its issues: take some of them away
    ");
}

#[test]
fn combinations_of_outcomes() {
    insta::assert_snapshot!(too_large(&classifications(30, 10)), @r"
    s.toml:91:11: error: the classifications make more than 10^30 combinations of outcomes: more than 100,000 are refused
       |
    91 | [outcomes.c4.o0]
       |           ^^
      help: leave out classifications, or measure what they tell with [measures]
    ");
}

#[test]
fn levels_in_all_turns() {
    insta::assert_snapshot!(too_long(&variables(1, 1_000)), @r"
    s.toml:15:12: error: 10,000 turns with all levels of variables make 10,030,000 counts: more than 1,000,000 are refused
       |
    15 | [variables.v0]
       |            ^^
      help: play fewer turns, or leave out levels of variables
    ");
}

#[test]
fn moves_in_all_turns() {
    insta::assert_snapshot!(too_long(&issues(2, 60)), @r#"
    s.toml:18:1: error: 10,000 turns with all moves make 1,240,000 counts: more than 1,000,000 are refused
       |
    18 | north = ["m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12", "m13", "m1
       | ^^^^^
      help: play fewer turns, or leave out moves
    "#);
}

#[test]
fn variables_that_hang_together() {
    insta::assert_snapshot!(too_large(&format!("{}{}", variables(30, 2), term_over_variables(30))), @r"
    s.toml:15:12: error: choices and chances over 30 variables (`v0`, `v1`, `v2`, `v3`, `v4`, `v5` and 24 more) hang together: 1,073,741,824 combinations of levels, and more than 67,108,864 are refused
       |
    15 | [variables.v0]
       |            ^^
      help: let terms, effects or outcomes name fewer variables, or look fewer turns ahead
    ");
}

#[test]
fn moves_that_hang_together() {
    insta::assert_snapshot!(too_large(&format!("{}{}", issues(15, 2), term_over_issues(15))), @r"
    s.toml:7:9: error: `north` has 32,768 combinations of moves in issues that hang together (`i0`, `i1`, `i2`, `i3`, `i4`, `i5` and 9 more): more than 16,384 are refused
      |
    7 | [actors.north]
      |         ^^^^^
      help: let terms and effects name moves in fewer issues at once, or give fewer moves
    ");
}

#[test]
fn moves_that_hang_together_in_all_turns() {
    insta::assert_snapshot!(too_long(&format!("{}{}", issues(8, 2), term_over_issues(8))), @r"
    s.toml:7:9: error: the moves that are chosen together make 65,670,000 counts in all turns: more than 1,000,000 are refused
      |
    7 | [actors.north]
      |         ^^^^^
      help: play fewer turns, or let terms and effects name moves in fewer issues at once
    ");
}
