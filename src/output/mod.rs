//! Results as people and programs read them: tables, CSV, JSON, the summary on a terminal.
//!
//! Takes the estimates of a study with the scenario that names them, and gives out text. Nothing here
//! opens a file, knows whether it writes to a terminal, or computes a result.

mod agree;
mod bars;
mod csv;
mod discover;
#[cfg(test)]
mod examples;
mod explain;
mod folder;
mod grid;
mod import;
mod json;
mod matrices;
mod mind;
mod models;
mod run;
mod solve;
mod solve_tables;
mod story;
mod summary;
mod table;
mod text;
mod verify;

pub use agree::{agreement_table, agreement_text};
pub use csv::csv;
pub use discover::{Discovered, discovery_tables, discovery_text};
pub use explain::{Chooser, explanation, explanation_tables};
pub use folder::{Manifest, file_names, manifest, sha256};
pub use import::{MOST_CELLS, scenario_text};
pub use json::json;
pub use matrices::{payoff_matrices, payoff_table};
pub use models::{ModelResult, models_table, models_text};
pub use run::{replication_columns, replication_row, run_tables};
pub use solve::{Solved, solution, stage_heading, stage_name};
pub use solve_tables::solution_tables;
pub use story::{story, story_tables};
pub use summary::{Style, Summary, duration, summary};
pub use table::{Cell, Table, number};
pub use verify::{facts_table, facts_text};
