//! What is legal but surely not meant.

use super::*;

/// What stands before the first line that a test adds.
const QUIET_LINES: i32 = 19;

/// The base with everything in it used, so that nothing is said of it.
fn quiet(more: &str) -> String {
    format!(
        "{BASE}[events.e]\nset = {{ force = \"full\" }}\nchance = \"stake / 4\"\nwhen = {{ turn = 2 }}\n{more}"
    )
}

#[track_caller]
fn check(more: &str, expected: &[&str]) {
    check_text(&quiet(more), QUIET_LINES, expected);
}

#[track_caller]
fn check_change(old: &str, new: &str, expected: &[&str]) {
    assert!(BASE.contains(old), "the base has no {old:?}");
    check_text(&quiet("").replacen(old, new, 1), 0, expected);
}

#[track_caller]
fn check_text(text: &str, lines_before: i32, expected: &[&str]) {
    let (scenario, messages) = lower_text(text, &Shelf::default());
    assert!(scenario.is_some(), "{messages:#?}");
    let renumber = |message: &String| match message.split_once(':') {
        Some((line, rest)) => format!("{}:{rest}", line.parse::<i32>().map_or(0, |line| line - lines_before)),
        None => message.clone(),
    };
    assert_eq!(messages.iter().map(renumber).collect::<Vec<_>>(), expected);
}

#[test]
fn a_scenario_that_means_all_it_says_is_quiet() {
    check("", &[]);
}

#[test]
fn warnings_wait_until_the_errors_are_gone() {
    let (_, messages) = lower_text(&BASE.replace("turns = 3", "turns = 0"), &Shelf::default());
    assert_eq!(messages, ["3:9: `turns` must be a whole number from 1 to 10,000, not 0"]);
}

#[test]
fn what_can_never_hold_is_told_with_the_reason() {
    check(
        "[payoffs.p]\nwhen = { turn = 4 }\npays = {}\n",
        &["1:10: term `payoffs.p` can never hold: there are only 3 turns"],
    );
    check(
        "[payoffs.p]\nwhen = { force = \">full\" }\npays = {}\n",
        &["1:10: term `payoffs.p` can never hold: no level of `force` will do"],
    );
    check(
        "[events.p]\nwhen = []\nset = {}\n",
        &["1:9: event `events.p` can never hold: it has no alternative"],
    );
    check(
        "[issues.talks.effects.p]\nwhen = [{ north = \"offer\" }, { north = \"offer\", \"north.talks\" = \"wait\" }]\nset = {}\n",
        &[
            "1:23: alternative 2 of effect `issues.talks.effects.p` can never hold: no move of `north` will do",
        ],
    );
    check(
        "[measures.m]\nwhen = { force = [] }\n",
        &["1:11: measure `measures.m` can never hold: no level of `force` will do"],
    );
}

#[test]
fn closed_issues_and_unavailable_moves_are_seen() {
    let closed = "[issues.trade]\nwhen = { force = \"none\" }\n[issues.trade.moves]\nnorth = [\"sell\", { move = \"ban\", when = { turn = 1 } }]\n";
    let with = |payoff: &str| format!("{closed}{payoff}pays = {{}}\n");
    check(
        &with("[issues.trade.payoffs.p]\nwhen = { force = \"full\" }\n"),
        &["5:23: term `issues.trade.payoffs.p` can never hold: issue `trade` is closed then"],
    );
    check(
        &with("[payoffs.p]\nwhen = { force = \"!none\", \"north.trade\" = \"sell\" }\n"),
        &["5:10: term `payoffs.p` can never hold: issue `trade` is closed then"],
    );
    check(
        &with("[issues.trade.payoffs.p]\nwhen = { turn = 2, north = \"ban\" }\n"),
        &["5:23: term `issues.trade.payoffs.p` can never hold: `ban` is not available then"],
    );
    check(
        &with(
            "[issues.trade.payoffs.p]\nwhen = { turn = 2, north = \"!x\" }\n".replace("!x", "sell").as_str(),
        ),
        &[],
    );
    check(
        "[issues.trade]\nwhen = []\n[issues.trade.moves]\nnorth = [\"sell\"]\n",
        &["1:9: issue `trade` is never open"],
    );
}

#[test]
fn outcomes_that_are_never_first() {
    check_change(
        "[outcomes.end.war]",
        "[outcomes.end.mine]\nwhen = [{ force = \">some\" }]\n[outcomes.end.war]",
        &["15:15: outcome `outcomes.end.mine` can never be first: wherever it holds, an earlier one does"],
    );
    check_change(
        "[outcomes.end.war]",
        "[outcomes.end.mine]\nwhen = { force = [] }\n[outcomes.end.war]",
        &["15:15: outcome `outcomes.end.mine` can never hold"],
    );
    check_change(
        "when = { force = \"full\" }",
        "when = { force = [\"full\", \"!full\"] }",
        &["15:15: outcome `outcomes.end.war` can never be: the others leave it nothing"],
    );
    // Where it stands, the outcome without a `when` is tried last.
    check_change(
        "[outcomes.end.war]",
        "[outcomes.end.war]\n[outcomes.end.mine]\nwhen = { force = \"some\" }",
        &[],
    );
}

