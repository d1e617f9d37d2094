//! Numbers out of range, and what does not parse as one.

use super::{add, change, drawn};

#[test]
fn no_turns() {
    insta::assert_snapshot!(change("turns  = 3", "turns  = 0"), @r"
    s.toml:2:10: error: `turns` must be a whole number from 1 to 10,000, not 0
      |
    2 | turns  = 0
      |          ^
    ");
}

#[test]
fn too_many_turns() {
    insta::assert_snapshot!(change("turns  = 3", "turns  = 1e20"), @r"
    s.toml:2:10: error: `turns` must be a whole number from 1 to 10,000, not 1e20
      |
    2 | turns  = 1e20
      |          ^^^^
    ");
}

#[test]
fn a_logit_that_is_no_number() {
    insta::assert_snapshot!(change("[actors.north]", r"[actors.north]
choice = { logit = nan }"), @r"
    s.toml:8:20: error: `actors.north.choice.logit` must be a finite number, not nan
      |
    8 | choice = { logit = nan }
      |                    ^^^
    ");
}

#[test]
fn a_discount_above_1() {
    insta::assert_snapshot!(change("[actors.north]", r#"[actors.north]
discount = "1 + stake""#), @r#"
    s.toml:8:12: error: `actors.north.discount` must be between 0 and 1, not 3
      |
    8 | discount = "1 + stake"
      |            ^^^^^^^^^^^
      help: it is `1 + stake`, where stake = 2
    "#);
}

#[test]
fn a_chance_below_0() {
    insta::assert_snapshot!(add(r#"[events.drift]
chance = -0.1
set = { force = "some" }
"#), @r"
    s.toml:16:10: error: `events.drift.chance` must be between 0 and 1, not -0.1
       |
    16 | chance = -0.1
       |          ^^^^
    ");
}

#[test]
fn a_malformed_expression() {
    insta::assert_snapshot!(add(r#"[payoffs.calm]
pays = { south = "2 * (stake" }
"#), @r#"
    s.toml:16:23: error: in the expression of `payoffs.calm.pays.south`: this `(` is never closed
       |
    16 | pays = { south = "2 * (stake" }
       |                       ^
    "#);
}

#[test]
fn a_division_by_0() {
    insta::assert_snapshot!(add(r#"[payoffs.calm]
pays = { south = "1 / (stake - 2)" }
"#), @r#"
    s.toml:16:18: error: `payoffs.calm.pays.south` must be a finite number, not inf
       |
    16 | pays = { south = "1 / (stake - 2)" }
       |                  ^^^^^^^^^^^^^^^^^
      help: it is `1 / (stake - 2)`, where stake = 2
    "#);
}

#[test]
fn a_payoff_beyond_all_measure() {
    insta::assert_snapshot!(add(r"[payoffs.calm]
pays = { south = 1e308 }
"), @r"
    s.toml:16:18: error: `payoffs.calm.pays.south` must be at most 1e15 in size, not 1e308
       |
    16 | pays = { south = 1e308 }
       |                  ^^^^^
    ");
}

#[test]
fn a_derived_parameter_that_is_no_number() {
    insta::assert_snapshot!(change("stake = 2.0", r#"stake = 2.0
odds = "stake / (2 - stake)""#), @r#"
    s.toml:5:1: error: `parameters.odds` must be a finite number, not inf
      |
    5 | odds = "stake / (2 - stake)"
      | ^^^^
      help: it rests on stake = 2
    "#);
}

#[test]
fn a_reversed_distribution() {
    insta::assert_snapshot!(change("stake = 2.0", "stake = { uniform = [2, 1] }"), @r"
    s.toml:4:21: error: `parameters.stake.uniform` needs low < high
      |
    4 | stake = { uniform = [2, 1] }
      |                     ^^^^^^
    ");
}

#[test]
fn a_short_distribution() {
    insta::assert_snapshot!(change("stake = 2.0", "stake = { pert = [1, 2] }"), @r"
    s.toml:4:18: error: `parameters.stake.pert` needs [low, mode, high], not 2 numbers
      |
    4 | stake = { pert = [1, 2] }
      |                  ^^^^^^
    ");
}

#[test]
fn parameters_that_rest_on_each_other() {
    insta::assert_snapshot!(change("stake = 2.0", r#"stake = "rebuild / 2"
rebuild = "2 * stake""#), @r#"
    s.toml:4:1: error: parameter `stake` depends on itself: `stake` -> `rebuild` -> `stake`
      |
    4 | stake = "rebuild / 2"
      | ^^^^^
    s.toml:5:1: note: part of the circle
      |
    5 | rebuild = "2 * stake"
      | ^^^^^^^
    "#);
}

#[test]
fn a_wrong_number_of_values() {
    insta::assert_snapshot!(change(r#"levels = ["none", "some", "full"]"#, r#"levels = ["none", "some", "full"]
values = [0, 1]"#), @r"
    s.toml:7:10: error: `variables.force.values` has 2 values for 3 levels
      |
    7 | values = [0, 1]
      |          ^^^^^^
    ");
}

#[test]
fn a_chance_out_of_range_in_some_draw() {
    insta::assert_snapshot!(drawn("stake = { uniform = [0, 1.02] }", r#"[events.drift]
chance = "stake"
set = { force = "some" }
"#), @r#"
    s.toml:16:10: error: `events.drift.chance` must be between 0 and 1, not 1.0166293041037235
       |
    16 | chance = "stake"
       |          ^^^^^^^
      help: it is `stake`, where stake = 1.0166293041037235
    `events.drift.chance` must be between 0 and 1, not 1.0166293041037235 under draw 27
    "#);
}
