//! The summary of a run, made for people.

use std::fmt::Write;

use super::layout::{bar, broken, widest};
use super::{Style, Telling, given, numbers};
use crate::ask::{About, AboutOutcome, Answer};
use crate::stats::Estimate;
use crate::study::{Closest, Effort, Method, Outlook, Run};

/// A run on its way to text.
struct Summary<'a> {
    about: &'a About,
    run: &'a Run,
    seed: u64,
    telling: &'a Telling<'a>,
}

/// Width of the bars, in characters, and the least that is left of it beside long names.
const BAR: usize = 24;
const SHORT_BAR: usize = 12;

/// What a line of an outcome holds beside its name and bar.
const NUMBERS: usize = 30;

/// The summary of a run, in lines that fit where ids are not long.
pub(super) fn text(answer: &Answer, run: &Run, telling: &Telling<'_>) -> String {
    let summary = Summary { about: &answer.about, run, seed: answer.provenance.seed, telling };
    let style = telling.style;
    let mut text = format!("{}\n", style.bold(&answer.about.title));
    outcomes(&mut text, &summary, style);
    length(&mut text, &summary);
    moves(&mut text, &summary, style);
    scores(&mut text, &summary, style);
    measures(&mut text, &summary, style);
    if let Some(found) = &run.given {
        text += &given::text(&answer.about, found, run.draws, style);
    }
    footer(&mut text, &summary, style);
    text
}

