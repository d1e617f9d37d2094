//! Where propagation takes up: at the start, or after what has been observed.

use super::filter::{Filtered, Stand};
use super::forward::Forward;
use super::result::{Distribution, SeatShares};

/// What is carried from turn to turn.
pub(super) struct Carried {
    /// The next turn (0-based).
    pub(super) turn: usize,
    /// The probability of each state, of plays that go on.
    pub(super) alive: Vec<f64>,
    /// The same of plays that have ended.
    pub(super) ended: Vec<f64>,
    /// What the next turn weighs for each actor.
    pub(super) weights: Vec<f64>,
}

impl Forward<'_> {
    /// Before the first turn, or the first after those that have been observed; what is known by then stands in
    /// `found`.
    pub(super) fn carried(&self, stands: Option<&Filtered>, found: &mut Distribution) -> Carried {
        let actors = self.policies.numbers().actors.len();
        let (alive, ended) = (vec![0.0; self.states.cells], vec![0.0; self.states.cells]);
        let mut carried = Carried { turn: 0, alive, ended, weights: vec![1.0; actors] };
        found.scores = vec![0.0; actors];
        match stands {
            None => {
                carried.alive = self.start();
                let Carried { alive, ended, weights, .. } = &mut carried;
                found.lengths = vec![self.end(alive, ended, weights, false, &mut found.scores)];
            }
            Some(stands) => self.take_up(stands, &mut carried, found),
        }
        carried
    }

    /// Takes plays up where they stand after the turns that have gone by, of which nothing is counted.
    fn take_up(&self, stands: &Filtered, carried: &mut Carried, found: &mut Distribution) {
        let Carried { alive, ended, weights, .. } = carried;
        found.lengths = vec![0.0; stands.turns + 1];
        found.turns = vec![Vec::new(); stands.turns];
        let unmoved = self.policies.game().blueprint.seats.iter();
        let unmoved: Vec<SeatShares> =
            unmoved.map(|seat| SeatShares { open: 0.0, made: vec![0.0; seat.moves] }).collect();
        found.moves = vec![unmoved; stands.turns];
        // After the last turn nothing goes on.
        let (over, going): (Vec<&Stand>, Vec<&Stand>) =
            stands.stands.iter().partition(|stand| stand.ended || stand.turns == self.turns);
        for turns in 0..=stands.turns {
            // Those that stopped after so many turns are paid what their outcomes pay by then.
            for stand in over.iter().filter(|stand| stand.turns == turns) {
                alive[self.states.cell(&stand.levels)] += stand.probability;
            }
            found.lengths[turns] = self.end(alive, ended, weights, true, &mut found.scores);
            if turns < stands.turns {
                self.go_by(weights);
            }
        }
        for stand in going {
            alive[self.states.cell(&stand.levels)] += stand.probability;
        }
        carried.turn = stands.turns;
    }

    /// Lets a turn go by.
    pub(super) fn go_by(&self, weights: &mut [f64]) {
        for (weight, actor) in weights.iter_mut().zip(&self.policies.numbers().actors) {
            *weight *= actor.discount;
        }
    }
}
