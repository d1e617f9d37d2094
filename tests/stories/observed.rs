//! What has been observed reweighs draws and states, and the run goes on from there.

use demarche::scenario::{Changes, Document, History, Sources};
use demarche::study::{
    Comparing, Evaluating, Experiment, Method, NoAnswer, Run, Settings, Shared, StudyError, Unwatched,
    compare, evaluate,
};

use crate::support::{document, scenario};

fn history(document: &Document, text: &str) -> History {
    let mut sources = Sources::default();
    History::read("seen.csv", text.as_bytes(), &document.scenario, &mut sources).expect("it is sound")
}

fn given(document: &Document, text: &str, settings: &Settings, method: Method) -> Result<Run, StudyError> {
    let settings = Settings { history: Some(history(document, text)), ..settings.clone() };
    evaluate(document, &Evaluating { settings: &settings, method, tolerance: 0.0, watch: &Unwatched })
}

fn settings(replications: u64, draws: u64) -> Settings {
    Settings { seed: 1, replications, draws: Some(draws), history: None }
}

/// A coin whose luck is drawn is tossed in each of four turns; heads are counted in a variable.
const TOSSES: &str = r#"
format = 1
turns  = 4
[parameters]
luck = { beta = [2, 3] }
[variables.heads]
levels = ["none", "one", "two", "three", "four"]
[variables.coin]
levels = ["tails", "heads"]
[actors.nobody]
[issues.wait.moves]
nobody = ["wait"]
[events.tails]
set    = { coin = "tails" }
[events.heads]
chance = "luck"
set    = { coin = "heads" }
shift  = { heads = 1 }
[measures.turns_to_come]
[outcomes.coin.heads]
when = { coin = "heads" }
[outcomes.coin.tails]
"#;

/// Three heads in a row make of Beta(2, 3) a Beta(5, 3): its mean is 5/8, and so is the next toss's.
#[test]
fn a_posterior_is_the_one_of_the_textbook() {
    let document = scenario(TOSSES);
    let seen = "turn,variable,level\n1,heads,one\n2,heads,two\n3,heads,three\n";
    for method in [Method::Exact, Method::Sample] {
        let run = given(&document, seen, &settings(40_000, 2_000), method).expect("it is possible");
        let weighed = run.given.as_ref().expect("something was observed");
        // E luck^3 = B(5, 3) / B(2, 3) = 4! 2! 4! / (7! 1! 2!)
        assert!((weighed.likelihood - 24.0 * 24.0 / 5040.0).abs() < 0.01, "{}", weighed.likelihood);
        let posterior = weighed.posteriors[0];
        assert!((posterior.prior.mean - 0.4).abs() < 0.02, "{posterior:?}");
        assert!((posterior.posterior.mean - 0.625).abs() < 0.02, "{posterior:?}");
        // The 5 and 95 % quantiles of Beta(5, 3).
        assert!((posterior.posterior.low - 0.3413).abs() < 0.03, "{posterior:?}");
        assert!((posterior.posterior.high - 0.8712).abs() < 0.03, "{posterior:?}");
        let next = run.estimates.outcomes[0][0];
        assert!(next.low <= 0.625 && 0.625 <= next.high && next.high - next.low < 0.06, "{next:?}");
        assert!(
            (run.estimates.measures[0].expect("a mean").value - 1.0).abs() < 1e-12,
            "one turn is to come"
        );
        let after = &run.estimates.turns;
        assert!(after[2].is_empty() && (after[3][0][3].value - 1.0).abs() < 1e-12, "{after:?}");
    }
}

/// Of plays that are played to the end and thrown away where they are at odds with what was seen, the same.
#[test]
fn what_comes_is_what_comes_in_the_plays_that_agree() {
    let document = document("tests/golden/small.toml", &[], &["turns=5"]);
    let seat = &document.scenario.seats[0];
    let (actor, issue) =
        (&document.scenario.actors[seat.actor.index()].id, &document.scenario.issues[seat.issue.index()].id);
    let seen = format!("turn,actor,issue,move\n2,{actor},{issue},{}\n", seat.moves[0].id);
    let exact = given(&document, &seen, &settings(1, 0), Method::Exact).expect("it is possible");
    let sampled = given(&document, &seen, &settings(200_000, 0), Method::Sample).expect("it is possible");
    let pairs = exact.estimates.outcomes.iter().flatten().zip(sampled.estimates.outcomes.iter().flatten());
    for (exact, sampled) in pairs {
        let error = (exact.value * (1.0 - exact.value) / 200_000.0).sqrt();
        assert!((exact.value - sampled.value).abs() <= 4.0 * error, "{exact:?} and {sampled:?}");
    }
    let scores = exact.estimates.scores.iter().zip(&sampled.estimates.scores);
    for (exact, sampled) in scores {
        let reach = (sampled.high - sampled.low).max(1e-9);
        assert!((exact.value - sampled.value).abs() <= 1.1 * reach, "{exact:?} and {sampled:?}");
    }
}

