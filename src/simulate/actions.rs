//! What an actor can do in all its issues at once, and how that is numbered.

use crate::agents::{ActionId, MenuProbabilities, Policies};
use crate::game::{CellId, Code, Game, LazyTable, Menu, MenuId, SeatStatus, VariableSet};
use crate::scenario::{ActorId, Levels, MoveId, SeatId};

/// The actions of one actor, over all its seats.
///
/// A code says what an actor did in each seat, or that the issue was closed. An action is what it chose: the
/// code in which seats that the script draws stand as if they were closed, for there is nothing to learn of
/// what everybody knows.
#[derive(Debug)]
pub(crate) struct Actions {
    pub(crate) seats: Vec<SeatId>,
    /// How many moves each seat has.
    moves: Vec<usize>,
    /// What one move further in each seat adds to the code; the last seat's is 1, as in the codes of menus.
    strides: Vec<usize>,
    /// How many codes there are.
    pub(crate) codes: usize,
    /// The variables that decide what can be done.
    scope: VariableSet,
    /// For each turn, where its choices begin in the table: turns in which the same conditions hold share them.
    first: Vec<usize>,
    choices: LazyTable<CellId, Choices>,
}

/// What an actor can do where a state and turn are as they are.
#[derive(Debug)]
pub(crate) struct Choices {
    pub(crate) menu: Menu,
    pub(crate) numbers: MenuProbabilities,
    /// The action that each choice is.
    pub(crate) actions: Vec<ActionId>,
    /// For each option, the part of its code that the script draws: options that have it in common differ in what is
    /// chosen.
    drawn: Vec<usize>,
    /// For each seat, how many moves may be made there, and how many options go by before the next one.
    digits: Vec<(usize, usize)>,
}

impl Actions {
    pub(crate) fn new(game: &Game, actor: ActorId) -> Self {
        let blueprint = &game.blueprint;
        let seats: Vec<SeatId> =
            blueprint.seats.ids().filter(|&seat| blueprint.seats[seat].actor == actor).collect();
        let moves: Vec<usize> = seats.iter().map(|&seat| blueprint.seats[seat].moves).collect();
        // One digit more than there are moves: the last one says that the issue is closed.
        let mut codes = 1;
        let mut strides: Vec<usize> = moves
            .iter()
            .rev()
            .map(|moves| {
                codes *= moves + 1;
                codes / (moves + 1)
            })
            .collect();
        strides.reverse();
        let plans = seats.iter().map(|&seat| &blueprint.seats[seat]);
        let clauses = plans.flat_map(|plan| plan.open.iter().chain(plan.available.iter().flatten()));
        let named = clauses.flat_map(|clause| clause.levels.iter().map(|(v, _)| *v));
        let scope = VariableSet::new(named.collect(), &blueprint.levels);
        let mut kinds: Vec<usize> = game.turn_classes.clone();
        kinds.sort_unstable();
        kinds.dedup();
        let place = |class: &usize| kinds.binary_search(class).unwrap_or(0) * scope.cells;
        let first = game.turn_classes.iter().map(place).collect();
        let choices = LazyTable::new(kinds.len() * scope.cells);
        Self { seats, moves, strides, codes, scope, first, choices }
    }

    /// What the actor can do in the state `levels` and `turn`.
    pub(crate) fn at(&self, policies: &Policies<'_>, levels: &Levels, turn: usize) -> &Choices {
        let cell = CellId::new(self.first[turn] + self.scope.cell(levels).index());
        self.choices.get(cell, || self.make(policies, levels, turn))
    }

