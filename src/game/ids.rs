//! Ids of what a compiled game is made of.

use crate::scenario::{Id, ids};

ids! {
    /// A component of a game: an index into [`Game::components`](super::Game::components).
    ComponentId,
    /// A structure of a game: see [`Game::structure`](super::Game::structure).
    StructureId,
    /// An index into the members of one structure, and so into the menus of its local states.
    MemberId,
    /// A menu of a game.
    MenuId,
    /// An option of a menu by a number that is the same whatever is available: see [`Menu::codes`](super::Menu::codes).
    Code,
    /// A transition of a game: see [`TransitionTable::get`](super::TransitionTable::get).
    TransitionId,
    /// An index into the [`OptionSubsets`](super::OptionSubsets) of one local state.
    SubsetId,
}

impl Code {
    /// The code of nothing done in no seat.
    pub(super) const EMPTY: Self = Self(0);

    /// The code with what was done in one more seat, a digit to that base. Beyond what 32 bits hold it stops growing:
    /// a game with so many codes is refused before anybody looks one up.
    pub(super) const fn extended(self, digit: u32, base: u32) -> Self {
        Self(self.0.saturating_mul(base).saturating_add(digit))
    }
}

/// The number of one assignment of levels to the variables of a [`VariableSet`](super::VariableSet). Over all
/// variables it is a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellId(usize);

impl CellId {
    /// The cell of that number.
    #[inline]
    #[must_use]
    pub const fn new(number: usize) -> Self {
        Self(number)
    }

    /// Its number.
    #[inline]
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }

    /// The cell that lies so many further on, or further back.
    #[inline]
    #[must_use]
    pub const fn moved(self, by: isize) -> Self {
        Self(self.0.wrapping_add_signed(by))
    }
}

impl Id for CellId {
    #[inline]
    fn new(index: usize) -> Self {
        Self(index)
    }

    #[inline]
    fn index(self) -> usize {
        self.0
    }
}
