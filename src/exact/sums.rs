//! What a distribution over states says of variables and outcomes.

use rayon::prelude::*;
use std::ops::Range;

use super::propagator::PropagationState;
use super::propagator::{Propagator, ranges};
use crate::game::{CellId, VariableSet};
use crate::scenario::IdVec;

impl Propagator<'_> {
    /// The distribution over the cells of each of these scopes.
    pub(super) fn marginals(&self, p: &[f64], scopes: &[&VariableSet]) -> Vec<IdVec<CellId, f64>> {
        let nothing = || -> Vec<IdVec<CellId, f64>> {
            scopes.iter().map(|scope| IdVec::filled(0.0, scope.cells)).collect()
        };
        let of_range = |range: Range<usize>| {
            let mut sums = nothing();
            let mut levels = self.policies.game().blueprint.lowest();
            for state in range.filter(|&state| p[state] > 0.0) {
                self.states.write(CellId::new(state), &mut levels);
                for (sums, scope) in sums.iter_mut().zip(scopes) {
                    sums[scope.cell(&levels)] += p[state];
                }
            }
            sums
        };
        let parts: Vec<Vec<IdVec<CellId, f64>>> = ranges(p.len()).into_par_iter().map(of_range).collect();
        let mut all = nothing();
        for (sums, part) in all.iter_mut().zip((0..scopes.len()).map(|at| parts.iter().map(move |p| &p[at])))
        {
            for part in part {
                for (sum, p) in sums.iter_mut().zip(part) {
                    *sum += p;
                }
            }
        }
        all
    }

    /// `[variable][level]`, of plays that go on and plays that have ended.
    pub(super) fn by_level(&self, plays: &PropagationState) -> Vec<Vec<f64>> {
        let sizes = &self.policies.game().blueprint.levels;
        let scopes: Vec<VariableSet> = sizes.ids().map(|v| VariableSet::new(vec![v], sizes)).collect();
        let both: Vec<f64> = plays.alive.iter().zip(&plays.ended).map(|(a, b)| a + b).collect();
        let levels = self.marginals(&both, &scopes.iter().collect::<Vec<_>>());
        // The cells of one variable are its levels.
        levels.into_iter().map(|of_variable| of_variable.into_iter().collect()).collect()
    }

    /// `[classification][outcome]`
    pub(super) fn by_outcome(&self, p: &[f64]) -> Vec<Vec<f64>> {
        let classes = self.outcomes.iter().zip(&self.policies.game().blueprint.classes);
        let row = |(of_state, class): (&Vec<u16>, &crate::game::ClassPlan)| {
            let mut row = vec![0.0; class.outcomes.len()];
            for (outcome, p) in of_state.iter().zip(p).filter(|(_, p)| **p > 0.0) {
                row[usize::from(*outcome)] += p;
            }
            row
        };
        classes.map(row).collect()
    }

    pub(super) fn joint(&self, p: &[f64]) -> Vec<f64> {
        let sizes: Vec<usize> =
            self.policies.game().blueprint.classes.iter().map(|class| class.outcomes.len()).collect();
        let mut joint = vec![0.0; sizes.iter().product()];
        for (state, p) in p.iter().enumerate().filter(|(_, p)| **p > 0.0) {
            let outcomes = self.outcomes.iter().zip(&sizes);
            joint[outcomes.fold(0, |at, (of_state, size)| at * size + usize::from(of_state[state]))] += p;
        }
        joint
    }
}
