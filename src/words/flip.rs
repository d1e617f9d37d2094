//! What flips an answer: numbers alone, ranked by how small a change does it.

use super::grid::grid;
use super::layout::flow;
use super::numbers::{self, NOTHING, percent, significant as short};
use super::{Style, Telling, frontier};
use crate::ask::flip::{FlipFindings, Flipping};
use crate::ask::{About, Answer};
use crate::stats::Estimate;
use crate::study::{Criterion, Flip, FlipVerdict, Flips, LOOKS_FURTHER, Margins, NoAnswer, SearchVariable};

/// What flips the answer, in words.
pub(super) fn text(answer: &Answer, found: &FlipFindings, telling: &Telling<'_>) -> String {
    let about = &answer.about;
    match &found.flips {
        Flipping::Alone(flips) => alone(about, found, flips, telling),
        Flipping::Pair(pair) => frontier::text(about, found, pair, telling.style),
    }
}

fn alone(about: &About, found: &FlipFindings, flips: &Flips, telling: &Telling<'_>) -> String {
    let (all, style) = (found.all, telling.style);
    let mut text = format!("What flips the answer\n\n{}", stands(about, found, &flips.base, style));
    if flips.base.is_tied() {
        flow(&mut text, "No answer leads, so there is none to flip.", 0, style.width);
        return text;
    }
    let shown: Vec<&Flip> = flips.rows.iter().filter(|flip| all || flip.size().is_finite()).collect();
    if !shown.is_empty() {
        text += "\n";
        let rows = shown.iter().map(|flip| row(flip, &found.answers, flips.uncertain));
        let mut header = vec!["", "is", "flips it at", "change", "to"];
        if flips.uncertain {
            header.insert(3, "95 % interval");
        }
        let numbers = 1..header.len() - 1;
        text += &grid(header.into_iter().map(str::to_owned), rows, numbers);
    }
    text += "\n";
    flow(&mut text, &count(flips, found, telling), 0, style.width);
    flow(&mut text, &limits(flips, found), 0, style.width);
    text
}

/// What holds as the scenario stands, and how surely.
pub(super) fn stands(about: &About, found: &FlipFindings, base: &Margins, style: Style) -> String {
    let answers = &found.answers;
    let (answer, next) = (base.answer(), base.besides(base.answer()));
    let lead = base.leads[answer];
    let said = match found.criterion {
        Criterion::Likeliest(class) => format!(
            "The most likely outcome of {} is {}, {}; then comes {}, {}. It leads by {}.",
            about.classifications[class].id,
            answers[answer],
            percent(base.values[answer]),
            answers[next],
            percent(base.values[next]),
            numbers::lead(lead)
        ),
        Criterion::Side(_, to) => {
            let (name, value) = (found.measure.as_deref().unwrap_or_default(), base.values[0]);
            let side = if answer == 1 { lead } else { turned(lead) };
            let around = if side.low < side.high {
                format!(" ({} to {})", short(to + side.low), short(to + side.high))
            } else {
                String::new()
            };
            format!("{name} is {}{around}, {}.", short(value), answers[answer])
        }
    };
    let doubt = match (base.is_tied(), base.is_clear(answer), found.criterion) {
        (true, ..) => " That is a tie.",
        (_, true, _) => "",
        (_, _, Criterion::Likeliest(_)) => {
            " At this number of plays that is not distinguishable from no lead: another seed may have another \
             answer."
        }
        (_, _, Criterion::Side(..)) => {
            " At this number of plays that side is not certain: another seed may have the other."
        }
    };
    let mut text = String::new();
    flow(&mut text, &format!("{said}{doubt}"), 0, style.width);
    text
}

fn turned(lead: Estimate) -> Estimate {
    Estimate { value: -lead.value, low: -lead.high, high: -lead.low }
}

fn row(flip: &Flip, answers: &[String], uncertain: bool) -> Vec<String> {
    let variable = &flip.variable;
    let path = &variable.factor.path;
    let cut = if flip.cut { " [cut]" } else { "" };
    let further = if flip.beyond { " [further]" } else { "" };
    let name = format!("{path}{cut}{further}");
    let mut row = vec![name, short(variable.factor.central)];
    let (at, interval, change, after) = match &flip.verdict {
        FlipVerdict::Flips(flipped) => (
            short(variable.value(flipped.at)),
            between(variable.interval(flipped)),
            change(variable, flipped.at),
            answers[flipped.after].clone(),
        ),
        FlipVerdict::Held(after) => {
            (short(variable.factor.central), NOTHING.to_owned(), "held".to_owned(), answers[*after].clone())
        }
        FlipVerdict::Steady { clear } => {
            let (least, most) = variable.ends();
            let seen = if *clear { "never" } else { "unclear" };
            let range = format!("not from {} to {}", short(least), short(most));
            (seen.to_owned(), NOTHING.to_owned(), NOTHING.to_owned(), range)
        }
        FlipVerdict::Stuck => (
            "never".to_owned(),
            NOTHING.to_owned(),
            NOTHING.to_owned(),
            "it is 0 and has no range".to_owned(),
        ),
    };
    row.push(at);
    if uncertain {
        row.push(interval);
    }
    row.extend([change, after]);
    row
}