fn outcomes(text: &mut String, summary: &Summary<'_>, style: Style) {
    let labels: Vec<String> =
        summary.about.classifications.iter().flat_map(|class| &class.outcomes).map(label).collect();
    let width =
        widest(labels.iter().map(String::as_str)).min(style.width.saturating_sub(NUMBERS + SHORT_BAR));
    let bar_width = style.width.saturating_sub(NUMBERS + width).min(BAR);
    for (class, row) in summary.about.classifications.iter().zip(&summary.run.estimates.outcomes) {
        let _ = writeln!(text, "\n{}", style.bold(&format!("How it ends: {}", class.id)));
        let likeliest = row.iter().map(|e| e.value).fold(0.0, f64::max);
        for (outcome, estimate) in class.outcomes.iter().zip(row) {
            let Estimate { value, low, high } = *estimate;
            let mut lines = broken(&label(outcome), width).into_iter();
            let name = format!("{:width$}", lines.next().unwrap_or_default());
            let first = value >= likeliest;
            let (mark, name) = if first { (">", style.bold(&name)) } else { (" ", name) };
            let range = style.dim(&numbers::points_interval(low, high));
            let bar = bar(value, bar_width);
            let _ = writeln!(text, "{mark} {name}  {bar}  {:>7}  {range}", numbers::share(value));
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
    let unit = &summary.about.turn;
    let _ = writeln!(text, "\nPlays last {mean:.1} {unit}s on average.");
}

fn label(outcome: &AboutOutcome) -> String {
    outcome.notes.title.clone().unwrap_or_else(|| outcome.id.clone())
}

/// Moves of a seat that are named, at most.
const MOST_FREQUENT: usize = 3;

fn moves(text: &mut String, summary: &Summary<'_>, style: Style) {
    let about = summary.about;
    if about.seats.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", style.bold("What they do most, of the turns in which they can"));
    let width = |names: &mut dyn Iterator<Item = usize>| names.max().unwrap_or(0);
    let issues = width(&mut about.issues.iter().map(|issue| issue.id.len()));
    let actors = width(&mut about.actors.iter().map(|actor| actor.name.chars().count()));
    for (seat, row) in about.seats.iter().zip(&summary.run.estimates.overall) {
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
        let issue = &about.issues[seat.issue.index()].id;
        let actor = &about.actors[seat.actor.index()].name;
        let _ = writeln!(text, "  {issue:issues$}  {actor:actors$}  {shown}");
    }
}

fn scores(text: &mut String, summary: &Summary<'_>, style: Style) {
    let heading = match &summary.run.given {
        None => "What each makes of it (mean score)",
        Some(_) => "What each makes of what is to come (mean score)",
    };
    let _ = writeln!(text, "\n{}", style.bold(heading));
    let width = summary.about.actors.iter().map(|actor| actor.name.chars().count()).max().unwrap_or(0);
    for (actor, estimate) in summary.about.actors.iter().zip(&summary.run.estimates.scores) {
        let range = numbers::ends(estimate.low, estimate.high, |end| format!("{end:.2}"));
        let _ = writeln!(text, "  {:width$}  {:8.2}  {}", actor.name, estimate.value, style.dim(&range));
    }
}

fn measures(text: &mut String, summary: &Summary<'_>, style: Style) {
    let measures = &summary.about.measures;
    if measures.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", style.bold("Measures"));
    let width = measures.iter().map(|measure| measure.id.len()).max().unwrap_or(0);
    for (measure, estimate) in measures.iter().zip(&summary.run.estimates.measures) {
        let shown = estimate.map_or_else(
            || "nothing: what it is divided by never happened".to_owned(),
            |e| format!("{:9.4}  {}", e.value, style.dim(&numbers::ends(e.low, e.high, numbers::fact))),
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
    let took = summary.telling.seconds.map_or_else(String::new, |seconds| format!(", {seconds:.1} s"));
    let _ = writeln!(
        text,
        "\n{}, {over}, seed {}{took}",
        match run.by {
            Method::Exact => "Computed exactly".to_owned(),
            Method::Auto | Method::Sample => format!("{} plays", numbers::count(run.replications)),
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
    outlook(text, summary, style);
    if let Some(folder) = summary.telling.folder {
        let _ = writeln!(text, "Files: {folder}");
    }
}

/// What the ranges are due to, and what more of it would bring.
fn outlook(text: &mut String, summary: &Summary<'_>, style: Style) {
    let Some(outlook) = summary.run.outlook() else { return };
    let mut said = due_to(summary, &outlook);
    match outlook.closest {
        None => said += " All outcomes are told apart.",
        Some(Closest { class, outcomes: (a, b), difference, effort }) => {
            let class = &summary.about.classifications[class];
            let (one, other) = (&class.outcomes[a].id, &class.outcomes[b].id);
            said += &format!(
                " {one} and {other} ({}) are not told apart: they differ by {}.",
                class.id,
                numbers::lead(difference)
            );
            if let Some(effort) = effort {
                let (words, time) = (effort.in_words(), time(summary, effort));
                said += &format!(" If that is what they differ by, {words} show it{time}.");
            }
        }
    }
    for line in broken(&said, style.width) {
        let _ = writeln!(text, "{}", style.dim(&line));
    }
}

/// What the width of the ranges consists of, what halves them, and what does not.
fn due_to(summary: &Summary<'_>, outlook: &Outlook) -> String {
    let Outlook { of_draws, halving, .. } = *outlook;
    let (run, halve) = (summary.run, time(summary, halving));
    if run.draws == 0 {
        return format!("{} halve the ranges{halve}.", halving.in_words());
    }
    if run.by == Method::Exact {
        return format!("The ranges are due to the draws: {} halve them{halve}.", halving.in_words());
    }
    let Some(of_draws) = of_draws else { return format!("{} halve the ranges{halve}.", halving.in_words()) };
    let whole = |share: f64| format!("{:.0} %", 100.0 * share);
    let narrower = |rest: f64| whole(1.0 - rest.sqrt());
    let (draws, plays) = (whole(of_draws), whole(1.0 - of_draws));
    format!(
        "Of the variance behind the ranges {draws} comes from the draws and {plays} from the plays: {} halve them\
         {halve}; plays alone narrow them by {} at most, draws alone by {}.",
        halving.in_words(),
        narrower(of_draws),
        narrower(1.0 - of_draws)
    )
}

/// How long so much work takes, at the pace of this run.
fn time(summary: &Summary<'_>, effort: Effort) -> String {
    let Some(seconds) = summary.telling.seconds else { return String::new() };
    #[expect(clippy::cast_precision_loss, reason = "an estimate of time")]
    let share = |more: u64, now: u64| more as f64 / now.max(1) as f64;
    let plays = share(effort.plays, summary.run.replications);
    let times = plays.max(share(effort.draws, summary.run.draws));
    format!(" ({})", numbers::duration(seconds * times))
}

#[cfg(test)]
mod tests {
    use crate::words::examples::{CERTAIN, said};

    fn shown(text: &str) -> String {
        said(text, r#"{ "command": "run", "replications": 100, "method": "sample" }"#)
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
        400 plays halve the ranges. All outcomes are told apart.
        ");
    }

    #[test]
    fn its_lines_fit_a_terminal() {
        let text = shown(CERTAIN);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
}
