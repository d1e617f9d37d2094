//! Two scenarios side by side, on the same chance.

use demarche::scenario::Document;
use demarche::study::{Comparing, Comparison, Method, Settings, Shared, Unwatched, compare, run};

use crate::support::{demarche, document, root, scenario, told};

const PEACEKEEPERS: &str = "scenarios/peacekeepers.toml";

/// A coin that may fall, and a gust that may follow.
const GUST: &str = r#"
format = 1
turns  = 2
[parameters]
luck = 0.3
[variables.coin]
levels = ["tails", "heads"]
[actors.nobody]
[issues.wait.moves]
nobody = ["wait", "watch"]
[events.falls]
chance = "luck"
set    = { coin = "heads" }
[payoffs.heads]
when = { coin = "heads" }
pays = { nobody = 2 }
[outcomes.coin.heads]
when = { coin = "heads" }
[outcomes.coin.tails]
[measures.watched]
when = { "nobody.wait" = "watch" }
[variants.sure.parameters]
luck = 1
"#;

fn settings(replications: u64, draws: u64) -> Settings {
    Settings { seed: 3, replications, draws: Some(draws), history: None }
}

fn compared(here: &Document, there: &Document, settings: &Settings, method: Method) -> Comparison {
    let mut games = Shared::default();
    let here = games.prepare(&here.scenario, &here.slots).expect("it is small");
    let there = games.prepare(&there.scenario, &there.slots).expect("it is small");
    let how = Comparing { of: &[], settings, method, watch: &Unwatched };
    compare(&here, &there, &how).expect("both are sound")
}

/// What two runs of their own find, a measure at a time, is what a comparison finds on either side.
#[test]
fn each_side_is_what_a_run_of_its_own_finds() {
    let here = document(PEACEKEEPERS, &[], &[]);
    let there = document(PEACEKEEPERS, &[], &["parameters.fighting_on=-0.2"]);
    let settings = settings(1000, 10);
    let found = compared(&here, &there, &settings, Method::Sample);
    for (side, document) in [(0, &here), (1, &there)] {
        let run = run(document, &settings, &Unwatched, None).expect("it is sound").estimates;
        let outcomes = run.outcomes.iter().flatten().map(|estimate| estimate.value);
        let measures = run.measures.iter().map(|estimate| estimate.map_or(f64::NAN, |e| e.value));
        let scores = run.scores.iter().map(|estimate| estimate.value);
        for (expected, compared) in outcomes.chain(measures).chain(scores).zip(&found.measures) {
            let value = if side == 0 { compared.value } else { compared.against };
            let value = value.unwrap_or(f64::NAN);
            let same = (value - expected).abs() < 1e-9 || value.is_nan() && expected.is_nan();
            assert!(same, "{}: {value} is not {expected}", compared.measure);
        }
    }
}

/// By plays that are told one by one: `run --each` of both, joined by replication.
#[test]
fn transitions_are_what_plays_told_one_by_one_say() {
    let here = document(PEACEKEEPERS, &[], &[]);
    let there = document(PEACEKEEPERS, &[], &["parameters.fighting_on=-0.2"]);
    let settings = settings(500, 5);
    let mut ends: Vec<Vec<Vec<usize>>> = Vec::new();
    for document in [&here, &there] {
        let mut outcomes = Vec::new();
        let mut record = |plays: &[demarche::study::PlayRecord]| {
            outcomes.extend(plays.iter().map(|play| play.outcomes.clone()));
        };
        run(document, &settings, &Unwatched, Some(&mut record)).expect("it is sound");
        ends.push(outcomes);
    }
    let found = compared(&here, &there, &settings, Method::Sample);
    let mut otherwise = 0;
    for (class, transitions) in found.transitions.iter().enumerate() {
        for (from, row) in transitions.counts.iter().enumerate() {
            for (to, quantity) in row.iter().enumerate() {
                let both = ends[0].iter().zip(&ends[1]);
                let plays = both.filter(|(one, other)| one[class] == from && other[class] == to).count();
                assert_eq!(quantity.hits(), plays as u64, "{} {from} {to}", transitions.classification);
                assert_eq!(quantity.trials(), 500);
                otherwise += if from == to { 0 } else { plays as u64 };
            }
        }
    }
    assert_eq!(found.transitions.iter().map(demarche::study::Transitions::changed).sum::<u64>(), otherwise);
    assert!(otherwise > 50, "the test says nothing: {otherwise}");
}

