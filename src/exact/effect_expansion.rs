//! Where sets of effects lead that fire, each with its chance, one after the other.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::gather::GatheredCells;
use crate::game::{CellId, compact};

/// Sets of effects. Where a set leads is found from where it leads without its last effect, so sets that begin
/// alike share the work.
#[derive(Debug)]
pub(super) struct EffectSets {
    /// The sets that were asked for, in their order, as places among the steps.
    pub(super) wanted: Vec<u32>,
    /// A step for each set that was asked for or is on the way to one. The first is the empty set.
    steps: Vec<Step>,
}

/// A set of effects, made of a smaller one.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The set without its last effect, by its place among the steps.
    before: u32,
    /// That effect, by its place among the component's. Effects apply in file order, each to what those before it
    /// left, so it is the last that is taken off.
    last: u32,
}

impl EffectSets {
    /// These sets, each given by its effects' places among the component's, ascending.
    pub(super) fn new(sets: &[Vec<u32>]) -> Self {
        let mut known = FxHashMap::from_iter([(&[][..], 0)]);
        let mut steps = vec![Step { before: 0, last: 0 }];
        let wanted = sets.iter().map(|set| step(set, &mut steps, &mut known)).collect();
        Self { wanted, steps }
    }
}

/// The place of a set among the steps, a new one if it is not known.
fn step<'s>(set: &'s [u32], steps: &mut Vec<Step>, known: &mut FxHashMap<&'s [u32], u32>) -> u32 {
    if let Some(step) = known.get(set) {
        return *step;
    }
    // The empty set is known.
    let Some((&last, before)) = set.split_last() else { return 0 };
    let before = step(before, steps, known);
    steps.push(Step { before, last });
    let place = compact(steps.len() - 1);
    known.insert(set, place);
    place
}

/// What is remembered is forgotten beyond so many cells: a megabyte.
const REMEMBERED: usize = 1 << 16;

/// Works out where sets of effects lead from one cell, and remembers it for sets that go on from there.
#[derive(Debug)]
pub(super) struct EffectExpansion {
    /// The start, and behind it what each step that is remembered leads to.
    reached: GatheredCells,
    /// Where each step's cells stand among those; nowhere if it is not remembered.
    known: Vec<Range<usize>>,
    /// Everything that sets so far lead to.
    ends: GatheredCells,
}

impl EffectExpansion {
    /// For variables that have so many cells together.
    pub(super) fn new(cells: usize) -> Self {
        Self { reached: GatheredCells::new(cells), known: Vec::new(), ends: GatheredCells::new(cells) }
    }

    /// Forgets everything, to begin with some sets at a cell.
    pub(super) fn begin(&mut self, sets: &EffectSets, start: CellId) {
        self.reached.start(start);
        self.ends.clear();
        self.known.clear();
        self.known.resize(sets.steps.len(), 0..0);
    }

    /// Adds where a set leads that is active with a probability. `fire` appends to a list where a range of its cells
    /// leads if an effect, given by its place, fires with its chance.
    pub(super) fn add(
        &mut self,
        sets: &EffectSets,
        set: u32,
        probability: f64,
        fire: &impl Fn(usize, &mut GatheredCells, Range<usize>),
    ) {
        // Only between sets: a set that is being worked out needs the steps on its way.
        if self.reached.list().len() > REMEMBERED {
            self.reached.truncate(1);
            self.known.fill(0..0);
        }
        let cells = self.reached(sets, set, fire);
        self.ends.add_all(&self.reached.list()[cells], probability);
    }

    /// The cells to which everything so far leads.
    pub(super) fn ends(&self) -> &[(CellId, f64)] {
        self.ends.list()
    }

    /// Where the cells stand to which a step leads. Steps are as many as a set has effects, so recursion is flat.
    fn reached(
        &mut self,
        sets: &EffectSets,
        set: u32,
        fire: &impl Fn(usize, &mut GatheredCells, Range<usize>),
    ) -> Range<usize> {
        // The empty set stays at the start.
        if set == 0 {
            return 0..1;
        }
        let known = &self.known[set as usize];
        // What is remembered is never empty: a step leads somewhere.
        if !known.is_empty() {
            return known.clone();
        }
        let Step { before, last } = sets.steps[set as usize];
        let before = self.reached(sets, before, fire);
        let first = self.reached.list().len();
        fire(last as usize, &mut self.reached, before);
        self.known[set as usize] = first..self.reached.list().len();
        first..self.reached.list().len()
    }
}
