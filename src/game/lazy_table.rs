//! Tables that are filled as they are asked, from any thread.

use rustc_hash::FxHashMap;
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::scenario::Id;

/// Entries that are computed once, when first asked for, and shared from then on. The table takes memory
/// for the chunks that were touched only, so it may be far larger than what is ever asked.
#[derive(Debug)]
pub struct LazyTable<I, T> {
    chunks: Vec<OnceLock<Box<[OnceLock<T>]>>>,
    ids: PhantomData<fn(I)>,
}

/// Entries in a chunk: few enough that sparse asking wastes little, enough that chunks are few.
const CHUNK: usize = 64;

impl<I: Id, T> LazyTable<I, T> {
    /// A table for ids whose index is below `capacity`; takes 16 bytes for each 64 of them.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self { chunks: (0..capacity.div_ceil(CHUNK)).map(|_| OnceLock::new()).collect(), ids: PhantomData }
    }

    /// The entry of an id, made by `make` if nobody asked before. `make` may ask for other entries, but
    /// never, however indirectly, for this one.
    ///
    /// # Panics
    /// If it is beyond the capacity.
    #[inline]
    pub fn get(&self, id: I, make: impl FnOnce() -> T) -> &T {
        let index = id.index();
        let chunk = self.chunks[index / CHUNK].get_or_init(|| (0..CHUNK).map(|_| OnceLock::new()).collect());
        chunk[index % CHUNK].get_or_init(make)
    }

    /// The entry of an id, if somebody asked before.
    #[inline]
    #[must_use]
    pub fn peek(&self, id: I) -> Option<&T> {
        let index = id.index();
        self.chunks[index / CHUNK].get()?[index % CHUNK].get()
    }
}

/// A lazy table for what is numbered in the order in which it is first met: the entries asked for are the first
/// so many, nobody knows how many in advance. It takes memory for at most twice as many as were asked.
#[derive(Debug)]
pub struct GrowingLazyTable<I, T> {
    /// Each chunk holds twice as many as the one before it.
    chunks: [OnceLock<Box<[OnceLock<T>]>>; CHUNKS],
    ids: PhantomData<fn(I)>,
}

/// Enough for as many entries as can be numbered by 32 bits.
const CHUNKS: usize = 27;

impl<I, T> Default for GrowingLazyTable<I, T> {
    fn default() -> Self {
        Self { chunks: std::array::from_fn(|_| OnceLock::new()), ids: PhantomData }
    }
}

impl<I: Id, T> GrowingLazyTable<I, T> {
    /// The entry of an id, made by `make` if nobody asked before. `make` may ask for other entries, but
    /// never, however indirectly, for this one.
    ///
    /// # Panics
    /// If the id's index does not fit 32 bits.
    #[inline]
    pub fn get(&self, id: I, make: impl FnOnce() -> T) -> &T {
        let (chunk, size, at) = chunk_of(id.index());
        let chunk = self.chunks[chunk].get_or_init(|| (0..size).map(|_| OnceLock::new()).collect());
        chunk[at].get_or_init(make)
    }

    /// The entry of an id, if somebody asked before.
    #[inline]
    #[must_use]
    pub fn peek(&self, id: I) -> Option<&T> {
        let (chunk, _, at) = chunk_of(id.index());
        self.chunks.get(chunk)?.get()?[at].get()
    }
}

/// The chunk of a growing table that an index falls into, that chunk's size, and the place there.
#[inline]
fn chunk_of(index: usize) -> (usize, usize, usize) {
    let from_first = index + CHUNK;
    let doublings = from_first.ilog2();
    let size = 1 << doublings;
    ((doublings - CHUNK.ilog2()) as usize, size, from_first - size)
}

/// Entries found by a few words that say all that they depend on.
#[derive(Debug)]
pub(crate) struct Interner<T> {
    known: RwLock<FxHashMap<Box<[u64]>, Arc<T>>>,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self { known: RwLock::default() }
    }
}

impl<T> Interner<T> {
    /// The entry under a key, made by `make` if nobody asked before. Of threads that ask at the same time
    /// several may make it, and one such entry is kept.
    pub(crate) fn get(&self, key: &[u64], make: impl FnOnce() -> T) -> Arc<T> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = known.get(key) {
            return Arc::clone(entry);
        }
        drop(known);
        let made = Arc::new(make());
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(key.into()).or_insert(made))
    }
}

#[cfg(test)]
mod tests {
    use super::GrowingLazyTable;
    use crate::game::CellId;

    #[test]
    fn a_growing_table_keeps_every_entry_in_its_own_place() {
        // Around the ends of the chunks, which hold 64, 128, 256 and so on.
        let indices = [0, 1, 63, 64, 65, 191, 192, 447, 448, 100_000];
        let table = GrowingLazyTable::default();
        for index in indices {
            assert_eq!(table.peek(CellId::new(index)), None, "{index} is taken");
            assert_eq!(*table.get(CellId::new(index), || index), index);
        }
        for index in indices {
            assert_eq!(*table.get(CellId::new(index), || usize::MAX), index);
            assert_eq!(table.peek(CellId::new(index)), Some(&index));
        }
    }
}
