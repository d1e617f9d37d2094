//! What a distribution over states says of variables and outcomes.

use rayon::prelude::*;
use std::ops::Range;

use super::propagator::{Propagator, ranges};
use crate::game::VariableSet;

impl Propagator<'_> {
    /// The distribution over the cells of each of these scopes.
    pub(super) fn marginals(&self, p: &[f64], scopes: &[&VariableSet]) -> Vec<Vec<f64>> {
        let of_range = |range: Range<usize>| {
            let mut sums: Vec<Vec<f64>> = scopes.iter().map(|scope| vec![0.0; scope.cells]).collect();
            let mut levels = vec![0_usize; self.states.sizes.len()];
            for state in range.filter(|&state| p[state] > 0.0) {
                self.states.write(state, &mut levels);
                for (sums, scope) in sums.iter_mut().zip(scopes) {
                    sums[scope.cell(&levels)] += p[state];
                }
            }
            sums
        };
        let parts: Vec<Vec<Vec<f64>>> = ranges(p.len()).into_par_iter().map(of_range).collect();
        let mut all: Vec<Vec<f64>> = scopes.iter().map(|scope| vec![0.0; scope.cells]).collect();
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
    pub(super) fn by_level(&self, alive: &[f64], ended: &[f64]) -> Vec<Vec<f64>> {
        let scopes: Vec<VariableSet> =
            (0..self.states.sizes.len()).map(|v| VariableSet::new(vec![v], &self.states.sizes)).collect();
        let both: Vec<f64> = alive.iter().zip(ended).map(|(a, b)| a + b).collect();
        self.marginals(&both, &scopes.iter().collect::<Vec<_>>())
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
