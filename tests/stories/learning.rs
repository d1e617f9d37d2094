//! Actors that remember the play: what they choose is what their rules say by hand, and what the literature
//! proves of them.

use demarche::math::{exp, pow};
use demarche::scenario::{Document, Layer, Library, Request, read, render};
use demarche::study::{Run, Settings, Unwatched, run};

use crate::support::explained;

/// No files.
pub(crate) struct Alone;

impl Library for Alone {
    fn read(&self, _: &str, path: &str) -> Result<Vec<u8>, String> {
        Err(format!("{path} is not here"))
    }
}

#[track_caller]
pub(crate) fn scenario(text: &str) -> Document {
    let changes: Vec<Layer> = Vec::new();
    let request =
        Request { name: "learning.toml", text: text.as_bytes(), changes, sets: Vec::new(), library: &Alone };
    let reading = read(&request);
    let told = render(&reading.diagnostics, &reading.sources, false);
    reading.document.unwrap_or_else(|| panic!("{told}"))
}

fn play(document: &Document, plays: u64) -> Run {
    let settings = Settings { seed: 1, replications: plays, draws: None, history: None };
    run(document, &settings, &Unwatched, None).expect("it can be played")
}

const PLAYS: u64 = 200_000;

/// Ann picks `a` or `b`, Bob `x` or `y`; what else is so, `text` says.
fn duel(turns: usize, ann: &str, bob: &str, text: &str) -> Document {
    scenario(&format!(
        "format = 1\nturns = {turns}\n[actors.ann]\n{ann}\n[actors.bob]\n{bob}\n\
         [issues.duel.moves]\nann = [\"a\", \"b\"]\nbob = [\"x\", \"y\"]\n{text}\n[outcomes.end.over]\n"
    ))
}

/// The probability with which Ann picks `a`, turn by turn.
#[track_caller]
fn check(document: &Document, expected: &[f64]) {
    let played = play(document, PLAYS);
    assert_eq!(played.estimates.moves.len(), expected.len());
    for (turn, (moves, expected)) in played.estimates.moves.iter().zip(expected).enumerate() {
        let found = moves[0][0].expect("the issue is open").value;
        let error = (expected * (1.0 - expected) / 200_000.0).sqrt().max(1e-12);
        assert!((found - expected).abs() < 5.0 * error, "turn {}: {expected}, found {found}", turn + 1);
    }
}

/// `a` pays Ann 1, `b` pays her 0.4, whatever Bob does.
const PAYS: &str = "[issues.duel.payoffs.good]\nwhen = { ann = \"a\" }\npays = { ann = 1 }\n\
                    [issues.duel.payoffs.fair]\nwhen = { ann = \"b\" }\npays = { ann = 0.4 }\n";

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

#[test]
fn attractions_after_one_turn_and_two() {
    let rule = "choice = { ewa = { logit = 2, phi = 0.8, delta = 0.25, kappa = 0.5 } }";
    let (l, phi, delta, kappa) = (2.0, 0.8, 0.25, 0.5);
    let update = |n: f64, a: [f64; 2], played: usize| {
        let next = phi * (1.0 - kappa) * n + 1.0;
        let counts = |action: usize| if action == played { 1.0 } else { delta };
        (next, [(phi * n * a[0] + counts(0) * 1.0) / next, (phi * n * a[1] + counts(1) * 0.4) / next])
    };
    let choice = |a: [f64; 2]| logistic(l * (a[0] - a[1]));
    let mut expected = [0.5, 0.0, 0.0];
    for first in 0..2 {
        let (n, a) = update(1.0, [0.0; 2], first);
        let p = choice(a);
        expected[1] += 0.5 * p;
        for (second, weight) in [(0, p), (1, 1.0 - p)] {
            expected[2] += 0.5 * weight * choice(update(n, a, second).1);
        }
    }
    check(&duel(3, rule, "", PAYS), &expected);
}

#[test]
fn propensities_after_one_turn() {
    let rule = "choice = { reinforcement = { phi = 0.2, strength = 0.5, floor = -0.25 } }";
    // After a: 0.8 * 0.5 + 1.25 against 0.8 * 0.5; after b: 0.8 * 0.5 against 0.8 * 0.5 + 0.65.
    let second = 0.5 * (1.65 / 2.05) + 0.5 * (0.4 / 1.45);
    check(&duel(2, rule, "", PAYS), &[0.5, second]);
    // What is below the floor leaves no trace, and all that is left after full forgetting is what was won.
    let rule = "choice = { reinforcement = { phi = 1, strength = 3, floor = 0.5 } }";
    // After a: 0.5 against 0. After b: nothing against nothing, which is a toss-up.
    check(&duel(2, rule, "", PAYS), &[0.5, 0.75]);
}

