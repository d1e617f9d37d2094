//! A scenario that was read and checked: ids resolved to indices, in the file's order throughout.

use super::{Amount, Condition, Expression, Learning, Set, Span};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The index as a number.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of that index.
            ///
            /// # Panics
            /// Beyond 2^32, which no scenario holds.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than 2^32 of anything"))
            }
        }
    )*};
}

ids! {
    /// An index into [`Scenario::parameters`].
    ParameterId,
    /// An index into [`Scenario::variables`].
    VariableId,
    /// An index into [`Scenario::actors`].
    ActorId,
    /// An index into [`Scenario::issues`].
    IssueId,
    /// An index into [`Scenario::seats`].
    SeatId,
}

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
    /// The names of `[variants]`.
    pub variants: Vec<String>,
}

/// Why something is as it is: the parts of `because`, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Because {
    /// Each a citation or a reason in itself.
    pub reasons: Vec<Reason>,
}

/// One part of a `because`.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Cites the claim of that index in [`Scenario::claims`].
    Claim(usize),
    /// The reason itself.
    Text(String),
}

/// What any table may carry.
#[derive(Clone, Debug, Default, PartialEq)]
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

/// Someone who decides.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Its id.
    pub id: String,
    /// `name`, or the id.
    pub name: String,
    /// The choice rule.
    pub choice: Choice,
    /// With this probability, any available action alike.
    pub tremble: Amount,
    /// What it believes of the others.
    pub beliefs: Beliefs,
    /// How far it looks.
    pub horizon: Horizon,
    /// How it values what lies beyond its horizon.
    pub beyond: Beyond,
    /// The weight of the next turn against this one.
    pub discount: Amount,
    /// Weights on others' payoffs.
    pub regard: Vec<(ActorId, Amount)>,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// How an actor picks among actions of known value.
#[derive(Clone, Debug)]
pub enum Choice {
    /// All alike.
    Uniform,
    /// All within 1e-9 of the best, alike.
    Best,
    /// In proportion to exp(L * value).
    Logit(Amount),
    /// By what was paid so far in the play, whatever the beliefs.
    Learning(Box<Learning<Amount>>),
}

/// What an actor believes of the others' choices.
#[derive(Clone, Debug)]
pub enum Beliefs {
    /// Level-k reasoning; level 0 is naive play.
    Level(u32),
    /// The others choose as they do: quantal response equilibrium.
    Equilibrium,
    /// The cognitive hierarchy: mean number of steps, and the actor's own level, drawn where `None`.
    Poisson(Amount, Option<u32>),
    /// What they did so far in the play (fictitious play).
    Learned,
}

/// How many turns an actor looks ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Horizon {
    /// That many, at least 1: 1 is this turn only.
    Turns(u32),
    /// To the last turn.
    End,
}

/// What lies beyond the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// Nothing.
    Nothing,
    /// As if the state stayed as it is.
    StatusQuo,
}

/// An arena in which some of the actors each pick one move a turn.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Its id.
    pub id: String,
    /// Where it is open: names variables and the turn only.
    pub when: Condition,
    /// Its seats, in [`Scenario::seats`].
    pub seats: Vec<SeatId>,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// An actor's place in an issue, where it picks one move a turn.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Who.
    pub actor: ActorId,
    /// Where.
    pub issue: IssueId,
    /// The moves, at least one.
    pub moves: Vec<Move>,
    /// What the script takes away.
    pub script: Option<Script>,
    /// Where its moves are listed.
    pub span: Span,
}

/// One option of one actor in one issue.
#[derive(Clone, Debug)]
pub struct Move {
    /// Its id.
    pub id: String,
    /// Where it is available: names variables and the turn only.
    pub when: Condition,
    /// Its weight in naive play.
    pub salience: Amount,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is listed.
    pub span: Span,
}

/// What the script says of a seat.
#[derive(Clone, Debug)]
pub enum Script {
    /// Draws among these moves, by weight; a fixed move is a draw among one.
    Draw(Vec<(usize, Amount)>),
    /// Leaves only these moves to choose from.
    Narrow(Set),
}

/// A condition, and what it pays to whom.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its id; `row_3` for the third row of a table that gives its rows no ids.
    pub id: String,
    /// Its path: `issues.trade.payoffs.pain`, `payoffs.warmth`, `issues.trade.table.row_3`.
    pub path: String,
    /// The issue it belongs to: it holds only while that is open.
    pub issue: Option<IssueId>,
    /// When it holds.
    pub when: Condition,
    /// Times the value of that variable's level.
    pub per: Option<VariableId>,
    /// What it pays, in the file's order.
    pub pays: Vec<(ActorId, Amount)>,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// A condition, a chance, and the change it makes to variables.
#[derive(Clone, Debug)]
pub struct Effect {
    /// Its id.
    pub id: String,
    /// Its path: `issues.trade.effects.raise`, `events.thaw`.
    pub path: String,
    /// The issue it belongs to: it holds only while that is open. `None`: an event.
    pub issue: Option<IssueId>,
    /// When it holds.
    pub when: Condition,
    /// The probability that it fires where it holds; certain where `None`.
    pub chance: Option<Amount>,
    /// The changes, in the file's order, `set` before `shift`; each variable at most once.
    pub changes: Vec<(VariableId, Change)>,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// What an effect does to a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Puts it at that level.
    Set(usize),
    /// Moves it up or down the order of its levels, stopping at the ends.
    Shift(i64),
}

impl Change {
    /// The level after the change, of a variable that has `levels` levels.
    #[must_use]
    pub fn apply(self, level: usize, levels: usize) -> usize {
        match self {
            Self::Set(to) => to,
            Self::Shift(by) => {
                let top = i64::try_from(levels).unwrap_or(i64::MAX) - 1;
                let at = i64::try_from(level).unwrap_or(top).saturating_add(by);
                usize::try_from(at.clamp(0, top)).unwrap_or(0)
            }
        }
    }
}

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// One of [`Scenario::measures`].
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
