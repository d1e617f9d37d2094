//! The classics give the answers of their sources: published numbers, or formulas worked out here.

use demarche::equilibrium::{NormalForm, pure_equilibria};
use demarche::math;
use demarche::study::{Estimates, Settings, Situation, StageRequest, Unwatched, propagate, stage};

use crate::support::{document, prepared};

/// What a classic comes to, without sampling error.
#[track_caller]
fn exact(name: &str, variants: &[&str], sets: &[&str]) -> Estimates {
    let document = document(&format!("scenarios/classics/{name}.toml"), variants, sets);
    let settings = Settings { draws: Some(0), ..Settings::default() };
    propagate(&document, &settings, 0.0, &Unwatched).expect("it can be propagated").estimates
}

/// The game that is played in a classic's first turn.
#[track_caller]
fn first_game(name: &str, sets: &[&str]) -> NormalForm {
    let document = document(&format!("scenarios/classics/{name}.toml"), &[], sets);
    let request = StageRequest::default();
    let stage = stage(&prepared(&document), &Situation::start(&document.scenario), request);
    stage.expect("it is open").games.swap_remove(0).form
}

#[track_caller]
fn check(found: &[f64], expected: &[f64], within: f64) {
    assert_eq!(found.len(), expected.len());
    let close = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < within);
    assert!(close, "{found:?} is not {expected:?}");
}

/// The logit probability of the first of two actions, of which it is worth so much more.
fn first_of_two(precision: f64, more: f64) -> f64 {
    1.0 / (1.0 + math::exp(-precision * more))
}

#[test]
fn the_sexes_meet_in_four_evenings_of_nine() {
    let found = exact("battle_of_the_sexes", &["mixed"], &[]);
    check(&[found.outcomes[0][0].value], &[4.0 / 9.0], 1e-9);
    check(&[found.scores[0].value, found.scores[1].value], &[2.0 / 3.0, 2.0 / 3.0], 1e-9);
    // Knowing nothing of the other, both go alone; an announcement is followed.
    let [alone, announced] = [&[][..], &["announced"]].map(|v| exact("battle_of_the_sexes", v, &[]));
    check(&[alone.outcomes[0][0].value], &[0.0], 1e-9);
    check(&[announced.scores[0].value, announced.scores[1].value], &[1.0, 2.0], 1e-9);
}

/// The probability of taking at each move, by what is left to be expected when it is passed.
fn takes(precision: f64) -> Vec<f64> {
    let piles = [[0.4, 0.1], [0.2, 0.8], [1.6, 0.4], [0.8, 3.2]];
    let mut passed = [6.4, 1.6];
    let mut takes = Vec::new();
    for (turn, taken) in piles.iter().enumerate().rev() {
        let mover = turn % 2;
        let take = first_of_two(precision, taken[mover] - passed[mover]);
        passed = [0, 1].map(|actor| take * taken[actor] + (1.0 - take) * passed[actor]);
        takes.insert(0, take);
    }
    takes
}

#[test]
fn the_centipede_is_as_long_as_noise_makes_it() {
    for precision in [0.5, 1.0, 4.0] {
        let found = exact("centipede", &[], &[&format!("parameters.precision={precision}")]);
        let shares: Vec<f64> = found.overall.iter().map(|moves| moves[0].expect("it is reached")).collect();
        check(&shares, &takes(precision), 1e-9);
    }
    let rational = exact("centipede", &["rational"], &[]);
    check(&[rational.overall[0][0].expect("it is open"), rational.lengths[1].value], &[1.0, 1.0], 1e-9);
    check(&[rational.scores[0].value, rational.scores[1].value], &[0.4, 0.1], 1e-9);
}

/// Given, backed down, war, kept: in the order of the file.
fn crisis(precision: f64, war: f64) -> [f64; 4] {
    let fight = first_of_two(precision, -0.5 + 1.0);
    let [asker, asked] = [-0.5 * fight - (1.0 - fight), war * fight + (1.0 - fight)];
    let give = first_of_two(precision, -1.0 - asked);
    let ask = first_of_two(precision, give + (1.0 - give) * asker);
    let resisted = ask * (1.0 - give);
    [ask * give, resisted * (1.0 - fight), resisted * fight, 1.0 - ask]
}

#[test]
fn a_crisis_ends_as_its_nodes_have_it() {
    for (variants, war) in [(&[][..], -1.0), (&["weak"], -3.0), (&["strong"], 1.0)] {
        for precision in [0.0, 2.0, 5.0] {
            let found = exact("crisis", variants, &[&format!("parameters.precision={precision}")]);
            let shares: Vec<f64> = found.outcomes[0].iter().map(|outcome| outcome.value).collect();
            check(&shares, &crisis(precision, war), 1e-9);
        }
    }
}

