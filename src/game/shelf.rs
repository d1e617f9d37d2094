//! A table that is filled as it is asked, from any thread.

use std::sync::OnceLock;

/// Entries that are computed once, when first asked for, and shared from then on. The table takes memory
/// for the chunks that were touched only, so it may be far larger than what is ever asked.
#[derive(Debug)]
pub struct Shelf<T> {
    chunks: Vec<OnceLock<Box<[OnceLock<T>]>>>,
}

/// Entries in a chunk: few enough that sparse asking wastes little, enough that chunks are few.
const CHUNK: usize = 64;

impl<T> Shelf<T> {
    /// A table for indices below `capacity`; takes 16 bytes for each 64 of them.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self { chunks: (0..capacity.div_ceil(CHUNK)).map(|_| OnceLock::new()).collect() }
    }

    /// The entry at `index`, made by `make` if nobody asked before. `make` may ask for other entries, but
    /// never, however indirectly, for this one.
    ///
    /// # Panics
    /// If `index` is beyond the capacity.
    #[inline]
    pub fn get(&self, index: usize, make: impl FnOnce() -> T) -> &T {
        let chunk = self.chunks[index / CHUNK].get_or_init(|| (0..CHUNK).map(|_| OnceLock::new()).collect());
        chunk[index % CHUNK].get_or_init(make)
    }

    /// The entry at `index`, if somebody asked before.
    #[inline]
    #[must_use]
    pub fn peek(&self, index: usize) -> Option<&T> {
        self.chunks[index / CHUNK].get()?[index % CHUNK].get()
    }
}

/// Entries that are numbered in the order in which they come up, computed once like those of a [`Shelf`].
/// There may be any number of them, and an empty series is small: one is made for every draw.
#[derive(Debug)]
pub struct Series<T> {
    /// Twice as many entries in each as in the one before.
    boxes: [OnceLock<Box<[OnceLock<T>]>>; BOXES],
}

/// Boxes that hold more entries than any memory does.
const BOXES: usize = 40;

impl<T> Default for Series<T> {
    fn default() -> Self {
        Self { boxes: [const { OnceLock::new() }; BOXES] }
    }
}

impl<T> Series<T> {
    /// The entry of that number, made by `make` if nobody asked before. `make` may ask for other entries,
    /// but never, however indirectly, for this one.
    #[inline]
    pub fn get(&self, number: usize, make: impl FnOnce() -> T) -> &T {
        let (at, place) = place(number);
        let entries = self.boxes[at].get_or_init(|| (0..CHUNK << at).map(|_| OnceLock::new()).collect());
        entries[place].get_or_init(make)
    }

    /// The entry of that number, if somebody asked before.
    #[inline]
    #[must_use]
    pub fn peek(&self, number: usize) -> Option<&T> {
        let (at, place) = place(number);
        self.boxes[at].get()?[place].get()
    }
}

/// The box of a number, and its place there.
fn place(number: usize) -> (usize, usize) {
    let at = (number / CHUNK + 1).ilog2();
    (at as usize, number + CHUNK - (CHUNK << at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_has_a_place_for_every_number() {
        let mut expected = (0, 0);
        for number in 0..100_000 {
            assert_eq!(place(number), expected, "{number}");
            expected.1 += 1;
            if expected.1 == CHUNK << expected.0 {
                expected = (expected.0 + 1, 0);
            }
        }
    }

    #[test]
    fn entries_of_a_series_are_made_once() {
        let series = Series::default();
        assert_eq!(series.peek(70), None);
        for number in [3, 70, 100_000, 70] {
            assert_eq!(series.get(number, || number), &number);
        }
        assert_eq!((series.get(70, || 0), series.peek(70), series.peek(71)), (&70, Some(&70), None));
    }
}
