//! Who watches plays, and what they see.

use crate::game::Code;
use crate::scenario::{ClassificationId, EffectId, IdVec, Levels, OutcomeId};

/// So many plays are played side by side.
pub const BATCH: usize = 8;

/// A turn that was played.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    /// The place of the play in its batch, below [`BATCH`].
    pub play: usize,
    /// The turn, 0-based.
    pub turn: usize,
    /// The levels before it; of no meaning unless [`Observer::DETAILS`].
    pub before: &'a Levels,
    /// The levels after it.
    pub after: &'a Levels,
    /// The code of each decision's option, in the order of the table's decisions of the turn.
    pub codes: &'a [Code],
    /// The effects that fired, in file order; empty unless [`Observer::DETAILS`].
    pub fired: &'a [EffectId],
    /// For each actor that learns, in the scenario's order, the probability of each of its options: see
    /// [`PreparedGame::learned`](super::PreparedGame::learned).
    pub learned: &'a [Vec<f64>],
}

/// A play that is over.
#[derive(Clone, Copy, Debug)]
pub struct PlayEnd<'a> {
    /// The place of the play in its batch, below [`BATCH`].
    pub play: usize,
    /// The number of turns played.
    pub turns: usize,
    /// The levels at the end.
    pub levels: &'a Levels,
    /// The outcome in each classification.
    pub outcomes: &'a IdVec<ClassificationId, OutcomeId>,
    /// Each actor's score, then each defined measure's sum over the turns; empty unless observed.
    pub accumulated: &'a [f64],
}

/// Watches plays. Several are played side by side, as a batch, so that turns of one come
/// between turns of another; plays start and end in the order of their replications.
pub trait Observer {
    /// Whether scores and measures are wanted: plays are faster without.
    const SCORES: bool;
    /// Whether it wants to know of each turn what stood before, and what fired.
    const DETAILS: bool = false;
    /// A play starts on a play, at these levels, after so many turns: 0, unless it goes on from what was
    /// observed.
    fn start(&mut self, play: usize, turns: usize, levels: &Levels);
    /// A turn was played.
    fn turn(&mut self, turn: &Turn<'_>);
    /// The play is over.
    fn end(&mut self, end: &PlayEnd<'_>);
}

/// Counts the outcomes of each classification, and nothing else.
#[derive(Clone, Debug, Default)]
pub struct OutcomeCounter {
    /// `counts[class][outcome]`
    pub counts: Vec<Vec<u64>>,
}

impl Observer for OutcomeCounter {
    const SCORES: bool = false;

    fn start(&mut self, _: usize, _: usize, _: &Levels) {}

    #[inline]
    fn turn(&mut self, _: &Turn<'_>) {}

    fn end(&mut self, end: &PlayEnd<'_>) {
        for (counts, outcome) in self.counts.iter_mut().zip(end.outcomes) {
            counts[outcome.index()] += 1;
        }
    }
}
