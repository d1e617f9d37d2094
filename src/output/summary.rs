//! The summary of a run, made for people.

use std::fmt::Write;

use super::bars::bar;
use crate::scenario::Scenario;
use crate::stats::Estimate;
use crate::study::Run;

/// How text may look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether bold and dim may be used.
    pub colour: bool,
}

impl Style {
    /// The text, bold where that may be.
    #[must_use]
    pub fn bold(self, text: &str) -> String {
        if self.colour { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// The text, dim where that may be.
    #[must_use]
    pub fn dim(self, text: &str) -> String {
        if self.colour { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// What a summary is made of.
#[derive(Clone, Copy, Debug)]
pub struct Summary<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What was found.
    pub run: &'a Run,
    /// The seed.
    pub seed: u64,
    /// How the distribution was found, and why so.
    pub method: &'a str,
    /// How long it took, in seconds; `None` where nobody should know.
    pub seconds: Option<f64>,
    /// Where the files are.
    pub folder: Option<&'a str>,
}

/// Width of the bars, in characters.
const BAR: usize = 24;

/// The summary as text, lines up to 80 characters where names are not long.
#[must_use]
pub fn summary(summary: &Summary<'_>, style: Style) -> String {
    let mut text = format!("{}\n", style.bold(&summary.scenario.title));
    outcomes(&mut text, summary, style);
    moves(&mut text, summary, style);
    scores(&mut text, summary, style);
    measures(&mut text, summary, style);
    footer(&mut text, summary, style);
    text
}

fn percent(share: f64) -> String {
    format!("{:5.1} %", share * 100.0)
}

fn outcomes(text: &mut String, summary: &Summary<'_>, style: Style) {
    let names = summary.scenario.classifications.iter().flat_map(|class| &class.outcomes);
    let width = names.map(|outcome| label(outcome).chars().count()).max().unwrap_or(0);
    for (class, row) in summary.scenario.classifications.iter().zip(&summary.run.estimates.outcomes) {
        let _ = writeln!(text, "\n{}", style.bold(&format!("How it ends: {}", class.id)));
        let likeliest = row.iter().map(|e| e.value).fold(0.0, f64::max);
        for (outcome, estimate) in class.outcomes.iter().zip(row) {
            let Estimate { value, low, high } = *estimate;
            let name = format!("{:width$}", label(outcome));
            let name = if value == likeliest { style.bold(&name) } else { name };
            let range = format!("{:.1} to {:.1}", low * 100.0, high * 100.0);
            let _ =
                writeln!(text, "  {name}  {}  {}  {}", bar(value, BAR), percent(value), style.dim(&range));
        }
    }
}

fn label(outcome: &crate::scenario::Outcome) -> String {
    outcome.notes.title.clone().unwrap_or_else(|| outcome.id.clone())
}

/// Moves of a seat that are named, at most.
const MOST_FREQUENT: usize = 3;

fn moves(text: &mut String, summary: &Summary<'_>, style: Style) {
    let scenario = summary.scenario;
    if scenario.seats.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", style.bold("What they do most, of the turns in which they can"));
    let width = |names: &mut dyn Iterator<Item = usize>| names.max().unwrap_or(0);
    let issues = width(&mut scenario.issues.iter().map(|issue| issue.id.len()));
    let actors = width(&mut scenario.actors.iter().map(|actor| actor.name.chars().count()));
    for (seat, row) in scenario.seats.iter().zip(&summary.run.estimates.overall) {
        let mut shares: Vec<(f64, &str)> = row
            .iter()
            .zip(&seat.moves)
            .filter_map(|(share, made)| Some(((*share)?, made.id.as_str())))
            .collect();
        shares.sort_by(|a, b| b.0.total_cmp(&a.0));
        let shown: Vec<String> = shares
            .iter()
            .take(MOST_FREQUENT)
            .map(|(share, made)| format!("{made} {:.0} %", share * 100.0))
            .collect();
        let shown = if shown.is_empty() { "the issue is never open".to_owned() } else { shown.join(", ") };
        let issue = &scenario.issues[seat.issue.index()].id;
        let actor = &scenario.actors[seat.actor.index()].name;
        let _ = writeln!(text, "  {issue:issues$}  {actor:actors$}  {shown}");
    }
}

fn scores(text: &mut String, summary: &Summary<'_>, style: Style) {
    let _ = writeln!(text, "\n{}", style.bold("What each makes of it (mean score)"));
    let width = summary.scenario.actors.iter().map(|actor| actor.name.chars().count()).max().unwrap_or(0);
    for (actor, estimate) in summary.scenario.actors.iter().zip(&summary.run.estimates.scores) {
        let range = format!("{:.2} to {:.2}", estimate.low, estimate.high);
        let _ = writeln!(text, "  {:width$}  {:8.2}  {}", actor.name, estimate.value, style.dim(&range));
    }
}

fn measures(text: &mut String, summary: &Summary<'_>, style: Style) {
    let measures = &summary.scenario.measures;
    if measures.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", style.bold("Measures"));
    let width = measures.iter().map(|measure| measure.id.len()).max().unwrap_or(0);
    for (measure, estimate) in measures.iter().zip(&summary.run.estimates.measures) {
        let shown = estimate.map_or_else(
            || "nothing: what it is divided by never happened".to_owned(),
            |e| format!("{:9.4}  {}", e.value, style.dim(&format!("{:.4} to {:.4}", e.low, e.high))),
        );
        let _ = writeln!(text, "  {:width$}  {shown}", measure.id);
    }
}

fn footer(text: &mut String, summary: &Summary<'_>, style: Style) {
    let run = summary.run;
    let over = match run.draws {
        0 => "every parameter at its central value".to_owned(),
        draws => format!("{draws} draws of the uncertain parameters"),
    };
    let took = summary.seconds.map_or_else(String::new, |seconds| format!(", {seconds:.1} s"));
    let _ = writeln!(
        text,
        "\n{} plays, {over}, seed {}, {}{took}",
        grouped(run.replications),
        summary.seed,
        summary.method
    );
    let means = "Ranges are 95 % intervals of the simulation's error: not of the scenario's being right.";
    let _ = writeln!(text, "{}", style.dim(means));
    if let Some(folder) = summary.folder {
        let _ = writeln!(text, "Files: {folder}");
    }
}

/// A whole number with thin groups of three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
