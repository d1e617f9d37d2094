//! What is decided on, and what comes of it: issues, moves, payoffs, effects.

use serde::{Deserialize, Serialize};

use super::super::{ActorId, Amount, Condition, IssueId, LevelId, SeatId, Set, Span, VariableId};
use super::Notes;

/// An arena in which some of the actors each pick one move a turn.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Its id.
    pub id: String,
    /// Where it is open: names variables and the turn only.
    pub when: Condition,
    /// Its seats, in [`Scenario::seats`](super::Scenario::seats).
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Change {
    /// Puts it at that level.
    Set(usize),
    /// Moves it up or down the order of its levels, stopping at the ends.
    Shift(i64),
}

impl Change {
    /// The level after the change, of a variable that has `levels` levels.
    #[must_use]
    pub fn apply(self, level: LevelId, levels: usize) -> LevelId {
        match self {
            Self::Set(to) => LevelId::new(to),
            Self::Shift(by) => {
                let top = i64::try_from(levels).unwrap_or(i64::MAX) - 1;
                let at = i64::try_from(level.index()).unwrap_or(top).saturating_add(by);
                LevelId::new(usize::try_from(at.clamp(0, top)).unwrap_or(0))
            }
        }
    }
}
