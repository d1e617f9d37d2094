//! One play, told turn by turn.

use std::fmt::Write;

use super::text::{Cited, flow, percent, plain, signed, state, widest};
use super::{Cell, Style, Table};
use crate::scenario::{Change, Scenario};
use crate::study::{Story, ToldEffect, ToldMove, ToldPayment, ToldTurn};

/// The tables of a play: moves, payments, effects, levels, ending and scores.
#[must_use]
pub fn story_tables(scenario: &Scenario, story: &Story) -> Vec<(String, Table)> {
    let mut choices = Table::new(&["turn", "actor", "issue", "move", "probability"]);
    let mut payments = Table::new(&["turn", "term", "actor", "amount"]);
    let mut effects = Table::new(&["turn", "effect", "chance", "fired"]);
    let mut levels = Table::new(&["turn", "variable", "level"]);
    push_levels(&mut levels, scenario, 0, &story.start);
    for (number, turn) in (1_usize..).zip(&story.turns) {
        for one in &turn.choices {
            let (actor, issue, made) = names(scenario, one);
            let names = [actor.id.as_str(), issue, made].map(Cell::from);
            let row = [Cell::from(number)].into_iter().chain(names);
            choices.rows.push(row.chain([one.probabilities[one.made].into()]).collect());
        }
        for paid in &turn.payments {
            for (actor, pay) in scenario.actors.iter().zip(&paid.pays).filter(|(_, pay)| **pay != 0.0) {
                let names = [scenario.terms[paid.term].path.as_str(), actor.id.as_str()].map(Cell::from);
                let row = [Cell::from(number)].into_iter().chain(names);
                payments.rows.push(row.chain([(*pay).into()]).collect());
            }
        }
        for one in &turn.effects {
            let path = scenario.effects[one.effect].path.as_str();
            let fired = u64::from(one.fired);
            effects.rows.push(vec![number.into(), path.into(), one.chance.into(), fired.into()]);
        }
        push_levels(&mut levels, scenario, number, &turn.after);
    }
    let named = [
        ("choices", choices),
        ("payments", payments),
        ("effects", effects),
        ("levels", levels),
        ("ending", ending(scenario, story)),
        ("totals", totals(scenario, story)),
    ];
    named.into_iter().map(|(name, table)| (name.to_owned(), table)).collect()
}

fn push_levels(table: &mut Table, scenario: &Scenario, turn: usize, levels: &[usize]) {
    for (variable, &level) in scenario.variables.iter().zip(levels) {
        let names = [variable.id.as_str(), variable.levels[level].as_str()].map(Cell::from);
        table.rows.push([Cell::from(turn)].into_iter().chain(names).collect());
    }
}

fn ending(scenario: &Scenario, story: &Story) -> Table {
    let mut table = Table::new(&["classification", "outcome"]);
    for (class, (outcome, _)) in scenario.classifications.iter().zip(&story.outcomes) {
        table.rows.push([class.id.as_str(), class.outcomes[*outcome].id.as_str()].map(Cell::from).into());
    }
    table
}

fn totals(scenario: &Scenario, story: &Story) -> Table {
    let mut table = Table::new(&["actor", "score"]);
    for (actor, score) in scenario.actors.iter().zip(&story.scores) {
        table.rows.push(vec![actor.id.as_str().into(), (*score).into()]);
    }
    table
}

/// Who moved, in which issue, and what.
fn names<'s>(scenario: &'s Scenario, one: &ToldMove) -> (&'s crate::scenario::Actor, &'s str, &'s str) {
    let seat = &scenario.seats[one.seat];
    let issue = &scenario.issues[seat.issue.index()].id;
    (&scenario.actors[seat.actor.index()], issue, &seat.moves[one.made].id)
}

/// A play as a story, lines up to 80 characters where names are not long.
#[must_use]
pub fn story(scenario: &Scenario, story: &Story, seed: u64, style: Style) -> String {
    let mut telling = Telling { scenario, style, text: String::new(), cited: Cited::default() };
    telling.opening(story, seed);
    let mut standing: Vec<usize> = Vec::new();
    for (number, turn) in (1_usize..).zip(&story.turns) {
        telling.turn(number, turn, &standing);
        standing = turn.payments.iter().filter(|paid| !paid.names_moves).map(|paid| paid.term).collect();
    }
    telling.ending(story);
    let Telling { mut text, cited, .. } = telling;
    if !cited.is_empty() {
        let _ = writeln!(text, "\n{}", style.bold("What the claims say"));
        cited.spell_out(&mut text, scenario);
    }
    text
}

