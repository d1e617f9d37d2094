//! Counts over plays: integers, so that any order of adding gives the same.

use serde::{Deserialize, Serialize};

use super::observe::{Observer, PlayEnd, Turn};
use super::sums::PlaySums;
use super::tally_layout::{CodedSeats, TallyLayout, decode};
use crate::game::Code;
use crate::scenario::Levels;
use crate::stats::{ProductMoments, RatioMoments};

/// What is counted over plays of one game. Counts are integers and add up in any order; the sums of
/// scores and measures do not, so whoever merges tallies does so in the order of their replications.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// The plays.
    pub plays: u64,
    /// `outcomes[class][outcome]`
    pub outcomes: Vec<Vec<u64>>,
    /// Combinations of outcomes.
    pub joint: Vec<u64>,
    /// `lengths[turns]`: plays of that many turns.
    pub lengths: Vec<u64>,
    /// Scores, one for each actor, then measures.
    pub accumulators: Vec<RatioMoments>,
    /// Measures that are divided by a ratio, in the scenario's order; their accumulators are not divided.
    pub products: Vec<ProductMoments>,
    /// Counts of levels in each turn, before stopped plays are carried on.
    levels: Vec<u64>,
    /// Final levels of plays that stopped after some turn.
    stopped: Vec<u64>,
    codes: Vec<u64>,
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(layout: &TallyLayout) -> Self {
        let rows = (layout.turns + 1) * layout.levels_in_all;
        Self {
            plays: 0,
            outcomes: layout.classes.iter().map(|&outcomes| vec![0; outcomes]).collect(),
            joint: vec![0; layout.joint],
            lengths: vec![0; layout.turns + 1],
            accumulators: vec![RatioMoments::default(); layout.accumulators.len()],
            products: layout.products.iter().map(|factors| ProductMoments::new(factors.len())).collect(),
            levels: vec![0; rows],
            stopped: vec![0; rows],
            codes: vec![0; layout.codes_in_all],
        }
    }

    /// Whether it has as many counts of each sort as a tally of this layout.
    #[must_use]
    pub fn fits(&self, layout: &TallyLayout) -> bool {
        let new = Self::new(layout);
        let sizes = |tally: &Self| {
            let rows: Vec<usize> = tally.outcomes.iter().map(Vec::len).collect();
            let counts = [&tally.joint, &tally.lengths, &tally.levels, &tally.stopped, &tally.codes];
            (rows, counts.map(Vec::len), tally.accumulators.len())
        };
        let factors = self.products.len() == new.products.len()
            && self.products.iter().zip(&new.products).all(|(mine, new)| mine.fits(new));
        factors && sizes(self) == sizes(&new)
    }

    /// Adds what another tally of the same layout has counted.
    pub fn merge(&mut self, other: &Self) {
        self.plays += other.plays;
        for (mine, theirs) in self.outcomes.iter_mut().zip(&other.outcomes) {
            add(mine, theirs);
        }
        add(&mut self.joint, &other.joint);
        add(&mut self.lengths, &other.lengths);
        add(&mut self.levels, &other.levels);
        add(&mut self.stopped, &other.stopped);
        add(&mut self.codes, &other.codes);
        for (mine, theirs) in self.accumulators.iter_mut().zip(&other.accumulators) {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.products.iter_mut().zip(&other.products) {
            mine.merge(theirs);
        }
    }

    /// How many plays stand at each level after each turn, 0 being the start:
    /// `[turn][variable][level]`. A stopped play stays where it stopped.
    #[must_use]
    pub fn levels(&self, layout: &TallyLayout) -> Vec<Vec<Vec<u64>>> {
        let mut stopped = vec![0; layout.levels_in_all];
        let rows = self
            .levels
            .chunks(layout.levels_in_all.max(1))
            .zip(self.stopped.chunks(layout.levels_in_all.max(1)));
        let by_variable = |row: Vec<u64>| -> Vec<Vec<u64>> {
            let counts = layout.first_level.iter().zip(&layout.levels);
            counts.map(|(&first, &n)| row[first..first + n].to_vec()).collect()
        };
        rows.map(|(now, stops)| {
            let row = now.iter().zip(&stopped).map(|(a, b)| a + b).collect();
            add(&mut stopped, stops);
            by_variable(row)
        })
        .collect()
    }

    /// How often each move was made in each turn: `[turn][seat][move]`.
    #[must_use]
    pub fn moves(&self, layout: &TallyLayout, moves: &[usize]) -> Vec<Vec<Vec<u64>>> {
        let row = |decisions: &Vec<(usize, CodedSeats)>| {
            let mut row: Vec<Vec<u64>> = moves.iter().map(|&n| vec![0; n]).collect();
            for (begin, coded) in decisions {
                let codes: usize = coded.moves.iter().map(|m| m + 1).product();
                for code in 0..codes {
                    let count = self.codes[begin + code];
                    let made = decode(Code::new(code), &coded.moves);
                    for (seat, made) in coded.seats.iter().zip(made) {
                        if let Some(made) = made {
                            row[seat.index()][made.index()] += count;
                        }
                    }
                }
            }
            row
        };
        layout.codes.iter().map(row).collect()
    }
}

