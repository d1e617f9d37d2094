//! How likely each option of a menu is, from what options are worth: rule, script and tremble.

use super::draw_numbers::MenuProbabilities;
use super::policies::Policies;
use super::rules;
use crate::game::{Menu, Rule};
use crate::scenario::ActorId;

/// Who chooses from which menu.
#[derive(Clone, Copy)]
pub(crate) struct Chooser<'a> {
    pub(crate) actor: ActorId,
    pub(crate) menu: &'a Menu,
    /// Those of the menu.
    pub(crate) numbers: &'a MenuProbabilities,
}

/// A choice rule with its number.
#[derive(Clone, Copy)]
struct PreciseRule {
    rule: Rule,
    /// Of the logit rule; of no meaning to others.
    precision: f64,
}

impl Policies<'_> {
    /// Applies an actor's choice rule to what its options are worth, without tremble.
    pub(crate) fn choose(&self, of: Chooser<'_>, values: &[f64], probabilities: &mut [f64]) {
        let rule = self.game.blueprint.actors[of.actor].rule;
        let rule = PreciseRule { rule, precision: self.numbers.actor(of.actor).logit };
        match &of.numbers.script {
            None => rule.apply(values, probabilities),
            Some(script) => rule.apply_scripted(values, of.menu, script, probabilities),
        }
    }

    /// Writes the probability of each option of a menu, from what each is worth: rule, script and tremble.
    pub(crate) fn choose_by_value(&self, of: Chooser<'_>, values: &[f64], probabilities: &mut [f64]) {
        let mut ruled = vec![0.0; values.len()];
        self.choose(of, values, &mut ruled);
        self.tremble(of, &ruled, probabilities);
    }

    /// The same from the probability of each choice: script and tremble.
    pub(crate) fn choose_by_choice(&self, of: Chooser<'_>, choices: &[f64], probabilities: &mut [f64]) {
        let script = |option: usize| of.numbers.script.as_ref().map_or(1.0, |script| script[option]);
        let options = of.menu.choice_of.iter().enumerate();
        let ruled: Vec<f64> = options.map(|(option, &choice)| choices[choice] * script(option)).collect();
        self.tremble(of, &ruled, probabilities);
    }

    fn tremble(&self, of: Chooser<'_>, ruled: &[f64], probabilities: &mut [f64]) {
        rules::tremble_into(ruled, &of.numbers.uniform, self.numbers.actor(of.actor).tremble, probabilities);
    }
}

impl PreciseRule {
    /// Writes the probability of each option, where nothing is drawn by the script.
    fn apply(self, values: &[f64], probabilities: &mut [f64]) {
        match self.rule {
            Rule::Uniform => rules::uniform_into(probabilities),
            Rule::Best => rules::best_into(values, probabilities),
            Rule::Logit => rules::logit_into(values, self.precision, probabilities),
        }
    }

    /// The same where the script draws in some seats: the actor chooses in the others, and the value of a
    /// choice is its mean over the script.
    fn apply_scripted(self, values: &[f64], menu: &Menu, script: &[f64], probabilities: &mut [f64]) {
        let mut choice_values = vec![0.0; menu.choices];
        for ((value, choice), drawn) in values.iter().zip(&menu.choice_of).zip(script) {
            choice_values[*choice] += value * drawn;
        }
        let mut chosen = vec![0.0; menu.choices];
        self.apply(&choice_values, &mut chosen);
        for ((probability, choice), drawn) in probabilities.iter_mut().zip(&menu.choice_of).zip(script) {
            *probability = chosen[*choice] * drawn;
        }
    }
}
