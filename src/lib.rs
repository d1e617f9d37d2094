//! demarche, a strategic-scenario simulator: who can do what each turn, what it pays, and where it ends.
pub mod agents;
pub mod equilibrium;
pub mod game;
pub mod math;
pub mod output;
pub mod scenario;
pub mod simulate;
pub mod stats;
pub mod study;
