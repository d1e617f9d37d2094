//! Answers in words: the text that a person reads in a terminal.
//!
//! Takes an [`Answer`] and a [`Telling`], which knows the width and colours of the place where the
//! text will be read, and gives out text. Numbers are written in `numbers.rs` alone, columns and lines laid out in
//! `layout.rs` and `grid.rs`. Nothing here knows a terminal, and no text spells an option of the command line: what a
//! reader may do next is data (`next.rs`), which whoever prints words.

mod agree;
mod check;
mod cited;
mod claims;
mod compare;
mod decision;
mod discover;
#[cfg(test)]
pub(crate) mod examples;
mod explain;
mod flip;
mod frontier;
mod given;
mod grid;
mod layout;
mod models;
mod notice;
mod numbers;
mod payoffs;
mod play;
mod run;
mod sensitivity;
mod solve;
mod state;
mod style;
mod sweep;
mod tree;
mod verify;

pub use notice::notice;
pub use numbers::duration;
pub use style::{Style, USUAL_WIDTH};

use crate::ask::{Answer, Findings};
use crate::equilibrium::Solved;

/// How an answer is told.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    /// How text may look.
    pub style: Style,
    /// How long it took, in seconds; `None` where nobody should know.
    pub seconds: Option<f64>,
    /// Where its files are.
    pub folder: Option<&'a str>,
    /// How advice is worded: the option of whoever asked that a key of a question stands for, perhaps with a value.
    pub option: &'a dyn Fn(&str, Option<&str>) -> String,
}

/// An answer as people read it, in lines that fit where it is read.
#[must_use]
pub fn text(answer: &Answer, telling: &Telling<'_>) -> String {
    match &answer.findings {
        Findings::Check(found) => check::text(answer, found),
        Findings::Run(found) => run::text(answer, &found.run, telling),
        Findings::Play(found) => play::text(answer, found, telling.style),
        Findings::Explain(found) => explain::text(answer, found, telling.style),
        Findings::Tables(found) => payoffs::text(answer, found, telling.style),
        Findings::Verify(found) => verify::text(found, telling.style),
        Findings::Compare(found) => compare::text(answer, found, telling),
        Findings::Claims(found) => claims::text(answer, found, telling),
        Findings::Sweep(found) => sweep::text(answer, found, telling),
        Findings::Flip(found) => flip::text(answer, found, telling),
        Findings::Models(found) => models::text(answer, found, telling.style),
        Findings::Sensitivity(found) => sensitivity::text(answer, found, telling),
        Findings::Discover(found) => discover::text(answer, found, telling),
        Findings::Agree(found) => agree::text(answer, found),
        Findings::Solve(found) => solve::text(answer, found, telling),
        Findings::Export(found) => found.text.clone(),
    }
}

/// A solved game as people read it.
#[must_use]
pub fn solution(solved: Solved<'_>, telling: &Telling<'_>) -> String {
    solve::solution(solved, telling)
}
