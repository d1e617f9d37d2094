//! One play, told turn by turn.

use std::fmt::Write;

use super::Style;
use super::reasons::{cited, short_reasons, state};
use crate::scenario::Scenario;
use crate::study::{Story, ToldTurn};

/// The story as text.
#[must_use]
pub fn story(scenario: &Scenario, story: &Story, style: Style) -> String {
    let mut text = format!("{}\n", style.bold(&scenario.title));
    let under = story.draw.map_or_else(|| "central values".to_owned(), |draw| format!("draw {draw}"));
    let _ = writeln!(
        text,
        "replication {}, {under}\n\nAt the start: {}",
        story.replication,
        state(scenario, &story.start)
    );
    let mut before = story.start.clone();
    for (number, turn) in (1..).zip(&story.turns) {
        let _ = writeln!(text, "\n{}", style.bold(&format!("{} {number}", capital(&scenario.turn))));
        tell(&mut text, scenario, turn, &before, style);
        before.clone_from(&turn.after);
    }
    let _ = writeln!(text, "\n{}", style.bold("The end"));
    for (class, &outcome) in scenario.classifications.iter().zip(&story.outcomes) {
        let outcome = &class.outcomes[outcome];
        let _ = writeln!(text, "  {}: {}", class.id, outcome.notes.title.as_ref().unwrap_or(&outcome.id));
    }
    for (actor, score) in scenario.actors.iter().zip(&story.scores) {
        let _ = writeln!(text, "  {} has {score:.2}", actor.name);
    }
    legend(&mut text, scenario, story, style);
    text
}

/// The claims on which what was paid rests, once each.
fn legend(text: &mut String, scenario: &Scenario, story: &Story, style: Style) {
    let paid = story.turns.iter().flat_map(|turn| &turn.payments);
    let claims = cited(paid.map(|(term, _)| &scenario.terms[*term].notes));
    if !claims.is_empty() {
        let _ = writeln!(text, "\n{}", style.bold("What the payments rest on"));
    }
    for claim in claims {
        let claim = &scenario.claims[claim];
        let _ = writeln!(text, "  {}: {}", claim.id, claim.text);
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn tell(text: &mut String, scenario: &Scenario, turn: &ToldTurn, before: &[usize], style: Style) {
    for (seat, made, probability) in &turn.choices {
        let seat = &scenario.seats[*seat];
        let actor = &scenario.actors[seat.actor.index()].name;
        let issue = &scenario.issues[seat.issue.index()].id;
        let _ = writeln!(text, "  {actor}, {issue}: {} ({:.0} %)", seat.moves[*made].id, probability * 100.0);
    }
    for (term, amounts) in &turn.payments {
        let paid = scenario.actors.iter().zip(amounts).filter(|(_, amount)| **amount != 0.0);
        let paid: Vec<String> = paid.map(|(actor, amount)| format!("{} {amount:+.2}", actor.name)).collect();
        if !paid.is_empty() {
            let term = &scenario.terms[*term];
            let why = short_reasons(scenario, &term.notes);
            let why = if why.is_empty() { String::new() } else { format!("  ({why})") };
            let _ = writeln!(text, "    {}: {}{}", term.id, paid.join(", "), style.dim(&why));
        }
    }
    for effect in &turn.fired {
        let effect = &scenario.effects[*effect];
        let kind = if effect.issue.is_some() { "effect" } else { "event" };
        let _ = writeln!(text, "  {kind}: {}", effect.notes.title.as_ref().unwrap_or(&effect.id));
    }
    for ((variable, was), is) in scenario.variables.iter().zip(before).zip(&turn.after) {
        if was != is {
            let _ = writeln!(
                text,
                "  {} goes from {} to {}",
                variable.id, variable.levels[*was], variable.levels[*is]
            );
        }
    }
}
