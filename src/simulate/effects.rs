//! Which effects fire, and what they change.

use super::chance::{Address, Addresses, Words};
use super::observe::BOARDS;
use super::picks::threshold;
use crate::scenario::{Numbers, Scenario, Slots};

/// For each board, those of 64 effects whose chance says yes, as bits.
pub(crate) type Lucky = [u64; BOARDS];

/// The effects of a scenario under one draw, in file order.
#[derive(Debug)]
pub(crate) struct Chances {
    /// For each effect its word, and the threshold below which that makes it fire.
    thresholds: Vec<(Address, u32)>,
    /// Effects that fire whatever their word is.
    certain: Vec<u64>,
    /// The first change of each effect, and at last the number of all.
    first: Vec<usize>,
    changes: Vec<Change>,
    /// For each change, where it leads from each level.
    leads: Vec<Lead>,
}

/// What an effect does to one variable.
#[derive(Clone, Copy, Debug)]
struct Change {
    variable: usize,
    /// Where its row in [`Chances::leads`] begins.
    leads: usize,
    /// The variable's group.
    group: usize,
}

/// Where a change leads from one level.
#[derive(Clone, Copy, Debug)]
struct Lead {
    level: usize,
    /// What that adds to the cell of the variable's group; wraps around.
    moved: usize,
}

impl Chances {
    /// Lays out the effects of a scenario; `places` are as in [`Bits`](super::bits::Bits).
    pub(crate) fn new(
        scenario: &Scenario,
        (slots, addresses): (&Slots, &Addresses),
        numbers: &Numbers,
        places: &[(usize, usize)],
    ) -> Self {
        let mut chances = Self {
            thresholds: Vec::new(),
            certain: vec![0; scenario.effects.len().div_ceil(64)],
            first: vec![0],
            changes: Vec::new(),
            leads: Vec::new(),
        };
        for (at, (effect, chance)) in scenario.effects.iter().zip(&numbers.chances).enumerate() {
            let word = slots.turn(&effect.path).map_or(Address::NONE, |slot| addresses.turn(slot));
            let below = u32::try_from(threshold(*chance)).unwrap_or_else(|_| {
                chances.certain[at / 64] |= 1 << (at % 64);
                u32::MAX
            });
            chances.thresholds.push((word, below));
            for (variable, change) in &effect.changes {
                let variable = variable.index();
                let levels = scenario.variables[variable].levels.len();
                let (group, stride) = places[variable];
                chances.changes.push(Change { variable, leads: chances.leads.len(), group });
                chances.leads.extend((0..levels).map(|before| {
                    let level = change.apply(before, levels);
                    Lead { level, moved: stride.wrapping_mul(level.wrapping_sub(before)) }
                }));
            }
            chances.first.push(chances.changes.len());
        }
        chances
    }

    /// How many words the bits of effects take.
    pub(crate) fn words(&self) -> usize {
        self.certain.len()
    }

    /// Finds the effects whose chance says yes in a turn, on all boards.
    #[inline(always)]
    pub(crate) fn find_lucky(&self, words: &Words, turn: usize, lucky: &mut [Lucky]) {
        let halves = self.thresholds.chunks(32).map(|half| below(half, words, turn));
        for (at, half) in halves.enumerate() {
            let lucky = &mut lucky[at / 2];
            for board in 0..BOARDS {
                let bits = u64::from(half[board]);
                lucky[board] =
                    if at % 2 == 0 { bits | self.certain[at / 2] } else { lucky[board] | bits << 32 };
            }
        }
    }

    /// Changes the levels, and the cells of their groups, as an effect does.
    #[inline(always)]
    pub(crate) fn apply(&self, effect: usize, levels: &mut [usize], cells: &mut [usize]) {
        let leads = self.leads.as_slice();
        for change in &self.changes[self.first[effect]..self.first[effect + 1]] {
            let level = &mut levels[change.variable];
            let lead = leads[change.leads + *level];
            *level = lead.level;
            let cell = &mut cells[change.group];
            *cell = cell.wrapping_add(lead.moved);
        }
    }
}

/// For each board, which of some words are below their thresholds, as bits.
#[inline(always)]
fn below(thresholds: &[(Address, u32)], words: &Words, turn: usize) -> [u32; BOARDS] {
    let mut bits = [0; BOARDS];
    for (at, &(address, threshold)) in thresholds.iter().enumerate() {
        let words = words.at(address, turn);
        for board in 0..BOARDS {
            bits[board] |= u32::from(words[board] < threshold) << at;
        }
    }
    bits
}
