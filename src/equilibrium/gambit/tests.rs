//! Files that are wrong, and what is said of them.

use super::read;

#[track_caller]
fn check(text: &str, line: usize, column: usize, message: &str) {
    let error = read(text.as_bytes()).map(|_| ()).expect_err(text);
    assert_eq!((error.line, error.column, error.message.as_str()), (line, column, message), "{text}");
}

/// A game of two with two strategies each, and this behind it.
#[track_caller]
fn check_body(body: &str, column: usize, message: &str) {
    check(&format!("NFG 1 R \"t\" {{ \"a\" \"b\" }} {{ 2 2 }}\n{body}"), 2, column, message);
}

/// A tree of two players, from its second line on.
#[track_caller]
fn check_tree(body: &str, line: usize, column: usize, message: &str) {
    check(&format!("EFG 2 R \"t\" {{ \"a\" \"b\" }}\n{body}"), line, column, message);
}

#[test]
fn what_is_no_file_of_gambit_s_is_told_from_its_first_words() {
    let begins = "expected a Gambit file, which begins with `NFG` or `EFG`";
    check("", 1, 1, &format!("{begins}, found the end of the file"));
    check("format = 1", 1, 1, &format!("{begins}, found `format`"));
    check("\u{feff}nfg 1 R", 1, 1, &format!("{begins}, found `nfg`"));
    check("NFG 2 R \"t\"", 1, 5, "expected version 1 of the format, found `2`");
    check("EFG 1 R \"t\"", 1, 5, "expected version 2 of the format, found `1`");
    check("NFG 1 X \"t\"", 1, 7, "expected `R`, found `X`");
    check("NFG 1 R t", 1, 9, "expected the title in quotes, found `t`");
    check("NFG 1 R \"t\n\n", 1, 9, "this text has no closing quote");
    check("NFG 1 R \"t\\\"", 1, 9, "this text has no closing quote");
    let error = read(b"NFG 1 R\n \"\xff\"").map(|_| ()).expect_err("no text");
    assert_eq!((error.line, error.column), (2, 3));
    assert_eq!(error.message, "not UTF-8 at byte 10: save it as UTF-8");
}

#[test]
fn players_and_strategies_that_do_not_fit_are_told() {
    check("NFG 1 R \"t\" { }", 1, 15, "the game has no player");
    check("NFG 1 R \"t\" { \"a\"", 1, 18, "expected a player's name in quotes, found the end of the file");
    let many = format!("NFG 1 R \"t\" {{ {} }}", "\"p\" ".repeat(65));
    check(&many, 1, 271, "more than 64 players are refused");
    check(
        "NFG 1 R \"t\" { \"a\" \"b\" } { 2 }",
        1,
        29,
        "expected how many strategies player 2 has, a whole number, found `}`",
    );
    check(
        "NFG 1 R \"t\" { \"a\" \"b\" } { 2 2 2 }",
        1,
        31,
        "expected `}` after 2 players' strategies, found `2`",
    );
    check("NFG 1 R \"t\" { \"a\" } { 0 }", 1, 23, "player 1 (`a`) has no strategy");
    check("NFG 1 R \"t\" { \"a\" } { { } }", 1, 25, "player 1 (`a`) has no strategy");
    check(
        "NFG 1 R \"t\" { \"a\" } { -1 }",
        1,
        23,
        "expected how many strategies player 1 has, a whole number, found `-1`",
    );
    check(
        "NFG 1 R \"t\" { \"a\" } { 99999999999999999999 }",
        1,
        23,
        "expected how many strategies player 1 has, a whole number, found `99999999999999999999`",
    );
    check("NFG 1 R \"t\" { \"a\" } { 100001 }", 1, 23, "more than 100000 strategies are refused");
}

#[test]
fn sizes_are_refused_before_memory_is_taken() {
    let names = "\"p\" ".repeat(40);
    let sizes = "9000 ".repeat(40);
    let error = read(format!("NFG 1 R \"t\" {{ {names} }} {{ {sizes} }} 1").as_bytes())
        .map(|_| ())
        .expect_err("huge");
    assert_eq!(error.message, "the game has more than 10^18 payoffs: more than 4000000 are refused");
    check(
        "NFG 1 R \"t\" { \"a\" \"b\" } { 9000 9000 }",
        1,
        37,
        "the game has 162000000 payoffs: more than 4000000 are refused",
    );
}

