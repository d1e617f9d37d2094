//! `flip`, as people type and read it.

use super::workspace::Workspace;

/// One choice: it fights while one + two is more than 2.
const CHOICE: &str = r#"
format = 1
title  = "One choice"
turns  = 1

[parameters]
one   = { uniform = [0.5, 2.5] }
two   = 0.25
none  = 0

[variables.war]
levels = ["no", "yes"]

[actors.lord]
choice = { logit = 2 }

[issues.feud.moves]
lord = ["fight", "talk"]

[issues.feud.payoffs.gain]
when = { lord = "fight" }
pays = { lord = "one + two + none" }

[issues.feud.payoffs.calm]
when = { lord = "talk" }
pays = { lord = 2 }

[payoffs.rent]
pays = { lord = 1 }

[issues.feud.effects.war]
when = { lord = "fight" }
set  = { war = "yes" }

[outcomes.end.war]
when = { war = "yes" }

[outcomes.end.peace]
"#;

fn place() -> Workspace {
    let place = Workspace::new();
    place.write("choice.toml", CHOICE);
    place
}

#[test]
fn what_flips_it_is_a_table_and_what_it_means() {
    insta::assert_snapshot!(place().prints("flip choice.toml --of end --draws 0 --all"), @r#"
    What flips the answer

    The most likely outcome of end is peace, 62 %; then comes war, 38 %. It leads by
    24.5 points.

                                           is  flips it at    change  to
     issues.feud.payoffs.calm.pays.lord     2         1.75   -12.5 %  war
     issues.feud.payoffs.gain.pays.lord  1.75            2   +14.3 %  war
     parameters.one                       1.5         1.75   +16.7 %  war
     parameters.two [further]            0.25          0.5  +100.0 %  war
     parameters.none                        0        never         -  it is 0 and has no range
     payoffs.rent.pays.lord                 1        never         -  not from 0 to 2

    4 of 6 numbers flip the answer, each alone; the other 2 do not within their
    ranges. Of these, 1 flips it only further off than the 50 % by which a known
    number may well be off ("[further]").
    Ranges: uncertain parameters over their distributions, held at one value in all
    draws; other numbers from 0 to 2 times what they are, further than the 50 % by
    which they may well be off, an expression as a whole. Each was looked at in 2
    places to either side, and only at the end of a side that brings the answer less
    than half of the way: what flips and flips back in between is not seen.
    "#);
}

#[test]
fn intervals_stand_beside_what_chance_may_have_moved() {
    let asked = "flip choice.toml --of outcomes.end.war --to 0.6 --method sample --seed 3 -n 2000";
    insta::assert_snapshot!(place().prints(asked), @r#"
    What flips the answer

    outcomes.end.war is 0.4305 (0.3817 to 0.4807), below 0.6.

                                           is  flips it at   95 % interval   change  to
     issues.feud.payoffs.calm.pays.lord     2        1.553   1.413 to 1.69  -22.4 %  above 0.6
     parameters.one                       1.5        1.913   1.872 to 1.95  +27.5 %  above 0.6
     issues.feud.payoffs.gain.pays.lord  1.75        2.241  2.052 to 2.479  +28.1 %  above 0.6

    3 of 6 numbers flip the answer, each alone; the other 3 do not within their
    ranges. --all lists those that do not.
    Ranges: uncertain parameters over their distributions, held at one value in all
    draws; other numbers from 0 to 2 times what they are, further than the 50 % by
    which they may well be off, an expression as a whole. Each was looked at in 2
    places to either side, and only at the end of a side that brings the answer less
    than half of the way: what flips and flips back in between is not seen.
    Intervals are of sampling error: where the lead's 95 % interval holds 0; "?"
    where that does not end within the range.
    "#);
}

#[test]
fn two_numbers_are_a_map_and_a_line() {
    let asked = "flip choice.toml --of end --draws 0 --pair one,issues.feud.payoffs.calm.pays.lord --grid 7";
    insta::assert_snapshot!(place().prints(asked), @"
    Which answer holds where: parameters.one (across) and issues.feud.payoffs.calm.pays.lord (up)

    The most likely outcome of end is peace, 62 %; then comes war, 38 %. It leads by
    24.5 points.
    The scenario has parameters.one = 1.5, issues.feud.payoffs.calm.pays.lord = 2
    (central values).

           4  B  B  B  B  B  B  B
       3.333  B  B  B  B  B  B  B
       2.667  B  B  B  B  B  B  A
           2  B  B  B  B  A  A  A
       1.333  B  B  A  A  A  A  A
      0.6667  A  A  A  A  A  A  A
           0  A  A  A  A  A  A  A
              0.5             2.5

      A  war
      B  peace

     parameters.one  issues.feud.payoffs.calm.pays.lord  below  above
                0.5                              0.7653  war    peace
             0.8333                               1.084  war    peace
              1.167                               1.432  war    peace
                1.5                                1.75  war    peace
              1.833                               2.099  war    peace
              2.167                               2.417  war    peace
                2.5                               2.765  war    peace

    7 by 7 places were looked at: what comes and goes between two of them is not
    seen. Critical values are found to half a per cent of the range. Uncertain
    parameters were looked at over their distributions, known numbers from 0 to 2
    times what they are, further than the 50 % by which they may well be off.
    ");
}

#[test]
fn files() {
    let place = place();
    place.prints("flip choice.toml --of end --draws 0 --out flips");
    assert_eq!(place.list("flips"), ["flips.csv", "manifest.json", "scenario.toml", "source.json"]);
    insta::assert_snapshot!(place.read("flips/flips.csv"), @"
    factor,value,critical,low,high,change,relative,of_range,before,after,verdict,least,most,why_not,beyond
    issues.feud.payoffs.calm.pays.lord,2.0,1.7498989923168942,1.7498989923168942,1.7498989923168942,-0.25010100768310584,0.12505050384155292,0.06252525192077646,peace,war,flips,0.0,4.0,,no
    issues.feud.payoffs.gain.pays.lord,1.75,2.0000310731229147,2.0000310731229147,2.0000310731229147,0.2500310731229147,0.1428748989273798,0.0714374494636899,peace,war,flips,0.0,3.5,,no
    parameters.one,1.5,1.75,1.75,1.75,0.25,0.16666666666666666,0.125,peace,war,flips,0.5,2.5,,no
    parameters.two,0.25,0.5,0.5,0.5,0.25,1.0,0.5,peace,war,flips,0.0,0.5,,yes
    parameters.none,0.0,,,,,,,peace,,no_range,0.0,0.0,,no
    payoffs.rent.pays.lord,1.0,,,,,,,peace,,does_not_flip,0.0,2.0,,no
    ");
    place.prints("flip choice.toml --of end --draws 0 --pair one,two --grid 3 --out flips");
    assert_eq!(
        place.list("flips"),
        ["answers.csv", "frontier.csv", "manifest.json", "scenario.toml", "source.json"]
    );
    insta::assert_snapshot!(place.read("flips/frontier.csv"), @"
    parameters.one,parameters.two,low,high,below,above
    0.5,,,,peace,peace
    1.5,0.5,0.5,0.5,peace,war
    2.5,,,,war,war
    ");
    insta::assert_snapshot!(place.read("flips/answers.csv"), @"
    parameters.one,parameters.two,answer,lead,low,high
    0.5,0.0,peace,0.9051482536448666,0.9051482536448666,0.9051482536448666
    0.5,0.25,peace,0.848283639957513,0.848283639957513,0.848283639957513
    0.5,0.5,peace,0.7615941559557647,0.7615941559557647,0.7615941559557647
    1.5,0.0,peace,0.4621171572600098,0.4621171572600098,0.4621171572600098
    1.5,0.25,peace,0.24491866240370913,0.24491866240370913,0.24491866240370913
    1.5,0.5,,0.0,0.0,0.0
    2.5,0.0,war,0.4621171572600098,0.4621171572600098,0.4621171572600098
    2.5,0.25,war,0.6351489523872873,0.6351489523872873,0.6351489523872873
    2.5,0.5,war,0.7615941559557647,0.7615941559557647,0.7615941559557647
    ");
}

#[test]
fn all_that_is_typed_wrongly_is_told() {
    let place = place();
    let told = place.complains("flip choice.toml --of outcomes.edn --only parameters.on --only issue", 2);
    insta::assert_snapshot!(told, @"
    error: --of: no classification or measure is called `outcomes.edn`; did you mean `outcomes.end`?
    error: --only: `parameters.on` is not a number of the scenario, and none begins so; did you mean `parameters.one`?
    error: --only: `issue` is not a number of the scenario, and none begins so
    ");
    let told = place.complains("flip choice.toml --of scores.lord --pair on,none", 2);
    insta::assert_snapshot!(told, @"
    error: --of: `scores.lord` is not a probability: say with `to` which number it is to cross
    error: --pair: `on` is not a number of the scenario; did you mean `one`?
    error: --pair: `none` is 0 and not uncertain: it has no range to be turned over
    ");
    for (asked, expected) in [
        ("--of end --pair one", "wanted two paths with a comma between, not `one`"),
        ("--of end --pair one,one", "`one` is named twice"),
        ("--of end --off-by 0", "wanted a number above 0"),
        ("--of end --steps 0", "0 is not in 1..=1000"),
        ("--of end --pair one,two --grid 1", "1 is not in 2..=200"),
        ("--of end --to 0.5", "takes no `to`"),
        ("", "--of <CLASS|MEASURE>"),
    ] {
        let told = place.complains(&format!("flip choice.toml {asked}"), 2);
        assert!(told.contains(expected), "{told}");
    }
}
