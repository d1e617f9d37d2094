//! Where an equilibrium may not be the only one, whoever rests something on it is warned.

use super::workspace::Workspace;

/// Two drivers who want to be on the same side, from the day on which the road is busy. Up to a precision
/// of 2 over what meeting costs, tossing a coin is the only equilibrium; there, two others leave it.
const ROAD: &str = r#"
format = 1
turns  = 3
turn   = "day"

[parameters]
cost = { uniform = [0.2, 1.0] }

[variables.road]
levels = ["empty", "busy"]

[actors.north]
choice  = { logit = 4 }
beliefs = "equilibrium"
horizon = "end"

[actors.south]
choice  = { logit = 4 }
beliefs = "equilibrium"
horizon = "end"

[issues.side.moves]
north = ["left", "right"]
south = ["left", "right"]

[issues.side.payoffs.left]
when = { north = "left", south = "right", road = "busy" }
pays = { north = "-cost", south = "-cost" }

[issues.side.payoffs.right]
when = { north = "right", south = "left", road = "busy" }
pays = { north = "-cost", south = "-cost" }

[issues.side.effects.more]
chance = 0.5
set    = { road = "busy" }

[outcomes.end.busy]
when = { road = "busy" }

[outcomes.end.empty]

[variants.keen]
actors.north.choice = "best"
actors.south.choice = "best"

[variants.dull]
actors.north.choice = { logit = 1 }
actors.south.choice = { logit = 1 }

[facts.dull]
variant = "dull"
measure = "outcomes.end.busy"
above   = 0.5

[facts.keen]
variant = "keen"
measure = "outcomes.end.busy"
above   = 0.5
"#;

const PLACE: &str = "road is busy, day 2 (or one like it) is played and 2 looked at";

/// What a command says on standard error, whatever the number of threads, where what it prints is the same
/// as without a warning.
#[track_caller]
fn said(arguments: &str) -> String {
    let place = Workspace::new();
    place.write("road.toml", ROAD);
    let [one, many, quiet] = ["--threads 1", "--threads 3", "--threads 3 --quiet"].map(|more| {
        let output = place.run(&format!("{arguments} --json {more}"));
        assert_eq!(output.status.code(), Some(0));
        (output.stdout, String::from_utf8(output.stderr).expect("text"))
    });
    assert_eq!(one, many);
    assert_eq!(quiet, (many.0, String::new()));
    one.1
}

#[track_caller]
fn check(arguments: &str, expected: &str) {
    assert_eq!(said(arguments), expected);
}

/// A warning of that place and that much of the way.
fn warning(place: &str, reached: &str) -> String {
    format!(
        "warning: where {place}, other equilibria leave the branch that the one played lies on, {reached}: it need \
         not be the only one\n"
    )
}

#[test]
fn the_first_such_state_is_named_once() {
    for method in ["exact", "sample"] {
        let run = format!("run road.toml --draws 0 --set parameters.cost=1 -n 2000 --method {method}");
        check(&run, &warning(PLACE, "at 0.5 times their `logit`"));
        check(
            &format!("{run} --variant keen"),
            &warning(PLACE, "on the way to its limit, at a `logit` of 2"),
        );
        let mixed = format!("{run} --set actors.north.choice=\"best\"");
        check(&mixed, &warning(PLACE, "on the way to its limit"));
        check(&format!("{run} --variant dull"), "");
    }
}

#[test]
fn of_many_draws_the_first_that_has_one_is_named() {
    let place = Workspace::new();
    place.write("road.toml", ROAD);
    for method in ["exact", "sample"] {
        let run = format!("run road.toml --draws 20 -n 2000 --seed 3 --method {method}");
        place.prints(&format!("{run} --out {method} --quiet"));
        let costs: Vec<f64> = place
            .read(&format!("{method}/draws.csv"))
            .lines()
            .skip(1)
            .map(|line| line.split(',').nth(1).expect("a column").parse().expect("a number"))
            .collect();
        let (draw, cost) = costs.iter().enumerate().find(|(_, cost)| 4.0 * **cost > 2.0).expect("likely");
        let told = said(&run);
        let begins = format!("warning: where {PLACE}, under draw {draw}, other equilibria");
        assert!(told.starts_with(&begins), "{told}");
        let share: f64 = told
            .split_once("lies on, at ")
            .and_then(|(_, rest)| rest.split_once(" times"))
            .expect("it says how far")
            .0
            .parse()
            .expect("a number");
        assert!((share - 2.0 / (4.0 * cost)).abs() < 0.006, "{told}: {cost}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn it_is_said_which_fact_and_which_model_rests_on_it() {
    let sets = "--set parameters.cost=1 -n 2000";
    let (fact, model) = (format!("in fact `keen`, {PLACE}"), "under the model \"as written\", ".to_owned());
    check(&format!("verify road.toml {sets}"), &warning(&fact, "on the way to its limit, at a `logit` of 2"));
    check(
        &format!("models road.toml {sets} --draws 0"),
        &warning(&(model + PLACE), "at 0.5 times their `logit`"),
    );
}

#[test]
fn a_told_play_says_so_where_it_meets_one() {
    let place = Workspace::new();
    place.write("road.toml", ROAD);
    let nearsighted = "--set actors.north.horizon=1 --set actors.south.horizon=1 --set parameters.cost=1";
    let mut warned = [0, 0];
    for replication in 0..8 {
        let play = format!("play road.toml {nearsighted} --replication {replication}");
        let told = place.run(&play);
        place.prints(&format!("{play} --quiet --out {replication}"));
        // What the road is like in the last evening is nobody's business any more.
        let levels = place.read(&format!("{replication}/levels.csv"));
        let met = levels.contains("1,road,busy") || levels.contains("2,road,busy");
        assert_eq!(String::from_utf8_lossy(&told.stderr).starts_with("warning: where road is busy, "), met);
        warned[usize::from(met)] += 1;
    }
    assert!(warned.iter().all(|&plays| plays > 0), "{warned:?}");
}
