//! What pays or counts in a turn, and how likely it is to hold.

use super::clause_diagram::ClauseDiagram;
use super::decisions::CoupledDecisions;
use crate::agents::Policies;
use crate::game::{CellId, Interner, LazyTable, VariableSet, at_levels};
use crate::scenario::{Clause, Levels, MeasureId, TermId, VariableId};

/// What an item adds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paid {
    /// Actors' scores, by a payoff term.
    Term(TermId),
    /// A measure.
    Measure(MeasureId),
}

/// A payoff term or a measure in one turn.
#[derive(Debug)]
pub(crate) struct CountedItem {
    pub(crate) paid: Paid,
    /// The variables that decide how likely it is to hold, and what it counts for.
    pub(crate) scope: VariableSet,
    decisions: CoupledDecisions,
    clauses: Vec<Clause>,
    per: Option<VariableId>,
    diagrams: Interner<Counting>,
    counts: LazyTable<CellId, f64>,
}

/// How its clauses come to hold.
#[derive(Debug)]
struct Counting {
    diagram: ClauseDiagram,
    /// For each set in which a walk ends, whether any clause is in it.
    holds: Vec<bool>,
}

impl CountedItem {
    pub(crate) fn new(
        paid: Paid,
        scope: VariableSet,
        decisions: CoupledDecisions,
        clauses: Vec<Clause>,
        per: Option<VariableId>,
    ) -> Self {
        Self {
            paid,
            counts: LazyTable::new(scope.cells),
            scope,
            decisions,
            clauses,
            per,
            diagrams: Interner::default(),
        }
    }

    /// The expected number of times that it counts, in one turn, in a cell of its scope: the probability
    /// that it holds, times the value of its `per` variable's level.
    pub(crate) fn count(&self, policies: &Policies<'_>, cell: CellId, levels: &mut Levels) -> f64 {
        *self.counts.get(cell, || {
            self.scope.write(cell, levels);
            let weight = self.per.map_or(1.0, |v| policies.numbers().value(v, levels[v]));
            if weight == 0.0 { 0.0 } else { weight * self.probability(policies, levels) }
        })
    }

    fn probability(&self, policies: &Policies<'_>, levels: &Levels) -> f64 {
        let holding = || self.clauses.iter().enumerate().filter(|(_, clause)| at_levels(clause, levels));
        if holding().any(|(_, clause)| clause.moves.is_empty()) {
            return 1.0;
        }
        let possible: Vec<usize> = holding().map(|(at, _)| at).collect();
        if possible.is_empty() {
            return 0.0;
        }
        let key = self.decisions.key(policies.game(), self.clauses.len(), &possible, levels);
        let counting = self.diagrams.get(&key, || {
            let clauses: Vec<&Clause> = holding().map(|(_, clause)| clause).collect();
            let (diagram, ends) = self.decisions.diagram(policies.game(), &clauses, levels);
            Counting { diagram, holds: ends.iter().map(|end| !end.is_empty()).collect() }
        });
        let chances = self.decisions.chances(policies, &counting.diagram, levels);
        counting.holds.iter().zip(chances).filter(|(holds, _)| **holds).map(|(_, p)| p).sum()
    }
}
