//! Probabilities gathered by cell, in the order in which cells are met.

use rustc_hash::FxHashMap;

/// More cells than this are looked up by hash instead of in a table.
pub(super) const DENSE: usize = 1 << 16;

/// A list of cells with their probabilities, each cell once.
#[derive(Debug)]
pub(super) struct Gather {
    list: Vec<(usize, f64)>,
    places: Places,
}

/// Where each cell stands in the list, if it does.
#[derive(Debug)]
enum Places {
    Dense(Vec<u32>),
    Hashed(FxHashMap<usize, u32>),
}

/// Not in the list.
const NOWHERE: u32 = u32::MAX;

impl Gather {
    /// Nothing yet, of so many cells.
    pub(super) fn new(cells: usize) -> Self {
        let places = if cells <= DENSE {
            Places::Dense(vec![NOWHERE; cells])
        } else {
            Places::Hashed(FxHashMap::default())
        };
        Self { list: Vec::new(), places }
    }

    /// Adds `weight` times the probabilities of cells to theirs here.
    pub(super) fn add_all(&mut self, cells: &[(usize, f64)], weight: f64) {
        let list = &mut self.list;
        match &mut self.places {
            Places::Dense(places) => {
                for &(cell, p) in cells {
                    add(list, &mut places[cell], cell, weight * p);
                }
            }
            Places::Hashed(places) => {
                for &(cell, p) in cells {
                    add(list, places.entry(cell).or_insert(NOWHERE), cell, weight * p);
                }
            }
        }
    }

    /// Adds where cells lead if an effect fires with a chance: each stays, or goes `after`.
    pub(super) fn fire(&mut self, cells: &[(usize, f64)], chance: f64, after: impl Fn(usize) -> usize) {
        let list = &mut self.list;
        match &mut self.places {
            Places::Dense(places) => {
                fire(cells, chance, after, |cell, p| add(list, &mut places[cell], cell, p));
            }
            Places::Hashed(places) => fire(cells, chance, after, |cell, p| {
                add(list, places.entry(cell).or_insert(NOWHERE), cell, p);
            }),
        }
    }

    /// The cells so far.
    pub(super) fn list(&self) -> &[(usize, f64)] {
        &self.list
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        for (cell, _) in self.list.drain(..) {
            match &mut self.places {
                Places::Dense(places) => places[cell] = NOWHERE,
                Places::Hashed(places) => _ = places.remove(&cell),
            }
        }
    }
}

/// Adds a probability to that of the cell whose place is given.
#[inline]
fn add(list: &mut Vec<(usize, f64)>, place: &mut u32, cell: usize, p: f64) {
    if *place == NOWHERE {
        *place = u32::try_from(list.len()).unwrap_or(NOWHERE);
        list.push((cell, p));
    } else {
        list[*place as usize].1 += p;
    }
}

#[inline]
fn fire(
    cells: &[(usize, f64)],
    chance: f64,
    after: impl Fn(usize) -> usize,
    mut add: impl FnMut(usize, f64),
) {
    for &(cell, p) in cells {
        if chance < 1.0 {
            add(cell, p * (1.0 - chance));
        }
        add(after(cell), p * chance);
    }
}
