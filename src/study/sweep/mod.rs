//! Sweeps: what measures are wherever some of a scenario's numbers, or other values, stand.
//!
//! A [`Design`] says what is varied and at which points; a [`Plan`] is a design that fits its scenario, with
//! everything read again that no number alone can change; [`sweep`] evaluates it.

mod design;
mod file;
mod plan;
mod run;
mod values;

pub use design::{Column, Design, MOST_POINTS, Value};
pub use file::read_points;
pub use plan::{Plan, PlanRequest, Reread, fitting};
pub use run::{SweepResult, sweep};
pub use values::read_axis;
