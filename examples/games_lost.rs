//! Counts the random games of which a logit equilibrium, or its limit, cannot be told: games of each of seven sizes,
//! whose payoffs are whole numbers, at precisions 0 to 100 and in the limit. The same arguments give the same games.
//!
//! ```sh
//! cargo run --release --example games_lost -- 1000 1 1000     # games of each size, least and greatest payoff
//! ```

use std::{env, error::Error, time::Instant};

use demarche::equilibrium::{NormalForm, Player, quantal_at};

const SIZES: [&[usize]; 7] = [&[2, 2], &[3, 3], &[4, 4], &[5, 5], &[6, 6], &[2, 2, 2], &[3, 3, 3]];
const PRECISIONS: [f64; 6] = [0.0, 0.01, 0.1, 1.0, 10.0, 100.0];

/// Numbers by a linear congruence (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(bound)).unwrap_or_default()
    }
}

/// The game of a seed.
fn game(seed: u64, sizes: &[usize], least: i32, most: i32) -> Result<NormalForm, Box<dyn Error>> {
    let mut random = Random(sizes.iter().fold(seed, |seed, &own| seed * 31 + own as u64));
    let span = u32::try_from(most - least)? + 1;
    let player = |&count: &usize| Player {
        name: "player".to_owned(),
        strategies: (1..=count).map(|strategy| strategy.to_string()).collect(),
    };
    let count = sizes.iter().product::<usize>() * sizes.len();
    let payoffs: Vec<f64> = (0..count).map(|_| f64::from(least) + f64::from(random.below(span))).collect();
    Ok(NormalForm::new("", sizes.iter().map(player).collect(), &payoffs)?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let [games, least, most] = &env::args().skip(1).collect::<Vec<_>>()[..] else {
        return Err("wanted how many games of each size, the least payoff, and the greatest".into());
    };
    let (games, least, most) = (games.parse()?, least.parse()?, most.parse()?);
    println!(
        "{:8} {:>15} {:>15} {:>10} {:>11} {:>8}",
        "size", "lost, to 100", "lost, limit", "continua", "greatest gain", "seconds"
    );
    for sizes in SIZES {
        let (mut branches, mut limits, mut continua, mut gain) = (0, 0, 0, 0.0_f64);
        let begun = Instant::now();
        for seed in 0..games {
            let game = game(seed, sizes, least, most)?;
            branches += usize::from(quantal_at(&game, &PRECISIONS).iter().any(|at| at.mixed.is_err()));
            let limit = &quantal_at(&game, &[f64::INFINITY])[0];
            continua += usize::from(limit.continuum);
            match &limit.mixed {
                Ok(mixed) => gain = gain.max(game.judge(mixed).1),
                Err(_) => limits += 1,
            }
        }
        let name = sizes.iter().map(usize::to_string).collect::<Vec<_>>().join(" x ");
        let seconds = begun.elapsed().as_secs_f64();
        println!("{name:8} {branches:15} {limits:15} {continua:10} {gain:13.1e} {seconds:8.1}");
    }
    Ok(())
}
