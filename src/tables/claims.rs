//! The tables of claims.

use super::Role;
use super::schema::{TableSchema, Thing, Unit, end, high, low, names, said, text, value};
use super::table::{Cell, Table};
use crate::ask::About;
use crate::ask::claims::ClaimsFindings;
use crate::study::{Cited, MeasuredChange};

pub(super) const CLAIMS: TableSchema = TableSchema {
    name: "claims",
    commands: &["claims"],
    doc: "One row for each claim, measure and place of the numbers that rest on the claim. Where there is no answer, \
          there are no numbers.",
    columns: &[
        names("claim", Thing::Claim, "the claim"),
        names("measure", Thing::Measure, "the measure"),
        text(
            "at",
            "`low` or `high`: all numbers at that end of their ranges; `without`: the payoffs that cite it are 0",
        ),
        value("value", Unit::Own, "the measure there"),
        value("difference", Unit::Own, "how much more that is than with everything as it is"),
        low(Unit::Own),
        high(Unit::Own),
        said("why_not", "why there are no numbers; empty where there are"),
    ],
};

pub(super) const CITED: TableSchema = TableSchema {
    name: "cited",
    commands: &["claims"],
    doc: "One row for each claim and number that rests on it.",
    columns: &[
        names("claim", Thing::Claim, "the claim"),
        names("path", Thing::Path, "the number"),
        value("value", Unit::Own, "the number as it is, with every parameter at its central value"),
        end("low", Role::Low, Unit::Own, "the low end of the range that it was put to"),
        end("high", Role::High, Unit::Own, "the high end of that range"),
    ],
};

pub(super) const BARE: TableSchema = TableSchema {
    name: "bare",
    commands: &["claims"],
    doc: "One row for each number that gives no reason.",
    columns: &[
        names("path", Thing::Path, "the number"),
        value("value", Unit::Own, "what it is, with every parameter at its central value"),
    ],
};

/// `claims`, `cited`, `bare`.
pub(super) fn tables(about: &About, found: &ClaimsFindings) -> Vec<Table> {
    let mut bare = Table::new(&BARE);
    for factor in &found.bare {
        bare.push([Cell::from(&factor.path), factor.central.into()]);
    }
    vec![moved(about, found), cited(about, found), bare]
}

fn moved(about: &About, found: &ClaimsFindings) -> Table {
    let mut table = Table::new(&CLAIMS);
    let nothing = vec![MeasuredChange { value: None, difference: None }; found.measures.len()];
    for result in &found.results {
        let claim = &about.claims[result.claim].id;
        for place in &result.moved {
            let why = place.found.as_ref().err().map_or(Cell::Missing, |why| Cell::Text(why.to_string()));
            let numbers = place.found.as_ref().unwrap_or(&nothing);
            for (measure, MeasuredChange { value, difference }) in found.measures.iter().zip(numbers) {
                let keys = [Cell::from(claim), Cell::from(&measure.path), Cell::Text(place.at.to_string())];
                let cells = keys.into_iter().chain([Cell::from(*value)]);
                table.push(cells.chain(Cell::interval(*difference)).chain([why.clone()]));
            }
        }
    }
    table
}

fn cited(about: &About, found: &ClaimsFindings) -> Table {
    let mut table = Table::new(&CITED);
    for result in &found.results {
        let claim = &about.claims[result.claim].id;
        for Cited { factor, range } in &result.cited {
            let numbers = [factor.central, range.low, range.high].map(Cell::from);
            table.push([Cell::from(claim), Cell::from(&factor.path)].into_iter().chain(numbers));
        }
    }
    table
}
