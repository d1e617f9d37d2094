//! demarche, a strategic-scenario simulator: who can do what each turn, what it pays, and where it ends.
pub mod agents;
pub mod ask;
pub mod equilibrium;
pub mod exact;
pub mod game;
pub mod math;
pub mod output;
pub mod scenario;
pub mod simulate;
pub mod stats;
pub mod study;
pub mod tables;
pub mod words;
