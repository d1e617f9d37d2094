//! Logit equilibria of games of any scale, and their limits: none is lost, and what changes no choice changes no answer.

use super::*;

const SIZES: [&[usize]; 7] = [&[2, 2], &[3, 3], &[4, 4], &[5, 5], &[6, 6], &[2, 2, 2], &[3, 3, 3]];
const PRECISIONS: [f64; 7] = [0.0, 0.01, 0.1, 1.0, 10.0, 100.0, f64::INFINITY];

/// Whole numbers by a linear congruence (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn to(&mut self, least: i32, most: i32) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let span = u64::try_from(most - least).expect("not less") + 1;
        f64::from(least + i32::try_from((self.0 >> 33) % span).expect("small"))
    }

    fn game(&mut self, sizes: &[usize], least: i32, most: i32) -> NormalForm {
        let count = sizes.iter().product::<usize>() * sizes.len();
        form(sizes, &(0..count).map(|_| self.to(least, most)).collect::<Vec<_>>())
    }
}

fn form(sizes: &[usize], payoffs: &[f64]) -> NormalForm {
    let player = |&count: &usize| Player {
        name: "p".to_owned(),
        strategies: (0..count).map(|strategy| strategy.to_string()).collect(),
    };
    NormalForm::new("", sizes.iter().map(player).collect(), payoffs).expect("a game")
}

/// The same game with other payoffs: `change(player, what the others do, payoff)`.
fn changed(game: &NormalForm, change: impl Fn(usize, usize, f64) -> f64) -> NormalForm {
    let sizes: Vec<usize> = game.players().iter().map(|player| player.strategies.len()).collect();
    let cells = (0..game.profiles()).flat_map(|cell| (0..sizes.len()).map(move |player| (cell, player)));
    let pay = |(cell, player)| change(player, game.instead(cell, player, 0), game.payoff(cell, player));
    form(&sizes, &cells.map(pay).collect::<Vec<_>>())
}

fn told(game: &NormalForm, scale: f64) -> Vec<Vec<f64>> {
    let found = quantal_at(game, &PRECISIONS.map(|precision| precision / scale));
    let flat = |at: Quantal| match at.mixed {
        Ok(mixed) => mixed.concat(),
        Err(error) => panic!("{error}, at {}: {game:?}", at.precision),
    };
    found.into_iter().map(flat).collect()
}

fn apart(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
    let pairs = a.iter().flatten().zip(b.iter().flatten());
    pairs.fold(0.0, |most, (x, y)| most.max((x - y).abs()))
}

#[test]
fn no_random_game_is_lost() {
    let mut random = Random(1);
    for sizes in SIZES {
        for _ in 0..15 {
            told(&random.game(sizes, 1, 1000), 1.0);
            told(&random.game(sizes, 0, 3), 1.0);
        }
    }
}

#[test]
fn what_no_choice_can_change_changes_no_answer() {
    let mut random = Random(2);
    for sizes in SIZES {
        for _ in 0..8 {
            let game = random.game(sizes, 1, 1000);
            let plain = told(&game, 1.0);
            let constant = changed(&game, |_, _, pay| pay + 1e9);
            assert_eq!(plain, told(&constant, 1.0), "{game:?}");
            let by_others = changed(&game, |player, others, pay| {
                pay + f64::from(u32::try_from((others * 7 + player * 3) % 11).expect("small")) * 1e5
            });
            assert_eq!(plain, told(&by_others, 1.0), "{game:?}");
        }
    }
}

#[test]
fn payoffs_and_precisions_are_scaled_against_each_other() {
    let mut random = Random(3);
    for sizes in SIZES {
        for _ in 0..8 {
            let game = random.game(sizes, 1, 1000);
            let scaled = changed(&game, |_, _, pay| pay * 37.0);
            let far = apart(&told(&game, 1.0), &told(&scaled, 37.0));
            assert!(far < 1e-12, "{far}: {game:?}");
        }
    }
}

#[test]
fn limits_leave_nothing_to_gain_where_much_ties() {
    let mut random = Random(4);
    for sizes in SIZES {
        for _ in 0..15 {
            let game = random.game(sizes, 0, 3);
            let limit = quantal_at(&game, &[f64::INFINITY]).swap_remove(0);
            let (_, gain) = game.judge(&limit.mixed.expect("a limit"));
            assert!(gain < 1e-9, "{gain}: {game:?}");
        }
    }
}