#[test]
fn regrets_after_one_turn_and_two() {
    // After b Ann regrets b for good; after a she regrets nothing, and tosses a coin again.
    check(&duel(3, "choice = \"regret_matching\"", "", PAYS), &[0.5, 0.75, 0.875]);
    // Where she trembles, a coin decides in one of five turns. Regrets stay as they are after a: (0, -0.6),
    // and after b: (0.6, 0); after a and b (0.6, -0.6).
    let regretting = 0.8 + 0.2 * 0.5;
    let second = 0.5 * 0.5 + 0.5 * regretting;
    let third = 0.25 * 0.5 + 0.75 * regretting;
    check(&duel(3, "choice = \"regret_matching\"\ntremble = 0.2", "", PAYS), &[0.5, second, third]);
}

/// Ann wants to be where Bob is, and Bob likes x whatever she does.
const MEETING: &str = "[issues.duel.payoffs.at_x]\nwhen = { ann = \"a\", bob = \"x\" }\npays = { ann = 1 }\n\
                       [issues.duel.payoffs.at_y]\nwhen = { ann = \"b\", bob = \"y\" }\npays = { ann = 1 }\n\
                       [issues.duel.payoffs.likes_x]\nwhen = { bob = \"x\" }\npays = { bob = 1 }\n";

#[test]
fn fictitious_play_counts_from_one() {
    let expected: Vec<f64> = [(1.0, 2.0), (2.0, 3.0), (3.0, 4.0), (4.0, 5.0)]
        .map(|(met, all)| logistic(3.0 * (met / all - (1.0 - met / all))))
        .to_vec();
    let ann = "choice = { logit = 3 }\nbeliefs = \"learned\"";
    check(&duel(4, ann, "choice = \"best\"", MEETING), &expected);
}

#[test]
fn what_the_script_draws_is_known_from_the_start() {
    let ann = "choice = { logit = 3 }\nbeliefs = \"learned\"";
    let script = "[script]\n\"bob.duel\" = { x = 0.7, y = 0.3 }\n";
    check(&duel(3, ann, "", &format!("{MEETING}{script}")), &[logistic(3.0 * 0.4); 3]);
}

/// What comes after the last turn counts under learned beliefs too: here half of what meeting at x is worth.
#[test]
fn learned_beliefs_weigh_what_comes_after() {
    let after = "[variables.met]\nlevels = [\"no\", \"yes\"]\n\
                 [issues.duel.payoffs.likes_x]\nwhen = { bob = \"x\" }\npays = { bob = 1 }\n\
                 [issues.duel.effects.meet]\nwhen = { ann = \"a\", bob = \"x\", turn = 2 }\nchance = 0.5\n\
                 set = { met = \"yes\" }\n\
                 [outcomes.end.together]\nwhen = { met = \"yes\" }\npays = { ann = 4 }\n";
    let ann = "choice = { logit = 1.5 }\nbeliefs = \"learned\"\ndiscount = 0.9";
    let value = 0.9 * 0.5 * 4.0 * (2.0 / 3.0);
    check(&duel(2, ann, "choice = \"best\"", after), &[0.5, logistic(1.5 * value)]);
}

/// With delta = 1 and kappa = 0, experience-weighted attraction is weighted fictitious play (Camerer and Ho
/// 1999): attractions are expected payoffs under what was seen, here in t turns of which each weighs phi times
/// the next, on top of one turn's worth of nothing.
#[test]
fn full_attention_to_what_was_forgone_is_weighted_fictitious_play() {
    for phi in [1.0, 0.7] {
        let expected: Vec<f64> = (0..5)
            .map(|turns| {
                let seen: f64 = (0..turns).map(|ago| pow(phi, f64::from(ago))).sum();
                let nothing = pow(phi, f64::from(turns));
                logistic(2.0 * seen / (seen + nothing))
            })
            .collect();
        let rule = format!("choice = {{ ewa = {{ logit = 2, phi = {phi}, delta = 1, kappa = 0 }} }}");
        check(&duel(5, &rule, "choice = \"best\"", MEETING), &expected);
    }
}

