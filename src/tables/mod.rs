//! The tables of answers: one schema each, columns of one kind, and their forms as CSV and JSON.
//!
//! Takes an [`Answer`] and gives out [`Table`]s. Every table has a [`TableSchema`] in the registry
//! ([`TABLES`]), from which come its columns, the files that an output folder may hold, and the reference
//! `docs/tables.md`. Nothing here opens a file, and nothing is computed that an answer does not say.

mod agree;
mod check;
mod claims;
mod compare;
mod csv;
mod discover;
mod explain;
mod flip;
mod json;
mod models;
mod payoffs;
mod play;
mod reference;
mod registry;
mod run;
mod schema;
mod sensitivity;
mod solve;
mod sweep;
mod table;
mod titles;
mod tree;
mod verify;

pub use csv::{csv, csv_header, csv_rows};
pub use json::json;
pub use reference::reference;
pub use registry::{FILES, TABLES, file_names};
pub use run::{replication_batch, replication_header};
pub use schema::{ColumnSchema, Kind, Role, TableSchema, Thing, Unit};
pub use table::{Cell, Column, Table, Values, number};

use crate::ask::{About, Answer, Findings};
use crate::equilibrium::Solved;
use crate::study::Run;

/// The tables of an answer, in the order in which JSON has them.
#[must_use]
pub fn tables(answer: &Answer) -> Vec<Table> {
    let about = &answer.about;
    let tables = match &answer.findings {
        Findings::Check(found) => check::tables(found),
        Findings::Run(found) => run::tables(about, &found.run),
        Findings::Play(found) => play::tables(about, found),
        Findings::Explain(found) => explain::tables(about, found),
        Findings::Tables(found) => payoffs::tables(about, found),
        Findings::Verify(found) => verify::tables(found),
        Findings::Compare(found) => compare::tables(found),
        Findings::Claims(found) => claims::tables(about, found),
        Findings::Sweep(found) => sweep::tables(found),
        Findings::Flip(found) => flip::tables(found),
        Findings::Models(found) => models::tables(about, found),
        Findings::Sensitivity(found) => sensitivity::tables(about, found),
        Findings::Discover(found) => discover::tables(about, found),
        Findings::Agree(found) => agree::tables(found),
        Findings::Solve(found) => {
            let names = found.names(about);
            solve::tables(&found.solved(&names))
        }
        Findings::Export(_) => Vec::new(),
    };
    tables.into_iter().map(|table| table.titled(about)).collect()
}

/// The tables of games that were solved.
#[must_use]
pub fn solution_tables(games: &[Solved<'_>]) -> Vec<Table> {
    solve::tables(games)
}

/// The tables of a run, but for single plays.
#[must_use]
pub fn run_tables(about: &About, run: &Run) -> Vec<Table> {
    run::tables(about, run).into_iter().map(|table| table.titled(about)).collect()
}
