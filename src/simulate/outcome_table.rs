//! The outcomes of a classification, looked up by the few variables that it reads.

use crate::game::{ClassPlan, Game, VariableSet};

/// The outcomes of a classification, over the variables that it reads.
#[derive(Debug)]
pub(crate) struct OutcomeTable {
    scope: VariableSet,
    outcomes: Option<Vec<u16>>,
    pub(crate) ends: Vec<bool>,
    pub(crate) can_end: bool,
}

/// Classifications over more combinations than this are judged anew for each state.
const CLASS_CELLS: usize = 1 << 16;

impl OutcomeTable {
    pub(crate) fn new(game: &Game, class: &ClassPlan) -> Self {
        let blueprint = &game.blueprint;
        let scope = VariableSet::new(class.variables.clone(), &blueprint.levels);
        let outcome = |cell: usize| {
            let mut levels = vec![0; blueprint.levels.len()];
            scope.write(cell, &mut levels);
            u16::try_from(class.outcome(&levels)).unwrap_or(u16::MAX)
        };
        let small = scope.cells <= CLASS_CELLS;
        Self {
            outcomes: small.then(|| (0..scope.cells).map(outcome).collect()),
            ends: class.outcomes.iter().map(|outcome| outcome.ends).collect(),
            can_end: class.outcomes.iter().any(|outcome| outcome.ends),
            scope,
        }
    }

    /// The outcome of a state.
    #[inline]
    pub(crate) fn outcome(&self, levels: &[usize], class: &ClassPlan) -> usize {
        match &self.outcomes {
            Some(outcomes) => outcomes[self.scope.cell(levels)] as usize,
            None => class.outcome(levels),
        }
    }
}