/// What was seen of no turn changes nothing: the distribution is that of a plain run.
#[test]
fn an_empty_history_says_nothing() {
    let document = document("tests/golden/small.toml", &[], &[]);
    let settings = settings(5_000, 0);
    let plain = evaluate(
        &document,
        &Evaluating { settings: &settings, method: Method::Exact, tolerance: 0.0, watch: &Unwatched },
    );
    let plain = plain.expect("it is sound");
    let found = given(&document, "turn,variable,level\n", &settings, Method::Exact).expect("it is possible");
    for (a, b) in plain.estimates.outcomes.iter().flatten().zip(found.estimates.outcomes.iter().flatten()) {
        assert!((a.value - b.value).abs() < 1e-12, "{a:?} and {b:?}");
    }
}

#[test]
fn what_cannot_be_is_named_and_learners_say_why_not() {
    let document = scenario(TOSSES);
    let seen = "turn,variable,level\n1,heads,one\n2,heads,none\n";
    let found = given(&document, seen, &settings(100, 10), Method::Sample);
    let Err(StudyError::Impossible(row)) = found else { panic!("{found:?}") };
    assert_eq!(row.turn, 2);
    let learns = crate::support::scenario(
        &TOSSES.replace("[actors.nobody]", "[actors.nobody]\nchoice = \"regret_matching\""),
    );
    let found = given(&learns, "turn,variable,level\n1,heads,one\n", &settings(100, 10), Method::Sample);
    assert!(found.expect_err("it learns").to_string().contains("learns from what has been done"), "no");
}

#[test]
fn threads_change_nothing() {
    let document = scenario(TOSSES);
    let seen = "turn,variable,level\n2,heads,one\n";
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| given(&document, seen, &settings(3_000, 30), Method::Sample)).expect("it is possible")
    };
    assert_eq!(on(1).estimates.outcomes, on(3).estimates.outcomes);
}

/// A move is worth more the higher its stake; what follows hangs on it.
const STAKES: &str = r#"
format = 1
turns  = 2
[parameters]
stake = 1
prize = { uniform = [0, 2] }
[variables.war]
levels = ["no", "yes"]
[actors.a]
[issues.i]
when = { war = "no" }
[issues.i.moves]
a = ["fight", { move = "talk" }]
[issues.i.payoffs.gain]
when = { a = "fight" }
pays = { a = "prize + stake" }
[issues.i.effects.war]
when   = { a = "fight" }
chance = "0.5 * stake"
set    = { war = "yes" }
[outcomes.end.war]
when = { war = "yes" }
[outcomes.end.peace]
[variants.calm.parameters]
stake = 0.2
"#;

/// Every changed scenario is conditioned by itself; one that cannot have been has no answer, and says why.
#[test]
fn every_study_goes_on_from_what_was_observed() {
    let document = scenario(STAKES);
    let history = history(&document, "turn,actor,issue,move,variable,level\n1,a,i,fight,,\n1,,,,war,no\n");
    let settings = Settings { history: Some(history), ..settings(4_000, 50) };
    let value = |document: &Document| {
        let run = evaluate(
            document,
            &Evaluating { settings: &settings, method: Method::Exact, tolerance: 0.0, watch: &Unwatched },
        );
        run.expect("it is possible").estimates.outcomes[0][0].value
    };
    let calm = document.variant(Some("calm")).expect("it is there");
    let calm = Document { scenario: calm.clone(), ..document.clone() };
    let of = ["outcomes.end.war".to_owned()];
    let mut games = Shared::default();
    let here = games.prepare(&document.scenario, &document.slots).expect("it is small");
    let there = games.prepare(&calm.scenario, &calm.slots).expect("it is small");
    let how = Comparing { of: &of, settings: &settings, method: Method::Exact, watch: &Unwatched };
    let found = compare(&here, &there, &how).expect("possible");
    let compared = &found.measures[0];
    assert!((compared.value.expect("a share") - value(&document)).abs() < 1e-12, "{compared:?}");
    assert!((compared.against.expect("a share") - value(&calm)).abs() < 1e-12, "{compared:?}");
    let prepared = Shared::default().prepare(&document.scenario, &document.slots).expect("it is small");
    let measures = vec![document.scenario.measure("outcomes.end.war").expect("it is there")];
    let stake = document.scenario.factor("parameters.stake").expect("it is there");
    let points = [0.2, 1.0, 2.0].map(|value| {
        let mut changes = Changes::default();
        changes.set(&stake, value);
        changes
    });
    for method in [Method::Exact, Method::Sample] {
        let experiment = Experiment::new(&prepared, measures.clone(), &settings, method).expect("sound");
        let found = experiment.answered(&points, &Unwatched).expect("the others have answers");
        let near = if method == Method::Exact { 1e-12 } else { 0.05 };
        for (found, document) in found.iter().zip([&calm, &document]) {
            let share = found.as_ref().expect("possible").value(0).expect("a share");
            assert!((share - value(document)).abs() < near, "{share}, not {}", value(document));
        }
        // A fight is war for certain there.
        assert!(matches!(found[2], Err(NoAnswer::Impossible(Some(_)))), "{found:?}");
    }
}
