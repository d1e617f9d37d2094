//! Games that others have solved, and games that anybody may draw.

use std::fs;

use demarche::equilibrium::{
    NormalForm, Player, Quantal, correlated, eliminate, extreme_equilibria, gambit, pure_equilibria, quantal,
    quantal_at, security, solve,
};
use demarche::math;
use demarche::scenario::ActorId;
use demarche::study::{Situation, StageRequest, explain, stage};
use proptest::prelude::*;

use crate::support::{document, prepared, root};

#[track_caller]
fn game(file: &str) -> NormalForm {
    let text = fs::read(root().join("tests/games").join(file)).expect("the file is there");
    gambit::read(&text).unwrap_or_else(|error| panic!("{file}: {error}")).form
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

/// One player's mixed strategy.
type Mixed = &'static [f64];

/// A file with the published equilibria of its game: pure ones by strategies, from 0, and of two players
/// all extreme ones with their payoffs.
#[track_caller]
fn check(file: &str, pure: &[&[usize]], extreme: &[(Mixed, Mixed, [f64; 2])], degenerate: bool) {
    let game = game(file);
    let expected: Vec<usize> = pure.iter().map(|strategies| game.profile(strategies)).collect();
    assert_eq!(pure_equilibria(&game), expected, "{file}");
    let Ok(found) = extreme_equilibria(&game) else {
        assert_ne!(game.players().len(), 2, "{file}");
        return;
    };
    assert_eq!(found.degenerate, degenerate, "{file}");
    assert_eq!(found.equilibria.len(), extreme.len(), "{file}: {found:?}");
    for (x, y, pays) in extreme {
        let same = |own: &[f64], published: Mixed| own.iter().zip(published).all(|(a, b)| near(*a, *b));
        let found = found.equilibria.iter().find(|[a, b]| same(a, x) && same(b, y));
        let found = found.unwrap_or_else(|| panic!("{file}: {x:?} {y:?}"));
        let (worth, gain) = game.judge(found);
        assert!(gain < 1e-12 && worth.iter().zip(pays).all(|(a, b)| near(*a, *b)), "{file}: {worth:?}");
    }
}

const THIRD: f64 = 1.0 / 3.0;

#[test]
fn published_equilibria_are_found() {
    check("prisoners_dilemma.nfg", &[&[1, 1]], &[(&[0.0, 1.0], &[0.0, 1.0], [1.0, 1.0])], false);
    check("matching_pennies.nfg", &[], &[(&[0.5, 0.5], &[0.5, 0.5], [0.0, 0.0])], false);
    check(
        "battle_of_the_sexes.nfg",
        &[&[0, 0], &[1, 1]],
        &[
            (&[1.0, 0.0], &[1.0, 0.0], [2.0, 1.0]),
            (&[0.0, 1.0], &[0.0, 1.0], [1.0, 2.0]),
            (&[2.0 * THIRD, THIRD], &[THIRD, 2.0 * THIRD], [2.0 * THIRD, 2.0 * THIRD]),
        ],
        false,
    );
    let even = &[THIRD, THIRD, THIRD];
    check("rock_paper_scissors.nfg", &[], &[(even, even, [0.0, 0.0])], false);
    check(
        "three_equilibria.nfg",
        &[&[0, 0]],
        &[
            (&[1.0, 0.0, 0.0], &[1.0, 0.0], [3.0, 3.0]),
            (&[0.8, 0.2, 0.0], &[2.0 * THIRD, THIRD], [3.0, 2.8]),
            (&[0.0, THIRD, 2.0 * THIRD], &[THIRD, 2.0 * THIRD], [4.0, 8.0 / 3.0]),
        ],
        false,
    );
    check(
        "degenerate.nfg",
        &[&[0, 0]],
        &[
            (&[1.0, 0.0, 0.0], &[1.0, 0.0], [3.0, 3.0]),
            (&[1.0, 0.0, 0.0], &[2.0 * THIRD, THIRD], [3.0, 3.0]),
            (&[0.0, THIRD, 2.0 * THIRD], &[THIRD, 2.0 * THIRD], [4.0, 8.0 / 3.0]),
        ],
        true,
    );
    check("three_players.nfg", &[&[0, 1, 0], &[1, 0, 0], &[1, 1, 1]], &[], false);
    // (D, c, L) and (C, c, R): the one that Selten rejects, and the one that is perfect.
    check("selten_horse.efg", &[&[0, 0, 1], &[1, 0, 0]], &[], false);
    check(
        "one_card_poker.efg",
        &[],
        &[(&[THIRD, 2.0 * THIRD, 0.0, 0.0], &[2.0 * THIRD, THIRD], [THIRD, -THIRD])],
        true,
    );
}

/// A scenario whose stage game has that equilibrium, and how many extreme ones in all (0: not counted).
#[track_caller]
fn check_classic(name: &str, published: (Mixed, Mixed), count: usize) {
    let document = document(&format!("scenarios/classics/{name}.toml"), &[], &[]);
    let start = Situation::start(&document.scenario);
    let stage = stage(&prepared(&document), &start, StageRequest::default());
    let game = &stage.expect("open").games[0].form;
    let found = extreme_equilibria(game).expect("two players");
    let same = |own: &[f64], published: Mixed| own.iter().zip(published).all(|(a, b)| near(*a, *b));
    let known = |[x, y]: &[Vec<f64>; 2]| same(x, published.0) && same(y, published.1);
    assert!(found.equilibria.iter().any(known), "{name}: {found:?}");
    assert!(count == 0 || found.equilibria.len() == count, "{name}: {found:?}");
}

#[test]
fn the_classics_have_the_equilibria_of_their_sources() {
    check_classic("asymmetric_pennies", (&[0.5, 0.5], &[0.125, 0.875]), 1);
    check_classic("battle_of_the_sexes", (&[2.0 * THIRD, THIRD], &[THIRD, 2.0 * THIRD]), 3);
    check_classic("chicken", (&[2.0 * THIRD, THIRD], &[2.0 * THIRD, THIRD]), 3);
    check_classic("inspection", (&[0.5, 0.5], &[0.5, 0.5]), 1);
    check_classic("stag_hunt", (&[0.875, 0.125], &[0.875, 0.125]), 3);
    let requests = &[0.0, 0.0, 0.0, 0.0, 0.25, 0.25, 0.2, 0.15, 0.1, 0.05];
    check_classic("eleven_twenty", (requests, requests), 0);
}

#[test]
fn corners_of_one_continuum_are_one_component() {
    let found = extreme_equilibria(&game("degenerate.nfg")).expect("two players");
    assert_eq!(found.components, [0, 0, 1]);
}

/// A game in which both win if they meet, at one of so many places.
fn meeting(places: usize) -> NormalForm {
    let player = |name: &str| Player {
        name: name.to_owned(),
        strategies: (1..=places).map(|place| place.to_string()).collect(),
    };
    let meet = |cell: usize| if cell / places == cell % places { [1.0, 1.0] } else { [0.0, 0.0] };
    let payoffs: Vec<f64> = (0..places * places).flat_map(meet).collect();
    NormalForm::new("Meeting", vec![player("a"), player("b")], &payoffs).expect("a game")
}

#[test]
fn who_may_meet_in_any_set_of_places_has_an_equilibrium_for_each() {
    for places in 2..=6 {
        let found = extreme_equilibria(&meeting(places)).expect("two players");
        assert_eq!((found.equilibria.len(), found.degenerate), ((1 << places) - 1, false));
    }
}

#[test]
fn a_mixture_dominates_what_neither_of_its_parts_does() {
    let (eliminated, complete) = eliminate(&game("mixed_dominance.nfg"));
    assert!(complete && eliminated.len() == 1, "{eliminated:?}");
    assert_eq!((eliminated[0].player, eliminated[0].strategy), (0, 1));
    assert_eq!(eliminated[0].by, [(0, 0.5), (2, 0.5)]);
}

#[test]
fn dominance_goes_on_with_what_is_left() {
    // Gibbons (1992), A Primer in Game Theory, figure 1.1.1: right goes, then down, then left.
    let text = r#"NFG 1 R "" { "Row" "Column" } { { "up" "down" } { "left" "middle" "right" } }
        1 0  0 3  1 2  0 1  0 1  2 0"#;
    let game = gambit::read_nfg(text).expect("a game");
    let gone: Vec<(usize, usize, usize)> =
        eliminate(&game).0.iter().map(|gone| (gone.round, gone.player, gone.strategy)).collect();
    assert_eq!(gone, [(1, 1, 2), (2, 0, 1), (3, 1, 0)]);
}

#[test]
fn a_correlated_equilibrium_can_beat_all_others() {
    // Aumann (1974), Subjectivity and correlation in randomized strategies, Journal of Mathematical
    // Economics 1, section 2: chicken with 6, 6 / 2, 7 / 7, 2 / 0, 0. The best has 1/2 on (6, 6) and 1/4 on
    // each of the others that pay, and pays 5.25 to each.
    let text = r#"NFG 1 R "" { "Row" "Column" } { 2 2 }  6 6  7 2  2 7  0 0"#;
    let game = gambit::read_nfg(text).expect("a game");
    let found = correlated(&game).expect("small");
    assert_eq!(found.profiles, [(0, 0.5), (1, 0.25), (2, 0.25)]);
    assert_eq!(found.pays, [5.25, 5.25]);
}

#[test]
fn what_can_be_secured_is_the_value_of_a_game_of_opposed_interests() {
    let secured = |file: &str, player: usize| security(&game(file), player).expect("small");
    let alice = secured("one_card_poker.efg", 0);
    assert!(near(alice.value, THIRD) && near(alice.strategy[0], THIRD), "{alice:?}");
    assert!(near(secured("one_card_poker.efg", 1).value, -THIRD));
    assert!(near(secured("rock_paper_scissors.nfg", 0).value, 0.0));
    // Where one's worst comes from what is no punishment, it is still what can be secured.
    assert!(near(secured("battle_of_the_sexes.nfg", 0).value, 2.0 * THIRD));
}

#[test]
fn a_catastrophe_elsewhere_does_not_blur_what_can_be_secured() {
    // The first row can cost 1e9. The two others are worth 1.5 by halves, and one of them alone 1.
    let game = game("catastrophe.nfg");
    let secured = security(&game, 0).expect("small");
    assert_eq!((secured.value, secured.strategy), (1.5, vec![0.0, 0.5, 0.5]));
    assert_eq!(security(&game, 1).expect("small").value, -1.5);
}

#[test]
fn what_dominance_solves_has_one_correlated_equilibrium() {
    let game = game("dominated.nfg");
    let found = correlated(&game).expect("small");
    assert_eq!((found.profiles, found.pays), (vec![(game.profile(&[0, 1]), 1.0)], vec![1.0, -1.0]));
}

#[test]
fn what_is_worse_by_one_beside_stakes_of_ten_billion_is_dominated() {
    // By halves the first two rows are worth 0 whatever the other does, and the third -1.
    let text = r#"NFG 1 R "" { "A" "B" } { 3 2 }
        10000000000 0  -10000000000 0  -1 0  -10000000000 0  10000000000 0  -1 0"#;
    let (eliminated, complete) = eliminate(&gambit::read_nfg(text).expect("a game"));
    assert!(complete && eliminated.len() == 1, "{eliminated:?}");
    assert_eq!((eliminated[0].player, eliminated[0].strategy), (0, 2));
    assert_eq!(eliminated[0].by, [(0, 0.5), (1, 0.5)]);
}

/// Logit equilibria of a file at a precision.
#[track_caller]
fn branch_at(file: &str, precision: f64) -> Quantal {
    quantal_at(&game(file), &[precision]).swap_remove(0)
}

#[track_caller]
fn check_quantal(file: &str, precision: f64, right: &[f64], tolerance: f64) {
    let found = branch_at(file, precision).mixed.unwrap_or_else(|error| panic!("{file}: {error}"));
    for (p, right) in found.iter().flatten().zip(right) {
        assert!((p - right).abs() < tolerance, "{file} at {precision}: {found:?}");
    }
}

#[test]
fn logit_equilibria_are_told_whatever_the_scale_of_payoffs() {
    // Payoffs to 1,000 at a precision of 10 are as payoffs to 10 at one of 1,000.
    check_quantal("q1000_45.nfg", 10.0, &[0.0, 0.554_271, 0.445_729, 0.0, 0.344_632, 0.655_368], 1e-6);
    // A constant of 10^9 in every payoff leaves a dilemma as it is.
    check_quantal("pd_shift1e9.nfg", 1.0, &[0.226_750_645, 0.773_249_355], 1e-9);
}

#[test]
fn a_limit_that_is_approached_slowly_is_told_exactly() {
    // Probabilities fall as the logarithm of the precision over the precision.
    check_quantal("limit_small.nfg", f64::INFINITY, &[1.0, 0.0, 0.0, 0.0, 0.5, 0.5], 1e-15);
    let limit = solve(&game("limit_small.nfg")).quantal.and_then(|mut all| all.pop()).expect("small");
    assert!(limit.continuum && limit.within == 0.0, "{limit:?}");
}

/// A row of logit equilibria: each strategy as probable as its own worth makes it.
#[track_caller]
fn check_branch(file: &str) {
    let game = game(file);
    let branch = quantal(&game).expect("small");
    assert_eq!((branch[0].precision, branch.last().map(|at| at.precision)), (0.0, Some(f64::INFINITY)));
    for (precision, mixed) in branch.iter().map(|at| (at.precision, &at.mixed)) {
        let mixed = mixed.as_ref().unwrap_or_else(|error| panic!("{file} at {precision}: {error}"));
        if precision.is_infinite() {
            assert!(game.judge(mixed).1 < 1e-7, "{file}: {mixed:?}");
            continue;
        }
        for (own, values) in mixed.iter().zip(game.values(mixed)) {
            let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let weights: Vec<f64> = values.iter().map(|value| math::exp(precision * (value - top))).collect();
            let sum: f64 = weights.iter().sum();
            for (p, weight) in own.iter().zip(weights) {
                assert!((p - weight / sum).abs() < 1e-9, "{file} at {precision}: {own:?}");
            }
        }
    }
}

#[test]
fn the_branch_of_logit_equilibria_answers_itself_and_ends_in_an_equilibrium() {
    for file in [
        "prisoners_dilemma.nfg",
        "battle_of_the_sexes.nfg",
        "three_equilibria.nfg",
        "three_players.nfg",
        "selten_horse.efg",
        "one_card_poker.efg",
    ] {
        check_branch(file);
    }
}

#[test]
fn what_comes_after_is_what_explain_expects() {
    // The other's move is given, so that what is believed of it is what it does.
    let document = document("scenarios/prisoners_dilemma.toml", &[], &[]);
    let prepared = prepared(&document);
    for turn in [0, 5, 11] {
        let request = StageRequest { continuation: true, ..StageRequest::default() };
        let situation = Situation { turn, ..Situation::start(&document.scenario) };
        let stage = stage(&prepared, &situation, request).expect("open");
        let explained = explain(&prepared, &situation, ActorId::new(0)).expect("explained");
        for (move_, option) in explained[0].options.iter().enumerate() {
            let payoff = stage.games[0].form.payoff(move_, 0);
            assert!((payoff - option.value).abs() < 1e-9, "turn {turn}: {payoff}, {option:?}");
        }
    }
}

#[test]
fn issues_that_do_not_bear_on_each_other_are_games_of_their_own() {
    let document = document("scenarios/peacekeepers.toml", &[], &[]);
    let start = Situation::start(&document.scenario);
    let lay = |whole| {
        let request = StageRequest { whole, ..StageRequest::default() };
        stage(&prepared(&document), &start, request).expect("open")
    };
    let (apart, whole) = (lay(false), lay(true));
    assert_eq!(apart.games.iter().map(|game| game.issues.len()).collect::<Vec<_>>(), [1, 1, 1, 1]);
    assert!(whole.alike.is_empty() && !apart.alike.is_empty());
    // Together they have an equilibrium for every combination of equilibria apart: the same sums.
    let of = |game: &NormalForm| pure_equilibria(game).len();
    assert_eq!(of(&whole.games[0].form), apart.games.iter().map(|game| of(&game.form)).product::<usize>());
}

#[test]
fn ties_are_ties_of_what_was_written() {
    // The seventeenth digit tells the rows apart, and the twentieth the columns; floats hold neither.
    let text = r#"NFG 1 R "" { "A" "B" } { 2 2 }
        1.0000000000000001 0  1 0  1.0000000000000001 1e-20  1 1e-20"#;
    let game = gambit::read_nfg(text).expect("a game");
    let gone: Vec<(usize, usize)> =
        eliminate(&game).0.iter().map(|gone| (gone.player, gone.strategy)).collect();
    assert_eq!(gone, [(0, 1), (1, 0)]);
    assert_eq!(pure_equilibria(&game), [game.profile(&[0, 1])]);
    assert_eq!(extreme_equilibria(&game).expect("two").equilibria, [[vec![1.0, 0.0], vec![0.0, 1.0]]]);
}

fn games_of_two() -> impl Strategy<Value = NormalForm> {
    (1_usize..=5, 1_usize..=5, 0..3_u8).prop_flat_map(|(m, n, kind)| {
        // Few different numbers make degenerate games, many make others; thirds make fractions.
        let payoff = match kind {
            0 => (0..4_i32).prop_map(f64::from).boxed(),
            1 => (-1000..1000_i32).prop_map(f64::from).boxed(),
            _ => (-9..9_i32, 1..5_i32).prop_map(|(above, below)| f64::from(above) / f64::from(below)).boxed(),
        };
        prop::collection::vec(payoff, 2 * m * n).prop_map(move |payoffs| {
            let player = |strategies: usize| Player {
                name: "p".to_owned(),
                strategies: (0..strategies).map(|s| s.to_string()).collect(),
            };
            NormalForm::new("drawn", vec![player(m), player(n)], &payoffs).expect("a game")
        })
    })
}

/// The most that anybody gains by doing something else than told.
fn disobedience(game: &NormalForm, drawn: &[(usize, f64)]) -> f64 {
    let mut most = 0.0_f64;
    for player in 0..game.players().len() {
        for told in 0..game.strategies(player) {
            for instead in 0..game.strategies(player) {
                let there = drawn.iter().filter(|(profile, _)| game.digit(*profile, player) == told);
                let gain = there.map(|(profile, p)| {
                    let other = game.instead(*profile, player, instead);
                    p * (game.payoff(other, player) - game.payoff(*profile, player))
                });
                most = most.max(gain.sum());
            }
        }
    }
    most
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nobody_gains_by_deviating_and_something_is_always_found(game in games_of_two()) {
        let found = extreme_equilibria(&game).expect("two players");
        prop_assert!(!found.equilibria.is_empty());
        for mixed in &found.equilibria {
            for own in mixed {
                prop_assert!((own.iter().sum::<f64>() - 1.0).abs() < 1e-12);
                prop_assert!(own.iter().all(|p| *p >= 0.0));
            }
            let width = (0..2).map(|p| game.range(p)).fold(1.0, |w: f64, (low, high)| w.max(high - low));
            let gain = game.judge(mixed).1;
            prop_assert!(gain <= 1e-9 * width, "{gain}");
        }
        // Pure equilibria are corners, always.
        for profile in pure_equilibria(&game) {
            let pure = |mixed: &[Vec<f64>; 2]| (0..2).all(|p| mixed[p][game.digit(profile, p)] == 1.0);
            prop_assert!(found.equilibria.iter().any(pure));
        }
        // Wilson (1971), Computing equilibria of n-person games: all but degenerate games have an odd number.
        prop_assert!(found.degenerate || found.equilibria.len() % 2 == 1);
        prop_assert!(found.degenerate || found.components.iter().max() == Some(&(found.equilibria.len() - 1)));
    }

    #[test]
    fn what_dominance_eliminates_no_equilibrium_plays(game in games_of_two()) {
        let (eliminated, _) = eliminate(&game);
        let found = extreme_equilibria(&game).expect("two players");
        for gone in &eliminated {
            prop_assert!((gone.by.iter().map(|(_, p)| p).sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!(found.equilibria.iter().all(|mixed| mixed[gone.player][gone.strategy] == 0.0));
        }
    }

    #[test]
    fn the_correlated_equilibrium_is_obeyed_and_no_worse_than_any_other(game in games_of_two()) {
        let best = correlated(&game).expect("small games are solved");
        let width = (0..2).map(|p| game.range(p)).fold(1.0, |w: f64, (low, high)| w.max(high - low));
        prop_assert!(disobedience(&game, &best.profiles) <= 1e-8 * width);
        let sum: f64 = best.pays.iter().sum();
        for mixed in &extreme_equilibria(&game).expect("two players").equilibria {
            let other: f64 = game.judge(mixed).0.iter().sum();
            prop_assert!(other <= sum + 1e-7 * width, "{other} > {sum}");
        }
    }

    #[test]
    fn equilibria_pay_no_less_than_can_be_secured(game in games_of_two()) {
        let found = extreme_equilibria(&game).expect("two players");
        for player in 0..2 {
            let (low, high) = game.range(player);
            let secured = security(&game, player).expect("small games are solved");
            for mixed in &found.equilibria {
                let pays = game.judge(mixed).0[player];
                prop_assert!(pays >= secured.value - 1e-8 * (high - low).max(1.0), "{pays}");
            }
        }
    }
}
