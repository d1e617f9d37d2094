//! A scenario that was read and checked: ids resolved to indices, in the file's order throughout.

mod actor;
mod ending;
mod issue;
mod study;

pub use actor::*;
pub use ending::*;
pub use issue::*;
pub use study::*;

use serde::{Deserialize, Serialize};

use super::{Amount, Expression, Span};

/// A scenario as it is to be run: everything merged, resolved and checked.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its title, or the name of its file where it has none.
    pub title: String,
    /// The number of turns, at least 1.
    pub turns: u32,
    /// What one turn stands for: `month`; `turn` where the file does not say.
    pub turn: String,
    /// The named numbers.
    pub parameters: Vec<Parameter>,
    /// The parts of the world's state.
    pub variables: Vec<Variable>,
    /// Who decides.
    pub actors: Vec<Actor>,
    /// The arenas.
    pub issues: Vec<Issue>,
    /// Every actor's place in every issue: issues in the file's order, actors in the order of the
    /// issue's moves.
    pub seats: Vec<Seat>,
    /// Payoff terms: issues' terms (an issue's own first, then the rows of its table) in the file's
    /// order of issues, then those that belong to no issue.
    pub terms: Vec<Term>,
    /// Effects: issues' effects in the file's order of issues, then events.
    pub effects: Vec<Effect>,
    /// The classifications of final states.
    pub classifications: Vec<Classification>,
    /// What `[measures]` defines.
    pub measures: Vec<DefinedMeasure>,
    /// What `[claims]` says.
    pub claims: Vec<Claim>,
    /// What `[facts]` says.
    pub facts: Vec<Fact>,
    /// What `[studies]` keeps.
    pub studies: Vec<Study>,
    /// The names of `[variants]`.
    pub variants: Vec<String>,
}

/// Why something is as it is: the parts of `because`, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Because {
    /// Each a citation or a reason in itself.
    pub reasons: Vec<Reason>,
}

/// One part of a `because`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reason {
    /// Cites the claim of that index in [`Scenario::claims`].
    Claim(usize),
    /// The reason itself.
    Text(String),
}

/// What any table may carry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Notes {
    /// `title`
    pub title: Option<String>,
    /// `because`
    pub because: Because,
}

/// A named number.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its id.
    pub id: String,
    /// Known, derived or uncertain.
    pub kind: ParameterKind,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// Where a parameter's value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterKind {
    /// A number or an expression of other parameters; no circles.
    Known(Expression),
    /// One draw from a distribution.
    Uncertain(Distribution),
}

impl ParameterKind {
    /// Whether it is an expression of other parameters, and no number of its own.
    #[must_use]
    pub fn is_derived(&self) -> bool {
        let mut derived = false;
        if let Self::Known(expression) = self {
            expression.each_parameter(&mut |_| derived = true);
        }
        derived
    }
}

/// The distribution of an uncertain parameter. All numbers are finite and in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// low, high
    Uniform(f64, f64),
    /// low, mode, high
    Triangular(f64, f64, f64),
    /// low, mode, high
    Pert(f64, f64, f64),
    /// mean, standard deviation
    Normal(f64, f64),
    /// median, geometric standard deviation
    Lognormal(f64, f64),
    /// a, b
    Beta(f64, f64),
    /// entries, alike
    OneOf(Vec<f64>),
}

/// A part of the world's state.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its id.
    pub id: String,
    /// Its levels, in order; at least one.
    pub levels: Vec<String>,
    /// The number that each level stands for.
    pub values: Vec<Amount>,
    /// Where it starts.
    pub start: Start,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// Where a variable starts.
#[derive(Clone, Debug)]
pub enum Start {
    /// At that level.
    Level(usize),
    /// Weights of levels, in the file's order; scaled to sum to one.
    Weights(Vec<(usize, Amount)>),
}

impl Scenario {
    /// The number of turns, as a length.
    #[must_use]
    pub fn n_turns(&self) -> usize {
        self.turns as usize
    }
}
