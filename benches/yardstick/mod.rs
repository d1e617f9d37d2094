//! The yardstick: `tests/golden/quartet.toml` written out by hand, as fast as plain safe Rust makes it.
//!
//! Nothing here knows the library. The engine reads any scenario; the yardstick *is* one: its terms,
//! effects and outcomes are constants ([`quartet`]), its policies one factored loop ([`policies`]), its plays
//! masks and thresholds ([`sampler`]). So it says what the generality of the engine costs, and
//! `tests/yardstick.rs` holds it to the exact answers, lest it be fast and wrong.

pub(crate) mod policies;
pub(crate) mod quartet;
pub(crate) mod sampler;
