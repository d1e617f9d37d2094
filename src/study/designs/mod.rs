//! Designs of experiments: points in the unit cube, spread better than chance would.
//!
//! Pure numerics: nothing here knows what a coordinate stands for.

mod directions;
mod latin;
mod saltelli;
pub mod sobol;
mod trajectories;

pub use latin::latin;
pub use saltelli::saltelli;
pub use trajectories::{Trajectory, trajectories};

#[cfg(test)]
mod tests;
