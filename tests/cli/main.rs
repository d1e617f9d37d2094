//! The program as people and scripts meet it: what it prints, what it leaves behind, how it exits.

mod again;
mod branches;
mod compare;
mod discovering;
mod files;
mod flip;
mod games;
mod given;
mod help;
mod mistakes;
mod reading;
mod statuses;
mod studies;
mod sweeps;
mod workspace;
