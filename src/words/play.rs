//! One play, turn by turn.

use std::fmt::Write;

use super::Style;
use super::cited::Cited;
use super::layout::{flow, widest};
use super::numbers::{self, percent};
use super::state::state;
use crate::ask::play::PlayFindings;
use crate::ask::{About, Answer};
use crate::scenario::Change;
use crate::study::{EffectInPlay, MoveInPlay, PaymentInPlay, Story, TurnOfPlay};

/// A play as a story.
pub(super) fn text(answer: &Answer, found: &PlayFindings, style: Style) -> String {
    let (about, story) = (&answer.about, &found.story);
    let mut writer = Writer { about, style, text: String::new(), cited: Cited::default() };
    writer.opening(story, answer.provenance.seed);
    let mut standing: Vec<usize> = Vec::new();
    for (number, turn) in (story.observed + 1..).zip(&story.turns) {
        writer.turn(number, turn, &standing);
        standing = turn.payments.iter().filter(|paid| !paid.names_moves).map(|paid| paid.term).collect();
    }
    writer.ending(story);
    let Writer { mut text, cited, .. } = writer;
    cited.spell_out(&mut text, about, style);
    text
}

/// A story on its way to text.
struct Writer<'s> {
    about: &'s About,
    style: Style,
    text: String,
    cited: Cited,
}

impl Writer<'_> {
    /// Adds running text; later lines begin with so many spaces.
    fn flow(&mut self, words: &str, indent: usize) {
        flow(&mut self.text, words, indent, self.style.width);
    }

    fn opening(&mut self, story: &Story, seed: u64) {
        let _ = writeln!(self.text, "{}", self.style.bold(&self.about.title));
        let draw = story.draw.map_or_else(
            || "every parameter at its central value".to_owned(),
            |draw| format!("draw {draw} of the parameters"),
        );
        let _ = writeln!(self.text, "Play {}, {draw}, seed {seed}\n", story.replication);
        if story.draw.is_some() {
            let drawn = self.about.uncertain.iter().map(|&at| {
                format!("{} {}", self.about.parameters[at].id, numbers::amount(story.parameters[at]))
            });
            let drawn: Vec<String> = drawn.collect();
            self.text.push_str("Drawn: ");
            self.flow(&drawn.join(", "), 7);
        }
        match story.observed {
            0 => self.text.push_str("Start: "),
            turns => {
                let unit = &self.about.turn;
                let plural = if turns == 1 { "" } else { "s" };
                let _ = write!(self.text, "After {turns} observed {unit}{plural}: ");
            }
        }
        self.flow(&state(self.about, &story.start), 7);
    }

    fn turn(&mut self, number: usize, turn: &TurnOfPlay, standing: &[usize]) {
        let mut unit = self.about.turn.clone();
        if let Some(first) = unit.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        let _ = writeln!(self.text, "\n{}", self.style.bold(&format!("{unit} {number}")));
        if turn.choices.is_empty() {
            self.text.push_str("  No issue is open.\n");
        }
        self.moves(&turn.choices);
        let (known, new): (Vec<&PaymentInPlay>, Vec<&PaymentInPlay>) =
            turn.payments.iter().partition(|paid| !paid.names_moves && standing.contains(&paid.term));
        for paid in new.into_iter().filter(|paid| paid.pays.iter().any(|pay| *pay != 0.0)) {
            self.payment(paid);
        }
        self.standing(&known);
        for one in &turn.effects {
            self.happening(*one);
        }
        let changes: Vec<String> = self
            .about
            .variables
            .iter()
            .zip(turn.before.iter().zip(&turn.after))
            .filter(|(_, (before, after))| before != after)
            .map(|(v, (before, after))| format!("{}: {} -> {}", v.id, v.levels[*before], v.levels[*after]))
            .collect();
        let changes = if changes.is_empty() { "nothing changes".to_owned() } else { changes.join(", ") };
        self.text.push_str("  => ");
        self.flow(&changes, 5);
    }

    /// Every choice with its probability, and what else there was.
    fn moves(&mut self, moves: &[MoveInPlay]) {
        let actors = widest(self.about.actors.iter().map(|actor| actor.name.as_str()));
        let issues = widest(self.about.issues.iter().map(|issue| issue.id.as_str()));
        for one in moves {
            let (actor, issue, made) = names(self.about, one);
            let seat = &self.about.seats[one.seat];
            let mut others: Vec<(f64, &str)> = (seat.moves.iter().zip(&one.probabilities).enumerate())
                .filter(|(at, (_, p))| *at != one.made && **p > 0.0)
                .map(|(_, (other, p))| (*p, other.id.as_str()))
                .collect();
            others.sort_by(|a, b| b.0.total_cmp(&a.0));
            let others: Vec<String> =
                others.iter().map(|(p, other)| format!("{other} {}", percent(*p))).collect();
            let _ = write!(self.text, "  {:actors$}  {issue:issues$}  {} ", actor, self.style.bold(made));
            let rest = if others.is_empty() { String::new() } else { format!(" (or {})", others.join(", ")) };
            self.flow(&format!("{}{rest}", percent(one.probabilities[one.made])), actors + issues + 6);
        }
    }

    fn payment(&mut self, paid: &PaymentInPlay) {
        let term = &self.about.terms[paid.term];
        let reasons = self.cited.reasons(self.about, &term.notes.because);
        let title = term.notes.title.as_deref().unwrap_or(&term.id);
        let words = format!("{title}: {}{reasons}", self.pays(&paid.pays));
        self.text.push_str("  * ");
        self.flow(&words, 4);
    }

    /// What the state pays as it did the turn before, summed up.
    fn standing(&mut self, known: &[&PaymentInPlay]) {
        if known.is_empty() {
            return;
        }
        let mut sums = vec![0.0; self.about.actors.len()];
        for paid in known {
            for (sum, pay) in sums.iter_mut().zip(&paid.pays) {
                *sum += pay;
            }
        }
        let terms: Vec<&str> = known.iter().map(|paid| self.about.terms[paid.term].id.as_str()).collect();
        self.text.push_str("  * ");
        let words = format!("as before ({}): {}", terms.join(", "), self.pays(&sums));
        self.flow(&words, 4);
    }

    fn pays(&self, pays: &[f64]) -> String {
        let paid = self.about.actors.iter().zip(pays).filter(|(_, pay)| **pay != 0.0);
        let shown: Vec<String> = paid
            .map(|(actor, pay)| format!("{} {}", actor.name, numbers::signed_amount(*pay).trim()))
            .collect();
        if shown.is_empty() { "nothing".to_owned() } else { shown.join(", ") }
    }

    fn happening(&mut self, one: EffectInPlay) {
        let effect = &self.about.effects[one.effect];
        let does: Vec<String> = effect
            .changes
            .iter()
            .map(|(v, change)| {
                let variable = &self.about.variables[v.index()];
                match change {
                    Change::Set(level) => format!("{} to {}", variable.id, variable.levels[*level]),
                    Change::Shift(by) if *by > 0 => format!("{} up {by}", variable.id),
                    Change::Shift(by) => format!("{} down {}", variable.id, by.unsigned_abs()),
                }
            })
            .collect();
        let title = effect.notes.title.as_deref().unwrap_or(&effect.id);
        let chance = if one.chance < 1.0 { format!(" ({})", percent(one.chance)) } else { String::new() };
        let words = if one.fired {
            let reasons = self.cited.reasons(self.about, &effect.notes.because);
            format!("{title}{chance}: {}{reasons}", does.join(", "))
        } else {
            format!("{title}{chance}: does not happen")
        };
        self.text.push_str(if one.fired { "  ! " } else { "  . " });
        self.flow(&words, 4);
    }

    fn ending(&mut self, story: &Story) {
        let turns = story.observed + story.turns.len();
        let unit = &self.about.turn;
        let stopped = turns < self.about.turns as usize;
        let why = if stopped { "by an outcome that stops the play" } else { "the last turn was played" };
        let heading = format!("It ends after {turns} {unit}{}", if turns == 1 { "" } else { "s" });
        let _ = writeln!(self.text, "\n{}, {why}", self.style.bold(&heading));
        self.text.push_str("  ");
        self.flow(&state(self.about, &story.end), 2);
        for (class, (outcome, pays)) in self.about.classifications.iter().zip(&story.outcomes) {
            let outcome = &class.outcomes[*outcome];
            let title = outcome.notes.title.as_deref().unwrap_or(&outcome.id);
            let paid = pays.iter().any(|pay| *pay != 0.0);
            let paid = if paid { format!(", which pays {}", self.pays(pays)) } else { String::new() };
            let _ = write!(self.text, "  {}: {}", class.id, self.style.bold(title));
            self.flow(&paid, 4);
        }
        let scores = self.about.actors.iter().zip(&story.scores);
        let scores: Vec<String> =
            scores.map(|(actor, score)| format!("{} {}", actor.name, numbers::amount(*score))).collect();
        self.text.push_str("  scores: ");
        self.flow(&scores.join(", "), 4);
    }
}

