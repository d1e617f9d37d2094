//! The numbers of one draw, as the decision models want them.

use super::rules::scale;
use crate::game::{Game, Menu, SeatStatus};
use crate::scenario::{ActorId, ClassificationId, IdVec, MoveId, Numbers, OutcomeId, SeatId};

/// Payoffs weighted by regard, and the actors' own numbers.
#[derive(Debug)]
pub(crate) struct WeightedPayoffs {
    /// `pays[term * actors + actor]`: U of the term, for one unit of `per`.
    pub(crate) pays: Vec<f64>,
    /// What terms count for: 1, and then the values of all variables' levels; see
    /// [`Blueprint::per`](crate::game::Blueprint::per).
    pub(crate) per: Vec<f64>,
    /// `outcomes[class][outcome][actor]`: U of the outcome.
    pub(crate) outcomes: IdVec<ClassificationId, IdVec<OutcomeId, IdVec<ActorId, f64>>>,
}

impl WeightedPayoffs {
    pub(crate) fn new(numbers: &Numbers) -> Self {
        let weigh = |pays: &Vec<f64>| -> IdVec<ActorId, f64> {
            numbers
                .actors
                .iter()
                .enumerate()
                .map(|(i, actor)| {
                    let others: f64 = actor.regard.iter().zip(pays).map(|(regard, pay)| regard * pay).sum();
                    pays[i] + others
                })
                .collect()
        };
        Self {
            pays: numbers.pays.iter().flat_map(weigh).collect(),
            per: std::iter::once(1.0).chain(numbers.values.iter().flatten().copied()).collect(),
            outcomes: numbers.outcome_pays.iter().map(|class| class.iter().map(weigh).collect()).collect(),
        }
    }
}

/// The probabilities of a menu's options that depend on nobody's reasoning.
#[derive(Debug)]
pub(crate) struct MenuProbabilities {
    /// Naive play: in proportion to salience; drawn seats as the script says.
    pub(crate) naive: Vec<f64>,
    /// Any choice alike; drawn seats as the script says.
    pub(crate) uniform: Vec<f64>,
    /// The probability of what the option has in drawn seats; `None` where nothing is drawn.
    pub(crate) script: Option<Vec<f64>>,
}

impl MenuProbabilities {
    /// The numbers of the menu of an actor with these seats.
    pub(crate) fn new(game: &Game, numbers: &Numbers, menu: &Menu, seats: &[SeatId]) -> Self {
        let options = menu.len();
        let script = menu.is_scripted().then(|| vec![1.0; options]);
        let mut made = Self { naive: vec![1.0; options], uniform: vec![1.0; options], script };
        for (at, (status, &seat)) in menu.statuses.iter().zip(seats).enumerate() {
            let moves = game.blueprint.seats[seat].moves;
            match status {
                SeatStatus::Closed => {}
                SeatStatus::Free(free) => {
                    made.multiply(menu, at, &shares(moves, free, &numbers.salience[seat.index()]), false);
                }
                SeatStatus::Drawn(drawn) => {
                    made.multiply(menu, at, &shares(moves, drawn, &numbers.script[seat.index()]), true);
                }
            }
        }
        made
    }

    fn multiply(&mut self, menu: &Menu, at: usize, shares: &[f64], drawn: bool) {
        #[expect(clippy::cast_precision_loss, reason = "menus are far smaller than 2^52")]
        let alike = match &menu.statuses[at] {
            SeatStatus::Free(moves) => 1.0 / moves.len() as f64,
            _ => 1.0,
        };
        for (option, moves) in menu.options.iter().enumerate() {
            let share = moves[at].map_or(1.0, |made| shares[made.index()]);
            self.naive[option] *= share;
            self.uniform[option] *= if drawn { share } else { alike };
            if let (true, Some(script)) = (drawn, &mut self.script) {
                script[option] *= share;
            }
        }
    }
}

/// The weights of the moves that are there, scaled to sum to one; all alike where all are zero.
fn shares(moves: usize, there: &[MoveId], weights: &[f64]) -> Vec<f64> {
    let mut shares = vec![0.0; moves];
    let nothing = there.iter().all(|m| weights[m.index()] == 0.0);
    for m in there {
        shares[m.index()] = if nothing { 1.0 } else { weights[m.index()] };
    }
    scale(&mut shares);
    shares
}
