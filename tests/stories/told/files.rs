//! Tables, other scenarios, and assignments.

use super::{change, set, table};

#[test]
fn an_unknown_column() {
    insta::assert_snapshot!(table(r"north,suoth,pays.north
offer,accept,1
"), @r"
    t.csv:1:7: error: unknown column `suoth`
      |
    1 | north,suoth,pays.north
      |       ^^^^^
      help: did you mean `south`?
    ");
}

#[test]
fn a_ragged_row() {
    insta::assert_snapshot!(table(r"north,pays.north
offer,1
wait
"), @r"
    t.csv:3:1: error: row 2 has too few cells: 1 for 2 columns
      |
    3 | wait
      | ^^^^
    ");
}

#[test]
fn a_bad_cell() {
    insta::assert_snapshot!(table(r"north,force,pays.north
offer,none,1
*,ful,stake +
"), @r"
    t.csv:3:3: error: unknown level of `force`: `ful`
      |
    3 | *,ful,stake +
      |   ^^^
      help: did you mean `full`?
    t.csv:3:14: error: in the expression of `issues.talks.table.row_2.pays.north`: it ends too early: expected a number, a parameter or `(`
      |
    3 | *,ful,stake +
      |              ^
    ");
}

#[test]
fn semicolons() {
    insta::assert_snapshot!(table(r"north;pays.north
offer;1
"), @r"
    t.csv:1:1: error: unknown column `north;pays.north`
      |
    1 | north;pays.north
      | ^^^^^^^^^^^^^^^^
      help: columns are separated by commas
    ");
}

#[test]
fn a_table_outside_the_folder() {
    insta::assert_snapshot!(change("[issues.talks.moves]", r#"[issues.talks]
table = "../t.csv"
[issues.talks.moves]"#), @r#"
    s.toml:10:9: error: `issues.talks.table`: `../t.csv` leads outside the folder of the file that names it
       |
    10 | table = "../t.csv"
       |         ^^^^^^^^^^
      help: name a file in the scenario's folder or below it
    "#);
}

#[test]
fn a_table_with_an_absolute_path() {
    insta::assert_snapshot!(change("[issues.talks.moves]", r#"[issues.talks]
table = "/etc/passwd"
[issues.talks.moves]"#), @r#"
    s.toml:10:9: error: `issues.talks.table`: `/etc/passwd` is not a relative path with `/` between its parts
       |
    10 | table = "/etc/passwd"
       |         ^^^^^^^^^^^^^
      help: name a file in the scenario's folder or below it
    "#);
}

#[test]
fn a_scenario_that_extends_itself() {
    insta::assert_snapshot!(change("format = 1", r#"format  = 1
extends = "s.toml""#), @r#"
    s.toml:2:11: error: `extends`: `s.toml` extends itself
      |
    2 | extends = "s.toml"
      |           ^^^^^^^^
      help: leave out `extends` in the one that the others are to start from
    "#);
}

#[test]
fn a_scenario_that_extends_one_outside() {
    insta::assert_snapshot!(change("format = 1", r#"format  = 1
extends = "../base.toml""#), @r#"
    s.toml:2:11: error: `extends`: `../base.toml` leads outside the folder of the file that names it
      |
    2 | extends = "../base.toml"
      |           ^^^^^^^^^^^^^^
      help: name a scenario in the folder of this one, or below it
    "#);
}

#[test]
fn an_unknown_path() {
    insta::assert_snapshot!(set("parameters.stak=3"), @r"
    set 1:1:12: error: unknown path `parameters.stak`
      |
    1 | parameters.stak=3
      |            ^^^^
      help: did you mean `parameters.stake`?
    ");
}

#[test]
fn a_bad_value() {
    insta::assert_snapshot!(set("actors.north.tremble=1.5"), @r"
    set 1:1:22: error: `actors.north.tremble` must be between 0 and 1, not 1.5
      |
    1 | actors.north.tremble=1.5
      |                      ^^^
    ");
}

#[test]
fn no_equals_sign() {
    insta::assert_snapshot!(set("parameters.stake"), @r"
    set 1:1:1: error: an assignment needs an equals sign
      |
    1 | parameters.stake
      | ^^^^^^^^^^^^^^^^
      help: write PATH=VALUE, as in `parameters.prestige=2.5`
    ");
}

#[test]
fn a_format_of_ones_own() {
    insta::assert_snapshot!(set("format=2"), @r"
    set 1:1:1: error: `format` belongs to a file and cannot be set
      |
    1 | format=2
      | ^^^^^^
    ");
}
