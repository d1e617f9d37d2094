//! Where each count of a tally stands, and what the codes of choices mean.

use super::accumulators::Accumulators;
use super::observe::{PlayEnd, Turn};
use crate::game::{Code, Game};
use crate::scenario::{IdVec, Measure, MeasureId, MoveId, Numbers, Ratio, Scenario, SeatId, Sum};

/// The moves that a code stands for, in seats of these many moves; `None` for a closed seat.
pub(crate) fn decode(code: Code, moves: &[usize]) -> Vec<Option<MoveId>> {
    let mut code = code.index();
    let mut made = vec![None; moves.len()];
    for (slot, moves) in made.iter_mut().zip(moves).rev() {
        let digit = code % (moves + 1);
        *slot = (digit < *moves).then(|| MoveId::new(digit));
        code /= moves + 1;
    }
    made
}

/// Where each count stands in a [`Tally`](super::Tally), for one game.
#[derive(Clone, Debug)]
pub struct TallyLayout {
    /// Outcomes of each classification.
    pub classes: Vec<usize>,
    /// Levels of each variable.
    pub levels: Vec<usize>,
    /// The number of turns.
    pub turns: usize,
    /// Combinations of outcomes, one of each classification: the last varies fastest.
    pub joint: usize,
    pub(super) first_level: Vec<usize>,
    pub(super) levels_in_all: usize,
    /// `codes[turn][decision]`: where its counts begin; and the seats that its codes stand for.
    pub(super) codes: Vec<Vec<(usize, CodedSeats)>>,
    pub(super) codes_in_all: usize,
    pub(super) accumulators: Accumulators,
    /// For each defined measure, whether only its happening counts.
    pub(super) ever: IdVec<MeasureId, bool>,
    /// For each defined measure, what its accumulator is: the ratio, or the measure itself where that is divided by
    /// a ratio.
    pub(super) ratios: Vec<Ratio>,
    /// For each defined measure, whether its numbers may be far from 0.
    pub(super) real: Vec<bool>,
    /// For each defined measure that is divided by a ratio, its factors.
    pub(super) products: Vec<Vec<Ratio>>,
    /// `values[variable][level]`, which a measure may be divided by.
    pub(super) values: Vec<Vec<f64>>,
}

/// The seats of a decision, with their numbers of moves.
#[derive(Clone, Debug)]
pub(super) struct CodedSeats {
    pub(super) seats: Vec<SeatId>,
    pub(super) moves: Vec<usize>,
}

impl TallyLayout {
    /// The layout for decisions in these seats: `decisions[turn][decision]`.
    pub(crate) fn new(
        scenario: &Scenario,
        game: &Game,
        numbers: &Numbers,
        decisions: &[Vec<Vec<SeatId>>],
    ) -> Self {
        let levels: Vec<usize> = game.blueprint.levels.iter().copied().collect();
        let mut at = 0;
        let mut place = |seats: &Vec<SeatId>| {
            let moves: Vec<usize> = seats.iter().map(|&s| game.blueprint.seats[s].moves).collect();
            let begin = at;
            at += moves.iter().map(|m| m + 1).product::<usize>();
            (begin, CodedSeats { seats: seats.clone(), moves })
        };
        let codes = decisions.iter().map(|row| row.iter().map(&mut place).collect()).collect();
        let factors = (0..scenario.measures.len()).map(|at| scenario.ratios(Measure::Defined(at)));
        let factors: Vec<Vec<Ratio>> = factors.collect();
        let ratio = |(at, factors): (usize, &Vec<Ratio>)| match factors[..] {
            [ratio] => ratio,
            _ => Ratio { above: Sum::Own(at), below: Sum::Plays },
        };
        let classes: Vec<usize> = game.blueprint.classes.iter().map(|class| class.outcomes.len()).collect();
        Self {
            joint: classes.iter().product(),
            classes,
            turns: game.blueprint.turns,
            first_level: first_levels(&levels),
            levels_in_all: levels.iter().sum(),
            levels,
            codes,
            codes_in_all: at,
            accumulators: Accumulators::new(scenario),
            ever: scenario.measures.iter().map(|measure| measure.ever).collect(),
            ratios: (0..).zip(&factors).map(ratio).collect(),
            real: scenario.measures.iter().map(|measure| measure.per.is_some()).collect(),
            products: factors.iter().filter(|factors| factors.len() > 1).cloned().collect(),
            values: numbers.values.clone(),
        }
    }
}

/// Where each variable's levels begin if those of all variables stand in a row.
fn first_levels(levels: &[usize]) -> Vec<usize> {
    let mut first = 0;
    let of_variable = |n: &usize| {
        first += n;
        first - n
    };
    levels.iter().map(of_variable).collect()
}

impl TallyLayout {
    /// The move that was made in a seat, if its issue was open.
    #[must_use]
    pub fn made(&self, turn: &Turn<'_>, seat: SeatId) -> Option<MoveId> {
        let mut decisions = self.codes[turn.turn].iter().zip(turn.codes);
        decisions.find_map(|((_, coded), code)| {
            let at = coded.seats.iter().position(|&s| s == seat)?;
            decode(*code, &coded.moves)[at]
        })
    }

    /// What a play has of a defined measure, before it is divided.
    pub(super) fn own(&self, end: &PlayEnd<'_>, measure: MeasureId) -> f64 {
        let sum = end.accumulated[self.accumulators.measure(measure).index()];
        if self.ever[measure] { f64::from(u8::from(sum > 0.0)) } else { sum }
    }
}
