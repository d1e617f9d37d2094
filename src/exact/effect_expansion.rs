//! Where sets of effects lead that fire, each with its chance, one after the other.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::clause_diagram::Mask;
use super::gather::{CellIndex, CellProbabilities};
use crate::game::compact;

/// Sets of effects. Where a set leads is found from where it leads without its last effect, so sets that begin
/// alike share the work.
#[derive(Debug)]
pub(super) struct EffectSets {
    /// The sets that were asked for, in their order, as places among the steps.
    pub(super) wanted: Vec<u32>,
    /// For each set, asked for or on the way to one: the set without its last effect, and that effect. The first is
    /// the empty set.
    steps: Vec<(u32, u32)>,
}

impl EffectSets {
    pub(super) fn new(sets: &[Mask]) -> Self {
        let mut known = FxHashMap::from_iter([(0, 0)]);
        let mut steps = vec![(0, 0)];
        let wanted = sets.iter().map(|set| step(*set, &mut steps, &mut known)).collect();
        Self { wanted, steps }
    }
}

/// The place of a set among the steps, a new one if it is not known.
fn step(set: Mask, steps: &mut Vec<(u32, u32)>, known: &mut FxHashMap<Mask, u32>) -> u32 {
    if let Some(step) = known.get(&set) {
        return *step;
    }
    let last = set.ilog2();
    let before = step(set & !(1 << last), steps, known);
    steps.push((before, last));
    let place = compact(steps.len() - 1);
    known.insert(set, place);
    place
}

/// What is remembered is forgotten beyond so many cells: a megabyte.
const REMEMBERED: usize = 1 << 16;

/// Works out where sets of effects lead from one cell, and remembers it for sets that go on from there.
#[derive(Debug)]
pub(super) struct EffectExpansion {
    /// Cells with their probabilities, the start first.
    cells: CellProbabilities,
    /// Where among them each step's stand; nowhere if it is not remembered.
    known: Vec<Range<usize>>,
    places: CellIndex,
    /// Everything that sets so far lead to.
    ends: CellProbabilities,
    end_places: CellIndex,
}

impl EffectExpansion {
    /// For variables that have so many cells together.
    pub(super) fn new(cells: usize) -> Self {
        let (places, end_places) = (CellIndex::new(cells), CellIndex::new(cells));
        Self { cells: Vec::new(), known: Vec::new(), places, ends: Vec::new(), end_places }
    }

    /// Forgets everything, to begin with some sets at a cell.
    pub(super) fn begin(&mut self, sets: &EffectSets, start: usize) {
        self.cells.clear();
        self.cells.push((start, 1.0));
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
        fire: &impl Fn(usize, &mut CellIndex, &mut CellProbabilities, Range<usize>),
    ) {
        if self.cells.len() > REMEMBERED {
            self.cells.truncate(1);
            self.known.fill(0..0);
        }
        let reached = self.reached(sets, set, fire);
        self.end_places.add_all(&mut self.ends, &self.cells[reached], probability);
    }

    /// The cells to which everything so far leads.
    pub(super) fn ends(&self) -> &[(usize, f64)] {
        &self.ends
    }

    fn reached(
        &mut self,
        sets: &EffectSets,
        set: u32,
        fire: &impl Fn(usize, &mut CellIndex, &mut CellProbabilities, Range<usize>),
    ) -> Range<usize> {
        if set == 0 {
            return 0..1;
        }
        let known = &self.known[set as usize];
        if !known.is_empty() {
            return known.clone();
        }
        let (before, last) = sets.steps[set as usize];
        let before = self.reached(sets, before, fire);
        let first = self.cells.len();
        fire(last as usize, &mut self.places, &mut self.cells, before);
        self.known[set as usize] = first..self.cells.len();
        first..self.cells.len()
    }
}
