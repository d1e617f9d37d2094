//! Which effects fire, and what they change.

use super::chance::{SLACK, Words};
use super::picks::threshold;
use crate::scenario::{Numbers, Scenario, Slots};

/// Chances are compared so many at a time.
const STEP: usize = 8;

/// The effects of a scenario under one draw, in file order.
#[derive(Debug)]
pub(crate) struct Chances {
    words: Places,
    /// An effect fires where its word is below; padded to whole steps by what never fires.
    thresholds: Vec<u32>,
    /// Effects that fire whatever their word is.
    certain: Vec<u64>,
    /// The first change of each effect, and at last the number of all.
    first: Vec<usize>,
    changes: Vec<Change>,
    levels_after: Vec<usize>,
}

/// Where the words of effects stand among those of a turn.
#[derive(Debug)]
enum Places {
    /// One behind the other, as a scenario without overlays has them.
    From(usize),
    /// Anywhere.
    At(Vec<usize>),
}

/// What an effect does to one variable.
#[derive(Clone, Copy, Debug)]
struct Change {
    variable: usize,
    /// Where, in [`Chances::levels_after`], the level after each level before stands.
    after: usize,
    /// The variable's group, and what one level up adds to the group's cell.
    group: usize,
    stride: usize,
}

impl Chances {
    /// Lays out the effects of a scenario; `places` are as in [`Bits`](super::bits::Bits).
    pub(crate) fn new(
        scenario: &Scenario,
        slots: &Slots,
        numbers: &Numbers,
        places: &[(usize, usize)],
    ) -> Self {
        let at: Vec<usize> = scenario
            .effects
            .iter()
            .map(|effect| slots.turn(&effect.path).map_or(0, |slot| Words::place(slots, slot)))
            .collect();
        let mut chances = Self {
            words: match at.first() {
                Some(&from) if at.iter().enumerate().any(|(n, &place)| place != from + n) => Places::At(at),
                first => Places::From(first.copied().unwrap_or(0)),
            },
            thresholds: vec![0; scenario.effects.len().next_multiple_of(STEP)],
            certain: vec![0; scenario.effects.len().div_ceil(64)],
            first: vec![0],
            changes: Vec::new(),
            levels_after: Vec::new(),
        };
        for (at, (effect, chance)) in scenario.effects.iter().zip(&numbers.chances).enumerate() {
            match u32::try_from(threshold(*chance)) {
                Ok(below) => chances.thresholds[at] = below,
                Err(_) => chances.certain[at / 64] |= 1 << (at % 64),
            }
            for (variable, change) in &effect.changes {
                let variable = variable.index();
                let levels = scenario.variables[variable].levels.len();
                let (group, stride) = places[variable];
                let after = chances.levels_after.len();
                chances.changes.push(Change { variable, after, group, stride });
                chances.levels_after.extend((0..levels).map(|level| change.apply(level, levels)));
            }
            chances.first.push(chances.changes.len());
        }
        chances
    }

    /// How many words the bits of effects take.
    #[inline]
    pub(crate) fn words(&self) -> usize {
        self.certain.len()
    }

    /// The effects of the 64 from `64 * at` on whose chance says yes, as bits.
    #[inline]
    pub(crate) fn lucky(&self, at: usize, words: &[u32]) -> u64 {
        const { assert!(SLACK >= STEP, "a step may read beyond the last effect's word") }
        let thresholds = &self.thresholds[at * 64..];
        let thresholds = &thresholds[..thresholds.len().min(64)];
        let below = match &self.words {
            Places::From(from) => below(&words[from + at * 64..], thresholds),
            Places::At(places) => {
                let mut gathered = [0; 64];
                for (word, &place) in gathered.iter_mut().zip(&places[at * 64..]) {
                    *word = words[place];
                }
                below(&gathered, thresholds)
            }
        };
        below | self.certain[at]
    }

    /// Changes the levels, and the cells of their groups, as an effect does.
    #[inline]
    pub(crate) fn apply(&self, effect: usize, levels: &mut [usize], cells: &mut [usize]) {
        for change in &self.changes[self.first[effect]..self.first[effect + 1]] {
            let level = &mut levels[change.variable];
            let after = self.levels_after[change.after + *level];
            let moved = change.stride.wrapping_mul(after.wrapping_sub(*level));
            cells[change.group] = cells[change.group].wrapping_add(moved);
            *level = after;
        }
    }
}

/// Which words are below their thresholds, as bits.
#[inline]
fn below(words: &[u32], thresholds: &[u32]) -> u64 {
    let steps = words.as_chunks::<STEP>().0.iter().zip(thresholds.as_chunks::<STEP>().0);
    let mut all = 0;
    for (at, (words, thresholds)) in steps.enumerate() {
        let mut bits = 0;
        for (bit, (word, threshold)) in words.iter().zip(thresholds).enumerate() {
            bits |= u32::from(word < threshold) << bit;
        }
        all |= u64::from(bits) << (at * STEP);
    }
    all
}
