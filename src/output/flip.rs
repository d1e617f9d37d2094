//! What flips an answer, as a table and as text.

use super::grid::grid;
use super::text::{flow, percent};
use super::{Cell, Table};
use crate::scenario::Scenario;
use crate::stats::Estimate;
use crate::study::{Aim, Dial, Flip, FlipVerdict, Flipped, Flips, Reading};

/// One row a number: where it stands, where it flips the answer, and what holds instead.
#[must_use]
pub fn flips_table(scenario: &Scenario, aim: &Aim, flips: &Flips) -> Table {
    let answers = aim.answers(scenario);
    let mut table = Table::new(&[
        "factor", "value", "critical", "low", "high", "change", "relative", "of_range", "before", "after",
        "verdict", "least", "most",
    ]);
    let before = &answers[flips.base.answer()];
    for flip in &flips.rows {
        let dial = &flip.dial;
        let mut row: Vec<Cell> = vec![dial.factor.path.as_str().into(), dial.factor.central.into()];
        let (at, low, high, after) = match &flip.verdict {
            FlipVerdict::Flips(flipped) => {
                let (low, high) = interval(dial, flipped);
                (Some(flipped.at), low, high, Some(flipped.after))
            }
            FlipVerdict::Held(after) => (Some(dial.start), None, None, Some(*after)),
            FlipVerdict::Steady { .. } | FlipVerdict::Stuck => (None, None, None, None),
        };
        row.push(at.map(|at| dial.value(at)).into());
        row.extend([low.into(), high.into()]);
        row.push(at.map(|at| dial.value(at) - dial.value(dial.start)).into());
        row.push(at.and_then(|at| dial.relative(at)).into());
        row.push(at.map(|at| dial.of_range(at)).into());
        row.push(before.as_str().into());
        row.push(after.map_or(Cell::Missing, |after| answers[after].as_str().into()));
        row.push(verdict(&flip.verdict).into());
        let (least, most) = ends(dial);
        row.extend([least.into(), most.into()]);
        table.rows.push(row);
    }
    table
}

fn verdict(verdict: &FlipVerdict) -> &'static str {
    match verdict {
        FlipVerdict::Flips(_) => "flips",
        FlipVerdict::Held(_) => "flips_where_held",
        FlipVerdict::Steady { clear: true } => "does_not_flip",
        FlipVerdict::Steady { clear: false } => "unclear",
        FlipVerdict::Stuck => "no_range",
    }
}

/// The ends of a dial's range, as numbers in their order.
fn ends(dial: &Dial) -> (f64, f64) {
    if dial.is_stuck() {
        return (dial.factor.central, dial.factor.central);
    }
    let (one, other) = (dial.value(dial.low), dial.value(dial.high));
    (one.min(other), one.max(other))
}

/// The interval of a crossing, as numbers in their order.
pub(super) fn interval(dial: &Dial, flipped: &Flipped) -> (Option<f64>, Option<f64>) {
    let (low, high) = (flipped.low.map(|at| dial.value(at)), flipped.high.map(|at| dial.value(at)));
    if dial.value(1.0) < dial.value(0.0) { (high, low) } else { (low, high) }
}

/// What flips the answer, in words.
///
/// `all`: also the numbers that do not. `reach` and `steps`: what was asked for.
#[must_use]
pub fn flips_text(
    scenario: &Scenario,
    aim: &Aim,
    flips: &Flips,
    all: bool,
    reach: f64,
    steps: usize,
) -> String {
    let mut text = format!("What flips the answer\n\n{}", stands(scenario, aim, &flips.base));
    if flips.base.is_tied() {
        flow(&mut text, "No answer leads, so there is none to flip.", 0);
        return text;
    }
    let answers = aim.answers(scenario);
    let shown: Vec<&Flip> = flips.rows.iter().filter(|flip| all || flip.size().is_finite()).collect();
    if !shown.is_empty() {
        text += "\n";
        let rows = shown.iter().map(|flip| row(flip, &answers, flips.uncertain));
        let mut header = vec!["", "is", "flips it at", "change", "to"];
        if flips.uncertain {
            header.insert(3, "95 % interval");
        }
        let numbers = 1..header.len() - 1;
        text += &grid(header.into_iter().map(str::to_owned), rows, numbers);
    }
    text += "\n";
    flow(&mut text, &count(flips, all), 0);
    flow(&mut text, &limits(flips, reach, steps), 0);
    text
}

