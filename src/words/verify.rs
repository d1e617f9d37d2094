//! How the facts came out.

use super::Style;
use super::grid::grid;
use super::numbers::{self, NOTHING};
use crate::ask::verify::VerifyFindings;
use crate::study::{FactResult, Verdict};

/// The facts, and a last line that counts those that hold.
pub(super) fn text(found: &VerifyFindings, style: Style) -> String {
    if found.facts.is_empty() {
        return "the scenario has no [facts]\n".to_owned();
    }
    let header = ["fact", "demands", "value", "against", "difference", "95 % interval", ""];
    let table = grid(header.map(str::to_owned), found.facts.iter().map(|fact| row(fact, style)), 2..5);
    let holding = found.facts.iter().filter(|fact| fact.verdict == Verdict::Holds).count();
    format!("{table}{}\n{holding} of {} hold\n", reasons(found), found.facts.len())
}

/// Why facts have no answer, a line for each reason.
fn reasons(found: &VerifyFindings) -> String {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for fact in &found.facts {
        let Some(why) = fact.absent.as_ref().map(ToString::to_string) else { continue };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, facts)) => facts.push(&fact.fact),
            None => reasons.push((why, vec![&fact.fact])),
        }
    }
    reasons.iter().map(|(why, facts)| format!("\nNo answer for {}: {why}\n", facts.join(", "))).collect()
}

fn row(fact: &FactResult, style: Style) -> Vec<String> {
    let nothing = || NOTHING.to_owned();
    let shown = |value: Option<f64>| value.map_or_else(nothing, numbers::fact);
    let difference = fact.difference.map_or_else(nothing, |it| numbers::signed_fact(it.value));
    let ends = |low, high| numbers::ends(low, high, numbers::signed_fact);
    vec![
        fact.fact.clone(),
        format!("{} {}", fact.measure, fact.demand),
        shown(fact.value),
        shown(fact.against),
        difference,
        fact.difference.map_or_else(nothing, |it| ends(it.low, it.high)),
        match fact.verdict {
            Verdict::Holds => "holds".to_owned(),
            Verdict::Fails => style.bold("FAILS"),
            Verdict::Unclear => style.bold("unclear"),
        },
    ]
}