fn between((low, high): (Option<f64>, Option<f64>)) -> String {
    let shown = |end: Option<f64>| end.map_or_else(|| "?".to_owned(), short);
    format!("{} to {}", shown(low), shown(high))
}

/// The change with its sign, over the number; of its range where that is 0.
fn change(variable: &SearchVariable, at: f64) -> String {
    let sign = if variable.value(at) < variable.value(variable.start) { '-' } else { '+' };
    match variable.relative(at) {
        Some(relative) => format!("{sign}{}", numbers::share(relative)),
        None => format!("{sign}{} of range", numbers::share(variable.of_range(at))),
    }
}

/// How many flip it, and what of the others.
fn count(flips: &Flips, found: &FlipFindings, telling: &Telling<'_>) -> String {
    let number = |wanted: fn(&Flip) -> bool| flips.rows.iter().filter(|flip| wanted(flip)).count();
    let flipping = number(|flip| flip.size().is_finite());
    let unclear = number(|flip| matches!(flip.verdict, FlipVerdict::Steady { clear: false }));
    let held = number(|flip| matches!(flip.verdict, FlipVerdict::Held(_)));
    let cut = number(|flip| flip.cut);
    let further = number(|flip| flip.beyond);
    let rest = flips.rows.len() - flipping;
    let mut said = format!(
        "{flipping} of {} numbers flip the answer, each alone; the other {rest} do not within their ranges.",
        flips.rows.len()
    );
    if unclear > 0 {
        said += &format!(
            " For {unclear} of these that is not certain: somewhere in their range the lead is within its \
             sampling error."
        );
    }
    if held > 0 {
        said += &format!(
            " Another answer holds wherever {held} uncertain of them {} at the central value in all draws \
             (\"held\").",
            if held == 1 { "stands" } else { "stand" }
        );
    }
    if cut > 0 {
        said += &format!(
            " The ranges of {cut} are cut (\"[cut]\"): beyond, {}.",
            no_answer(flips.rows.iter().filter_map(|flip| flip.absent.as_ref()))
        );
    }
    if further > 0 {
        said += &format!(
            " Of these, {further} {} it only further off than the {} by which a known number may well be off \
             (\"[further]\").",
            if further == 1 { "flips" } else { "flip" },
            numbers::part(found.off_by)
        );
    }
    if rest > 0 && !found.all {
        said += &format!(" {} lists those that do not.", (telling.option)("all", None));
    }
    said
}

/// Why there is no answer at some places.
pub(super) fn no_answer<'w>(mut reasons: impl Iterator<Item = &'w NoAnswer>) -> &'static str {
    if reasons.any(|why| matches!(why, NoAnswer::Impossible(_))) {
        "some number of the scenario is out of its bounds, or what was observed has probability zero"
    } else {
        "some number of the scenario is out of its bounds"
    }
}

/// How far known numbers were looked at, and that this is further than they may well be off.
pub(super) fn known(off_by: f64) -> String {
    let reach = off_by.max(LOOKS_FURTHER);
    let further = if off_by < LOOKS_FURTHER {
        format!(", further than the {} by which they may well be off", numbers::part(off_by))
    } else {
        String::new()
    };
    format!("from {} to {} times what they are{further}", short(1.0 - reach), short(1.0 + reach))
}

/// What was looked at, and what could not be seen.
fn limits(flips: &Flips, found: &FlipFindings) -> String {
    let steps = found.steps;
    let mut said = format!(
        "Ranges: uncertain parameters over their distributions, held at one value in all draws; other numbers {}, \
         an expression as a whole. Each was looked at in {steps} {} to either side, \
         and only at the end of a side that brings the answer less than half of the way: what flips and flips \
         back in between is not seen.",
        known(found.off_by),
        if steps == 1 { "place" } else { "places" },
    );
    if flips.rows.iter().any(|flip| flip.variable.start == 0.0 && flip.size().is_finite()) {
        said += " A change from 0 is ranked by its share of the range.";
    }
    if flips.uncertain {
        said += " Intervals are of sampling error: where the lead's 95 % interval holds 0; \"?\" where that does \
                 not end within the range.";
    }
    said
}