/// What holds as the scenario stands, and how surely.
pub(super) fn stands(scenario: &Scenario, aim: &Aim, base: &Reading) -> String {
    let answers = aim.answers(scenario);
    let (answer, next) = (base.answer(), base.besides(base.answer()));
    let lead = base.leads[answer];
    let said = match *aim {
        Aim::Likeliest(class) => format!(
            "The most likely outcome of {} is {}, {}; then comes {}, {}. It leads by {}.",
            scenario.classifications[class].id,
            answers[answer],
            percent(base.values[answer]),
            answers[next],
            percent(base.values[next]),
            points(lead)
        ),
        Aim::Side(measure, to) => {
            let (name, value) = (scenario.measure_name(measure), base.values[0]);
            let side = if answer == 1 { lead } else { turned(lead) };
            let around = if side.low < side.high {
                format!(" ({} to {})", short(to + side.low), short(to + side.high))
            } else {
                String::new()
            };
            format!("{name} is {}{around}, {}.", short(value), answers[answer])
        }
    };
    let doubt = match (base.is_tied(), base.is_clear(answer), aim) {
        (true, ..) => " That is a tie.",
        (_, true, _) => "",
        (_, _, Aim::Likeliest(_)) => {
            " At this number of plays that is not distinguishable from no lead: another seed may have another \
             answer."
        }
        (_, _, Aim::Side(..)) => {
            " At this number of plays that side is not certain: another seed may have the other."
        }
    };
    let mut text = String::new();
    flow(&mut text, &format!("{said}{doubt}"), 0);
    text
}

fn turned(lead: Estimate) -> Estimate {
    Estimate { value: -lead.value, low: -lead.high, high: -lead.low }
}

/// A lead in percentage points.
fn points(lead: Estimate) -> String {
    let points = |share: f64| format!("{:.1}", 100.0 * share);
    if lead.low == lead.high {
        return format!("{} points", points(lead.value));
    }
    format!("{} points ({} to {})", points(lead.value), points(lead.low), points(lead.high))
}

fn row(flip: &Flip, answers: &[String], uncertain: bool) -> Vec<String> {
    let dial = &flip.dial;
    let path = &dial.factor.path;
    let name = if flip.cut { format!("{path} [cut]") } else { path.clone() };
    let mut row = vec![name, short(dial.factor.central)];
    let (at, interval, change, after) = match &flip.verdict {
        FlipVerdict::Flips(flipped) => (
            short(dial.value(flipped.at)),
            between(interval(dial, flipped)),
            change(dial, flipped.at),
            answers[flipped.after].clone(),
        ),
        FlipVerdict::Held(after) => {
            (short(dial.factor.central), "-".to_owned(), "held".to_owned(), answers[*after].clone())
        }
        FlipVerdict::Steady { clear } => {
            let (least, most) = ends(dial);
            let seen = if *clear { "never" } else { "unclear" };
            let range = format!("not from {} to {}", short(least), short(most));
            (seen.to_owned(), "-".to_owned(), "-".to_owned(), range)
        }
        FlipVerdict::Stuck => {
            ("never".to_owned(), "-".to_owned(), "-".to_owned(), "it is 0 and has no range".to_owned())
        }
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
fn change(dial: &Dial, at: f64) -> String {
    let sign = if dial.value(at) < dial.value(dial.start) { '-' } else { '+' };
    match dial.relative(at) {
        Some(relative) => format!("{sign}{:.1} %", 100.0 * relative),
        None => format!("{sign}{:.1} % of range", 100.0 * dial.of_range(at)),
    }
}

/// How many flip it, and what of the others.
fn count(flips: &Flips, all: bool) -> String {
    let number = |wanted: fn(&Flip) -> bool| flips.rows.iter().filter(|flip| wanted(flip)).count();
    let flipping = number(|flip| flip.size().is_finite());
    let unclear = number(|flip| matches!(flip.verdict, FlipVerdict::Steady { clear: false }));
    let held = number(|flip| matches!(flip.verdict, FlipVerdict::Held(_)));
    let cut = number(|flip| flip.cut);
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
            " The ranges of {cut} are cut (\"[cut]\"): beyond, some number of the scenario is out of its bounds."
        );
    }
    if rest > 0 && !all {
        said += " --all lists those that do not.";
    }
    said
}

/// What was looked at, and what could not be seen.
fn limits(flips: &Flips, reach: f64, steps: usize) -> String {
    let mut said = format!(
        "Ranges: uncertain parameters over their distributions, held at one value in all draws; other numbers from \
         {} to {} times what they are, an expression as a whole. Each was looked at in {steps} {} to either side, \
         and only at the end of a side that brings the answer less than half of the way: what flips and flips \
         back in between is not seen.",
        short(1.0 - reach),
        short(1.0 + reach),
        if steps == 1 { "place" } else { "places" },
    );
    if flips.rows.iter().any(|flip| flip.dial.start == 0.0 && flip.size().is_finite()) {
        said += " A change from 0 is ranked by its share of the range.";
    }
    if flips.uncertain {
        said += " Intervals are of sampling error: where the lead's 95 % interval holds 0; \"?\" where that does \
                 not end within the range.";
    }
    said
}

/// A number in four significant digits.
pub(super) fn short(value: f64) -> String {
    let rounded: f64 = format!("{value:.3e}").parse().unwrap_or(value);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown = [0.0, -0.0, 1.0, 0.123_456, -12.345_6, 123_456.0, 1e-7].map(short);
        assert_eq!(shown, ["0", "0", "1", "0.1235", "-12.35", "123500", "0.0000001"]);
    }
}
