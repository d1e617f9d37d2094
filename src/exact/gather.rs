//! Probabilities gathered by cell, in the order in which cells are met.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::game::compact;

/// More cells than this are looked up by hash instead of in a table.
pub(super) const DENSE: usize = 1 << 16;

/// Cells with their probabilities.
pub(super) type CellProbabilities = Vec<(usize, f64)>;

/// Where each cell was last put in a list. What stands here counts only where the list bears it out, so nothing
/// has to be wiped out before another list is begun.
#[derive(Debug)]
pub(super) enum CellIndex {
    Dense(Vec<u32>),
    Hashed(FxHashMap<usize, u32>),
}

/// Not in any list.
const NOWHERE: u32 = u32::MAX;

impl CellIndex {
    /// Of so many cells.
    pub(super) fn new(cells: usize) -> Self {
        if cells <= DENSE { Self::Dense(vec![NOWHERE; cells]) } else { Self::Hashed(FxHashMap::default()) }
    }

    /// Adds `weight` times the probabilities of cells to theirs in a list that has each cell once.
    pub(super) fn add_all(&mut self, list: &mut CellProbabilities, cells: &[(usize, f64)], weight: f64) {
        match self {
            Self::Dense(places) => {
                for &(cell, p) in cells {
                    add(list, 0, &mut places[cell], cell, weight * p);
                }
            }
            Self::Hashed(places) => {
                for &(cell, p) in cells {
                    add(list, 0, places.entry(cell).or_insert(NOWHERE), cell, weight * p);
                }
            }
        }
    }

    /// Appends to a list where a range of its cells leads if an effect fires with a chance: each stays, or goes
    /// `after`. What is appended has each cell once.
    pub(super) fn fire(
        &mut self,
        list: &mut CellProbabilities,
        range: Range<usize>,
        chance: f64,
        after: impl Fn(usize) -> usize,
    ) {
        let first = list.len();
        list.reserve(2 * range.len());
        match self {
            Self::Dense(places) => fire(list, range, chance, after, |list, cell, p| {
                add(list, first, &mut places[cell], cell, p);
            }),
            Self::Hashed(places) => fire(list, range, chance, after, |list, cell, p| {
                add(list, first, places.entry(cell).or_insert(NOWHERE), cell, p);
            }),
        }
    }
}

/// Adds a probability to that of the cell whose place is given, among those of the list from `first` on.
#[inline]
fn add(list: &mut CellProbabilities, first: usize, place: &mut u32, cell: usize, p: f64) {
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
    list: &mut CellProbabilities,
    range: Range<usize>,
    chance: f64,
    after: impl Fn(usize) -> usize,
    mut add: impl FnMut(&mut CellProbabilities, usize, f64),
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
    use super::{CellIndex, DENSE};

    #[test]
    fn places_of_an_earlier_list_do_not_count_in_a_later_one() {
        for cells in [4, DENSE + 1] {
            let mut places = CellIndex::new(cells);
            for start in [0, 1, 0] {
                let mut list = vec![(start, 1.0)];
                places.fire(&mut list, 0..1, 0.25, |cell| cell ^ 1);
                let after_one = [(start, 0.75), (start ^ 1, 0.25)];
                assert_eq!(list[1..], after_one, "{cells} cells, from {start}");
                places.fire(&mut list, 1..3, 0.5, |_| 1);
                let one = if start == 0 { (1, 0.625) } else { (0, 0.125) };
                let first = if start == 0 { (0, 0.375) } else { (1, 0.875) };
                assert_eq!(list[3..], [first, one], "{cells} cells, from {start}");
            }
        }
    }
}
