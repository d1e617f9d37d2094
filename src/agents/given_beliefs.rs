//! What options are worth to an actor that was told what to believe of the others.

use super::continuation::{Contribution, NodeDistribution, contribution};
use super::draw_numbers::MenuProbabilities;
use super::expectation::{Amounts, Expectation, chances};
use super::policies::Policies;
use super::reasoning::Reasoner;
use super::rules;
use crate::game::{ComponentId, ComponentKind, Menu};

/// What may come after a cell, in a component that looks one turn ahead: nobody's beliefs are in it.
#[derive(Debug)]
pub(crate) struct Prospect {
    /// `worth[continuation term]`: see [`super::continuation::worth`].
    continuation_values: Vec<Vec<f64>>,
}

impl Policies<'_> {
    /// What may come after a cell of a component.
    pub(crate) fn prospect(&self, component: ComponentId, cell: usize) -> Prospect {
        let ComponentKind::Turn { structure, continuation_terms, .. } =
            &self.game.components()[component].kind
        else {
            return Prospect { continuation_values: Vec::new() };
        };
        let diagrams = &self.game.local_state(*structure, cell).diagrams;
        let worth = diagrams
            .iter()
            .zip(continuation_terms)
            .map(|(diagram, &component)| self.continuation_values(diagram, component));
        Prospect { continuation_values: worth.collect() }
    }

    /// What each option of a member of a component is worth to it, where it believes this of the others:
    /// `believed[option]`, all members' options in a row. What comes to it whatever it does is left out.
    pub(crate) fn values(
        &self,
        (component, cell): (ComponentId, usize),
        prospect: &Prospect,
        member: usize,
        believed: &[f64],
    ) -> Vec<f64> {
        let ComponentKind::Turn { structure, .. } = &self.game.components()[component].kind else {
            return Vec::new();
        };
        let (structure, cell) = (self.game.structure(*structure), self.game.local_state(*structure, cell));
        let actor = structure.members[member].actor;
        let mut met = vec![0.0; cell.subsets.len()];
        chances(cell, believed, &mut met);
        let mut values = vec![0.0; cell.options()];
        let mut thinking = vec![false; self.game.blueprint.actors.len()];
        thinking[actor] = true;
        let amounts = Amounts {
            pays: &self.weighted.pays,
            actors: self.game.blueprint.actors.len(),
            per: &self.weighted.per,
        };
        Expectation { cell, amounts, chances: &met }.add_to_options(&thinking, &mut values);
        let mut values = values[cell.options_of(member)].to_vec();
        let Some(mind) = self.own_reasoner(actor) else { return values };
        for (diagram, worth) in cell.diagrams.iter().zip(&prospect.continuation_values) {
            let forward = NodeDistribution::new(diagram, cell, believed);
            if let Contribution::ByClass(stage, by_class) =
                contribution(&forward, worth, self.reasoning.reasoners, mind, Some(member))
            {
                for (value, class) in values.iter_mut().zip(&diagram.shape.stages[stage].class_of) {
                    *value += by_class[*class as usize];
                }
            }
        }
        values
    }

    /// The mind whose play is an actor's own.
    pub(crate) fn own_reasoner(&self, actor: usize) -> Option<Reasoner> {
        let (step, _) = self.reasoning.plays[actor].first()?;
        let step = self.reasoning.levels(1).get(step.checked_sub(1)?)?;
        step.reasoners.iter().find(|mind| mind.actor == actor).copied()
    }

    /// The numbers of the menu of all of an actor's seats.
    pub(crate) fn numbers_of(&self, menu: &Menu, seats: &[usize]) -> MenuProbabilities {
        MenuProbabilities::new(self.game, self.numbers, menu, seats)
    }

    /// Writes the probability of each option of a menu, from what each is worth: rule, script and tremble.
    pub(crate) fn choose_by_value(
        &self,
        actor: usize,
        menu: &Menu,
        numbers: &MenuProbabilities,
        values: &[f64],
        probabilities: &mut [f64],
    ) {
        let mut ruled = vec![0.0; values.len()];
        self.choose(actor, menu, numbers, values, &mut ruled);
        rules::tremble_into(&ruled, &numbers.uniform, self.numbers.actors[actor].tremble, probabilities);
    }

    /// The same from the probability of each choice: script and tremble.
    pub(crate) fn choose_by_choice(
        &self,
        actor: usize,
        menu: &Menu,
        numbers: &MenuProbabilities,
        choices: &[f64],
        probabilities: &mut [f64],
    ) {
        let script = |option: usize| numbers.script.as_ref().map_or(1.0, |script| script[option]);
        let ruled: Vec<f64> = menu
            .choice_of
            .iter()
            .enumerate()
            .map(|(option, &choice)| choices[choice] * script(option))
            .collect();
        rules::tremble_into(&ruled, &numbers.uniform, self.numbers.actors[actor].tremble, probabilities);
    }
}
