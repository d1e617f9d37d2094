//! What is known of games in extensive form.

use std::fmt::Write;

use super::Telling;
use super::layout::flow;
use super::numbers::{self, amount};
use super::solve::{ACROSS, LISTED, SHOWN, amounts};
use crate::equilibrium::NormalForm;
use crate::equilibrium::gambit::{InformationSet, TreeSolution};

/// Adds what is known of a tree.
pub(super) fn add(text: &mut String, form: &NormalForm, found: &TreeSolution, telling: &Telling<'_>) {
    let mut writer = Writer { text, form, found, telling };
    writer.forgetful();
    writer.subgame_perfect();
    writer.agent_quantal();
}

struct Writer<'a> {
    text: &'a mut String,
    form: &'a NormalForm,
    found: &'a TreeSolution,
    telling: &'a Telling<'a>,
}

impl Writer<'_> {
    fn flow(&mut self, words: &str, indent: usize) {
        flow(self.text, words, indent, self.telling.style.width);
    }

    /// The options that give everything.
    fn everything(&self) -> String {
        let option = self.telling.option;
        format!("{} and {}", option("json", None), option("out", None))
    }

    fn name(&self, player: usize) -> &str {
        &self.form.players()[player].name
    }

    fn forgetful(&mut self) {
        if self.found.forgetful.is_empty() {
            return;
        }
        let names: Vec<&str> = self.found.forgetful.iter().map(|&player| self.name(player)).collect();
        let words = format!(
            "Without perfect recall: {}. A strategy is a plan made before the game: a mixture of plans may do what no \
             behaviour at the information sets does.",
            names.join(", ")
        );
        self.text.push_str("\n  ");
        self.flow(&words, 2);
    }

    fn subgame_perfect(&mut self) {
        let Some(found) = &self.found.subgame_perfect else { return };
        let all = if found.complete { "" } else { " (the first of very many)" };
        let _ = writeln!(
            self.text,
            "\n  Subgame-perfect equilibria, by backward induction, and what they pay{all}"
        );
        for (number, equilibrium) in found.equilibria.iter().take(LISTED).enumerate() {
            let done = self
                .found
                .sets
                .iter()
                .zip(&equilibrium.actions)
                .map(|(set, &action)| format!("{} {}", self.place(set), set.actions[action]));
            let done = done.collect::<Vec<_>>().join("; ");
            let _ = write!(self.text, "    {:>2}  {}  ", number + 1, amounts(&equilibrium.pays));
            self.flow(&done, 8);
        }
        if found.equilibria.len() > LISTED {
            let more = found.equilibria.len() - LISTED;
            let _ = writeln!(self.text, "    ... and {more} more: {} give all", self.everything());
        }
    }

    /// `Sender at strong:`
    fn place(&self, set: &InformationSet) -> String {
        format!("{} at {}:", self.name(set.player), set.name)
    }

    fn agent_quantal(&mut self) {
        let Some(found) = &self.found.agent_quantal else {
            self.text.push_str("\n  Agent quantal response: not traced: the tree is too large, or somebody gets to an\n  information set twice\n");
            return;
        };
        self.text.push_str(
            "\n  Agent quantal response: logit choice at each information set, given that it is reached, by precision\n",
        );
        if self.found.sets.iter().map(|set| set.actions.len()).sum::<usize>() > ACROSS {
            let everything = self.everything();
            let _ = writeln!(self.text, "    too wide to be shown here: {everything} give them");
            return;
        }
        self.text.push_str("                ");
        let heads =
            self.found.sets.iter().map(|set| format!("{} {}", self.place(set), set.actions.join(" ")));
        let heads = heads.collect::<Vec<_>>().join(" | ");
        self.flow(&heads, 16);
        for at in found.iter().filter(|at| SHOWN.contains(&at.precision)) {
            let precision = if at.precision.is_finite() { amount(at.precision) } else { "limit".to_owned() };
            let row = match &at.behaviour {
                Ok(all) => all.iter().map(|own| numbers::thousandths(own)).collect::<Vec<_>>().join(" | "),
                Err(why) => why.to_string(),
            };
            let _ = writeln!(self.text, "    {precision:>8}    {row}");
        }
    }
}