#[test]
fn payoffs_that_are_missing_too_many_or_no_numbers_are_told() {
    check_body("1 2 3", 6, "expected a payoff, found the end of the file");
    check_body("1 2 3 4 5 6 7 8 9", 17, "expected the end of the file after 4 cells, found `9`");
    for wrong in ["x", "inf", "NaN", "1/0", "1/2/3", "0x10", "\u{221e}"] {
        check_body(&format!("1 {wrong} 3 4 5 6 7 8"), 3, &format!("expected a payoff, found `{wrong}`"));
    }
    let too_large = "expected a payoff, found `1e200`: numbers of 1e30 or more in size are refused";
    check_body("1 1e200 3 4 5 6 7 8", 3, too_large);
    check_body("\"comment\" \"another\" 1", 11, "expected a payoff, found the text \"another\"");
}

#[test]
fn outcomes_that_do_not_fit_are_told() {
    check_body("{ { \"\" 1 } } 1 1 1 1", 10, "an outcome pays 2 players, and here are 1");
    check_body("{ { \"\" 1 2 3 } } 1 1 1 1", 12, "an outcome pays 2 players, and here is one payoff more");
    check_body("{ { \"\" 1 2 } } 1 1 1 2", 22, "there is no outcome 2: the file has 1");
    check_body(
        "{ { \"\" 1 2 } } 1 1 1",
        21,
        "expected the number of an outcome, a whole number, found the end of the file",
    );
    check_body("{ \"\" 1 2 }", 3, "expected `{` and an outcome, found the text \"\"");
}

#[test]
fn what_is_read_is_what_is_written_whatever_parts_it() {
    let text =
        "\u{feff}NFG\r\n1 R \"a \\\"b\\\" \\\\\" {\"x\"\"y\"}{{\"1\"\"2\"}{\"\"}}\n\"\" 1,-2/4 1e1\t.5\n";
    let game = read(text.as_bytes()).expect("a game").form;
    assert_eq!(game.title, "a \"b\" \\");
    assert_eq!((game.pays(0), game.pays(1)), (&[1.0, -0.5][..], &[10.0, 0.5][..]));
}

#[test]
fn trees_that_are_cut_off_or_go_on_are_told() {
    check_tree(
        "p \"\" 1 1 \"\" { \"x\" \"y\" } 0\nt \"\" 1 \"\" { 1 2 }",
        3,
        18,
        "expected a node: `c`, `p` or `t`, found the end of the file",
    );
    check_tree(
        "t \"\" 1 \"\" { 1 2 }\nt \"\" 1",
        3,
        1,
        "expected the end of the file: the tree is complete, found `t`",
    );
    check_tree("q \"\"", 2, 1, "expected a node: `c`, `p` or `t`, found `q`");
    check_tree("p \"\" 3 1", 2, 6, "there is no player 3: there are 2");
    check_tree("p \"\" 1 1 0", 2, 8, "player 1's information set 1 is used before it says its actions");
    check_tree("c \"\" 1 0", 2, 6, "chance's information set 1 is used before it says its actions");
    check_tree("t \"\" 7", 2, 6, "outcome 7 is used before it says its payoffs");
    check_tree("t \"\" 0 { 1 1 }", 2, 6, "outcome 0 pays nothing: number outcomes from 1");
    check_tree("t \"\" 1 { 1 }", 2, 12, "an outcome pays 2 players, and here are 1");
}

