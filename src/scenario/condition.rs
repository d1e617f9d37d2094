//! Conditions with every id resolved: sets of levels, turns and moves.

use super::{SeatId, VariableId};

/// A subset of a small ordered range: of a variable's levels, a seat's moves, or the turns (0-based).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Set(Vec<bool>);

impl Set {
    /// The subset of `0..len` for which `holds`.
    #[must_use]
    pub fn new(len: usize, holds: impl FnMut(usize) -> bool) -> Self {
        Self((0..len).map(holds).collect())
    }

    /// Whether `index` is in it; nothing beyond its range is.
    #[must_use]
    pub fn contains(&self, index: usize) -> bool {
        self.0.get(index).copied().unwrap_or(false)
    }

    /// The size of the range, not of the subset.
    #[must_use]
    pub fn range(&self) -> usize {
        self.0.len()
    }

    /// The members, ascending.
    pub fn members(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().filter(|(_, holds)| **holds).map(|(index, _)| index)
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// Whether everything is in it.
    #[must_use]
    pub fn is_full(&self) -> bool {
        !self.0.contains(&false)
    }

    /// What is in both; the ranges are the same.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| *a && *b).collect())
    }
}

/// Everything in it must hold. Each variable and seat is named at most once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Clause {
    /// The variable stands at one of these levels.
    pub levels: Vec<(VariableId, Set)>,
    /// The turn is one of these; index 0 is turn 1. `None`: any turn.
    pub turns: Option<Set>,
    /// The seat makes one of these moves, which implies that its issue is open.
    pub moves: Vec<(SeatId, Set)>,
}

impl Clause {
    /// Whether it holds whatever the state and the turn: every set in it is full. A clause that names a
    /// move does not, since the issue may be closed.
    #[must_use]
    pub fn always_holds(&self) -> bool {
        let any_level = self.levels.iter().all(|(_, set)| set.is_full());
        any_level && self.turns.as_ref().is_none_or(Set::is_full) && self.moves.is_empty()
    }
}

/// Holds where any of its clauses does (once, however many do). A `when` that was left out is one empty
/// clause, which always holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Condition {
    /// The clauses, in the file's order.
    pub any: Vec<Clause>,
}

impl Condition {
    /// The condition that always holds.
    #[must_use]
    pub fn always() -> Self {
        Self { any: vec![Clause::default()] }
    }

    /// Whether it holds whatever the state and the turn. May be `false` for one that does so by many
    /// clauses together.
    #[must_use]
    pub fn always_holds(&self) -> bool {
        self.any.iter().any(Clause::always_holds)
    }

    /// Whether some clause names a move.
    #[must_use]
    pub fn names_moves(&self) -> bool {
        self.any.iter().any(|clause| !clause.moves.is_empty())
    }
}