#[test]
fn nothing_changed_is_no_difference() {
    let here = scenario(GUST);
    let found = compared(&here, &here, &settings(1000, 0), Method::Sample);
    assert!(found.measures.iter().all(|one| one.difference.is_some_and(|d| d.value == 0.0)));
    assert_eq!(found.transitions[0].changed(), 0);
    let exact = compared(&here, &here, &settings(1000, 0), Method::Exact);
    assert!(exact.measures.iter().all(|one| one.difference.is_some_and(|d| d.low == 0.0 && d.high == 0.0)));
    assert!(exact.transitions.is_empty());
}

/// Two chances of 0.3, then of 0.5: heads with 0.51, then 0.75; 0.3 and 0.5 of the plays are paid in turn 2.
#[test]
fn an_exact_difference_is_the_one_by_hand() {
    let there = scenario(&GUST.replace("luck = 0.3", "luck = 0.5"));
    let found = compared(&scenario(GUST), &there, &settings(1000, 0), Method::Exact);
    for (path, expected) in
        [("outcomes.coin.heads", 0.24), ("scores.nobody", 0.4), ("turns", 0.0), ("final.coin", 0.24)]
    {
        let one = found.measures.iter().find(|one| one.measure == path).expect("it is compared");
        let difference = one.difference.expect("it has a value");
        assert!((difference.value - expected).abs() < 1e-12, "{path}: {difference:?}");
        assert!(difference.low == difference.value && difference.high == difference.value);
        assert_eq!(one.tighter, None);
    }
}

