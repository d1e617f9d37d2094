//! Looking through the levels that some conditions name, instead of through all states.

use super::{Clause, Condition, Scenario, VariableId};

/// The combinations of levels (and turns, where they are named) of the variables that some conditions
/// name; everything else stands at its first level.
pub(crate) struct Worlds {
    /// The named variables, each with its number of levels.
    variables: Vec<(VariableId, usize)>,
    /// The number of turns, where a condition names the turn.
    turns: Option<usize>,
    n_variables: usize,
}

/// One combination.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// Levels by variable.
    levels: Vec<usize>,
    /// The turn, from 0.
    turn: usize,
    named: Vec<VariableId>,
    names_turn: bool,
}

impl Worlds {
    /// The combinations that matter to these conditions. Variables in the file's order.
    pub(crate) fn named_by<'c>(scenario: &Scenario, conditions: impl Iterator<Item = &'c Condition>) -> Self {
        let mut named = vec![false; scenario.variables.len()];
        let mut names_turn = false;
        for clause in conditions.flat_map(|condition| &condition.any) {
            names_turn |= clause.turns.is_some();
            for (variable, _) in &clause.levels {
                named[variable.index()] = true;
            }
        }
        let variables = scenario.variables.iter().enumerate().filter(|(index, _)| named[*index]);
        Self {
            variables: variables.map(|(index, it)| (VariableId::new(index), it.levels.len())).collect(),
            turns: names_turn.then(|| scenario.n_turns()),
            n_variables: scenario.variables.len(),
        }
    }

    /// How many there are, or more than anybody could look through.
    pub(crate) fn count(&self) -> u128 {
        let sizes = self.variables.iter().map(|(_, levels)| *levels).chain(self.turns);
        sizes.fold(1, |count: u128, size| count.saturating_mul(size as u128))
    }

    /// The first for which `holds`, the last named variable changing fastest. O(count).
    pub(crate) fn find(&self, mut holds: impl FnMut(&World) -> bool) -> Option<World> {
        let mut world = World {
            levels: vec![0; self.n_variables],
            turn: 0,
            named: self.variables.iter().map(|(variable, _)| *variable).collect(),
            names_turn: self.turns.is_some(),
        };
        loop {
            if holds(&world) {
                return Some(world);
            }
            if !self.advance(&mut world) {
                return None;
            }
        }
    }

    /// Steps to the next combination, if there is one.
    fn advance(&self, world: &mut World) -> bool {
        for (variable, levels) in self.variables.iter().rev() {
            let level = &mut world.levels[variable.index()];
            *level += 1;
            if *level < *levels {
                return true;
            }
            *level = 0;
        }
        world.turn += 1;
        world.turn < self.turns.unwrap_or(1)
    }
}

impl World {
    /// Whether the condition holds here, apart from the moves that it names.
    pub(crate) fn satisfies(&self, condition: &Condition) -> bool {
        condition.any.iter().any(|clause| self.satisfies_clause(clause))
    }

    fn satisfies_clause(&self, clause: &Clause) -> bool {
        clause.turns.as_ref().is_none_or(|turns| turns.contains(self.turn))
            && clause.levels.iter().all(|(variable, set)| set.contains(self.levels[variable.index()]))
    }

    /// `force = "none", turn = 3`; `any time` where nothing is named.
    pub(crate) fn describe(&self, scenario: &Scenario) -> String {
        let level = |id: &VariableId| {
            let variable = &scenario.variables[id.index()];
            format!("{} = \"{}\"", variable.id, variable.levels[self.levels[id.index()]])
        };
        let mut parts: Vec<String> = self.named.iter().map(level).collect();
        if self.names_turn {
            parts.push(format!("turn = {}", self.turn + 1));
        }
        if parts.is_empty() { "any time".to_owned() } else { parts.join(", ") }
    }
}
