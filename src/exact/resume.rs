//! Where propagation takes up: at the start, or after what has been observed.

use super::belief::{BeliefState, PossibleState};
use super::propagator::{PropagationState, Propagator};
use super::result::{PlayDistribution, SeatShares};

impl Propagator<'_> {
    /// Before the first turn, or the first after those that have been observed; what is known by then stands in
    /// `found`.
    pub(super) fn initial(
        &self,
        filtered: Option<&BeliefState>,
        found: &mut PlayDistribution,
    ) -> PropagationState {
        let actors = self.policies.numbers().actors.len();
        let (alive, ended) = (vec![0.0; self.states.cells], vec![0.0; self.states.cells]);
        let mut state = PropagationState { turn: 0, alive, ended, weights: vec![1.0; actors] };
        found.scores = vec![0.0; actors];
        match filtered {
            None => {
                state.alive = self.start();
                found.lengths = vec![self.end(&mut state, false, &mut found.scores)];
            }
            Some(filtered) => self.resume_from(filtered, &mut state, found),
        }
        state
    }

    /// Takes plays up where they stand after the turns that have gone by, of which nothing is counted.
    fn resume_from(
        &self,
        filtered: &BeliefState,
        state: &mut PropagationState,
        found: &mut PlayDistribution,
    ) {
        found.lengths = vec![0.0; filtered.turns + 1];
        found.turns = vec![Vec::new(); filtered.turns];
        let unmoved = self.policies.game().blueprint.seats.iter();
        let unmoved: Vec<SeatShares> =
            unmoved.map(|seat| SeatShares { open: 0.0, made: vec![0.0; seat.moves] }).collect();
        found.moves = vec![unmoved; filtered.turns];
        // After the last turn nothing goes on.
        let (over, going): (Vec<&PossibleState>, Vec<&PossibleState>) =
            filtered.states.iter().partition(|possible| possible.ended || possible.turns == self.turns);
        for turns in 0..=filtered.turns {
            // Those that stopped after so many turns are paid what their outcomes pay by then.
            for possible in over.iter().filter(|possible| possible.turns == turns) {
                state.alive[self.states.cell(&possible.levels).index()] += possible.probability;
            }
            found.lengths[turns] = self.end(state, true, &mut found.scores);
            if turns < filtered.turns {
                self.discount(&mut state.weights);
            }
        }
        for possible in going {
            state.alive[self.states.cell(&possible.levels).index()] += possible.probability;
        }
        state.turn = filtered.turns;
    }

    /// Lets a turn go by.
    pub(super) fn discount(&self, weights: &mut [f64]) {
        for (weight, actor) in weights.iter_mut().zip(&self.policies.numbers().actors) {
            *weight *= actor.discount;
        }
    }
}
