//! Numbers out of range, and what does not parse as one.

use super::*;

#[test]
fn turns_are_a_small_whole_number() {
    for turns in ["0", "-3", "2.5", "1e20", "nan", "inf", "10001", "99999999999999999999"] {
        let message = format!("3:9: `turns` must be a whole number from 1 to 10,000, not {turns}");
        check_change("turns = 3", &format!("turns = {turns}"), &[&message]);
    }
    check_change("turns = 3", "turns = \"3\"", &["3:9: `turns` must be a whole number, not a text"]);
    check_change("turns = 3\n", "", &["1:1: `turns` is missing"]);
}

#[test]
fn numbers_are_in_range() {
    check_change(
        "[actors.north]",
        r"[actors.north]
choice = { logit = -1 }",
        &["9:20: `actors.north.choice.logit` must be a finite number, at least 0, not -1"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
choice = { logit = nan }",
        &["9:20: `actors.north.choice.logit` must be a finite number, not nan"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
choice = { logit = inf }",
        &["9:20: `actors.north.choice.logit` must be a finite number, not inf"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
tremble = 1.5",
        &["9:11: `actors.north.tremble` must be between 0 and 1, not 1.5"],
    );
    check_change(
        "[actors.north]",
        r#"[actors.north]
discount = "1 + stake""#,
        &[
            "9:12: `actors.north.discount` must be between 0 and 1, not 3 (it is `1 + stake`, where stake = 2)",
        ],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
beliefs = { poisson = -0.5 }",
        &["9:23: `actors.north.beliefs.poisson` must be between 0 and 50, not -0.5"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
beliefs = { level = 65 }",
        &["9:21: `actors.north.beliefs.level` must be a whole number from 0 to 64, not 65"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
beliefs = { level = -1 }",
        &["9:21: `actors.north.beliefs.level` must be a whole number from 0 to 64, not -1"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
horizon = 0",
        &["9:11: `actors.north.horizon` must be a whole number from 1 to 10,000, not 0"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
regard = { north = 1 }",
        &["9:20: `actors.north.regard` weighs `north`'s own payoffs: they always count once"],
    );
    check(
        r#"[events.e]
set = { force = "none" }
chance = 2
"#,
        &["3:10: `events.e.chance` must be between 0 and 1, not 2"],
    );
}

#[test]
fn amounts_are_finite() {
    check(
        r#"[payoffs.p]
pays = { north = "1 / (stake - 2)" }
"#,
        &[
            "2:18: `payoffs.p.pays.north` must be a finite number, not inf (it is `1 / (stake - 2)`, where stake = 2)",
        ],
    );
    check(
        r"[payoffs.p]
pays = { north = 1e400 }
",
        &["2:18: `payoffs.p.pays.north` must be a finite number, not 1e400"],
    );
    check_change(
        "stake = 2.0",
        r#"stake = 2.0
zero = "stake - 2"
bad = "1 / zero""#,
        &["7:1: `parameters.bad` must be a finite number, not inf (it rests on zero = 0)"],
    );
    check(
        r#"[payoffs.p]
pays = { north = "0 / (stake - 2)", south = -1e16 }
"#,
        &[
            "2:18: `payoffs.p.pays.north` must be a finite number, not nan (it is `0 / (stake - 2)`, where stake = 2)",
            "2:45: `payoffs.p.pays.south` must be at most 1e15 in size, not -1e16",
        ],
    );
    check_change("stake = 2.0", "stake = 1e15\n[payoffs.p]\npays = { north = \"stake\" }", &[]);
}

#[test]
fn weights_are_not_negative_and_not_all_zero() {
    check_change(
        r#"levels = ["none", "some", "full"]"#,
        r#"levels = ["none", "some", "full"]
start = { none = 0, full = 0 }"#,
        &["8:18: the weights of `variables.force.start` must not all be 0"],
    );
    check_change(
        r#"levels = ["none", "some", "full"]"#,
        r#"levels = ["none", "some", "full"]
start = { none = -1, full = 2 }"#,
        &["8:18: `variables.force.start.none` must be a finite number, at least 0, not -1"],
    );
    check_change(
        r#"levels = ["none", "some", "full"]"#,
        r#"levels = ["none", "some", "full"]
values = [0, 1]"#,
        &["8:10: `variables.force.values` has 2 values for 3 levels"],
    );
    check_change(
        r#""wait"]"#,
        r#"{ move = "wait", salience = 0 }, { move = "go", salience = -1 }]"#,
        &["11:78: `issues.talks.moves.north.go.salience` must be a finite number, at least 0, not -1"],
    );
    check_change(
        r#""offer", "wait""#,
        r#"{ move = "offer", salience = 0 }, { move = "wait", salience = 0 }"#,
        &["11:39: the saliences of `north` in `talks` must not all be 0"],
    );
    check(
        r"[events.e]
shift = { force = 1.5 }
",
        &["2:19: `events.e.shift.force` must be a whole number from -10,000 to 10,000, not 1.5"],
    );
    check(
        r#"[script]
"north.talks" = { wait = 0 }
"#,
        &["2:26: the script's weights of `north` in `talks` must not all be 0"],
    );
    check(
        r#"[facts.f]
variant = "early"
raises = "turns"
by = -1
"#,
        &["4:6: `facts.f.by` must be at least 0, not -1"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
beliefs = { poisson = 1e9 }",
        &["9:23: `actors.north.beliefs.poisson` must be between 0 and 50, not 1000000000"],
    );
    check_change(
        "[actors.north]",
        r"[actors.north]
beliefs = {}",
        &["9:11: `actors.north.beliefs` needs a `level` or `poisson`"],
    );
}

#[test]
fn expressions_are_sound() {
    check(
        r#"[payoffs.p]
pays = { north = "2 * (stake", south = "" }
"#,
        &[
            "2:23: in the expression of `payoffs.p.pays.north`: this `(` is never closed",
            "2:40: in the expression of `payoffs.p.pays.south`: an empty expression",
        ],
    );
    check(
        r#"[payoffs.p]
pays = { north = "2 ** stake", south = true }
"#,
        &[
            "2:22: in the expression of `payoffs.p.pays.north`: unexpected `*`: expected a number, a parameter or `(`",
            "2:40: `payoffs.p.pays.south` must be a number or an expression, not true or false",
        ],
    );
    check(
        r#"[payoffs.p]
pays = { north = "parameters.stake" }
"#,
        &["2:19: unknown parameter `parameters.stake` (did you mean `stake`?)"],
    );
}

#[test]
fn parameters_make_sense() {
    check_change(
        "stake = 2.0",
        r#"stake = "rebuild"
rebuild = "2 * stake""#,
        &["5:1: parameter `stake` depends on itself: `stake` -> `rebuild` -> `stake`"],
    );
    check_change(
        "stake = 2.0",
        r#"stake = "stake + 1""#,
        &["5:1: parameter `stake` depends on itself: `stake` -> `stake`"],
    );
    check_change(
        "stake = 2.0",
        "stake = { uniform = [2, 1] }",
        &["5:21: `parameters.stake.uniform` needs low < high"],
    );
    check_change(
        "stake = 2.0",
        "stake = { pert = [1, 2] }",
        &["5:18: `parameters.stake.pert` needs [low, mode, high], not 2 numbers"],
    );
    check_change(
        "stake = 2.0",
        r#"stake = { normal = ["a", nan] }"#,
        &[
            "5:21: `parameters.stake.normal` must be a number, not a text",
            "5:26: `parameters.stake.normal` must be a finite number, not nan",
        ],
    );
    check_change(
        "stake = 2.0",
        "stake = { value = 1, uniform = [1, 2] }",
        &["5:32: `parameters.stake` has both `value` and `uniform`: it can be only one"],
    );
    check_change(
        "stake = 2.0",
        r#"stake = { because = "x" }"#,
        &[
            "5:9: `parameters.stake` needs a `value` or a distribution (distributions: uniform, triangular, pert, normal, lognormal, beta, oneof)",
        ],
    );
    check_change(
        "stake = 2.0",
        "stake = true",
        &[
            "5:9: `parameters.stake` must be a number, an expression, or a table such as `{ uniform = [1, 2] }`, not true or false",
        ],
    );
    check_change(
        "stake = 2.0",
        "stake = { oneof = [] }",
        &["5:19: `parameters.stake.oneof` needs at least one number"],
    );
}

/// `"l0", "l1", ...`
fn many(count: usize, prefix: &str) -> String {
    let quoted: Vec<String> = (0..count).map(|index| format!("\"{prefix}{index}\"")).collect();
    quoted.join(", ")
}

/// Variables `v0`, `v1`, ... of 100 levels `l0`, `l1`, ...
fn large_variables(count: usize) -> String {
    let table = |index| format!("[variables.v{index}]\nlevels = [{}]\n", many(100, "l"));
    (0..count).map(table).collect::<Vec<_>>().concat()
}

#[test]
fn too_many_levels_are_refused() {
    let levels = format!("[{}]", many(10_001, "l"));
    let text = BASE.replace("[\"none\", \"some\", \"full\"]", &levels).replace("full", "l1");
    let (_, messages) = lower_text(&text, &Shelf::default());
    assert_eq!(messages, ["6:12: variable `force` has 10,001 levels: more than 10,000 are refused"]);
}

#[test]
fn too_many_states_are_refused() {
    let help = "(leave out variables or levels that no outcome and no payoff rests on)";
    let expected = |states: &str| {
        format!("11:12: the variables make {states} states: more than 1,000,000,000,000 are refused {help}")
    };
    check(&large_variables(6), &[&expected("3,000,000,000,000")]);
    check(&large_variables(30), &[&expected("more than 10^30")]);
}

#[test]
fn too_many_actions_are_refused() {
    let issue = |index| format!("[issues.i{index}.moves]\nnorth = [{}]\n", many(100, "m"));
    let text = (0..3).map(issue).collect::<Vec<_>>().concat();
    let expected = "-7:9: `north` has 2,000,000 actions: more than 1,000,000 are refused \
                    (an action is a move in each of its issues: take some of them away)";
    check(&text, &[expected]);
}

#[test]
fn too_many_combinations_of_levels_are_not_looked_through() {
    let one = |index| {
        let rest = "v1 = \"l0\", v2 = \"l0\", v3 = \"l0\"";
        format!("{{ move = \"m{index}\", when = {{ v0 = \"l{index}\", {rest} }} }}")
    };
    let moves: Vec<String> = (0..3).map(one).collect();
    let text = format!("{}[issues.i.moves]\nnorth = [{}]\n", large_variables(4), moves.join(", "));
    let expected = "10:1: the moves of `north` in issue `i` rest on 100,000,000 combinations of levels: \
                    too many to check (give one of the moves no `when`)";
    check(&text, &[expected]);
}
