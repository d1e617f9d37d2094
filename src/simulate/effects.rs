//! Which effects fire, and what they change.

use wide::u32x8;

use super::chance::{SLACK, Words};
use super::picks::threshold;
use crate::scenario::{Numbers, Scenario, Slots};

/// Chances are compared so many at a time.
const STEP: usize = 8;

/// Steps whose bits fill a word.
const STEPS: usize = 64 / STEP;

/// The effects of a scenario under one draw, in file order.
#[derive(Debug)]
pub(crate) struct Chances {
    words: Places,
    /// Padded to whole steps by what never fires.
    steps: Vec<Step>,
    /// Effects that fire whatever their word is.
    certain: Vec<u64>,
    /// The first change of each effect, and at last the number of all.
    first: Vec<usize>,
    changes: Vec<Change>,
    /// For each change, where it leads from each level.
    leads: Vec<Lead>,
}

/// Where the words of effects stand among those of a turn.
#[derive(Debug)]
enum Places {
    /// One behind the other, as a scenario without overlays has them.
    From(usize),
    /// Anywhere.
    At(Vec<usize>),
}

/// The thresholds of some effects: each fires where its word is below.
type Step = [u32; STEP];

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
            steps: vec![[0; STEP]; scenario.effects.len().div_ceil(STEP)],
            certain: vec![0; scenario.effects.len().div_ceil(64)],
            first: vec![0],
            changes: Vec::new(),
            leads: Vec::new(),
        };
        for (at, (effect, chance)) in scenario.effects.iter().zip(&numbers.chances).enumerate() {
            match u32::try_from(threshold(*chance)) {
                Ok(below) => chances.steps[at / STEP][at % STEP] = below,
                Err(_) => chances.certain[at / 64] |= 1 << (at % 64),
            }
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
    #[inline(always)]
    pub(crate) fn words(&self) -> usize {
        self.certain.len()
    }

    /// The effects of the 64 from `64 * at` on whose chance says yes, as bits.
    #[inline(always)]
    pub(crate) fn lucky(&self, at: usize, words: &[u32]) -> u64 {
        const { assert!(SLACK >= STEP, "a step may read beyond the last effect's word") }
        let steps = &self.steps[at * STEPS..];
        let below = match &self.words {
            Places::From(from) => below(&words[from + at * 64..], steps),
            Places::At(places) => {
                let mut gathered = [0; 64];
                for (word, &place) in gathered.iter_mut().zip(&places[at * 64..]) {
                    *word = words[place];
                }
                below(&gathered, steps)
            }
        };
        below | self.certain[at]
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

/// Which of the first 64 words are below their thresholds, as bits.
#[inline(always)]
fn below(words: &[u32], steps: &[Step]) -> u64 {
    let steps = &steps[..steps.len().min(STEPS)];
    let words = &words.as_chunks().0[..steps.len()];
    let mut all = 0;
    for at in (0..steps.len()).rev() {
        let below = u32x8::new(words[at]).simd_lt(u32x8::new(steps[at]));
        all = all << STEP | u64::from(below.to_bitmask());
    }
    all
}
