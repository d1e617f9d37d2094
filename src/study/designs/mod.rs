//! Designs of experiments: points in the unit cube, spread better than chance would.
//!
//! Pure numerics: nothing here knows what a coordinate stands for.

mod directions;
mod latin;
pub mod sobol;

pub use latin::latin;

#[cfg(test)]
mod tests;
