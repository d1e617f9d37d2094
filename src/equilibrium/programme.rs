//! Linear programmes, in the shape that games have.

use microlp::{ComparisonOp, OptimizationDirection, Problem};

use super::NormalForm;

/// A linear programme over variables that are not negative, some of which sum to one.
pub(crate) struct Programme {
    problem: Problem,
    variables: Vec<microlp::Variable>,
}

/// What is best, and how good it is.
pub(crate) struct Optimum {
    pub(crate) values: Vec<f64>,
    pub(crate) objective: f64,
}

impl Programme {
    /// To make the sum of `objective[v] * v` as large as it goes, over probabilities.
    pub(crate) fn over_probabilities(objective: &[f64]) -> Self {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let variables: Vec<_> =
            objective.iter().map(|&weight| problem.add_var(weight, (0.0, f64::INFINITY))).collect();
        let all: Vec<_> = variables.iter().map(|&variable| (variable, 1.0)).collect();
        problem.add_constraint(all, ComparisonOp::Eq, 1.0);
        Self { problem, variables }
    }

    /// Adds a variable that may be anything, and is to be large itself.
    pub(crate) fn add_level(&mut self) {
        let level = self.problem.add_var(1.0, (f64::NEG_INFINITY, f64::INFINITY));
        self.variables.push(level);
    }

    /// Demands that the sum of `weights[v] * v` be at least `bound`; zeros are left out.
    pub(crate) fn at_least(&mut self, weights: impl Iterator<Item = (usize, f64)>, bound: f64) {
        let row: Vec<_> =
            weights.filter(|(_, weight)| *weight != 0.0).map(|(v, w)| (self.variables[v], w)).collect();
        self.problem.add_constraint(row, ComparisonOp::Ge, bound);
    }

    /// The optimum; `None` where the numbers defeat the method.
    pub(crate) fn solve(self) -> Option<Optimum> {
        let solution = self.problem.solve().ok()?.into_solution().ok()?;
        let values = self.variables.iter().map(|&variable| solution.var_value(variable)).collect();
        Some(Optimum { values, objective: solution.objective() })
    }
}

/// Probabilities as they are meant: nothing below 1e-9, the simplest fraction within 1e-9, summing to one.
pub(crate) fn probabilities(values: &[f64]) -> Vec<f64> {
    let mut tidied: Vec<f64> = values.iter().map(|&p| super::simplest(p.max(0.0), 1e-9).value()).collect();
    let sum: f64 = tidied.iter().sum();
    if sum > 0.0 && sum != 1.0 {
        for p in &mut tidied {
            *p /= sum;
        }
    }
    tidied
}

/// A player's payoffs on a scale from 0 to 1.
pub(crate) struct Scale {
    low: f64,
    width: f64,
}

impl Scale {
    pub(crate) fn of(game: &NormalForm, player: usize) -> Self {
        let (low, high) = game.range(player);
        Self { low, width: if high > low { high - low } else { 1.0 } }
    }

    pub(crate) fn down(&self, payoff: f64) -> f64 {
        (payoff - self.low) / self.width
    }

    pub(crate) fn up(&self, share: f64) -> f64 {
        self.low + share * self.width
    }

    pub(crate) fn width(&self) -> f64 {
        self.width
    }
}

/// The profiles that the others of `player` can make of the strategies left to them, with the player's
/// own at its first of all. Their number is the product of what is left.
pub(crate) fn others(game: &NormalForm, player: usize, left: &[Vec<usize>]) -> Vec<usize> {
    let mut profiles = vec![0];
    for (other, strategies) in left.iter().enumerate().filter(|(other, _)| *other != player) {
        profiles = profiles
            .iter()
            .flat_map(|&profile| strategies.iter().map(move |&s| game.instead(profile, other, s)))
            .collect();
    }
    profiles
}