/// What an overlay adds draws words of its own: who does not hear of it meets the same chance, play by play.
#[test]
fn what_an_overlay_adds_moves_nobody_elses_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("gust.toml", GUST);
    // A variable that starts by chance, an event, an actor with a move of its own, a parameter that is drawn.
    write(
        "storm.toml",
        "[parameters]\nforce = { uniform = [0, 1] }\n\
         [variables.wind]\nlevels = [\"calm\", \"storm\"]\nstart = { calm = 1, storm = 1 }\n\
         [events.rises]\nchance = \"force\"\nset = { wind = \"storm\" }\n\
         [actors.crowd]\n[issues.wait.moves]\ncrowd = [\"come\", \"go\"]\n\
         [outcomes.wind.storm]\nwhen = { wind = \"storm\" }\n[outcomes.wind.calm]\n",
    );
    let arguments = [
        "compare",
        "gust.toml",
        "--against",
        "storm.toml",
        "-n",
        "3000",
        "--draws",
        "3",
        "--method",
        "sample",
        "--json",
        "--quiet",
    ];
    let output = demarche(folder.path(), &arguments);
    assert!(output.status.success(), "{}", told(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for row in json["differences"].as_array().expect("rows") {
        assert_eq!(row["difference"].as_f64(), Some(0.0), "{row}");
    }
    let transitions = json["transitions"].as_array().expect("rows");
    let moved = transitions.iter().filter(|row| row["from"] != row["to"]);
    assert!(moved.clone().count() == 2 && moved.into_iter().all(|row| row["plays"] == 0), "{transitions:?}");
}

/// An outcome that only the overlay has never happens without it.
#[test]
fn an_outcome_that_one_side_lacks_never_happens_there() {
    let here = scenario(GUST);
    let there = scenario(&GUST.replace(
        "[outcomes.coin.heads]\n",
        "[outcomes.coin.heads_and_paid]\nwhen = { coin = \"heads\" }\n[outcomes.coin.heads]\n",
    ));
    let found = compared(&here, &there, &settings(1000, 0), Method::Sample);
    let of = |path: &str| {
        let one = found.measures.iter().find(|one| one.measure == path).expect("it is compared");
        (one.value.expect("a value"), one.against.expect("a value"))
    };
    let (heads, none) = of("outcomes.coin.heads");
    let (nothing, paid) = of("outcomes.coin.heads_and_paid");
    assert!(heads == paid && heads > 0.4 && none == 0.0 && nothing == 0.0);
    assert_eq!(found.transitions[0].outcomes, ["heads", "tails", "heads_and_paid"]);
    #[expect(clippy::cast_precision_loss, reason = "a count")]
    let moved = found.transitions[0].changed() as f64 / 1000.0;
    assert!((moved - heads).abs() < 1e-12);
}

/// The shipped scenario, and one payoff a tenth larger: the same seed gives the same bytes, so this is a fact.
#[test]
fn pairing_makes_small_changes_visible() {
    let here = document(PEACEKEEPERS, &[], &[]);
    let change = "issues.peacekeeping.payoffs.welcome.pays.beijing='0.88 * stake'";
    let there = document(PEACEKEEPERS, &[], &[change]);
    let settings = Settings { seed: 1, replications: 10_000, draws: None, history: None };
    let found = compared(&here, &there, &settings, Method::Sample);
    let outcomes = found.measures.iter().filter(|one| one.measure.starts_with("outcomes."));
    for one in outcomes {
        let times = one.tighter.expect("it varies");
        assert!(times > 4.0, "{}: only {times} times", one.measure);
    }
}

#[test]
fn one_thread_and_two_write_the_same_bytes() {
    let with = |threads: &str| {
        let change = "parameters.fighting_on=-0.2";
        let arguments = ["compare", PEACEKEEPERS, "--against", change, "-n", "3000", "--json", "--threads"];
        told(&demarche(&root(), &[&arguments[..], &[threads]].concat()))
    };
    assert_eq!(with("1"), with("2"));
}

/// Read in the order in which they are given, over everything that the scenario was read with.
#[test]
fn changes_are_merged_in_order_over_what_was_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("gust.toml", GUST);
    write("even.toml", "parameters.luck = 0.5\n");
    let heads = |against: &[&str]| {
        let mut arguments = vec!["compare", "gust.toml", "--method", "exact", "--json", "--set", "turns=1"];
        arguments.extend(["--set", "parameters.luck=0.2", "--of", "outcomes.coin.heads"]);
        arguments.extend(against.iter().flat_map(|change| ["--against", change]));
        let output = demarche(folder.path(), &arguments);
        assert!(output.status.success(), "{}", told(&output));
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let row = &json["differences"][0];
        let number = |key: &str| (row[key].as_f64().expect("a number") * 1e9).round() / 1e9;
        (number("value"), number("against"), number("difference"))
    };
    assert_eq!(heads(&["sure"]), (0.2, 1.0, 0.8), "a variant over an assignment");
    assert_eq!(heads(&["even.toml"]), (0.2, 0.5, 0.3));
    assert_eq!(heads(&["parameters.luck=0.25", "even.toml"]), (0.2, 0.5, 0.3));
    assert_eq!(heads(&["even.toml", "parameters.luck=0.25"]), (0.2, 0.25, 0.05));
    assert_eq!(heads(&["sure", "even.toml"]), (0.2, 0.5, 0.3));
}

/// A measure that a ratio divides has its difference too, and its interval holds the exact one.
#[test]
fn measures_that_a_ratio_divides_are_compared() {
    let text = GUST.replace(
        "[variants.sure",
        "[measures.rate]\nwhen = { coin = \"heads\" }\nof = \"moves.nobody.wait.watch\"\n[variants.sure",
    );
    let (here, there) = (scenario(&text), scenario(&text.replace("luck = 0.3", "luck = 0.5")));
    let rate = |found: &Comparison| {
        let rate = found.measures.iter().find(|measure| measure.measure == "measures.rate");
        rate.expect("it is compared").clone()
    };
    let exact = rate(&compared(&here, &there, &settings(1, 0), Method::Exact));
    // By hand: heads stand before the second turn with probability `luck`; half of all moves watch.
    assert!((exact.value.expect("a value") - 0.6).abs() < 1e-12, "{exact:?}");
    assert!((exact.difference.expect("a value").value - 0.4).abs() < 1e-12, "{exact:?}");
    let played = rate(&compared(&here, &there, &settings(20_000, 0), Method::Sample));
    let difference = played.difference.expect("a value");
    assert!(difference.low < 0.4 && 0.4 < difference.high, "{played:?}");
    assert!(difference.high - difference.low < 0.1, "{played:?}");
}
