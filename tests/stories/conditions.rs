//! Scenarios with hundreds of conditions that hang together, few of which can hold in any one state, are exact.

use demarche::math;
use demarche::study::{Evaluating, Method, Run, Settings, Unwatched, evaluate};

use crate::support::document;

fn exactly(path: &str) -> Run {
    let settings = Settings { seed: 1, replications: 1, draws: None, history: None };
    let how = Evaluating { settings: &settings, method: Method::Exact, tolerance: 0.0, watch: &Unwatched };
    evaluate(&document(path, &[], &[]), &how).expect("it is found exactly")
}

/// Ten countries of which five must give: 252 ways for five to, in the only state there is. Where all are indifferent,
/// each is decisive with probability C(9, 4) x^4 (1 - x)^5 = cost / risk (Santos and Pacheco 2011).
#[test]
fn ten_countries_of_which_five_must_give() {
    let run = exactly("tests/data/threshold_10_5.toml");
    let gives = run.estimates.overall.iter().map(|moves| moves[0].expect("the fund is open"));
    for gives in gives {
        let decisive = 126.0 * math::pow(gives, 4.0) * math::pow(1.0 - gives, 5.0);
        assert!((decisive - 0.1 / 0.9).abs() < 1e-9 && (gives - 0.657_364_45).abs() < 1e-8, "{gives}");
    }
}

/// The great fish war: 450 conditions, 50 in each of nine states. Each takes (1 - a b) / (2 - a b) of the stock, 0.375 where
/// a b is 0.4 (Levhari and Mirman 1980).
#[test]
fn two_who_fish_take_what_theory_says() {
    let run = exactly("tests/data/fish.toml");
    for seat in &run.estimates.moves[0] {
        assert_eq!(seat[2].expect("the season is open").value, 1.0);
    }
}

/// Two hundred and two events, two in each of 10,201 states, and nothing random: both stocks come near the fixed point.
#[test]
fn an_arms_race_without_chance_has_one_course() {
    let run = exactly("tests/data/richardson.toml");
    let last = run.estimates.turns.last().expect("it has turns");
    let level = |variable: usize| last[variable].iter().position(|it| it.value == 1.0);
    assert_eq!((level(0), level(1)), (Some(49), Some(51)));
}