    fn make(&self, policies: &Policies<'_>, levels: &Levels, turn: usize) -> Choices {
        let seats = &policies.game.blueprint.seats;
        let statuses = self.seats.iter().map(|&seat| SeatStatus::of(&seats[seat], levels, turn));
        // Nobody looks this menu up by its number.
        let menu = Menu::new(MenuId::new(0), statuses.collect(), &self.moves);
        let drawn_part = |option: &Vec<Option<MoveId>>| {
            let drawn = option.iter().zip(&menu.statuses).zip(&self.strides);
            let drawn = drawn.filter(|((_, status), _)| matches!(status, SeatStatus::Drawn(_)));
            drawn.map(|((made, _), stride)| made.map_or(0, MoveId::index) * stride).sum()
        };
        let drawn: Vec<usize> = menu.options.iter().map(drawn_part).collect();
        // In actions, drawn seats have the digit of a closed issue.
        let idle = |(status, (moves, stride)): (&SeatStatus, (&usize, &usize))| match status {
            SeatStatus::Drawn(_) => moves * stride,
            _ => 0,
        };
        let idle: usize = menu.statuses.iter().zip(self.moves.iter().zip(&self.strides)).map(idle).sum();
        let mut actions = vec![ActionId::new(0); menu.choices];
        for ((choice, code), drawn) in menu.choice_of.iter().zip(&menu.codes).zip(&drawn) {
            // The options of a choice differ in their drawn part alone, so all say the same.
            actions[*choice] = ActionId::new(code.index() - drawn + idle);
        }
        let numbers = policies.numbers_of(&menu, &self.seats);
        Choices { digits: digits(&menu), menu, numbers, actions, drawn }
    }

    /// Where these seats, some of the actor's, stand among all of its seats.
    pub(crate) fn places(&self, seats: &[SeatId]) -> Vec<usize> {
        seats.iter().filter_map(|seat| self.seats.iter().position(|own| own == seat)).collect()
    }

    /// What codes of some of the seats add to the code of all.
    pub(crate) fn shares(&self, seats: &[SeatId]) -> Vec<usize> {
        let places = self.places(seats);
        let moves: Vec<usize> = places.iter().map(|&at| self.moves[at]).collect();
        let codes = moves.iter().map(|moves| moves + 1).product();
        let share = |code: usize| {
            let made = super::tally_layout::decode(Code::new(code), &moves);
            let digits = made.iter().zip(&places);
            digits.map(|(made, &at)| made.map_or(self.moves[at], MoveId::index) * self.strides[at]).sum()
        };
        (0..codes).map(share).collect()
    }

    /// The action in a code: seats that the script drew stand as if they were closed.
    pub(crate) fn action(&self, choices: &Choices, code: Code) -> ActionId {
        let seats = choices.menu.statuses.iter().zip(self.moves.iter().zip(&self.strides));
        let drawn = seats.filter(|(status, _)| matches!(status, SeatStatus::Drawn(_)));
        ActionId::new(drawn.fold(code.index(), |code, (_, (&moves, &stride))| {
            let digit = code / stride % (moves + 1);
            code + (moves - digit) * stride
        }))
    }
}

/// See [`Choices::digits`]: a menu runs through the moves of its last seat fastest.
fn digits(menu: &Menu) -> Vec<(usize, usize)> {
    let mut after = 1;
    let digit = |status: &SeatStatus| {
        let moves = match status {
            SeatStatus::Closed => 1,
            SeatStatus::Free(moves) | SeatStatus::Drawn(moves) => moves.len(),
        };
        after *= moves;
        (moves, after / moves)
    };
    let mut digits: Vec<(usize, usize)> = menu.statuses.iter().rev().map(digit).collect();
    digits.reverse();
    digits
}

impl Choices {
    /// The place of an option, cut down to some of the seats, among the options of these alone.
    pub(crate) fn cut(&self, option: usize, places: &[usize]) -> usize {
        places.iter().fold(0, |cut, &at| {
            let (moves, after) = self.digits[at];
            cut * moves + option / after % moves
        })
    }

    /// The options that differ from one in what was chosen, not in what the script drew: one for each choice,
    /// in their order.
    pub(crate) fn instead_of(&self, option: usize) -> impl Iterator<Item = usize> + '_ {
        let drawn = self.drawn[option];
        (0..self.menu.len()).filter(move |&other| self.drawn[other] == drawn)
    }
}
