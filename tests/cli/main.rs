//! The program as people and scripts meet it: what it prints, what it leaves behind, how it exits.

mod discovering;
mod files;
mod games;
mod help;
mod mistakes;
mod statuses;
mod workspace;