/// Regret matching on both sides of a zero-sum game: the frequencies of moves over a long play tend to the
/// equilibrium (Hart and Mas-Colell 2000), here 2/5 on both sides, or 1/2 in matching pennies.
#[test]
fn regret_matching_tends_to_the_equilibrium() {
    let regret = "choice = \"regret_matching\"";
    for (both_first, equilibrium) in [(2, 0.4), (1, 0.5)] {
        let pays = format!(
            "[issues.duel.payoffs.ax]\nwhen = {{ ann = \"a\", bob = \"x\" }}\n\
             pays = {{ ann = {both_first}, bob = -{both_first} }}\n\
             [issues.duel.payoffs.by]\nwhen = {{ ann = \"b\", bob = \"y\" }}\npays = {{ ann = 1, bob = -1 }}\n\
             [issues.duel.payoffs.apart]\nwhen = [{{ ann = \"a\", bob = \"y\" }}, {{ ann = \"b\", bob = \"x\" }}]\n\
             pays = {{ ann = -1, bob = 1 }}\n"
        );
        let played = play(&duel(10_000, regret, regret, &pays), 40);
        for seat in 0..2 {
            let found = played.estimates.overall[seat][0].expect("it is played");
            assert!((found - equilibrium).abs() < 0.02, "seat {seat}: {equilibrium}, found {found}");
        }
    }
}

/// What Ann chooses in the first turn.
fn first(document: &Document) -> f64 {
    explained(document, 0, &[], 0)[0].options[0].probability
}

/// Ann wants to be where Bob is, Bob wants to be elsewhere, and first comes to Bob's mind his y.
const CHASE: &str = "[issues.duel.payoffs.at_x]\nwhen = { ann = \"a\", bob = \"x\" }\npays = { ann = 2, bob = -1 }\n\
                     [issues.duel.payoffs.at_y]\nwhen = { ann = \"b\", bob = \"y\" }\npays = { ann = 1, bob = -2 }\n";

/// Others take an actor with learned beliefs for a level-1 actor, however deep they think; one with a learning
/// rule for a uniform one.
#[test]
fn others_take_learners_for_simpler_than_they_are() {
    let chase = |ann: &str, bob: &str| {
        let text = duel(3, &format!("choice = {{ logit = 0.7 }}\n{ann}"), bob, CHASE);
        first(&text)
    };
    let (learned, plain) = ("beliefs = \"learned\"\nchoice = { logit = 1.2 }", "choice = { logit = 1.2 }");
    let believing_level_1 = chase("beliefs = { level = 2 }", plain);
    for level in 2..6 {
        let found = chase(&format!("beliefs = {{ level = {level} }}"), learned);
        assert!(
            (found - believing_level_1).abs() < 1e-12,
            "level {level}: {believing_level_1}, found {found}"
        );
    }
    let (deeper, naive) = (chase("beliefs = { level = 3 }", plain), chase("beliefs = { level = 1 }", plain));
    assert!((deeper - believing_level_1).abs() > 1e-3, "levels differ, or nothing is shown");
    assert!(
        (naive - chase("beliefs = { level = 1 }", learned)).abs() < 1e-12,
        "level 1 believes in naive play"
    );

    // A hierarchy's level 3 believes 1 : tau : tau^2 / 2 of levels 0, 1 and 2, of which 1 and 2 are alike.
    let p1 = logistic(1.2 * (1.0 - 0.5));
    let weights = [1.0, 1.5, 1.125].map(|weight| weight / 3.625);
    let x = weights[0] * 0.5 + (weights[1] + weights[2]) * p1;
    let expected = logistic(0.7 * (2.0 * x - (1.0 - x)));
    let found = chase("beliefs = { poisson = 1.5, level = 3 }", learned);
    assert!((found - expected).abs() < 1e-12, "{expected}, found {found}");

    let uniform = chase("beliefs = { level = 3 }", "choice = \"uniform\"");
    for rule in
        ["choice = \"regret_matching\"", "choice = { ewa = { logit = 1, phi = 1, delta = 1, kappa = 1 } }"]
    {
        assert!((chase("beliefs = { level = 3 }", rule) - uniform).abs() < 1e-12, "{rule}");
    }
}

#[test]
fn more_actions_than_can_be_kept_in_mind_are_refused() {
    let moves: Vec<String> = (0..130).map(|n| format!("\"m{n}\"")).collect();
    let moves = moves.join(", ");
    let text = format!(
        "format = 1\nturns = 2\n[actors.ann]\nchoice = \"regret_matching\"\n[actors.bob]\n\
         [issues.one.moves]\nann = [{moves}]\nbob = [\"x\"]\n[issues.two.moves]\nann = [{moves}]\nbob = [\"x\"]\n\
         [outcomes.end.over]\n"
    );
    let error = run(&scenario(&text), &Settings::default(), &Unwatched, None).expect_err("too many");
    assert_eq!(
        error.to_string(),
        "`ann` has 17,161 combinations of moves over all its issues: more than 16,384 cannot be kept in mind \
         where actors learn"
    );
}
