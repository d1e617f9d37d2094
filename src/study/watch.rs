//! Who watches a study from outside.

use super::equilibria::Bifurcation;
use super::settings::Method;
use crate::scenario::{Diagnostic, Sources};

/// Watches a study from outside, from any thread.
pub trait Watch: Sync {
    /// `done` of `total` plays are over.
    fn progress(&self, done: u64, total: u64);
    /// Whether the study should stop.
    fn stopped(&self) -> bool;
    /// Other equilibria leave the branch of one that is played. Told in an order that does not depend on
    /// threads, for each draw and scenario at most once: of the first such state.
    fn branches(&self, branching: &Bifurcation) {
        let _ = branching;
    }
    /// A part of a study begins that looks at many points.
    fn begins(&self, points: &Points) {
        let _ = points;
    }
    /// A text that a question names is legal, but says what is surely not meant.
    fn warns(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        let _ = (diagnostics, sources);
    }
}

/// Points that a part of a study is about to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// What part it is: `tornado`; empty where it is the whole study.
    pub what: String,
    /// How many points.
    pub count: usize,
    /// How each is found.
    pub method: Method,
    /// Plays at each, where it is found by plays.
    pub plays: u64,
    /// Draws at each; 0: none.
    pub draws: u64,
}

/// Watches one part of a study for whoever watches the whole, which has so many plays, of which some are over.
pub(crate) struct Within<'w> {
    pub(crate) whole: &'w dyn Watch,
    pub(crate) before: u64,
    pub(crate) total: u64,
    /// What the part is, for whoever hears of branches: "in fact f1, "; may be empty.
    pub(crate) place: String,
}

impl Watch for Within<'_> {
    fn progress(&self, done: u64, _: u64) {
        self.whole.progress(self.before + done, self.total);
    }

    fn stopped(&self) -> bool {
        self.whole.stopped()
    }

    fn branches(&self, branching: &Bifurcation) {
        let place = format!("{}{}", self.place, branching.place);
        self.whole.branches(&Bifurcation { place, ..branching.clone() });
    }
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn progress(&self, _: u64, _: u64) {}
    fn stopped(&self) -> bool {
        false
    }
    fn branches(&self, _: &Bifurcation) {}
}
