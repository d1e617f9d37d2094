//! The stopwatch: what runs in alternation, what runs as a process of its own, and the tables they end in.
//!
//! Nothing here knows what is measured.

pub(crate) mod pair;
pub(crate) mod process;
pub(crate) mod table;