#[test]
fn both_secure_a_half_in_the_big_match() {
    let (cautious, coin) = ("{ left = 10, right = 1 }", "{ left = 1, right = 1 }");
    let column_left = "'left'";
    let answers = [
        (cautious, column_left, 0.5),
        (cautious, "'right'", 0.5),
        (cautious, "{ left = 2, right = 1 }", 0.5),
        ("'left'", coin, 0.5),
        ("'right'", coin, 0.5),
        (coin, coin, 0.5),
        // Stopped with probability 1/2 a day, and never rightly: v = 1/2 (0.1 + 0.9 v).
        (coin, column_left, 1.0 / 11.0),
        // And always rightly: v = 1/2 + 1/2 0.9 v.
        (coin, "'right'", 10.0 / 11.0),
    ];
    for (row, column, expected) in answers {
        let sets = [format!("script.\"row.guess\"={row}"), format!("script.\"column.guess\"={column}")];
        let found = exact("big_match", &[], &[&sets[0], &sets[1]]);
        // 0.9^100 is left unplayed.
        check(&[found.scores[0].value, found.scores[1].value], &[expected, -expected], 3e-5);
    }
}

/// The traveller's pay: the lower claim, and the penalty to or from it.
fn travels(own: f64, other: f64, penalty: f64) -> f64 {
    own.min(other) + if own < other { penalty } else { 0.0 } - if own > other { penalty } else { 0.0 }
}

/// The claims that can be made.
fn claims() -> Vec<f64> {
    (0..31_u8).map(|step| 180.0 + 4.0 * f64::from(step)).collect()
}

#[test]
fn only_the_lowest_claims_are_in_equilibrium_whatever_the_penalty() {
    let claims = claims();
    for penalty in [5.0, 180.0] {
        let game = first_game("travellers_dilemma", &[&format!("parameters.penalty={penalty}")]);
        for profile in 0..game.profiles() {
            let own = [0, 1].map(|player| claims[game.digit(profile, player)]);
            let expected = [travels(own[0], own[1], penalty), travels(own[1], own[0], penalty)];
            check(&[game.payoff(profile, 0), game.payoff(profile, 1)], &expected, 1e-12);
        }
        assert_eq!(pure_equilibria(&game), [game.profile(&[0, 0])]);
    }
}

#[test]
fn travellers_answer_each_other_by_the_logit_rule() {
    let (claims, precision) = (claims(), 0.12);
    for (variants, penalty) in [(&[][..], 5.0), (&["high_penalty"], 180.0)] {
        let found = exact("travellers_dilemma", variants, &[]);
        let [first, second] = [0, 1].map(|seat: usize| -> Vec<f64> {
            found.overall[seat].iter().map(|share| share.expect("it is open")).collect()
        });
        let worth = |own: &f64| -> f64 {
            claims.iter().zip(&second).map(|(other, p)| p * travels(*own, *other, penalty)).sum()
        };
        let weights: Vec<f64> =
            claims.iter().map(|own| math::exp(precision * (worth(own) - 300.0))).collect();
        let sum: f64 = weights.iter().sum();
        check(&first, &weights.iter().map(|weight| weight / sum).collect::<Vec<f64>>(), 1e-9);
        // Goeree and Holt (2001): most claim near 300 when the penalty is 5, near 180 when it is 180.
        let mean: f64 = claims.iter().zip(&first).map(|(claim, p)| claim * p).sum();
        assert!(if penalty < 100.0 { mean > 270.0 } else { mean < 190.0 }, "{penalty}: {mean}");
    }
}

#[test]
fn guesses_lose_the_square_of_their_distance_from_the_target() {
    let numbers = [0.0, 6.25, 12.5, 25.0, 50.0];
    for p in [0.5, 0.7] {
        let game = first_game("beauty_contest", &[&format!("parameters.p={p}")]);
        for profile in 0..game.profiles() {
            let guesses = [0, 1, 2].map(|player| numbers[game.digit(profile, player)]);
            let all: f64 = guesses.iter().sum();
            let expected = guesses.map(|own| -(own - p * (all - own) / 2.0) * (own - p * (all - own) / 2.0));
            check(&[0, 1, 2].map(|player| game.payoff(profile, player)), &expected, 1e-9);
        }
    }
}

#[test]
fn level_k_guesses_50_times_p_to_the_k() {
    let found = exact("beauty_contest", &[], &[]);
    for (seat, expected) in [(0, 25.0), (1, 12.5), (2, 6.25)] {
        let numbers = [0.0, 6.25, 12.5, 25.0, 50.0];
        let shares = found.overall[seat].iter().map(|share| share.expect("it is open"));
        let mean: f64 = numbers.iter().zip(shares).map(|(number, share)| number * share).sum();
        check(&[mean], &[expected], 1e-9);
    }
    let equilibrium = exact("beauty_contest", &["equilibrium"], &[]);
    let zeros = [0, 1, 2].map(|seat: usize| equilibrium.overall[seat][0].expect("it is open"));
    check(&zeros, &[1.0, 1.0, 1.0], 1e-9);
}
