//! What is certain by how a scenario is made, whatever the numbers and the chance: it has no interval.

use crate::scenario::{Change, Scenario, Start};

/// Shares of plays that are 0 or 1 by construction. What it does not know of may be certain too.
#[derive(Clone, Debug)]
pub(crate) struct Certain {
    /// `reachable[turn][variable][level]`: whether the variable may stand there after that turn.
    reachable: Vec<Vec<Vec<bool>>>,
    /// Whether every play lasts to the last turn.
    full_length: bool,
    turns: usize,
}

impl Certain {
    /// What is certain of a scenario: levels that nothing can lead to, or nothing away from; lengths of plays that
    /// nothing ends.
    pub(crate) fn of(scenario: &Scenario) -> Self {
        let turns = scenario.turns as usize;
        let mut reachable = vec![start(scenario)];
        for turn in 0..turns {
            let next = after(scenario, reachable[turn].clone());
            reachable.push(next);
        }
        let ends =
            scenario.classifications.iter().flat_map(|class| &class.outcomes).any(|outcome| outcome.ends);
        Self { reachable, full_length: !ends, turns }
    }

    /// The share of plays in which the variable stands at the level after so many turns, where it is certain.
    pub(crate) fn level(&self, turn: usize, variable: usize, level: usize) -> Option<f64> {
        let levels = &self.reachable[turn][variable];
        if !levels[level] {
            Some(0.0)
        } else if levels.iter().filter(|reached| **reached).count() == 1 {
            Some(1.0)
        } else {
            None
        }
    }

    /// The share of plays of so many turns, where it is certain.
    pub(crate) fn length(&self, turns: usize) -> Option<f64> {
        self.full_length.then(|| f64::from(u8::from(turns == self.turns)))
    }
}

/// The share of the only one of some things that exclude each other, where there is only one.
pub(crate) fn only(count: usize) -> Option<f64> {
    (count == 1).then_some(1.0)
}

fn start(scenario: &Scenario) -> Vec<Vec<bool>> {
    let levels = |variable: &crate::scenario::Variable| match &variable.start {
        Start::Level(start) => (0..variable.levels.len()).map(|level| level == *start).collect(),
        Start::Weights(weights) => (0..variable.levels.len())
            .map(|level| weights.iter().any(|(weighed, _)| *weighed == level))
            .collect(),
    };
    scenario.variables.iter().map(levels).collect()
}

/// Where effects may lead in one turn, each as if its condition held: in their order, as they are applied.
fn after(scenario: &Scenario, mut levels: Vec<Vec<bool>>) -> Vec<Vec<bool>> {
    for (variable, change) in scenario.effects.iter().flat_map(|effect| &effect.changes) {
        let levels = &mut levels[variable.index()];
        match change {
            Change::Set(level) => levels[*level] = true,
            Change::Shift(by) => {
                let last = levels.len() - 1;
                let reached: Vec<usize> = (0..levels.len()).filter(|&level| levels[level]).collect();
                for level in reached {
                    levels[shifted(level, *by, last)] = true;
                }
            }
        }
    }
    levels
}

/// A level moved up or down, stopping at the ends.
fn shifted(level: usize, by: i64, last: usize) -> usize {
    let steps = usize::try_from(by.unsigned_abs()).unwrap_or(usize::MAX);
    if by < 0 { level.saturating_sub(steps) } else { level.saturating_add(steps).min(last) }
}