/// Who moved, in which issue, and what.
fn names<'s>(about: &'s About, one: &MoveInPlay) -> (&'s str, &'s str, &'s str) {
    let seat = &about.seats[one.seat];
    let issue = &about.issues[seat.issue.index()].id;
    (&about.actors[seat.actor.index()].name, issue, &seat.moves[one.made].id)
}

#[cfg(test)]
mod tests {
    use super::super::examples::{CERTAIN, answered, said};

    #[test]
    fn a_play_is_told_day_by_day() {
        insta::assert_snapshot!(said(CERTAIN, r#"{ "command": "play" }"#), @r#"
        A crossing
        Play 0, every parameter at its central value, seed 1

        Start: gate shut, mood calm

        Day 1
          The guard  crossing  yield 100 %
          guest      crossing  ask 100 %
          * asking: guest -0.50 -- asking costs face
          * Passage for a toll: The guard +1.00, guest +2.00 -- c1; assumed: the size
          * peace: The guard +0.25
          ! opens: gate up 1
          => gate: shut -> ajar

        Day 2
          The guard  crossing  yield 100 %
          guest      crossing  ask 100 %
          * asking: guest -0.50 -- asking costs face
          * Passage for a toll: The guard +1.00, guest +2.00 -- c1; assumed: the size
          * as before (peace): The guard +0.25
          ! opens: gate up 1
          => gate: ajar -> open

        It ends after 2 days, by an outcome that stops the play
          gate open, mood calm
          way: The guest gets through, and has a long way to go from there to the end,
            which pays guest +3.00
          scores: The guard 2.50, guest 6.00

        What the claims say
          c1  Who pays is let through. (an old song)
        "#);
    }

    #[test]
    fn its_tables_have_a_row_for_everything_that_happened() {
        let tables = crate::tables::tables(&answered(CERTAIN, r#"{ "command": "play" }"#));
        let sizes: Vec<String> =
            tables.iter().map(|table| format!("{} {}", table.name(), table.rows())).collect();
        assert_eq!(sizes, ["choices 4", "payments 8", "effects 2", "levels 6", "ending 1", "totals 2"]);
    }
}