#[test]
fn an_end_freezes_what_others_watch() {
    let other = "[outcomes.mood.high]\nwhen = { force = \"some\" }\n[outcomes.mood.low]\n";
    let ends = BASE.replace("[outcomes.end.war]", "ends = true\n[outcomes.end.war]");
    let text = quiet(other).replace(BASE, &ends);
    let expected = "13:15: `outcomes.end.peace` ends the play, and with it what `mood` watches \
                    (close the issues that are settled instead, and let the play go on)";
    check_text(&text, 0, &[expected]);
    check_text(&text.replace("\nset = { force = \"full\" }", "\nset = {}"), 0, &[]);
}

#[test]
fn claims_want_to_be_cited() {
    let claims = "[claims.c1]\ntext = \"x\"\n[claims.c2]\ntext = \"y\"\nbecause = \"c1\"\n";
    let uncited = "3:9: nobody cites the claim `c2` (say `because = \"c2\"` where a number rests on it)";
    check(claims, &[uncited]);
    check(&format!("{claims}[variants.early.payoffs.p]\nbecause = [\"it is so\", \"c2\"]\n"), &[]);
    check(
        &format!("{claims}[payoffs.p]\npays = {{}}\nbecause = \"c22\"\n"),
        &[uncited, "8:11: `c22` is no claim, so it is taken for the reason itself (did you mean `c2`?)"],
    );
}

#[test]
fn one_number_without_a_reason_among_many_with() {
    let payoff = |id: &str, more: &str| format!("[payoffs.{id}]\npays = {{ north = 1 }}\n{more}");
    let (a, b) = (payoff("a", "because = \"x\"\n"), payoff("b", "because = \"x\"\n"));
    check(
        &format!("{a}{b}{}", payoff("c", "")),
        &["7:10: `payoffs.c` has no `because`, where its neighbours have one"],
    );
    check(&format!("{a}{}", payoff("c", "")), &[]);
}

#[test]
fn scripted_moves_that_can_be_unavailable() {
    let when = "{ move = \"wait\", when = { force = \"!some\" } }]";
    let text = |script: &str| {
        quiet(&format!("[script]\n\"north.talks\" = {script}\n")).replacen("\"wait\"]", when, 1)
    };
    let expected = "2:17: the scripted move `wait` is not available at force = \"some\"";
    check_text(&text("\"wait\""), QUIET_LINES, &[expected]);
    check_text(&text("\"offer\""), QUIET_LINES, &[]);
    check_text(&text("[\"wait\"]"), QUIET_LINES, &[]);
}

#[test]
fn effects_that_contradict_each_other() {
    let effects = |one: &str, other: &str| {
        format!(
            "[events.a]\nwhen = {one}\nset = {{ force = \"none\" }}\n[events.b]\nwhen = {other}\nset = {{ force = \"some\" }}\n"
        )
    };
    let pair = "4:9: `events.a` and `events.b` can set `force` differently in the same turn: the later wins";
    check(&effects("{ turn = 1 }", "{ turn = \"<2\" }"), &[pair]);
    check(&effects("{ turn = 1 }", "{ turn = 3 }"), &[]);
    check(
        &effects("{ turn = 1, \"north.talks\" = \"offer\" }", "{ turn = 1, \"north.talks\" = \"wait\" }"),
        &[],
    );
    check(&effects("{ turn = 1 }", "{ turn = 1 }").replace("\"some\"", "\"none\""), &[]);
}

#[test]
fn what_nobody_reads_or_uses() {
    check("[variables.mood]\nlevels = [\"low\"]\n", &["1:12: nobody reads the variable `mood`"]);
    check("[variables.mood]\nlevels = [\"low\"]\n[payoffs.p]\nper = \"mood\"\npays = {}\n", &[]);
    let measured = "[facts.f]\nvariant = \"early\"\nraises = \"final.mood.low\"\n";
    check(&format!("[variables.mood]\nlevels = [\"low\"]\n{measured}"), &[]);
    check_change("stake = 2.0", "stake = 2.0\nspare = 1", &["6:1: nobody uses the parameter `spare`"]);
    check_change("stake = 2.0", "stake = \"spare\"\nspare = 1", &[]);
    check(
        "[variants.early.payoffs.p]\npays = { north = \"2 * spare\" }\n[parameters.spare]\nvalue = 1\n",
        &[],
    );
}

#[test]
fn a_per_that_changes_nothing() {
    check(
        "[measures.m]\never = true\nper = \"force\"\n",
        &["2:8: `measures.m` has `ever`, so its `per` changes nothing"],
    );
}
