//! The transcendental functions that results may rest on: the same bits on every machine.
//!
//! The platform's `exp`, `ln` and `pow` differ between systems in the last bit, which is enough to
//! turn a tie or a sampled move. Everything that computes a result calls these instead. The quantiles
//! and tails of distributions rest on them too.

mod beta;
mod gamma;
mod normal;
#[cfg(test)]
mod reference;

pub use beta::{beta_quantile, student_quantile};
pub use gamma::chi_squared_upper;
pub use normal::normal_quantile;

/// e to the power of `x`.
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// The natural logarithm of `x`.
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// `base` to the power of `exponent`.
#[must_use]
pub fn pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}
