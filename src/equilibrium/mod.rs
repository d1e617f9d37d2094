//! Solution concepts of games that are given by their values: nothing here knows a scenario or a turn.

mod limit;
mod linear;
mod logit;
mod trace;

pub use linear::Factors;
pub use logit::{Equilibrium, LogitError, LogitGame, logit_equilibrium};
pub use trace::{Curve, Stuck, Tracer};

#[cfg(test)]
mod tests;
