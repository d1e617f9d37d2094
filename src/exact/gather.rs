//! Probabilities gathered by cell, in the order in which cells are met.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::game::{CellId, compact};
use crate::scenario::IdVec;

/// More cells than this are looked up by hash instead of in a table.
pub(super) const DENSE: usize = 1 << 16;

/// Cells with their probabilities, each in the place where it was first met.
///
/// Lists are made by the thousand, most of them short. So no list has an index of its own that would have to be wiped
/// out before the next: one index says where each cell was put last, in whatever list, and is believed only where the
/// list has that cell there.
#[derive(Debug)]
pub(super) struct GatheredCells {
    list: Vec<(CellId, f64)>,
    places: CellPlaces,
}

/// Where each cell was last put in a list.
#[derive(Debug)]
enum CellPlaces {
    Dense(IdVec<CellId, u32>),
    Hashed(FxHashMap<CellId, u32>),
}

/// Not in any list.
const NOWHERE: u32 = u32::MAX;

impl GatheredCells {
    /// An empty list of cells, of which there are so many.
    pub(super) fn new(cells: usize) -> Self {
        let places = if cells <= DENSE {
            CellPlaces::Dense(IdVec::filled(NOWHERE, cells))
        } else {
            CellPlaces::Hashed(FxHashMap::default())
        };
        Self { list: Vec::new(), places }
    }

    /// The list.
    pub(super) fn list(&self) -> &[(CellId, f64)] {
        &self.list
    }

    /// Empties the list.
    pub(super) fn clear(&mut self) {
        self.list.clear();
    }

    /// Empties the list but for one certain cell, from which others are reached.
    pub(super) fn start(&mut self, cell: CellId) {
        self.list.clear();
        self.list.push((cell, 1.0));
    }

    /// Shortens the list.
    pub(super) fn truncate(&mut self, length: usize) {
        self.list.truncate(length);
    }

    /// Adds `weight` times the probabilities of cells to theirs in the list, which has each cell once.
    pub(super) fn add_all(&mut self, cells: &[(CellId, f64)], weight: f64) {
        match &mut self.places {
            CellPlaces::Dense(places) => {
                // As a slice, so that where it stands in memory is not looked up again for every cell.
                let places = places.as_mut_slice();
                for &(cell, p) in cells {
                    add(&mut self.list, 0, &mut places[cell.index()], cell, weight * p);
                }
            }
            CellPlaces::Hashed(places) => {
                for &(cell, p) in cells {
                    add(&mut self.list, 0, places.entry(cell).or_insert(NOWHERE), cell, weight * p);
                }
            }
        }
    }

    /// Appends to the list where a range of its cells leads if an effect fires with a chance: each stays, or goes
    /// `after`. What is appended has each cell once, though it may stand in the list before.
    pub(super) fn fire(&mut self, range: Range<usize>, chance: f64, after: impl Fn(CellId) -> CellId) {
        let list = &mut self.list;
        let first = list.len();
        list.reserve(2 * range.len());
        match &mut self.places {
            CellPlaces::Dense(places) => {
                let places = places.as_mut_slice();
                fire(list, range, chance, after, |list, cell, p| {
                    add(list, first, &mut places[cell.index()], cell, p);
                });
            }
            CellPlaces::Hashed(places) => fire(list, range, chance, after, |list, cell, p| {
                add(list, first, places.entry(cell).or_insert(NOWHERE), cell, p);
            }),
        }
    }
}

/// Adds a probability to that of the cell whose place is given, among those of the list from `first` on.
#[inline]
fn add(list: &mut Vec<(CellId, f64)>, first: usize, place: &mut u32, cell: CellId, p: f64) {
    let at = *place as usize;
    if at >= first
        && let Some((known, sum)) = list.get_mut(at)
        && *known == cell
    {
        *sum += p;
    } else {
        *place = compact(list.len());
        list.push((cell, p));
    }
}

#[inline]
fn fire(
    list: &mut Vec<(CellId, f64)>,
    range: Range<usize>,
    chance: f64,
    after: impl Fn(CellId) -> CellId,
    mut add: impl FnMut(&mut Vec<(CellId, f64)>, CellId, f64),
) {
    for at in range {
        let (cell, p) = list[at];
        if chance < 1.0 {
            add(list, cell, p * (1.0 - chance));
        }
        add(list, after(cell), p * chance);
    }
}

#[cfg(test)]
mod tests {
    use super::{DENSE, GatheredCells};
    use crate::game::CellId;

    #[test]
    fn places_of_an_earlier_list_do_not_count_in_a_later_one() {
        for cells in [4, DENSE + 1] {
            let mut gathered = GatheredCells::new(cells);
            for start in [0, 1, 0] {
                gathered.start(CellId::new(start));
                gathered.fire(0..1, 0.25, |cell| CellId::new(cell.index() ^ 1));
                let cell = |(cell, p): (usize, f64)| (CellId::new(cell), p);
                let after_one = [(start, 0.75), (start ^ 1, 0.25)].map(cell);
                assert_eq!(gathered.list()[1..], after_one, "{cells} cells, from {start}");
                gathered.fire(1..3, 0.5, |_| CellId::new(1));
                let one = if start == 0 { (1, 0.625) } else { (0, 0.125) };
                let first = if start == 0 { (0, 0.375) } else { (1, 0.875) };
                assert_eq!(gathered.list()[3..], [first, one].map(cell), "{cells} cells, from {start}");
            }
        }
    }
}
