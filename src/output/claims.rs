//! Claims, the numbers that rest on them, and what those do: as tables and for people.

use super::grid::grid;
use super::text::{broken, flow, unsigned_zero};
use super::{Cell, Style, Table};
use crate::scenario::{Factor, Scenario};
use crate::stats::Estimate;
use crate::study::discover::short;
use crate::study::{Cited, ClaimResult, Moved, Place};

/// What was found of a scenario's claims.
#[derive(Clone, Copy, Debug)]
pub struct Claims<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The paths of the measures.
    pub measures: &'a [String],
    /// Each measure's value with everything as it is.
    pub base: &'a [Option<f64>],
    /// Whether each measure is a share.
    pub shares: &'a [bool],
    /// Each claim.
    pub results: &'a [ClaimResult],
    /// By how much known numbers were moved.
    pub by: f64,
}

/// The tables, named as their files are: claims.csv, cited.csv, bare.csv.
#[must_use]
pub fn claims_tables(claims: &Claims<'_>) -> Vec<(String, Table)> {
    let mut bare = Table::new(&["path", "value"]);
    let row = |factor: Factor| vec![Cell::Text(factor.path), factor.central.into()];
    bare.rows = claims.scenario.bare().into_iter().map(row).collect();
    [("claims", moved(claims)), ("cited", cited(claims)), ("bare", bare)]
        .map(|(name, table)| (name.to_owned(), table))
        .into()
}

fn moved(claims: &Claims<'_>) -> Table {
    let mut table = Table::new(&["claim", "measure", "at", "value", "difference", "low", "high"]);
    for result in claims.results {
        let claim = &claims.scenario.claims[result.claim].id;
        for moved in &result.moved {
            let nothing = vec![Moved { value: None, difference: None }; claims.measures.len()];
            let found = moved.found.as_ref().unwrap_or(&nothing);
            for (measure, Moved { value, difference }) in claims.measures.iter().zip(found) {
                let mut row: Vec<Cell> =
                    vec![claim.as_str().into(), measure.as_str().into(), Cell::Text(moved.at.to_string())];
                row.push((*value).into());
                row.extend(Cell::interval(*difference));
                table.rows.push(row);
            }
        }
    }
    table
}

fn cited(claims: &Claims<'_>) -> Table {
    let mut table = Table::new(&["claim", "path", "value", "low", "high"]);
    for result in claims.results {
        for Cited { factor, range } in &result.cited {
            table.rows.push(vec![
                claims.scenario.claims[result.claim].id.as_str().into(),
                factor.path.as_str().into(),
                factor.central.into(),
                range.low.into(),
                range.high.into(),
            ]);
        }
    }
    table
}

/// The claims for people: what rests on each, and the measures that it moves for sure, the furthest first.
#[must_use]
pub fn claims_text(claims: &Claims<'_>, style: Style) -> String {
    let scenario = claims.scenario;
    let mut text = style.bold(&format!("What rests on which claim: {}", scenario.title)) + "\n";
    if scenario.claims.is_empty() {
        text += "\nThe scenario has no [claims].\n";
    }
    let mut idle: Vec<&str> = Vec::new();
    for result in claims.results {
        let claim = &scenario.claims[result.claim];
        if result.moved.is_empty() && result.cited.is_empty() {
            idle.push(&claim.id);
            continue;
        }
        text += &format!("\n{}  ", style.bold(&claim.id));
        flow(&mut text, &claim.text, 4);
        text += &numbers(&result.cited);
        text += &outcomes(claims, result, style);
    }
    if !idle.is_empty() {
        text.push('\n');
        flow(&mut text, &format!("No number cites {}.", idle.join(", ")), 0);
    }
    text += &bare(scenario);
    text + "\n" + &style.dim(&footer(claims))
}

fn numbers(cited: &[Cited]) -> String {
    let rows = cited.iter().map(|Cited { factor, range }| {
        let ends = if range.is_point() {
            "stays".to_owned()
        } else {
            format!("{} to {}", short(range.low), short(range.high))
        };
        vec![format!(" {}", factor.path), short(factor.central), ends]
    });
    grid(std::iter::empty(), rows, 1..2).trim_start_matches('\n').to_owned()
}

/// Measures that are shown of a claim, at most.
const MOST: usize = 6;

/// A row for each measure that moves for sure at any place.
fn outcomes(claims: &Claims<'_>, result: &ClaimResult, style: Style) -> String {
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
    shown.sort_by(|a, b| claims.shares[b.1].cmp(&claims.shares[a.1]).then(b.0.total_cmp(&a.0)));
    let mut text = String::new();
    if shown.is_empty() && result.moved.iter().any(|moved| moved.found.is_ok()) {
        text += "  moves nothing that is asked of, as far as these plays can tell\n";
    }
    if !shown.is_empty() {
        let header = ["", "as it is", "low", "high", "without"].map(str::to_owned);
        let rows = shown.iter().take(MOST).map(|&(_, measure)| {
            let share = claims.shares[measure];
            let mut row = vec![format!(" {}", claims.measures[measure]), value(claims.base[measure], share)];
            row.extend(places.iter().map(|place| {
                let found = at(*place, measure);
                let told = found.map_or_else(|| "-".to_owned(), |d| difference(&d, share));
                if found.as_ref().is_some_and(sure) { style.bold(&told) } else { told }
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

fn value(value: Option<f64>, share: bool) -> String {
    match value {
        None => "-".to_owned(),
        Some(value) if share => format!("{:.1} %", 100.0 * value),
        Some(value) => format!("{value:.3}"),
    }
}

fn difference(found: &Estimate, share: bool) -> String {
    let reach = (found.high - found.low) / 2.0;
    let signed = |number: String| unsigned_zero(&number);
    match (share, reach > 0.0) {
        (true, true) => {
            format!("{} \u{b1}{:.1}", signed(format!("{:+.1}", 100.0 * found.value)), 100.0 * reach)
        }
        (true, false) => signed(format!("{:+.2}", 100.0 * found.value)),
        (false, true) => format!("{} \u{b1}{reach:.3}", signed(format!("{:+.3}", found.value))),
        (false, false) => signed(format!("{:+.4}", found.value)),
    }
}

/// Bare numbers that are listed, at most.
const MOST_BARE: usize = 12;

fn bare(scenario: &Scenario) -> String {
    let bare = scenario.bare();
    if bare.is_empty() {
        return "\nEvery number has a reason.\n".to_owned();
    }
    let mut text = format!(
        "\nBare, without any reason: {} {}\n",
        bare.len(),
        if bare.len() == 1 { "number" } else { "numbers" }
    );
    let rows =
        bare.iter().take(MOST_BARE).map(|factor| vec![format!(" {}", factor.path), short(factor.central)]);
    text += grid(std::iter::empty(), rows, 1..2).trim_start_matches('\n');
    if bare.len() > MOST_BARE {
        text += &format!("  and {} more: bare.csv has them all\n", bare.len() - MOST_BARE);
    }
    text
}

fn footer(claims: &Claims<'_>) -> String {
    let mut text = String::new();
    flow(
        &mut text,
        &format!(
            "Low and high: all numbers that rest on the claim at that end of their ranges, together, and \
             everything else as it is; known numbers go {} % either way. Without: the payoffs that cite it are 0. \
             Differences from the scenario as it is, on the same chance, of shares in points of a percent, with \
             half the width of the 95 % interval where there is one.",
            short(100.0 * claims.by)
        ),
        0,
    );
    flow(
        &mut text,
        "Numbers that move together may hide one another: a claim that moves nothing at its ends can still matter \
         in between, or by half of its numbers.",
        0,
    );
    text
}
