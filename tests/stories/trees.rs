//! Games in extensive form that others have solved.

use std::fs;

use demarche::equilibrium::gambit::{self, Game, Tree};
use demarche::math;

use crate::support::root;

#[track_caller]
fn game(file: &str) -> Game {
    let text = fs::read(root().join("tests/games").join(file)).expect("the file is there");
    gambit::read(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn tree(text: &str) -> Tree {
    gambit::read(text.as_bytes()).expect(text).tree.expect("a tree")
}

/// Subgame-perfect equilibria: actions at information sets, and what they pay.
#[track_caller]
fn check_perfect(text: &str, expected: &[(&[usize], &[f64])]) {
    let found = tree(text).subgame_perfect().expect("perfect information");
    let equilibria = found.equilibria.iter().map(|it| (it.actions.as_slice(), it.pays.as_slice()));
    assert_eq!(equilibria.collect::<Vec<_>>(), expected, "{text}");
    assert!(found.complete);
}

#[test]
fn threats_that_nobody_would_carry_out_are_not_subgame_perfect() {
    // Selten (1978), The chain store paradox, one market: the entrant stays out (1, 5), or enters and is
    // met (2, 2) or fought (0, 0).
    check_perfect(
        "EFG 2 R \"\" { \"Entrant\" \"Store\" }\np \"\" 1 1 { \"out\" \"in\" } 0\nt \"\" 1 { 1 5 }\n\
         p \"\" 2 1 { \"fight\" \"share\" } 0\nt \"\" 2 { 0 0 }\nt \"\" 3 { 2 2 }",
        &[(&[1, 1], &[2.0, 2.0])],
    );
}

#[test]
fn of_what_is_worth_the_same_each_makes_an_equilibrium() {
    // An ultimatum of 1 or nothing out of 2: who is offered nothing may accept or refuse.
    let ultimatum = "EFG 2 R \"\" { \"A\" \"B\" }\np \"\" 1 1 { \"one\" \"none\" } 0\n\
         p \"\" 2 1 { \"yes\" \"no\" } 0\nt \"\" 1 { 1 1 }\nt \"\" 2 { 0 0 }\n\
         p \"\" 2 2 { \"yes\" \"no\" } 0\nt \"\" 3 { 2 0 }\nt \"\" 2";
    check_perfect(ultimatum, &[(&[0, 0, 1], &[1.0, 1.0]), (&[1, 0, 0], &[2.0, 0.0])]);
    // What chance makes of thirds ties exactly with what is certain.
    let thirds = "EFG 2 R \"\" { \"A\" }\np \"\" 1 1 { \"sure\" \"lottery\" } 0\nt \"\" 1 { 0.1 }\n\
         c \"\" 1 { \"win\" 1/3 \"lose\" 2/3 } 0\nt \"\" 2 { 0.3 }\nt \"\" 0";
    check_perfect(thirds, &[(&[0], &[0.1]), (&[1], &[0.1])]);
}

#[test]
fn who_does_not_know_all_has_no_backward_induction() {
    assert_eq!(game("beer_quiche.efg").tree.expect("a tree").subgame_perfect(), None);
}

#[test]
fn ties_without_end_are_cut_off() {
    // Ten choices between equals: 1024 equilibria.
    let mut text = "EFG 2 R \"\" { \"A\" }\n".to_owned();
    for number in 1..=10 {
        text += &format!("p \"\" 1 {number} {{ \"stop\" \"on\" }} 0\nt \"\" 0\n");
    }
    let found = tree(&(text + "t \"\" 0")).subgame_perfect().expect("perfect information");
    assert!(!found.complete && found.equilibria.len() == 100);
}

#[test]
fn agents_quarrel_over_beer_as_published() {
    // The probabilities with which the weak type drinks beer at two precisions, computed independently.
    let tree = game("beer_quiche.efg").tree.expect("a tree");
    for (precision, beer) in [(1.0, 0.3058), (3.0, 0.9001)] {
        let behaviour = tree.behaviour(precision).expect("the branch can be followed");
        let weak = tree.sets().iter().position(|set| set.name == "weak").expect("it is there");
        assert!((behaviour[weak][0] - beer).abs() < 5e-5, "{precision}: {behaviour:?}");
    }
}

#[test]
fn agents_answer_what_their_actions_are_worth_where_they_stand() {
    // A centipede of two nodes, after McKelvey and Palfrey (1998): the second takes 2 rather than 1, and the
    // first 1 rather than what the second leaves it.
    let text = "EFG 2 R \"\" { \"A\" \"B\" }\np \"\" 1 1 { \"take\" \"pass\" } 0\nt \"\" 1 { 1 0 }\n\
                p \"\" 2 1 { \"take\" \"pass\" } 0\nt \"\" 2 { 0 2 }\nt \"\" 3 { 3 1 }";
    let tree = tree(text);
    for at in tree.agent_quantal().expect("small") {
        let behaviour = at.behaviour.expect("the branch can be followed");
        if at.precision.is_infinite() {
            assert_eq!(behaviour, [[1.0, 0.0], [1.0, 0.0]]);
            continue;
        }
        let logit = |gain: f64| 1.0 / (1.0 + math::exp(-at.precision * gain));
        let second = logit(1.0);
        assert!((behaviour[1][0] - second).abs() < 1e-9, "{behaviour:?}");
        assert!((behaviour[0][0] - logit(1.0 - 3.0 * (1.0 - second))).abs() < 1e-9, "{behaviour:?}");
    }
}

#[test]
fn a_single_agent_at_each_set_is_as_in_normal_form() {
    // Where everybody moves once and at once, agents are the players.
    let text = "EFG 2 R \"\" { \"A\" \"B\" }\np \"\" 1 1 { \"u\" \"d\" } 0\np \"\" 2 1 { \"l\" \"r\" } 0\nt \"\" 1 { 9 0 }\n\
                t \"\" 2 { 0 1 }\np \"\" 2 1 0\nt \"\" 2\nt \"\" 3 { 1 0 }";
    let game = gambit::read(text.as_bytes()).expect("a game");
    let strategic = demarche::equilibrium::quantal(&game.form).expect("small");
    let agents = game.tree.expect("a tree").agent_quantal().expect("small");
    for (one, other) in strategic.iter().zip(&agents) {
        let (one, other) =
            (one.mixed.as_ref().expect("followed"), other.behaviour.as_ref().expect("followed"));
        let pairs = one.iter().flatten().zip(other.iter().flatten());
        assert!(pairs.clone().all(|(a, b)| (a - b).abs() < 1e-9), "{one:?} {other:?}");
    }
}

#[test]
fn who_comes_to_a_set_twice_is_no_agent_of_it() {
    // The absent-minded driver: Piccione and Rubinstein (1997).
    let driver = "EFG 2 R \"\" { \"a\" }\np \"\" 1 1 { \"on\" \"off\" } 0\np \"\" 1 1 0\nt \"\" 1 { 1 }\nt \"\" 2 { 4 }\nt \"\" 0";
    let tree = tree(driver);
    assert_eq!((tree.forgetful(), tree.agent_quantal(), tree.subgame_perfect()), (vec![0], None, None));
}
