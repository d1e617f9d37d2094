//! Ids: numbers that know what they number.
//!
//! Everything that a scenario lists is known by its place in the list. A bare number would fit any list; an id fits
//! lists of its own kind alone, so that an actor is never looked up among the seats. Lists that many functions look
//! into are [`IdVec`]s, which take no other index. An id is a number at no cost; none becomes an id of another kind but
//! by way of [`Id::index`] and [`Id::new`], where a reader sees it.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// What numbers the entries of one kind of list, from 0.
pub trait Id: Copy {
    /// The id of that index.
    fn new(index: usize) -> Self;

    /// The index as a number.
    fn index(self) -> usize;
}

/// Ids: newtypes of `u32`, which keeps what holds many of them small.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        pub struct $name(u32);

        impl $name {
            /// The index as a number.
            #[inline]
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of an index that needs no conversion: for loops that play.
            #[inline]
            #[must_use]
            pub const fn from_u32(index: u32) -> Self {
                Self(index)
            }

            /// The id of that index.
            ///
            /// # Panics
            /// Beyond 2^32, which nothing holds that is numbered.
            #[inline]
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than 2^32 of anything"))
            }
        }

        impl $crate::scenario::Id for $name {
            #[inline]
            fn new(index: usize) -> Self {
                Self::new(index)
            }

            #[inline]
            fn index(self) -> usize {
                self.index()
            }
        }
    )*};
}

pub(crate) use ids;

ids! {
    /// An index into [`Scenario::parameters`](super::Scenario::parameters).
    ParameterId,
    /// An index into [`Scenario::variables`](super::Scenario::variables).
    VariableId,
    /// An index into the levels of one variable.
    LevelId,
    /// An index into [`Scenario::actors`](super::Scenario::actors).
    ActorId,
    /// An index into [`Scenario::issues`](super::Scenario::issues).
    IssueId,
    /// An index into [`Scenario::seats`](super::Scenario::seats).
    SeatId,
    /// An index into the moves of one seat.
    MoveId,
    /// An index into [`Scenario::terms`](super::Scenario::terms).
    TermId,
    /// An index into [`Scenario::effects`](super::Scenario::effects).
    EffectId,
    /// An index into [`Scenario::classifications`](super::Scenario::classifications).
    ClassificationId,
    /// An index into the outcomes of one classification.
    OutcomeId,
    /// An index into [`Scenario::measures`](super::Scenario::measures).
    MeasureId,
}

/// The level of every variable.
pub type Levels = IdVec<VariableId, LevelId>;

/// The move that was made in every seat; `None` where none was, for its issue is closed.
pub type Made = IdVec<SeatId, Option<MoveId>>;

/// A list that is indexed by the ids of its entries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdVec<I, T> {
    entries: Vec<T>,
    ids: PhantomData<fn(I)>,
}

impl<I: Id, T> IdVec<I, T> {
    /// A list without entries.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new(), ids: PhantomData }
    }

    /// So many entries, all alike.
    #[must_use]
    pub fn filled(entry: T, length: usize) -> Self
    where
        T: Clone,
    {
        Self::from(vec![entry; length])
    }

    /// Appends an entry, and gives its id.
    pub fn push(&mut self, entry: T) -> I {
        self.entries.push(entry);
        I::new(self.entries.len() - 1)
    }

    /// How many entries there are.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry of an id, if there is one.
    #[inline]
    #[must_use]
    pub fn get(&self, id: I) -> Option<&T> {
        self.entries.get(id.index())
    }

    /// The entries, in their order.
    #[inline]
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// The same, to be changed.
    #[inline]
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.entries.iter_mut()
    }

    /// The ids, in their order.
    #[inline]
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        (0..self.entries.len()).map(I::new)
    }

    /// The entries with their ids, in their order.
    #[inline]
    #[must_use]
    pub fn numbered(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator + Clone {
        self.ids().zip(&self.entries)
    }

    /// The first entry that is as wanted.
    #[must_use]
    pub fn position(&self, wanted: impl FnMut(&T) -> bool) -> Option<I> {
        self.entries.iter().position(wanted).map(I::new)
    }

    /// The entries without their ids: for loops that go through many such lists at once.
    #[inline]
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.entries
    }

    /// The same, to be changed.
    #[inline]
    #[must_use]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.entries
    }
}

impl IdVec<VariableId, LevelId> {
    /// The levels of these numbers, one a variable.
    #[must_use]
    pub fn from_numbers(numbers: &[usize]) -> Self {
        numbers.iter().map(|&level| LevelId::new(level)).collect()
    }

    /// The numbers of the levels.
    #[must_use]
    pub fn to_numbers(&self) -> Vec<usize> {
        self.iter().map(|level| level.index()).collect()
    }
}

impl<I: Id, T> Index<I> for IdVec<I, T> {
    type Output = T;

    #[inline]
    fn index(&self, id: I) -> &T {
        &self.entries[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for IdVec<I, T> {
    #[inline]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.entries[id.index()]
    }
}

impl<I: Id, T> Default for IdVec<I, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I, T> From<Vec<T>> for IdVec<I, T> {
    fn from(entries: Vec<T>) -> Self {
        Self { entries, ids: PhantomData }
    }
}

impl<I, T> FromIterator<T> for IdVec<I, T> {
    fn from_iter<E: IntoIterator<Item = T>>(entries: E) -> Self {
        Self { entries: entries.into_iter().collect(), ids: PhantomData }
    }
}

impl<I, T> IntoIterator for IdVec<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a IdVec<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut IdVec<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter_mut()
    }
}
