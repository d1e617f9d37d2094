//! Assignments of levels to some of the variables, numbered.

use super::ids::CellId;
use crate::scenario::{IdVec, LevelId, Levels, VariableId};

/// Some of the game's variables, in ascending order, with a number for each assignment of their levels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct VariableSet {
    /// The variables, ascending.
    pub variables: Vec<VariableId>,
    /// How many levels each has.
    pub sizes: Vec<usize>,
    /// What one level up in each adds to the number; the last variable's is 1.
    pub strides: Vec<usize>,
    /// How many assignments there are: the product of the sizes, saturating.
    pub cells: usize,
}

impl VariableSet {
    /// The scope of these variables, of which variable `v` has `sizes[v]` levels.
    #[must_use]
    pub fn new(mut variables: Vec<VariableId>, sizes: &IdVec<VariableId, usize>) -> Self {
        variables.sort_unstable();
        variables.dedup();
        let sizes: Vec<usize> = variables.iter().map(|&v| sizes[v]).collect();
        let mut strides = vec![1_usize; sizes.len()];
        let mut cells = 1_usize;
        for (stride, size) in strides.iter_mut().zip(&sizes).rev() {
            *stride = cells;
            cells = cells.saturating_mul(*size);
        }
        Self { variables, sizes, strides, cells }
    }

    /// The number of the assignment that `levels` (one per variable of the game) makes.
    #[inline]
    #[must_use]
    pub fn cell(&self, levels: &Levels) -> CellId {
        let placed = self.variables.iter().zip(&self.strides);
        CellId::new(placed.map(|(&v, stride)| levels[v].index() * stride).sum())
    }

    /// Writes the assignment `cell` into `levels`, one per variable of the game; others stay.
    #[inline]
    pub fn write(&self, cell: CellId, levels: &mut Levels) {
        let levels = levels.as_mut_slice();
        for ((&v, stride), size) in self.variables.iter().zip(&self.strides).zip(&self.sizes) {
            levels[v.index()] = LevelId::new(cell.index() / stride % size);
        }
    }

    /// All cells, in their order.
    pub fn all_cells(&self) -> impl Iterator<Item = CellId> + use<> {
        (0..self.cells).map(CellId::new)
    }

    /// Whether all of `other`'s variables are here too.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        other.variables.iter().all(|v| self.variables.binary_search(v).is_ok())
    }

    /// What one level up of variable `v` adds to the number; `None` where `v` is not in the scope.
    #[must_use]
    pub fn stride_of(&self, v: VariableId) -> Option<usize> {
        self.variables.binary_search(&v).ok().map(|at| self.strides[at])
    }
}
