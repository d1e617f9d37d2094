//! Where sets of effects lead that fire, each with its chance, one after the other.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::gather::Gather;
use super::masks::Mask;

/// What is remembered is forgotten beyond so many cells: a megabyte.
const REMEMBERED: usize = 1 << 16;

/// Works out where sets of effects lead from one cell. Where a set leads is found from where it leads
/// without its last effect, which is remembered, so sets that begin alike share the work.
#[derive(Debug)]
pub(super) struct Fires {
    /// Cells with their probabilities, the start first.
    cells: Vec<(usize, f64)>,
    /// Where among them a set's stand.
    known: FxHashMap<Mask, Range<usize>>,
    next: Gather,
    ends: Gather,
}

impl Fires {
    /// For variables that have so many cells together.
    pub(super) fn new(cells: usize) -> Self {
        let known = FxHashMap::default();
        Self { cells: Vec::new(), known, next: Gather::new(cells), ends: Gather::new(cells) }
    }

    /// Forgets everything, to begin at a cell.
    pub(super) fn begin(&mut self, start: usize) {
        self.cells.clear();
        self.cells.push((start, 1.0));
        self.known.clear();
        self.ends.clear();
    }

    /// Adds where a set leads that is live with a probability. `chance` and `after` are those of an effect
    /// by its place: the chance to fire, and where a cell leads if it does.
    pub(super) fn add(
        &mut self,
        live: Mask,
        probability: f64,
        chance: &impl Fn(usize) -> f64,
        after: &impl Fn(usize, usize) -> usize,
    ) {
        if self.cells.len() > REMEMBERED {
            self.cells.truncate(1);
            self.known.clear();
        }
        let reached = self.reached(live, chance, after);
        self.ends.add_all(&self.cells[reached], probability);
    }

    /// The cells to which everything so far leads.
    pub(super) fn ends(&self) -> &[(usize, f64)] {
        self.ends.list()
    }

    fn reached(
        &mut self,
        live: Mask,
        chance: &impl Fn(usize) -> f64,
        after: &impl Fn(usize, usize) -> usize,
    ) -> Range<usize> {
        let Some(last) = live.checked_ilog2() else { return 0..1 };
        if let Some(known) = self.known.get(&live) {
            return known.clone();
        }
        let before = self.reached(live & !(1 << last), chance, after);
        let last = last as usize;
        let chance = chance(last);
        self.next.fire(&self.cells[before], chance, |cell| after(last, cell));
        let reached = self.cells.len()..self.cells.len() + self.next.list().len();
        self.cells.extend_from_slice(self.next.list());
        self.next.clear();
        self.known.insert(live, reached.clone());
        reached
    }
}
