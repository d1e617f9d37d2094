//! The outcomes of a classification, looked up by the few variables that it reads.

use crate::game::{CellId, ClassPlan, Game, VariableSet};
use crate::scenario::{IdVec, Levels, OutcomeId};

/// The outcomes of a classification, over the variables that it reads.
#[derive(Debug)]
pub(crate) struct OutcomeTable {
    scope: VariableSet,
    /// By cell, each outcome's index in 16 bits; `None` where there are too many cells.
    outcomes: Option<IdVec<CellId, u16>>,
    pub(crate) ends: IdVec<OutcomeId, bool>,
    pub(crate) can_end: bool,
}

/// Classifications over more combinations than this are judged anew for each state.
const CLASS_CELLS: usize = 1 << 16;

impl OutcomeTable {
    pub(crate) fn new(game: &Game, class: &ClassPlan) -> Self {
        let blueprint = &game.blueprint;
        let scope = VariableSet::new(class.variables.clone(), &blueprint.levels);
        let outcome = |cell: CellId| {
            let mut levels = blueprint.lowest();
            scope.write(cell, &mut levels);
            u16::try_from(class.outcome(&levels).index()).unwrap_or(u16::MAX)
        };
        let small = scope.cells <= CLASS_CELLS;
        Self {
            outcomes: small.then(|| scope.all_cells().map(outcome).collect()),
            ends: class.outcomes.iter().map(|outcome| outcome.ends).collect(),
            can_end: class.outcomes.iter().any(|outcome| outcome.ends),
            scope,
        }
    }

    /// The outcome of a state.
    #[inline]
    pub(crate) fn outcome(&self, levels: &Levels, class: &ClassPlan) -> OutcomeId {
        match &self.outcomes {
            Some(outcomes) => OutcomeId::from_u32(u32::from(outcomes[self.scope.cell(levels)])),
            None => class.outcome(levels),
        }
    }
}
