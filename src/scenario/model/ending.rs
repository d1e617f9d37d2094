//! What a play comes to, and what is said of it: outcomes, measures, claims, facts.

use super::super::{ActorId, Amount, Condition, SeatId, Span, VariableId};
use super::Notes;

/// A list of outcomes, of which every final state has exactly one.
#[derive(Clone, Debug)]
pub struct Classification {
    /// Its id.
    pub id: String,
    /// Its outcomes, in the file's order; exactly one has no `when`.
    pub outcomes: Vec<Outcome>,
    /// Where it is defined.
    pub span: Span,
}

impl Classification {
    /// The outcomes in the order in which they are tried: the file's, the one without a `when` last.
    pub fn trial_order(&self) -> impl Iterator<Item = usize> + '_ {
        let conditional = (0..self.outcomes.len()).filter(|&o| self.outcomes[o].when.is_some());
        conditional.chain((0..self.outcomes.len()).filter(|&o| self.outcomes[o].when.is_none()))
    }
}

/// A named class of final states.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its id.
    pub id: String,
    /// Where it holds: names variables only. `None`: catches the rest.
    pub when: Option<Condition>,
    /// The play stops where this is the first match after a turn.
    pub ends: bool,
    /// What it pays once, in the file's order.
    pub pays: Vec<(ActorId, Amount)>,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// A measure that `[measures]` defines.
#[derive(Clone, Debug)]
pub struct DefinedMeasure {
    /// Its id; its name is `measures.` and this.
    pub id: String,
    /// When it counts.
    pub when: Condition,
    /// Counts the value of that variable's level, 1 where `None`.
    pub per: Option<VariableId>,
    /// Whether it happens at all, instead of how often.
    pub ever: bool,
    /// Divided by that measure.
    pub of: Option<Measure>,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// A number that a play has, and a run the mean of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Measure {
    /// The probability of an outcome: classification, outcome.
    Outcome(usize, usize),
    /// The probability that the play ends with the variable at the level.
    FinalLevel(VariableId, usize),
    /// The mean of the variable's value at the end.
    FinalValue(VariableId),
    /// The actor's score.
    Score(ActorId),
    /// The number of turns played.
    Turns,
    /// Turns in which the move is made over turns played with the issue open.
    Move(SeatId, usize),
    /// One of [`Scenario::measures`](super::Scenario::measures).
    Defined(usize),
}

/// What a source says.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// What it says, in the modeller's words.
    pub text: String,
    /// Where it says so.
    pub source: Option<String>,
    /// Where it is defined.
    pub span: Span,
}

/// What a run must therefore show.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its id.
    pub id: String,
    /// The variant that is run; `None`: the scenario itself.
    pub variant: Option<String>,
    /// What must come out.
    pub test: FactTest,
    /// The measures' paths in it, and where they stand.
    pub measures: Vec<(String, Span)>,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// What must come out. Measures are paths, because each variant resolves them for itself: they have been
/// seen to resolve in every scenario that the fact runs.
#[derive(Clone, Debug, PartialEq)]
pub enum FactTest {
    /// The variant's measure, less that of `against` (`None`: the scenario itself), is above `by`
    /// (`raises`) or below `-by` (`lowers`).
    Compare {
        /// The other run.
        against: Option<String>,
        /// `raises`, or else `lowers`.
        raises: bool,
        /// The path of the measure.
        measure: String,
        /// By at least so much.
        by: f64,
    },
    /// The measure lies above and/or below a number or another measure.
    Bound {
        /// The path of the measure.
        measure: String,
        /// Lower bound.
        above: Option<Limit>,
        /// Upper bound.
        below: Option<Limit>,
    },
}

/// A bound of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// A number.
    Number(f64),
    /// The path of another measure of the same run.
    Measure(String),
}
