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
