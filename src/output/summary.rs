//! The summary of a run, made for people.

use std::fmt::Write;

use super::bars::bar;
use super::text::{WIDTH, broken, widest};
use crate::scenario::Scenario;
use crate::stats::Estimate;
use crate::study::{Method, Run};

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
    /// How long it took, in seconds; `None` where nobody should know.
    pub seconds: Option<f64>,
    /// Where the files are.
    pub folder: Option<&'a str>,
}

/// Width of the bars, in characters, and the least that is left of it beside long names.
const BAR: usize = 24;
const SHORT_BAR: usize = 12;

/// What a line of an outcome holds beside its name and bar.
const NUMBERS: usize = 30;

/// The summary as text, lines up to 80 characters where ids are not long.
#[must_use]
pub fn summary(summary: &Summary<'_>, style: Style) -> String {
    let mut text = format!("{}\n", style.bold(&summary.scenario.title));
    outcomes(&mut text, summary, style);
    length(&mut text, summary);
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
    let labels: Vec<String> =
        summary.scenario.classifications.iter().flat_map(|class| &class.outcomes).map(label).collect();
    let width = widest(labels.iter().map(String::as_str)).min(WIDTH - NUMBERS - SHORT_BAR);
    let bar_width = (WIDTH - NUMBERS - width).min(BAR);
    for (class, row) in summary.scenario.classifications.iter().zip(&summary.run.estimates.outcomes) {
        let _ = writeln!(text, "\n{}", style.bold(&format!("How it ends: {}", class.id)));
        let likeliest = row.iter().map(|e| e.value).fold(0.0, f64::max);
        for (outcome, estimate) in class.outcomes.iter().zip(row) {
            let Estimate { value, low, high } = *estimate;
            let mut lines = broken(&label(outcome), width).into_iter();
            let name = format!("{:width$}", lines.next().unwrap_or_default());
            let first = value >= likeliest;
            let (mark, name) = if first { (">", style.bold(&name)) } else { (" ", name) };
            let range = style.dim(&format!("{:.1} to {:.1}", low * 100.0, high * 100.0));
            let bar = bar(value, bar_width);
            let _ = writeln!(text, "{mark} {name}  {bar}  {}  {range}", percent(value));
            for rest in lines {
                let rest = if first { style.bold(&rest) } else { rest };
                let _ = writeln!(text, "  {rest}");
            }
        }
    }
}

/// How long plays last, where some stop before the last turn.
fn length(text: &mut String, summary: &Summary<'_>) {
    let lengths = &summary.run.estimates.lengths;
    let Some((_, early)) = lengths.split_last() else { return };
    if early.iter().all(|length| length.value <= 0.0) {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "turns are few")]
    let mean: f64 = lengths.iter().enumerate().map(|(turns, share)| turns as f64 * share.value).sum();
    let unit = &summary.scenario.turn;
    let _ = writeln!(text, "\nPlays last {mean:.1} {unit}s on average.");
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
            .filter(|(share, _)| *share > 0.0)
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
        "\n{}, {over}, seed {}{took}",
        match run.by {
            Method::Exact => "Computed exactly".to_owned(),
            Method::Auto | Method::Sample => format!("{} plays", grouped(run.replications)),
        },
        summary.seed,
    );
    if !run.why.is_empty() {
        let _ = writeln!(text, "{}", style.dim(&format!("Found {}.", run.why)));
    }
    let means = if run.by == Method::Exact && run.draws == 0 {
        "There is no sampling error; whether the scenario is right is another matter."
    } else {
        "Ranges are 95 % intervals of sampling error, not of the scenario's being right."
    };
    let _ = writeln!(text, "{}", style.dim(means));
    if let Some(folder) = summary.folder {
        let _ = writeln!(text, "Files: {folder}");
    }
}

/// A whole number with thin groups of three digits.
pub(crate) fn grouped(number: u64) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::examples::{CERTAIN, document, played};

    fn shown(text: &str) -> String {
        let document = document(text);
        let run = played(&document);
        let about =
            Summary { scenario: &document.scenario, run: &run, seed: 1, seconds: None, folder: Some("out") };
        summary(&about, Style { colour: false })
    }

    #[test]
    fn a_summary_says_how_it_ends_and_what_they_do() {
        insta::assert_snapshot!(shown(CERTAIN), @"
        A crossing

        How it ends: way
        > The guest gets through, and has a long  ████████████  100.0 %  96.3 to 100.0
          way to go from there to the end
          waiting                                                 0.0 %  0.0 to 3.7

        Plays last 2.0 days on average.

        What they do most, of the turns in which they can
          crossing  The guard  yield 100 %
          crossing  guest      ask 100 %

        What each makes of it (mean score)
          The guard      2.50  2.36 to 2.64
          guest          6.00  5.61 to 6.39

        Measures
          asked     1.0000  0.9630 to 1.0000

        100 plays, every parameter at its central value, seed 1
        Ranges are 95 % intervals of sampling error, not of the scenario's being right.
        Files: out
        ");
    }

    #[test]
    fn its_lines_fit_a_terminal() {
        let text = shown(CERTAIN);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
    }
}
