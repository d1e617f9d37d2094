//! Files that are no TOML, or no text at all.

use super::{change, told};

#[test]
fn the_format_is_missing() {
    insta::assert_snapshot!(change(r"format = 1
", ""), @"
    s.toml:1:1: error: `format` is missing: a scenario says which version of the format it is written in
      |
    1 | turns  = 3
      | ^
      help: write `format = 1` at the top
    s.toml:3:1: warning: nobody uses the parameter `stake`
      |
    3 | stake = 2.0
      | ^^^^^
    ");
}

#[test]
fn the_format_is_another() {
    insta::assert_snapshot!(change("format = 1", "format = 2"), @r"
    s.toml:1:10: error: format 2 is not read by this version, which reads format 1
      |
    1 | format = 2
      |          ^
    ");
}

#[test]
fn an_empty_file() {
    insta::assert_snapshot!(told(b""), @"
    s.toml:1:1: error: `format` is missing: a scenario says which version of the format it is written in
      help: write `format = 1` at the top
    s.toml:1:1: error: `turns` is missing
    ");
}

#[test]
fn a_text_is_not_closed() {
    insta::assert_snapshot!(change("[actors.north]", r#"[actors.north]
name = "North"#), @r#"
    s.toml:8:14: error: invalid basic string, expected `"`
      |
    8 | name = "North
      |              ^
    "#);
}

#[test]
fn a_value_is_missing() {
    insta::assert_snapshot!(change("turns  = 3", "turns  ="), @r"
    s.toml:2:9: error: a value is missing here
      |
    2 | turns  =
      |         ^
    ");
}

#[test]
fn a_key_is_missing() {
    insta::assert_snapshot!(change("turns  = 3", "= 3"), @r"
    s.toml:2:1: error: a key is missing here: expected letters, numbers, `-`, `_`
      |
    2 | = 3
      | ^
    ");
}

#[test]
fn a_table_stands_twice() {
    insta::assert_snapshot!(change("[actors.south]", "[actors.north]"), @r"
    s.toml:8:9: error: `north` is defined twice
      |
    8 | [actors.north]
      |         ^^^^^
      help: leave out one of the two, or rename it
    ");
}

#[test]
fn latin_1() {
    insta::assert_snapshot!(told(b"format = 1\ntitle = \"Gr\xF6\xDFe\"\n"), @r#"
    s.toml:2:12: error: byte 22 (0xF6) is not UTF-8
      |
    2 | title = "Gr
      |            ^
      help: save the file as UTF-8
    "#);
}

#[test]
fn utf_16() {
    insta::assert_snapshot!(told(b"\xFF\xFEf\0o\0r\0"), @r"
    s.toml:1:1: error: the file is UTF-16, from byte 0 on
      help: save the file as UTF-8
    ");
}

#[test]
fn a_program() {
    insta::assert_snapshot!(told(b"\x7FELF\x02\x01\x01\0\0"), @r"
    s.toml:1:8: error: byte 7 is NUL: this is no text file
      |
    1 | ␡ELF␂␁␁
      |        ^
    ");
}

#[test]
fn nested_too_deep() {
    insta::assert_snapshot!(told(format!("format = 1\nturns = {}", "[".repeat(100_000)).as_bytes()), @r"
    s.toml:2:89: error: nested too deep: more tables and lists inside one another than a scenario can need
      |
    2 | turns = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
      |                                                                                         ^
    ");
}