#[test]
fn trees_that_contradict_themselves_are_told() {
    check_tree(
        "c \"\" 1 \"\" { \"x\" 1/2 \"y\" 1/3 } 0",
        2,
        6,
        "the chances of chance's information set 1 sum to 5/6",
    );
    check_tree("c \"\" 1 \"\" { \"x\" -1 \"y\" 2 } 0", 2, 17, "a chance of -1 is not between 0 and 1");
    check_tree(
        "p \"\" 1 1 { \"x\" \"y\" } 0\np \"\" 2 1 { \"x\" } 0\nt \"\" 0\np \"\" 2 1 { \"z\" } 0",
        5,
        8,
        "player 2's information set 1 had other actions before",
    );
    check_tree(
        "p \"\" 1 1 { \"x\" \"y\" } 0\nt \"\" 1 { 1 1 }\nt \"\" 1 { 1 2 }",
        4,
        6,
        "outcome 1 paid otherwise before",
    );
    check_tree("p \"\" 1 1 { } 0", 2, 12, "an information set needs an action");
}

/// A tree of one or two players: who forgets, and the plans of the first.
#[track_caller]
fn check_forgetful(body: &str, forgetful: &[usize], plans: &[&str]) {
    let game = read(format!("EFG 2 R \"t\" {{ \"a\" \"b\" }}\n{body}").as_bytes()).expect(body);
    assert_eq!(game.tree.expect("a tree").forgetful(), forgetful, "{body}");
    assert_eq!(game.form.players()[0].strategies, plans, "{body}");
}

#[test]
fn who_forgets_has_plans_for_what_it_may_meet() {
    // What it did: one set after either action of its own.
    let did = "p \"\" 1 1 { \"x\" \"y\" } 0\np \"\" 1 2 { \"u\" \"v\" } 0\nt \"\" 1 { 1 0 }\nt \"\" 0\n\
               p \"\" 1 2 0\nt \"\" 0\nt \"\" 0";
    check_forgetful(did, &[0], &["x u", "x v", "y u", "y v"]);
    // That it has been there at all: the absent-minded driver of Piccione and Rubinstein (1997).
    let driver =
        "p \"\" 1 1 { \"on\" \"off\" } 0\np \"\" 1 1 0\nt \"\" 1 { 1 0 }\nt \"\" 2 { 4 0 }\nt \"\" 0";
    check_forgetful(driver, &[0], &["on", "off"]);
    // What it knew: of chance's draw.
    let knew = "c \"\" 1 { \"l\" 0.5 \"r\" 0.5 } 0\np \"\" 1 1 { \"x\" \"z\" } 0\np \"\" 1 3 { \"u\" \"v\" } 0\n\
                t \"\" 0\nt \"\" 0\nt \"\" 0\np \"\" 1 2 { \"x\" } 0\np \"\" 1 3 0\nt \"\" 0\nt \"\" 0";
    check_forgetful(knew, &[0], &["x u x", "x v x", "z u x", "z v x"]);
    // Of others' moves it may know more or less without forgetting anything.
    let other = "p \"\" 2 1 { \"l\" \"r\" } 0\np \"\" 1 1 { \"x\" \"y\" } 0\nt \"\" 0\nt \"\" 0\np \"\" 1 1 0\nt \"\" 0\nt \"\" 0";
    check_forgetful(other, &[], &["x", "y"]);
}

#[test]
fn trees_too_large_or_deep_are_refused() {
    let deep = "p \"\" 1 1 { \"x\" } 0\n".repeat(600);
    let error = read(format!("EFG 2 R \"\" {{ \"a\" }}\n{deep}").as_bytes()).map(|_| ()).expect_err("deep");
    assert_eq!(error.message, "more than 500 nodes one after another are refused");
    // Thirty information sets after chance, five actions each: 5^30 strategies.
    let mut wide = "EFG 2 R \"\" { \"a\" }\nc \"\" 1 { ".to_owned();
    wide += &(0..32).map(|_| "\"x\" 0.03125 ").collect::<String>();
    wide += "} 0\n";
    for set in 1..=32 {
        wide += &format!("p \"\" 1 {set} {{ \"1\" \"2\" \"3\" \"4\" \"5\" }} 0\n{}", "t \"\" 0\n".repeat(5));
    }
    let error = read(wide.as_bytes()).map(|_| ()).expect_err("wide");
    assert_eq!((error.line, error.column), (2, 1));
    assert_eq!(
        error.message,
        "in reduced normal form the game has more than 10^18 payoffs: more than 4000000 are refused"
    );
}