fn add(mine: &mut [u64], theirs: &[u64]) {
    for (a, b) in mine.iter_mut().zip(theirs) {
        *a += b;
    }
}

/// Counts plays into a tally.
#[derive(Debug)]
pub struct Counting<'l> {
    layout: &'l TallyLayout,
    /// What was counted.
    pub tally: Tally,
    sums: PlaySums<'l>,
}

impl<'l> Counting<'l> {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(layout: &'l TallyLayout) -> Self {
        let sums = PlaySums::new(layout, layout.products.iter().flatten());
        Self { layout, tally: Tally::new(layout), sums }
    }

    #[inline(always)]
    fn count_levels(counts: &mut [u64], layout: &TallyLayout, turns: usize, levels: &Levels) {
        let levels = levels.as_slice();
        let row = &mut counts[turns * layout.levels_in_all..][..layout.levels_in_all];
        let first = &layout.first_level[..levels.len()];
        for variable in 0..levels.len() {
            row[first[variable] + levels[variable].index()] += 1;
        }
    }
}

impl Observer for Counting<'_> {
    const SCORES: bool = true;

    fn start(&mut self, play: usize, turns: usize, levels: &Levels) {
        self.sums.start(play);
        Self::count_levels(&mut self.tally.levels, self.layout, turns, levels);
    }

    #[inline(always)]
    fn turn(&mut self, turn: &Turn<'_>) {
        for ((begin, _), code) in self.layout.codes[turn.turn].iter().zip(turn.codes) {
            self.tally.codes[begin + code.index()] += 1;
        }
        Self::count_levels(&mut self.tally.levels, self.layout, turn.turn + 1, turn.after);
        self.sums.turn(turn);
    }

    #[inline(always)]
    fn end(&mut self, end: &PlayEnd<'_>) {
        let tally = &mut self.tally;
        tally.plays += 1;
        tally.lengths[end.turns] += 1;
        let mut joint = 0;
        for ((counts, &outcome), size) in
            tally.outcomes.iter_mut().zip(end.outcomes).zip(&self.layout.classes)
        {
            counts[outcome.index()] += 1;
            joint = joint * size + outcome.index();
        }
        tally.joint[joint] += 1;
        Self::count_levels(&mut tally.stopped, self.layout, end.turns, end.levels);
        let (scores, measures) = tally.accumulators.split_at_mut(self.layout.accumulators.scores());
        for (sums, score) in scores.iter_mut().zip(end.accumulated) {
            sums.push_near(*score, 1.0);
        }
        let ratios = self.layout.ratios.iter().zip(&self.layout.real);
        for (sums, (ratio, real)) in measures.iter_mut().zip(ratios) {
            let (n, d) = self.sums.read(end, *ratio);
            if *real { sums.push_near(n, d) } else { sums.push(n, d) }
        }
        for (product, factors) in tally.products.iter_mut().zip(&self.layout.products) {
            let factors: Vec<(f64, f64)> =
                factors.iter().map(|factor| self.sums.read(end, *factor)).collect();
            product.push_near(&factors);
        }
    }
}
