//! Payoff tables that cannot be had or do not fit.

use super::*;

#[test]
fn changed_rows_are_rows_of_the_table() {
    let text = BASE.replace(
        "[issues.talks.moves]",
        "[issues.talks.table]\nfile = \"t.csv\"\nclam.pays.north = 1\n3.pays.north = 1\ncalm = { id = \"x\", \
         nroth = \"wait\", south = \"refus\", pays = { north = true } }\n[issues.talks.moves]",
    );
    let table = b"id,north,pays.north\ncalm,offer,1\nstorm,wait,2\n".to_vec();
    let (_, messages) = lower_text(&text, &Shelf(BTreeMap::from([("t.csv", table)])));
    assert_eq!(
        messages,
        [
            "12:1: unknown row of `issues.talks.table`: `clam` (did you mean `calm`?)",
            "13:1: unknown row of `issues.talks.table`: `3` (known here: `calm`, `storm`)",
            "14:10: the id of a row cannot be changed",
            "14:20: unknown column `nroth` (did you mean `north`?)",
            "14:44: unknown move of `south` in `talks`: `refus` (did you mean `refuse`?)",
            "14:70: `issues.talks.table.calm.pays.north` must be a number or a text, as in a cell, not true or false",
        ]
    );
}

#[test]
fn tables_tell_line_and_column() {
    check_table(
        br"north,suoth,pays.nort
offer,accept,1
",
        &[
            "t.csv:1:7: unknown column `suoth` (did you mean `south`?)",
            "t.csv:1:13: unknown actor `nort` (did you mean `north`?)",
        ],
    );
    check_table(
        br"north,north,pays.north
offer,offer,1
",
        &["t.csv:1:7: column `north` stands twice"],
    );
    check_table(
        br"north;pays.north
offer;1
",
        &["t.csv:1:1: unknown column `north;pays.north` (columns are separated by commas)"],
    );
    check_table(
        br"north,force
offer,none
",
        &["t.csv:1:1: the payoff table has no `pays.ACTOR` column"],
    );
    check_table(
        br"north,pays.north
offer
offer,1,2
",
        &[
            "t.csv:2:1: row 1 has too few cells: 1 for 2 columns",
            "t.csv:3:1: row 2 has too many cells: 3 for 2 columns (if `1,2` is one number, write `1.2`)",
        ],
    );
    check_table(
        br"north,force,pays.north
 offr , ,1
wait,>=sum,stak * 2
*,<none,
",
        &[
            "t.csv:2:2: unknown move of `north` in `talks`: `offr` (did you mean `offer`?)",
            "t.csv:2:9: an empty cell (write `*` where anything will do)",
            "t.csv:3:6: unknown level of `force`: `sum` (known here: `none`, `some`, `full`)",
            "t.csv:3:12: unknown parameter `stak` (did you mean `stake`?)",
            "t.csv:4:9: in the expression of `issues.talks.table.row_3.pays.north`: an empty expression",
        ],
    );
    check_table(
        br"id,pays.north
row,1
row,2
Bad,3
",
        &[
            "t.csv:3:1: two rows have the id `row`",
            "t.csv:4:1: `Bad` cannot be an id: lower-case letters, digits and `_` only, a letter first (call it `bad`)",
        ],
    );
    check_table(b"", &["11:9: the payoff table `t.csv` is empty"]);
    check_table(
        br"

",
        &["11:9: the payoff table `t.csv` is empty"],
    );
    check_table(
        br#"north,pays.north
"offer",1 / 0
"#,
        &[
            "t.csv:2:9: `issues.talks.table.row_1.pays.north` must be a finite number, not inf (it is `1 / 0`)",
        ],
    );
}

#[test]
fn decimal_commas_and_open_quotes_are_told() {
    check_table(
        br#"north,pays.north
offer,"7,5"
"#,
        &[
            "t.csv:2:9: in the expression of `issues.talks.table.row_1.pays.north`: unexpected `,`: expected `+`, `-`, `*`, `/` or the end (decimals are written with a point: `7.5`)",
        ],
    );
    check_table(
        br#"north,pays.north,because
offer,1,"it is so
wait,2,why
"#,
        &[
            "t.csv:2:9: the quote that opens here is not closed at the end of the cell (close it, and write a quote within a quoted cell twice: `\"\"`)",
        ],
    );
}

#[test]
fn empty_columns_at_the_end_of_tables_are_none() {
    check_table(b"north,pays.north,,\noffer,stake,,\nwait,2,,,\n,,,\n", &[]);
}

#[test]
fn tables_stay_in_the_folder() {
    check_change(
        "[issues.talks.moves]",
        r#"[issues.talks]
table = "none.csv"
[issues.talks.moves]"#,
        &["11:9: cannot read the payoff table: `none.csv` does not exist"],
    );
    check_change(
        "[issues.talks.moves]",
        r#"[issues.talks]
table = "/etc/passwd"
[issues.talks.moves]"#,
        &[
            "11:9: `issues.talks.table`: `/etc/passwd` is not a relative path with `/` between its parts (name a file in the scenario's folder or below it)",
        ],
    );
    check_change(
        "[issues.talks.moves]",
        r#"[issues.talks]
table = "../t.csv"
[issues.talks.moves]"#,
        &[
            "11:9: `issues.talks.table`: `../t.csv` leads outside the folder of the file that names it (name a file in the scenario's folder or below it)",
        ],
    );
    check_change(
        "[issues.talks.moves]",
        r#"[issues.talks]
table = "a/../../t.csv"
[issues.talks.moves]"#,
        &[
            "11:9: `issues.talks.table`: `a/../../t.csv` leads outside the folder of the file that names it (name a file in the scenario's folder or below it)",
        ],
    );
    check_change(
        "[issues.talks.moves]",
        r#"[issues.talks]
table = ""
[issues.talks.moves]"#,
        &[
            "11:9: `issues.talks.table`: `` is not the path of a file (name a file in the scenario's folder or below it)",
        ],
    );
    check_change(
        "[issues.talks.moves]",
        r#"[issues.talks]
table = "C:/t.csv"
[issues.talks.moves]"#,
        &[
            "11:9: `issues.talks.table`: `C:/t.csv` is not a relative path with `/` between its parts (name a file in the scenario's folder or below it)",
        ],
    );
    check_change(
        "[issues.talks.moves]",
        r"[issues.talks]
table = 3
[issues.talks.moves]",
        &["11:9: `issues.talks.table` must be a text, not a number"],
    );
}

#[test]
fn a_table_that_is_no_text_is_refused() {
    check_table(
        b"north,pays.north\noffer,\xFF\n",
        &["t.csv:2:7: byte 23 (0xFF) is not UTF-8 (save the file as UTF-8)"],
    );
    check_table(b"\xFF\xFEn", &["t.csv:1:1: the file is UTF-16, from byte 0 on (save the file as UTF-8)"]);
}
