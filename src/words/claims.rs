//! Claims, the numbers that rest on them, and what those do.

use super::grid::grid;
use super::layout::{broken, flow};
use super::numbers::{self, NOTHING, few};
use super::{Style, Telling};
use crate::ask::Answer;
use crate::ask::claims::ClaimsFindings;
use crate::scenario::Factor;
use crate::stats::Estimate;
use crate::study::{Cited, ClaimResult, Place};

/// The claims for people: what rests on each, and the measures that it moves for sure, the furthest first.
pub(super) fn text(answer: &Answer, found: &ClaimsFindings, telling: &Telling<'_>) -> String {
    let (about, style) = (&answer.about, telling.style);
    let mut text = style.bold(&format!("What rests on which claim: {}", about.title)) + "\n";
    if about.claims.is_empty() {
        text += "\nThe scenario has no [claims].\n";
    }
    let mut idle: Vec<&str> = Vec::new();
    for result in &found.results {
        let claim = &about.claims[result.claim];
        if result.moved.is_empty() && result.cited.is_empty() {
            idle.push(&claim.id);
            continue;
        }
        text += &format!("\n{}  ", style.bold(&claim.id));
        flow(&mut text, &claim.text, 4, style.width);
        text += &ranges(&result.cited);
        text += &outcomes(found, result, style);
    }
    if !idle.is_empty() {
        text.push('\n');
        flow(&mut text, &format!("No number cites {}.", idle.join(", ")), 0, style.width);
    }
    text += &bare(&found.bare);
    text + "\n" + &style.dim(&footer(found, style))
}

fn ranges(cited: &[Cited]) -> String {
    let rows = cited.iter().map(|Cited { factor, range }| {
        let ends = if range.is_point() {
            "stays".to_owned()
        } else {
            format!("{} to {}", few(range.low), few(range.high))
        };
        vec![format!(" {}", factor.path), few(factor.central), ends]
    });
    grid(std::iter::empty(), rows, 1..2).trim_start_matches('\n').to_owned()
}

/// Measures that are shown of a claim, at most.
const MOST: usize = 6;

/// A row for each measure that moves for sure at any place.
fn outcomes(claims: &ClaimsFindings, result: &ClaimResult, style: Style) -> String {
    let at = |place: Place, measure: usize| -> Option<Estimate> {
        let moved = result.moved.iter().find(|moved| moved.at == place)?;
        moved.found.as_ref().ok()?[measure].difference
    };
    let places = [Place::Low, Place::High, Place::Without];
    let sure = |d: &Estimate| d.low > 0.0 || d.high < 0.0;
    let mut shown: Vec<(f64, usize)> = (0..claims.measures.len())
        .filter_map(|measure| {
            let moves = places.iter().filter_map(|place| at(*place, measure)).filter(sure);
            let furthest = moves.map(|d| d.value.abs()).fold(0.0, f64::max);
            (furthest > 0.0).then_some((furthest, measure))
        })
        .collect();
    // Shares before what has another unit; among each, what moves furthest.
    shown.sort_by(|a, b| {
        claims.measures[b.1].is_share.cmp(&claims.measures[a.1].is_share).then(b.0.total_cmp(&a.0))
    });
    let mut text = String::new();
    if shown.is_empty() && result.moved.iter().any(|moved| moved.found.is_ok()) {
        text += "  moves nothing that is asked of, as far as these plays can tell\n";
    }
    if !shown.is_empty() {
        let header = ["", "as it is", "low", "high", "without"].map(str::to_owned);
        let rows = shown.iter().take(MOST).map(|&(_, measure)| {
            let of = &claims.measures[measure];
            let base = claims.base[measure];
            let base = base.map_or_else(|| NOTHING.to_owned(), |value| numbers::measure(value, of.is_share));
            let mut row = vec![format!(" {}", of.path), base];
            row.extend(places.iter().map(|place| {
                let found = at(*place, measure);
                let effects =
                    found.map_or_else(|| NOTHING.to_owned(), |d| numbers::difference_within(d, of.is_share));
                if found.as_ref().is_some_and(sure) { style.bold(&effects) } else { effects }
            }));
            row
        });
        text += &grid(header, rows, 1..5);
    }
    if shown.len() > MOST {
        text += &format!("  and {} that move less\n", shown.len() - MOST);
    }
    for moved in &result.moved {
        if let Err(why) = &moved.found {
            let lines = broken(&format!("no answer for {}: {why}", moved.at), 76);
            text += &lines.iter().map(|line| format!("  {line}\n")).collect::<String>();
        }
    }
    text
}

/// Bare numbers that are listed, at most.
const MOST_BARE: usize = 12;

fn bare(bare: &[Factor]) -> String {
    if bare.is_empty() {
        return "\nEvery number has a reason.\n".to_owned();
    }
    let mut text = format!(
        "\nBare, without any reason: {} {}\n",
        bare.len(),
        if bare.len() == 1 { "number" } else { "numbers" }
    );
    let rows =
        bare.iter().take(MOST_BARE).map(|factor| vec![format!(" {}", factor.path), few(factor.central)]);
    text += grid(std::iter::empty(), rows, 1..2).trim_start_matches('\n');
    if bare.len() > MOST_BARE {
        text += &format!("  and {} more: bare.csv has them all\n", bare.len() - MOST_BARE);
    }
    text
}

fn footer(found: &ClaimsFindings, style: Style) -> String {
    let mut text = String::new();
    flow(
        &mut text,
        &format!(
            "Low and high: all numbers that rest on the claim at that end of their ranges, together, and \
             everything else as it is; known numbers go {} either way. Without: the payoffs that cite it are 0. \
             Differences from the scenario as it is, on the same chance, of shares in points of a percent, with \
             half the width of the 95 % interval where there is one.",
            numbers::part(found.off_by)
        ),
        0,
        style.width,
    );
    flow(
        &mut text,
        "Numbers that move together may hide one another: a claim that moves nothing at its ends can still matter \
         in between, or by half of its numbers.",
        0,
        style.width,
    );
    text
}
