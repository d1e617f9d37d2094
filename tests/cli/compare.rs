//! `compare` and `claims`: what they leave behind, and what they say of what is typed wrongly.

use super::workspace::{DUEL, Workspace};

#[track_caller]
fn check(place: &Workspace, arguments: &str, said: &[&str]) {
    let complaint = place.complains(arguments, 2);
    for said in said {
        assert!(complaint.contains(said), "{said}: {complaint}");
    }
}

#[test]
fn what_is_compared_must_be_something() {
    let place = Workspace::new();
    check(&place, "compare duel.toml", &["--against <CHANGE>"]);
    check(
        &place,
        "compare duel.toml --against mek --against duell.tml",
        &[
            "error: --against: there is neither a variant nor a file `mek`: did you mean the variant `meek`?",
            "error: --against: there is neither a variant nor a file `duell.tml`: there are the \
             variants `meek`, `fierce`; a change is PATH=VALUE",
        ],
    );
    check(&place, "compare duel.toml --against .", &["--against .: the overlay is a folder, not a file"]);
}

#[test]
fn mistakes_in_what_is_held_against_it_are_shown_where_they_are() {
    let place = Workspace::new();
    check(
        &place,
        "compare duel.toml --against meek --against parameters.prid=2",
        &["--against 2:1:12: error: unknown path `parameters.prid`", "did you mean `parameters.pride`?"],
    );
    check(&place, "compare duel.toml --against parameters.pride=", &["--against 1:1:", "write PATH=VALUE"]);
    place.write("wrong.toml", "[actors.frist]\nchoise = \"best\"\n");
    check(&place, "compare duel.toml --against wrong.toml", &["wrong.toml:2:1: error:", "`choice`"]);
}

#[test]
fn measures_must_be_those_of_both() {
    let place = Workspace::new();
    check(
        &place,
        "compare duel.toml --against meek --of outcomes.end.biter --of scores.frist",
        &["did you mean `outcomes.end.bitter`?", "error: --of: no measure is called `scores.frist`"],
    );
    place.write("third.toml", "[measures.shots]\nwhen = { \"first.dawn\" = \"shoot\" }\n");
    check(
        &place,
        "compare duel.toml --against third.toml --of measures.shots",
        &["the scenario has no `measures.shots`, so it cannot be compared"],
    );
    let all = place.prints("compare duel.toml --against third.toml -n 100");
    assert!(all.contains("Not compared, as only one of the two has it: measures.shots."), "{all}");
}

#[test]
fn an_overlay_in_a_file_a_scenario_from_standard_input() {
    let place = Workspace::new();
    place.write("proud.toml", "parameters.pride = 5\n");
    let typed = "--against proud.toml -n 200 --draws 2 --json";
    let piped = place.command(&format!("compare - {typed}")).write_stdin(DUEL).output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&piped.stdout), place.prints(&format!("compare duel.toml {typed}")));
}

#[test]
fn columns_are_those_that_scripts_rest_on() {
    let place = Workspace::new();
    place.prints("compare duel.toml --against meek -n 200 --draws 2 --out out");
    place.prints("claims duel.toml -n 200 --draws 2 --out claims");
    for (name, header) in [
        ("out/against", "kind,change"),
        ("out/differences", "measure,value,against,difference,low,high,tighter"),
        ("out/transitions", "classification,from,to,plays,share,low,high,from_title,to_title"),
        ("claims/claims", "claim,measure,at,value,difference,low,high,why_not"),
        ("claims/cited", "claim,path,value,low,high"),
        ("claims/bare", "path,value"),
    ] {
        let text = place.read(&format!("{name}.csv"));
        assert_eq!(text.lines().next(), Some(header), "{name}");
    }
    assert_eq!(place.read("out/against.csv"), "kind,change\nvariant,meek\n");
    place.prints("compare duel.toml --against meek --method exact --draws 0 --out out");
    assert!(!place.path("out/transitions.csv").exists(), "no plays, no transitions");
}

/// Shown as it stands on a page: what is held against what, the differences, and where plays end instead.
#[test]
fn people_read_what_changes() {
    let place = Workspace::new();
    let told = place.prints("compare duel.toml --against meek --draws 0 -n 1000");
    insta::assert_snapshot!(told, @"
    A duel
    against meek

     measure                    here   there  difference  95 % interval  tighter
     outcomes.end.reconciled  18.8 %  57.8 %      +38.97              -        -
     outcomes.end.bitter      81.2 %  42.2 %      -38.97              -        -
     scores.first              2.193   0.000     -2.1932              -        -
     scores.second            -2.193   0.000     +2.1932              -        -
     turns                     3.000   3.000      0.0000              -        -
     final.honour              0.188   0.578     +0.3897              -        -

    end: 397 of 1,000 plays end otherwise (39.7 %)
      bitter  -> reconciled:  397  (39.7 %)  36.7 to 42.8 %

    Both computed exactly, every parameter at its central value, seed 1
    The difference is there less here: what the change does; of shares, in points of a percent.
    Which plays end otherwise is a matter of the chance that they share; their net is not: it is the
    difference.
    There is no sampling error; whether the scenario is right is another matter.
    ");
    let exact = place.prints("compare duel.toml --against meek --draws 0 --method exact --of turns");
    insta::assert_snapshot!(exact, @"
    A duel
    against meek

     measure   here  there  difference  95 % interval  tighter
     turns    3.000  3.000      0.0000              -        -

    Both computed exactly, every parameter at its central value, seed 1
    The difference is there less here: what the change does; of shares, in points of a percent.
    Which plays end otherwise is not told: exact propagation finds two distributions, and no play in
    either. Leave out --method exact for that.
    There is no sampling error; whether the scenario is right is another matter.
    ");
}

#[test]
fn claims_answer_what_is_typed_wrongly() {
    let place = Workspace::new();
    check(&place, "claims duel.toml --off-by -1", &["wanted a number above 0 and up to 10, such as 0.5"]);
    check(&place, "claims duel.toml --of outcomes.end.biter", &["did you mean `outcomes.end.bitter`?"]);
    let told = place.prints("claims duel.toml -n 200 --draws 2");
    assert!(told.contains("The scenario has no [claims]."), "{told}");
}
