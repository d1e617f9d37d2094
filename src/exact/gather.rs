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

    /// Adds a probability to a cell's.
    #[inline]
    pub(super) fn add(&mut self, cell: usize, p: f64) {
        let next = u32::try_from(self.list.len()).unwrap_or(NOWHERE);
        let place = match &mut self.places {
            Places::Dense(places) => &mut places[cell],
            Places::Hashed(places) => places.entry(cell).or_insert(NOWHERE),
        };
        if *place == NOWHERE {
            *place = next;
            self.list.push((cell, p));
        } else {
            self.list[*place as usize].1 += p;
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
