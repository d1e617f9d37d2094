//! Which effects fire, and what they change.

use super::bits::GroupPlace;
use super::chance::{Address, Addresses, RandomWords};
use super::cumulative_rows::threshold;
use super::observe::BATCH;
use crate::game::CellId;
use crate::scenario::{EffectId, IdVec, LevelId, Levels, Numbers, Scenario, Slots, VariableId};

/// For each play of a batch, those of 64 effects whose chance says yes, as bits.
pub(crate) type FiringMask = [u64; BATCH];

/// The effects of a scenario under one draw, in file order.
#[derive(Debug)]
pub(crate) struct EffectTable {
    /// For each effect its word, and the threshold below which that makes it fire.
    thresholds: Vec<(Address, u32)>,
    /// Effects that fire whatever their word is.
    certain: Vec<u64>,
    /// The first change of each effect, and at last the number of all.
    first: Vec<usize>,
    changes: Vec<VariableChange>,
    /// For each change, where it leads from each level.
    levels_after: Vec<LevelAfter>,
}

/// What an effect does to one variable.
#[derive(Clone, Copy, Debug)]
struct VariableChange {
    variable: VariableId,
    /// Where its row in [`EffectTable::levels_after`] begins.
    levels_after: usize,
    /// The variable's group.
    group: usize,
}

/// Where a change leads from one level.
#[derive(Clone, Copy, Debug)]
struct LevelAfter {
    level: LevelId,
    /// What that adds to the cell of the variable's group.
    cell_change: isize,
}

impl EffectTable {
    /// Lays out the effects of a scenario; `places` are as in [`ConditionBits`](super::bits::ConditionBits).
    pub(crate) fn new(
        scenario: &Scenario,
        slots: &Slots,
        addresses: &Addresses,
        numbers: &Numbers,
        places: &IdVec<VariableId, GroupPlace>,
    ) -> Self {
        let mut chances = Self {
            thresholds: Vec::new(),
            certain: vec![0; scenario.effects.len().div_ceil(64)],
            first: vec![0],
            changes: Vec::new(),
            levels_after: Vec::new(),
        };
        for (at, (effect, chance)) in scenario.effects.iter().zip(&numbers.chances).enumerate() {
            let word = slots.turn(&effect.path).map_or(Address::NONE, |slot| addresses.turn(slot));
            let below = u32::try_from(threshold(*chance)).unwrap_or_else(|_| {
                chances.certain[at / 64] |= 1 << (at % 64);
                u32::MAX
            });
            chances.thresholds.push((word, below));
            for &(variable, change) in &effect.changes {
                let levels = scenario.variables[variable.index()].levels.len();
                let GroupPlace { group, stride } = places[variable];
                chances.changes.push(VariableChange {
                    variable,
                    levels_after: chances.levels_after.len(),
                    group,
                });
                chances.levels_after.extend((0..levels).map(|before| {
                    let level = change.apply(LevelId::new(before), levels);
                    let up = level.index().cast_signed() - before.cast_signed();
                    LevelAfter { level, cell_change: stride.cast_signed() * up }
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

    /// Finds the effects whose chance says yes in a turn, for all plays of the batch: whether or not they are active, for to ask
    /// that first would cost more than the comparison.
    #[inline(always)]
    pub(crate) fn find_firing_masks(
        &self,
        words: &RandomWords,
        turn: usize,
        firing_masks: &mut [FiringMask],
    ) {
        let halves = self.thresholds.chunks(32).map(|half| below(half, words, turn));
        for (at, half) in halves.enumerate() {
            let firing_masks = &mut firing_masks[at / 2];
            for play in 0..BATCH {
                let bits = u64::from(half[play]);
                firing_masks[play] =
                    if at % 2 == 0 { bits | self.certain[at / 2] } else { firing_masks[play] | bits << 32 };
            }
        }
    }

    /// Changes the levels, and the cells of their groups, as an effect does.
    #[inline(always)]
    pub(crate) fn apply(&self, effect: EffectId, levels: &mut Levels, cells: &mut [CellId]) {
        // As slices, so that where they stand in memory is not looked up again after every change.
        let (leads, levels) = (self.levels_after.as_slice(), levels.as_mut_slice());
        for change in &self.changes[self.first[effect.index()]..self.first[effect.index() + 1]] {
            let level = &mut levels[change.variable.index()];
            let lead = leads[change.levels_after + level.index()];
            *level = lead.level;
            let cell = &mut cells[change.group];
            *cell = cell.moved(lead.cell_change);
        }
    }
}

/// For each play of a batch, which of some words are below their thresholds, as bits.
#[inline(always)]
fn below(thresholds: &[(Address, u32)], words: &RandomWords, turn: usize) -> [u32; BATCH] {
    let mut bits = [0; BATCH];
    for (at, &(address, threshold)) in thresholds.iter().enumerate() {
        let words = words.at(address, turn);
        for play in 0..BATCH {
            bits[play] |= u32::from(words[play] < threshold) << at;
        }
    }
    bits
}
