//! Keys, ids and names that nothing has.

use super::*;

#[test]
fn everything_wrong_is_told_at_once() {
    check_change(
        "turns = 3",
        "turns = 0\nclaims = { c = { txt = \"x\" } }\nscript = { \"north.talks\" = \"wat\" }",
        &[
            "3:9: `turns` must be a whole number from 1 to 10,000, not 0",
            "4:16: `claims.c.text` is missing",
            "4:18: unknown key `txt` in `claims.c` (did you mean `text`?)",
            "5:28: unknown move of `north` in `talks`: `wat` (did you mean `wait`?)",
        ],
    );
}

#[test]
fn unknown_keys_are_told_wherever_they_stand() {
    check_change(
        "turns = 3",
        r#"turns = 3
tunr = "month""#,
        &["4:1: unknown key `tunr` (did you mean `turn`?)"],
    );
    check(
        r"[issue.talks]
",
        &["1:2: unknown key `issue` (did you mean `issues`?)"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
horizn = 2",
        &["9:1: unknown key `horizn` in `actors.north` (did you mean `horizon`?)"],
    );
    check(
        r#"[issues.talks.payoffs.p]
whne = { north = "offer" }
pays = {}
"#,
        &["2:1: unknown key `whne` in `issues.talks.payoffs.p` (did you mean `when`?)"],
    );
    check(
        r"[events.e]
set = {}
odds = 0.5
",
        &[
            "3:1: unknown key `odds` in `events.e` (known here: `title`, `because`, `when`, `chance`, `set`, `shift`)",
        ],
    );
    check(
        r"[measures.m]
every = true
",
        &["2:1: unknown key `every` in `measures.m` (did you mean `ever`?)"],
    );
    check(
        r#"[facts.f]
variant = "early"
raise = "turns"
"#,
        &["3:1: unknown key `raise` in `facts.f` (did you mean `raises`?)"],
    );
    check(
        r#"[claims.c]
text = "x"
sorce = "y"
"#,
        &["3:1: unknown key `sorce` in `claims.c` (did you mean `source`?)"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
choice = { logti = 1 }",
        &["9:12: unknown key `logti` in `actors.north.choice` (did you mean `logit`?)"],
    );
    check_change(
        "stake = 2.0",
        "stake = { unifrom = [1, 2] }",
        &["5:11: unknown key `unifrom` in `parameters.stake` (did you mean `uniform`?)"],
    );
}

#[test]
fn ids_are_snake_case() {
    check_change(
        "stake = 2.0",
        "Stake = 2.0",
        &[
            "5:1: `Stake` cannot be an id: lower-case letters, digits and `_` only, a letter first (call it `stake`)",
        ],
    );
    check_change(
        r#""some""#,
        r#""Half-way""#,
        &[
            "7:19: `Half-way` cannot be an id: lower-case letters, digits and `_` only, a letter first (call it `half_way`)",
        ],
    );
    check_change(
        r#""wait""#,
        r#""2nd""#,
        &["11:19: `2nd` cannot be an id: lower-case letters, digits and `_` only, a letter first"],
    );
    check(
        r#"[payoffs."a b"]
pays = {}
"#,
        &[
            "1:10: `a b` cannot be an id: lower-case letters, digits and `_` only, a letter first (call it `a_b`)",
        ],
    );
    check_change(
        "[variables.force]",
        r#"[variables.turn]
levels = ["x"]
[variables.force]"#,
        &["6:12: `turn` cannot be a variable: it is the turn being played"],
    );
    check_change(
        "[actors.north]",
        r"[actors.turn]
[actors.north]",
        &["8:9: `turn` cannot be an actor: it is the turn being played"],
    );
    check_change(
        "[actors.north]",
        r"[actors.force]
[actors.north]",
        &["8:9: `force` is an actor and a variable: conditions could not tell them apart"],
    );
}

#[test]
fn unknown_names_get_a_suggestion() {
    check(
        r#"[issues.talks.payoffs.p]
when = { norht = "offer" }
pays = { soth = 1 }
"#,
        &[
            "2:10: unknown variable or actor `norht` (did you mean `north`?)",
            "3:10: unknown actor `soth` (did you mean `south`?)",
        ],
    );
    check(
        r#"[issues.talks.payoffs.p]
when = { north = "ofer", force = "ful" }
pays = { south = "2 * stak" }
"#,
        &[
            "2:18: unknown move of `north` in `talks`: `ofer` (did you mean `offer`?)",
            "2:34: unknown level of `force`: `ful` (did you mean `full`?)",
            "3:23: unknown parameter `stak` (did you mean `stake`?)",
        ],
    );
    check(
        r#"[payoffs.p]
per = "forse"
pays = {}
"#,
        &["2:7: unknown variable `forse` (did you mean `force`?)"],
    );
    check(
        r#"[events.e]
set = { forc = "none" }
shift = { mood = 1 }
"#,
        &[
            "2:9: unknown variable `forc` (did you mean `force`?)",
            "3:11: unknown variable `mood` (known here: `force`)",
        ],
    );
    check(
        r#"[events.e]
set = { force = "non" }
"#,
        &["2:17: unknown level of `force`: `non` (did you mean `none`?)"],
    );
    check(
        r#"[script]
"nort.talks" = "wait"
"north.talk" = "wait"
"south.talks" = "acept"
"#,
        &[
            "2:1: unknown actor `nort` (did you mean `north`?)",
            "3:1: unknown issue `talk` (did you mean `talks`?)",
            "4:17: unknown move of `south` in `talks`: `acept` (did you mean `accept`?)",
        ],
    );
}

#[test]
fn unknown_levels_actors_and_words_get_one_too() {
    check_change(
        r#"levels = ["none", "some", "full"]"#,
        r#"levels = ["none", "some", "full"]
start = "sum""#,
        &["8:9: unknown level of `force`: `sum` (known here: `none`, `some`, `full`)"],
    );
    check_change(
        r#"levels = ["none", "some", "full"]"#,
        r#"levels = ["none", "some", "full"]
start = { non = 1 }"#,
        &["8:11: unknown level of `force`: `non` (did you mean `none`?)"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
regard = { suoth = 1 }",
        &["9:12: unknown actor `suoth` (did you mean `south`?)"],
    );
    check_change(
        r#"south = ["accept", "refuse"]"#,
        r#"sout = ["accept", "refuse"]"#,
        &["12:1: unknown actor `sout` (did you mean `south`?)"],
    );
    check_change(
        "[actors.north]",
        r#"[actors.north]
choice = "bets""#,
        &["9:10: `actors.north.choice` cannot be `bets` (did you mean `best`?)"],
    );
    check_change(
        "[actors.north]",
        r#"[actors.north]
choice = "logit""#,
        &["9:10: `actors.north.choice` needs a precision with `logit` (write `{ logit = 1 }`)"],
    );
    check_change(
        "[actors.north]",
        r#"[actors.north]
beliefs = "unifrom""#,
        &["9:11: `actors.north.beliefs` cannot be `unifrom` (did you mean `uniform`?)"],
    );
    check_change(
        "[actors.north]",
        r#"[actors.north]
horizon = "ned""#,
        &["9:11: `actors.north.horizon` cannot be `ned` (did you mean `end`?)"],
    );
    check_change(
        "[actors.north]",
        r#"[actors.north]
beyond = "statusquo""#,
        &["9:10: `actors.north.beyond` cannot be `statusquo` (did you mean `status_quo`?)"],
    );
    check_change(
        r#"force = "full" }"#,
        r#"forc = "full" }"#,
        &["14:10: unknown variable `forc` (did you mean `force`?)"],
    );
}

#[test]
fn a_flood_of_errors_is_counted() {
    let keys: Vec<String> = (0..1_500).map(|index| format!("unknown_{index} = 1")).collect();
    let (_, messages) =
        lower_text(&BASE.replace("turns = 3", &format!("turns = 3\n{}", keys.join("\n"))), &Shelf::default());
    assert_eq!(messages.len(), 1_001);
    assert_eq!(messages.last().map(String::as_str), Some("1004:1: and 500 more errors, from here on"));
}
