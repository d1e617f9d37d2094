//! The payoff matrices of an issue, as game theorists draw them.

use serde::{Deserialize, Serialize};

use super::error::StudyError;
use super::prepare::Prepared;
use super::situation::Situation;
use crate::game::{Menu, MenuId, SeatStatus};
use crate::scenario::{IssueId, Levels, Made, MoveId, SeatId, TermId};

/// The payoffs of one issue in a state: for every combination of its actors' moves, what the terms that
/// name moves of this issue, and of no other, pay to each of them this turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrices {
    /// The issue.
    pub issue: usize,
    /// Its seats.
    pub seats: Vec<usize>,
    /// The moves that each seat can make here.
    pub moves: Vec<Vec<usize>>,
    /// Payoffs by combination, in payoff units, the last seat's move varying fastest: one for each seat's actor.
    pub payoffs: Vec<Vec<f64>>,
    /// Terms that hang on moves of this issue and of others too, and are therefore left out.
    pub elsewhere: Vec<usize>,
}

impl Matrices {
    /// For each seat, the place of its move among those it can make, in a combination.
    #[must_use]
    pub fn digits(&self, mut combination: usize) -> Vec<usize> {
        let mut digits = vec![0; self.moves.len()];
        for (digit, moves) in digits.iter_mut().zip(&self.moves).rev() {
            *digit = combination % moves.len();
            combination /= moves.len();
        }
        digits
    }

    /// Whether a seat's move is a best reply, this turn, to what the others do in a combination.
    #[must_use]
    pub fn is_best_reply(&self, combination: usize, seat: usize) -> bool {
        let stride: usize = self.moves[seat + 1..].iter().map(Vec::len).product();
        let own = combination / stride % self.moves[seat].len();
        let base = combination - own * stride;
        let best = (0..self.moves[seat].len()).map(|m| self.payoffs[base + m * stride][seat]);
        self.payoffs[combination][seat] >= best.fold(f64::NEG_INFINITY, f64::max) - crate::agents::TIE
    }
}

/// Issues with more combinations of moves than this are not drawn.
const MOST_COMBINATIONS: usize = 4096;

/// The matrices of an issue in a situation; `None` where the issue is closed there.
///
/// # Errors
/// If the issue has thousands of combinations of moves; otherwise see [`StudyError`].
pub fn matrices(
    prepared: &Prepared<'_>,
    situation: &Situation,
    issue: IssueId,
) -> Result<Option<Matrices>, StudyError> {
    let (scenario, turn) = (prepared.scenario, situation.turn);
    let levels = &Levels::from_numbers(&situation.levels);
    let numbers = situation.numbers(prepared)?;
    let blueprint = &prepared.game.blueprint;
    let seats: &[SeatId] = &scenario.issues[issue.index()].seats;
    let statuses: Vec<SeatStatus> =
        seats.iter().map(|&seat| SeatStatus::of(&blueprint.seats[seat], levels, turn)).collect();
    let moves: Option<Vec<Vec<MoveId>>> = statuses
        .iter()
        .map(|status| match status {
            SeatStatus::Closed => None,
            SeatStatus::Free(moves) | SeatStatus::Drawn(moves) => Some(moves.clone()),
        })
        .collect();
    let Some(moves) = moves else { return Ok(None) };
    let ours = |seat: SeatId| seats.contains(&seat);
    let named = |term: TermId| {
        let clauses = blueprint.terms[term].clauses.iter();
        clauses.flat_map(|clause| &clause.moves).map(|(seat, _)| *seat)
    };
    let (terms, elsewhere): (Vec<TermId>, Vec<TermId>) =
        blueprint.terms.ids().filter(|&term| named(term).any(ours)).partition(|&term| named(term).all(ours));
    let all: Vec<usize> = seats.iter().map(|&seat| blueprint.seats[seat].moves).collect();
    let count = moves.iter().fold(1_usize, |n, moves| n.saturating_mul(moves.len()));
    if count > MOST_COMBINATIONS {
        let issue = scenario.issues[issue.index()].id.clone();
        return Err(StudyError::Combinations { issue, count, limit: MOST_COMBINATIONS });
    }
    let combinations = Menu::new(MenuId::new(0), statuses, &all).options;
    let payoffs = combinations.iter().map(|combination| {
        let mut made = Made::filled(None, blueprint.seats.len());
        for (seat, chosen) in seats.iter().zip(combination) {
            made[*seat] = *chosen;
        }
        let holding = terms.iter().filter(|&&term| blueprint.terms[term].holds_after(levels, &made, turn));
        let mut paid = vec![0.0; seats.len()];
        for &term in holding {
            let per = blueprint.terms[term].per.map_or(1.0, |v| numbers.value(v, levels[v]));
            for (sum, &seat) in paid.iter_mut().zip(seats) {
                *sum += per * numbers.pays_of(term)[blueprint.seats[seat].actor.index()];
            }
        }
        paid
    });
    Ok(Some(Matrices {
        issue: issue.index(),
        payoffs: payoffs.collect(),
        seats: seats.iter().map(|seat| seat.index()).collect(),
        moves: moves.iter().map(|moves| moves.iter().map(|made| made.index()).collect()).collect(),
        elsewhere: elsewhere.iter().map(|term| term.index()).collect(),
    }))
}
