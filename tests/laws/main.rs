//! Laws that hold of every scenario, and the engine held to a naive reading of the design.
//!
//! Scenarios are drawn at random, the same ones every time. To look further than the tests do:
//! `PROPTEST_CASES=5000 PROPTEST_RNG_SEED=7 cargo test --release --test laws`.

mod agreement;
mod bytes;
mod conditions;
mod draft;
mod engine;
mod goldens;
mod history;
mod oracle;
mod order;
mod parts;
mod plays;
mod policies;
mod sums;
mod tape;
mod told;
