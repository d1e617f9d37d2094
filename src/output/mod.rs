//! Results as people and programs read them: tables, CSV, JSON, the summary on a terminal.
//!
//! Takes the estimates of a study with the scenario that names them, and gives out text. Nothing here
//! opens a file, knows whether it writes to a terminal, or computes a result.

mod csv;
#[cfg(test)]
mod examples;
mod explain;
mod explain_tables;
mod flip;
mod folder;
mod frontier;
mod grid;
mod import;
mod json;
mod matrices;
mod mind;
mod solve;
mod solve_tables;
mod story;
mod style;
mod sweep;
mod table;
mod text;

pub use csv::csv;
pub use explain::{Chooser, explanation};
pub use explain_tables::explanation_tables;
pub use flip::{flips_table, flips_text};
pub use folder::{Manifest, file_names, manifest, sha256};
pub use frontier::{answers_table, frontier_table, frontier_text};
pub use import::{MOST_CELLS, scenario_text};
pub use json::json;
pub use matrices::{payoff_matrices, payoff_table};
pub use solve::{Solved, solution, stage_heading, stage_name};
pub use solve_tables::solution_tables;
pub use story::{story, story_tables};
pub use style::Style;
pub use sweep::{sweep_table, sweep_text};
pub use table::{Cell, Table, number};
