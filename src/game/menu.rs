//! What one actor can do, in the seats of one component of the game, where the state is as it is.

use super::blueprint::{SeatPlan, any_holds};
use super::ids::{Code, MenuId};
use super::place::compact;
use crate::scenario::{Levels, MoveId};

/// A seat in some state and turn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SeatStatus {
    /// The issue is closed: nobody moves.
    Closed,
    /// The actor chooses among these moves.
    Free(Vec<MoveId>),
    /// The script draws among these moves.
    Drawn(Vec<MoveId>),
}

impl SeatStatus {
    /// The status of a seat in the state `levels` and `turn` (0-based): where none of the script's moves
    /// is available, the actor chooses as if unscripted.
    #[must_use]
    pub fn of(seat: &SeatPlan, levels: &Levels, turn: usize) -> Self {
        if !any_holds(&seat.open, levels, turn) {
            return Self::Closed;
        }
        let moves = seat.available.numbered();
        let available: Vec<MoveId> =
            moves.filter(|(_, when)| any_holds(when, levels, turn)).map(|(made, _)| made).collect();
        if let Some(drawn) = &seat.drawn {
            let scripted: Vec<MoveId> = available.iter().copied().filter(|m| drawn.contains(m)).collect();
            if !scripted.is_empty() {
                return Self::Drawn(scripted);
            }
        }
        if let Some(narrowed) = &seat.narrowed {
            let left: Vec<MoveId> =
                available.iter().copied().filter(|m| narrowed.contains(m.index())).collect();
            if !left.is_empty() {
                return Self::Free(left);
            }
        }
        Self::Free(available)
    }

    /// The moves that may be made; one `None` where the seat is closed.
    fn moves(&self) -> Vec<Option<MoveId>> {
        match self {
            Self::Closed => vec![None],
            Self::Free(moves) | Self::Drawn(moves) => moves.iter().map(|&m| Some(m)).collect(),
        }
    }
}

/// The options of one actor: every combination of moves in its seats of a component.
///
/// An option is made of a choice, in the seats where the actor is free, and of what the script draws in
/// the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// A number of its own within the game.
    pub id: MenuId,
    /// The seats' statuses, in the order of the component's seats.
    pub statuses: Vec<SeatStatus>,
    /// `options[o][s]`: the move in seat `s`, `None` where it is closed.
    pub options: Vec<Vec<Option<MoveId>>>,
    /// The choice that each option belongs to.
    pub choice_of: Vec<usize>,
    /// How many choices there are.
    pub choices: usize,
    /// `codes[o]`: the option's number among all combinations of moves and closures of these seats, the
    /// same whatever is available.
    pub codes: Vec<Code>,
}

impl Menu {
    /// The menu of seats with these statuses, of which seat `s` has `moves[s]` moves in all.
    #[must_use]
    pub fn new(id: MenuId, statuses: Vec<SeatStatus>, moves: &[usize]) -> Self {
        let (options, codes) = (vec![Vec::new()], vec![Code::EMPTY]);
        let mut menu = Self { id, statuses, options, choice_of: vec![0], choices: 1, codes };
        for (status, moves) in menu.statuses.clone().iter().zip(moves) {
            menu.extend(status, *moves);
        }
        menu
    }

    fn extend(&mut self, status: &SeatStatus, moves: usize) {
        let added = status.moves();
        let free = matches!(status, SeatStatus::Free(_));
        let (mut options, mut choice_of, mut codes) = (Vec::new(), Vec::new(), Vec::new());
        for (option, moves_so_far) in self.options.iter().enumerate() {
            for (nth, made) in added.iter().enumerate() {
                options.push(moves_so_far.iter().copied().chain([*made]).collect());
                choice_of.push(if free {
                    self.choice_of[option] * added.len() + nth
                } else {
                    self.choice_of[option]
                });
                let digit = compact(made.map_or(moves, MoveId::index));
                codes.push(self.codes[option].extended(digit, compact(moves + 1)));
            }
        }
        if free {
            self.choices *= added.len();
        }
        (self.options, self.choice_of, self.codes) = (options, choice_of, codes);
    }

    /// How many options there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.options.len()
    }

    /// Never: where every seat is closed, doing nothing is the one option.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.options.is_empty()
    }

    /// Whether some open seat is drawn by the script.
    #[must_use]
    pub fn is_scripted(&self) -> bool {
        self.statuses.iter().any(|status| matches!(status, SeatStatus::Drawn(_)))
    }
}