struct Telling<'s> {
    scenario: &'s Scenario,
    style: Style,
    text: String,
    cited: Cited,
}

impl Telling<'_> {
    fn opening(&mut self, story: &Story, seed: u64) {
        let _ = writeln!(self.text, "{}", self.style.bold(&self.scenario.title));
        let draw = story.draw.map_or_else(
            || "every parameter at its central value".to_owned(),
            |draw| format!("draw {draw} of the parameters"),
        );
        let _ = writeln!(self.text, "Play {}, {draw}, seed {seed}\n", story.replication);
        if story.draw.is_some() {
            let drawn = self.scenario.uncertain().into_iter().map(|id| {
                format!("{} {}", self.scenario.parameters[id.index()].id, plain(story.parameters[id.index()]))
            });
            let drawn: Vec<String> = drawn.collect();
            self.text.push_str("Drawn: ");
            flow(&mut self.text, &drawn.join(", "), 7);
        }
        self.text.push_str("Start: ");
        flow(&mut self.text, &state(self.scenario, &story.start), 7);
    }

    fn turn(&mut self, number: usize, turn: &ToldTurn, standing: &[usize]) {
        let mut unit = self.scenario.turn.clone();
        if let Some(first) = unit.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        let _ = writeln!(self.text, "\n{}", self.style.bold(&format!("{unit} {number}")));
        if turn.choices.is_empty() {
            self.text.push_str("  No issue is open.\n");
        }
        self.moves(&turn.choices);
        let (known, told): (Vec<&ToldPayment>, Vec<&ToldPayment>) =
            turn.payments.iter().partition(|paid| !paid.names_moves && standing.contains(&paid.term));
        for paid in told.into_iter().filter(|paid| paid.pays.iter().any(|pay| *pay != 0.0)) {
            self.payment(paid);
        }
        self.standing(&known);
        for one in &turn.effects {
            self.happening(*one);
        }
        let changes: Vec<String> = self
            .scenario
            .variables
            .iter()
            .zip(turn.before.iter().zip(&turn.after))
            .filter(|(_, (before, after))| before != after)
            .map(|(v, (before, after))| format!("{}: {} -> {}", v.id, v.levels[*before], v.levels[*after]))
            .collect();
        let changes = if changes.is_empty() { "nothing changes".to_owned() } else { changes.join(", ") };
        self.text.push_str("  => ");
        flow(&mut self.text, &changes, 5);
    }

    /// Every choice with its probability, and what else there was.
    fn moves(&mut self, moves: &[ToldMove]) {
        let actors = widest(self.scenario.actors.iter().map(|actor| actor.name.as_str()));
        let issues = widest(self.scenario.issues.iter().map(|issue| issue.id.as_str()));
        for one in moves {
            let (actor, issue, made) = names(self.scenario, one);
            let seat = &self.scenario.seats[one.seat];
            let mut others: Vec<(f64, &str)> = (seat.moves.iter().zip(&one.probabilities).enumerate())
                .filter(|(at, (_, p))| *at != one.made && **p > 0.0)
                .map(|(_, (other, p))| (*p, other.id.as_str()))
                .collect();
            others.sort_by(|a, b| b.0.total_cmp(&a.0));
            let others: Vec<String> =
                others.iter().map(|(p, other)| format!("{other} {}", percent(*p))).collect();
            let _ =
                write!(self.text, "  {:actors$}  {issue:issues$}  {} ", actor.name, self.style.bold(made));
            let rest = if others.is_empty() { String::new() } else { format!(" (or {})", others.join(", ")) };
            flow(
                &mut self.text,
                &format!("{}{rest}", percent(one.probabilities[one.made])),
                actors + issues + 6,
            );
        }
    }

    fn payment(&mut self, paid: &ToldPayment) {
        let term = &self.scenario.terms[paid.term];
        let reasons = self.cited.reasons(self.scenario, &term.notes.because);
        let reasons = if reasons.is_empty() { reasons } else { format!(" -- {reasons}") };
        let title = term.notes.title.as_deref().unwrap_or(&term.id);
        let words = format!("{title}: {}{reasons}", self.pays(&paid.pays));
        self.text.push_str("  * ");
        flow(&mut self.text, &words, 4);
    }

    /// What the state pays as it did the turn before, summed up.
    fn standing(&mut self, known: &[&ToldPayment]) {
        if known.is_empty() {
            return;
        }
        let mut sums = vec![0.0; self.scenario.actors.len()];
        for paid in known {
            for (sum, pay) in sums.iter_mut().zip(&paid.pays) {
                *sum += pay;
            }
        }
        let terms: Vec<&str> = known.iter().map(|paid| self.scenario.terms[paid.term].id.as_str()).collect();
        self.text.push_str("  * ");
        let words = format!("as before ({}): {}", terms.join(", "), self.pays(&sums));
        flow(&mut self.text, &words, 4);
    }

    fn pays(&self, pays: &[f64]) -> String {
        let paid = self.scenario.actors.iter().zip(pays).filter(|(_, pay)| **pay != 0.0);
        let shown: Vec<String> =
            paid.map(|(actor, pay)| format!("{} {}", actor.name, signed(*pay).trim())).collect();
        if shown.is_empty() { "nothing".to_owned() } else { shown.join(", ") }
    }

    fn happening(&mut self, one: ToldEffect) {
        let effect = &self.scenario.effects[one.effect];
        let does: Vec<String> = effect
            .changes
            .iter()
            .map(|(v, change)| {
                let variable = &self.scenario.variables[v.index()];
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
            let reasons = self.cited.reasons(self.scenario, &effect.notes.because);
            let reasons = if reasons.is_empty() { reasons } else { format!(" -- {reasons}") };
            format!("{title}{chance}: {}{reasons}", does.join(", "))
        } else {
            format!("{title}{chance}: does not happen")
        };
        self.text.push_str(if one.fired { "  ! " } else { "  . " });
        flow(&mut self.text, &words, 4);
    }

    fn ending(&mut self, story: &Story) {
        let turns = story.turns.len();
        let unit = &self.scenario.turn;
        let stopped = turns < self.scenario.turns as usize;
        let why = if stopped { "by an outcome that stops the play" } else { "the last turn was played" };
        let heading = format!("It ends after {turns} {unit}{}", if turns == 1 { "" } else { "s" });
        let _ = writeln!(self.text, "\n{}, {why}", self.style.bold(&heading));
        self.text.push_str("  ");
        flow(&mut self.text, &state(self.scenario, &story.end), 2);
        for (class, (outcome, pays)) in self.scenario.classifications.iter().zip(&story.outcomes) {
            let outcome = &class.outcomes[*outcome];
            let title = outcome.notes.title.as_deref().unwrap_or(&outcome.id);
            let paid = pays.iter().any(|pay| *pay != 0.0);
            let paid = if paid { format!(", which pays {}", self.pays(pays)) } else { String::new() };
            let _ = write!(self.text, "  {}: {}", class.id, self.style.bold(title));
            flow(&mut self.text, &paid, 4);
        }
        let scores = self.scenario.actors.iter().zip(&story.scores);
        let scores: Vec<String> =
            scores.map(|(actor, score)| format!("{} {}", actor.name, plain(*score))).collect();
        self.text.push_str("  scores: ");
        flow(&mut self.text, &scores.join(", "), 4);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::examples::{CERTAIN, document};
    use crate::study::Settings;

    fn told(text: &str) -> (crate::scenario::Document, Story) {
        let document = document(text);
        let told = crate::study::story(&document, &Settings::default(), 0).expect("it can be played");
        (document, told)
    }

    #[test]
    fn a_play_is_told_day_by_day() {
        let (document, told) = told(CERTAIN);
        insta::assert_snapshot!(story(&document.scenario, &told, 1, Style { colour: false }), @r#"
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
        let (document, told) = told(CERTAIN);
        let tables = story_tables(&document.scenario, &told);
        let sizes: Vec<String> =
            tables.iter().map(|(name, table)| format!("{name} {}", table.rows.len())).collect();
        assert_eq!(sizes, ["choices 4", "payments 8", "effects 2", "levels 6", "ending 1", "totals 2"]);
    }
}