#[test]
fn payoffs_add_up_along_the_tree_and_chance_is_averaged() {
    let text = "EFG 2 R \"\" { \"a\" }\nc \"\" 1 { \"l\" 1/4 \"r\" 3/4 } 1 { 10 }\n\
                p \"\" 1 1 { \"x\" \"y\" } 2 { 1 }\nt \"\" 0\nt \"\" 2\np \"\" 1 1 0\nt \"\" 3 { 8 }\nt \"\" 0";
    let game = read(text.as_bytes()).expect("a game").form;
    // x: 10 + 1/4 * 1 + 3/4 * 8; y: 10 + 1/4 * (1 + 1).
    assert_eq!((game.payoff(0, 0), game.payoff(1, 0)), (16.25, 10.5));
    assert_eq!(game.players()[0].strategies, ["x", "y"]);
}

#[test]
fn strategies_say_nothing_of_what_they_rule_out() {
    // Two actions, and after the first a choice of three: four reduced strategies, not six.
    let text = "EFG 2 R \"\" { \"a\" }\np \"\" 1 1 { \"in\" \"out\" } 0\np \"\" 1 2 { \"l\" \"m\" \"r\" } 0\n\
                t \"\" 1 { 1 }\nt \"\" 2 { 2 }\nt \"\" 3 { 3 }\nt \"\" 4 { 4 }";
    let game = read(text.as_bytes()).expect("a game").form;
    assert_eq!(game.players()[0].strategies, ["in l", "in m", "in r", "out"]);
    assert_eq!((0..4).map(|s| game.payoff(s, 0)).collect::<Vec<_>>(), [1.0, 2.0, 3.0, 4.0]);
}

#[test]
fn names_that_cannot_be_told_apart_get_numbers() {
    let game = read(b"NFG 1 R \"\" { \"\" \"b\" } { { \"x\" \"x\" } { \"\" \"y\" } }\n1 1 2 2 3 3 4 4")
        .expect("a game")
        .form;
    let [first, second] = game.players() else { panic!("two players") };
    assert_eq!((first.name.as_str(), second.name.as_str()), ("player 1", "b"));
    assert_eq!(
        (&first.strategies, &second.strategies),
        (&vec!["x".to_owned(), "x (2)".to_owned()], &vec!["1".to_owned(), "y".to_owned()])
    );
}

#[test]
fn plans_of_actions_with_blanks_are_told_apart() {
    // Without quotes, `go` at the first set and `on now` at the second would be called as `go on` and `now`.
    let text = "EFG 2 R \"\" { \"a\" }\nc \"\" 1 { \"l\" 1/2 \"r\" 1/2 } 0\n\
                p \"\" 1 1 { \"go\" \"go on\" } 0\nt \"\" 0\nt \"\" 0\n\
                p \"\" 1 2 { \"on now\" \"now\" \"\" } 0\nt \"\" 0\nt \"\" 0\nt \"\" 0";
    let game = read(text.as_bytes()).expect("a game").form;
    let expected =
        ["go \"on now\"", "go now", "go 3", "\"go on\" \"on now\"", "\"go on\" now", "\"go on\" 3"];
    assert_eq!(game.players()[0].strategies, expected);
}

#[test]
fn trees_pay_to_the_last_digit() {
    // Thirds of chance, and decimals that floats do not add up: 0.1 + 0.2 ties with 0.3.
    let text = "EFG 2 R \"\" { \"a\" }\np \"\" 1 1 { \"x\" \"y\" \"z\" } 0\n\
                c \"\" 1 { \"l\" 1/3 \"r\" 2/3 } 1 { 0.1 }\nt \"\" 2 { 0.2 }\nt \"\" 2\nt \"\" 3 { 0.3 }\n\
                c \"\" 2 { \"l\" 0.333333333 \"m\" 0.333333333 \"r\" 0.333333333 } 0\nt \"\" 4 { 1 }\nt \"\" 0\nt \"\" 0";
    let game = read(text.as_bytes()).expect("a game").form;
    assert_eq!([0, 1, 2].map(|plan| game.exact_payoff(plan, 0).to_string()), ["0.3", "0.3", "1/3"]);
}
