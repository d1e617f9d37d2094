//! What is legal but surely not meant.

use super::used;

#[test]
fn a_term_that_can_never_hold() {
    insta::assert_snapshot!(used(r"[payoffs.late]
when = { turn = 4 }
pays = { north = 1 }
"), @r"
    s.toml:19:10: warning: term `payoffs.late` can never hold: there are only 3 turns
       |
    19 | [payoffs.late]
       |          ^^^^
    ");
}

#[test]
fn an_outcome_that_can_never_be_first() {
    insta::assert_snapshot!(used(r#"[outcomes.end.rout]
when = [{ force = ">some" }]
"#), @r"
    s.toml:19:15: warning: outcome `outcomes.end.rout` can never be first: wherever it holds, an earlier one does
       |
    19 | [outcomes.end.rout]
       |               ^^^^
    ");
}

#[test]
fn a_claim_that_nobody_cites() {
    insta::assert_snapshot!(used(r#"[claims.c1]
text = "Offers cost little."
"#), @r#"
    s.toml:19:9: warning: nobody cites the claim `c1`
       |
    19 | [claims.c1]
       |         ^^
      help: say `because = "c1"` where a number rests on it
    "#);
}

#[test]
fn a_number_without_a_reason() {
    insta::assert_snapshot!(used(r#"[payoffs.a]
pays = { north = 1 }
because = "it is so"
[payoffs.b]
pays = { north = 2 }
because = "and so"
[payoffs.c]
pays = { north = 3 }
"#), @r"
    s.toml:25:10: warning: `payoffs.c` has no `because`, where its neighbours have one
       |
    25 | [payoffs.c]
       |          ^
    ");
}

#[test]
fn a_scripted_move_that_can_be_unavailable() {
    insta::assert_snapshot!(used(r#"[issues.trade.moves]
north = ["sell", { move = "ban", when = { force = "!some" } }]
[script]
"north.trade" = "ban"
"#), @r#"
    s.toml:22:17: warning: the scripted move `ban` is not available at force = "some"
       |
    22 | "north.trade" = "ban"
       |                 ^^^^^
    "#);
}

#[test]
fn effects_that_contradict_each_other() {
    insta::assert_snapshot!(used(r#"[events.rout]
when = { turn = ">1" }
set  = { force = "none" }
"#), @r"
    s.toml:19:9: warning: `events.spread` and `events.rout` can set `force` differently in the same turn: the later wins
       |
    19 | [events.rout]
       |         ^^^^
    s.toml:15:9: note: the earlier
       |
    15 | [events.spread]
       |         ^^^^^^
    ");
}

#[test]
fn an_end_that_freezes_another_classification() {
    insta::assert_snapshot!(used(r#"[outcomes.mood.high]
when = { force = "some" }
ends = true
[outcomes.mood.low]
"#), @r"
    s.toml:19:16: warning: `outcomes.mood.high` ends the play, and with it what `end` watches
       |
    19 | [outcomes.mood.high]
       |                ^^^^
      help: close the issues that are settled instead, and let the play go on
    ");
}

#[test]
fn a_variable_that_nobody_reads() {
    insta::assert_snapshot!(used(r#"[variables.mood]
levels = ["low", "high"]
"#), @r"
    s.toml:19:12: warning: nobody reads the variable `mood`
       |
    19 | [variables.mood]
       |            ^^^^
    ");
}
