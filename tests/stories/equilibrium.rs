//! What actors in equilibrium believe is what the others do, and they answer it by their own rule.

use demarche::agents::Explanation;
use demarche::scenario::{Document, MoveId, SeatId};

use crate::support::{document, explained};

/// The probability of each move of a seat.
fn shares<'m>(
    seats: &[SeatId],
    seat: SeatId,
    options: impl Iterator<Item = (&'m [Option<MoveId>], f64)>,
) -> Option<Vec<f64>> {
    let at = seats.iter().position(|&own| own == seat)?;
    let mut shares = vec![0.0; 4];
    for (moves, probability) in options {
        shares[moves[at].expect("it is open").index()] += probability;
    }
    Some(shares)
}

/// How an actor moves in a seat.
fn played(document: &Document, actor: usize, seat: SeatId, levels: &[usize], turn: usize) -> Vec<f64> {
    let explained = explained(document, actor, levels, turn);
    let mut parts = explained.iter().filter_map(|part| {
        shares(&part.seats, seat, part.options.iter().map(|option| (&*option.moves, option.probability)))
    });
    parts.next_back().expect("it has the seat")
}

/// Beliefs agree with what is played, where the other looks no further than the believer.
#[track_caller]
fn check_beliefs(document: &Document, part: &Explanation, levels: &[usize], turn: usize) -> usize {
    let mut compared = 0;
    for (other, seats, options) in &part.believed {
        let other = other.index();
        for &seat in seats {
            let believed = shares(seats, seat, options.iter().map(|(moves, p)| (&**moves, *p)));
            let played = played(document, other, seat, levels, turn);
            for (believed, played) in believed.expect("it has the seat").iter().zip(&played) {
                assert!((believed - played).abs() < 1e-12, "{other} {levels:?} {turn}: {believed} {played}");
                compared += 1;
            }
        }
    }
    compared
}

/// What is chosen in the seats that no script draws is the logit answer to the values, trembling.
#[track_caller]
fn check_answer(part: &Explanation, (precision, tremble): (f64, f64), scripted: Option<(usize, [f64; 3])>) {
    let mut choices: Vec<(Vec<Option<MoveId>>, f64, f64)> = Vec::new();
    for option in &part.options {
        let mut free = option.moves.clone();
        let mut drawn = 1.0;
        if let Some((at, weights)) = scripted.and_then(|(seat, weights)| {
            Some((part.seats.iter().position(|own| own.index() == seat)?, weights))
        }) {
            drawn = weights[option.moves[at].expect("it is open").index()];
            free[at] = None;
        }
        let known = choices.iter().position(|(moves, ..)| *moves == free).unwrap_or_else(|| {
            choices.push((free, 0.0, 0.0));
            choices.len() - 1
        });
        choices[known].1 += option.probability;
        choices[known].2 += drawn * option.value;
    }
    let values: Vec<f64> = choices.iter().map(|choice| choice.2).collect();
    let answer = demarche::agents::logit(&values, precision);
    let alike = 1.0 / f64::from(u32::try_from(choices.len()).expect("few"));
    for ((moves, probability, _), answer) in choices.iter().zip(answer) {
        let wanted = (1.0 - tremble) * answer + tremble * alike;
        assert!((probability - wanted).abs() < 1e-12, "{moves:?}: {probability}, {wanted}");
    }
}

#[test]
fn who_is_in_equilibrium_knows_what_the_others_do() {
    let document = document("tests/stories/council.toml", &[], &[]);
    let birch_trade =
        document.scenario.seats.iter().position(|seat| seat.moves.len() == 3 && seat.actor.index() == 1);
    let script = birch_trade.map(|seat| (seat, [0.6, 0.4, 0.0]));
    let mut compared = 0;
    for state in 0..6 {
        let levels = [state / 2, state % 2];
        for (actor, rule) in [(0, (1.5, 0.1)), (1, (2.5, 0.0))] {
            // In the last turn but one everybody who looks so far looks two turns ahead, in the last one.
            for turn in [1, 2] {
                let parts = explained(&document, actor, &levels, turn);
                for part in &parts {
                    compared += check_beliefs(&document, part, &levels, turn);
                    check_answer(part, rule, script);
                }
            }
        }
    }
    assert!(compared > 100, "{compared} shares were compared");
}
