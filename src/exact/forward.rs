//! The forward pass: from the start, turn by turn, to the distribution of everything.

use super::belief::BeliefState;
use super::error::ExactError;
use super::item::Paid;
use super::propagator::PropagationState;
use super::propagator::{Propagation, Propagator};
use super::result::{PlayDistribution, SeatShares};
use super::turn_structure::{TurnStructure, TurnStructures};
use crate::agents::Policies;
use crate::game::{CellId, ComponentKind, VariableSet};
use crate::scenario::{Clause, IdVec, MeasureId, Scenario, SeatId};

/// How much of the distribution is wanted, and from where on.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// Whether what is done and paid is.
    pub(super) counts: bool,
    /// Those of the scenario's measures that are.
    pub(super) measures: &'a [MeasureId],
    /// Where plays stand after turns that have been observed.
    pub(super) filtered: Option<&'a BeliefState>,
}

/// The distribution, as far as it is wanted.
pub(super) fn propagated(
    scenario: &Scenario,
    policies: &Policies<'_>,
    how: Propagation<'_>,
    wanted: Wanted<'_>,
) -> Result<PlayDistribution, ExactError> {
    let propagator = Propagator::new(scenario, policies, how)?;
    let mut found =
        PlayDistribution { measures: vec![0.0; scenario.measures.len()], ..PlayDistribution::default() };
    propagator.everything(wanted.counts, wanted.filtered, &mut found)?;
    for (at, measure) in scenario.measures.iter().enumerate() {
        if measure.ever && wanted.measures.contains(&MeasureId::new(at)) {
            let clauses = crate::game::fold(scenario, &measure.when, None);
            found.measures[at] =
                if clauses.is_empty() { 0.0 } else { propagator.ever(wanted.filtered, &clauses)? };
        }
    }
    Ok(found)
}

impl Propagator<'_> {
    /// Everything but what happens `ever`; what is done and paid only where it `counts`.
    fn everything(
        &self,
        counts: bool,
        filtered: Option<&BeliefState>,
        found: &mut PlayDistribution,
    ) -> Result<(), ExactError> {
        let mut turn_structures = TurnStructures::default();
        let mut plays = self.initial(filtered, found);
        found.turns.push(self.by_level(&plays));
        for turn in plays.turn..self.turns {
            // Where nothing may be absent, nothing is; and such a stage has nothing that counts.
            let stage = turn_structures.get(
                self.scenario,
                self.policies,
                turn,
                if counts { None } else { Some(&[]) },
            )?;
            if counts {
                self.count(&stage, &plays, found);
            }
            let (next, dropped) = self.step(&stage, &plays.alive);
            (plays.alive, found.dropped) = (next, found.dropped + dropped);
            self.discount(&mut plays.weights);
            let last = turn + 1 == self.turns;
            found.lengths.push(self.end(&mut plays, last, &mut found.scores));
            found.turns.push(self.by_level(&plays));
            if !(self.how.go_on)(turn + 1, self.turns) {
                return Err(ExactError::Stopped);
            }
        }
        found.outcomes = self.by_outcome(&plays.ended);
        found.joint = self.joint(&plays.ended);
        Ok(())
    }

    /// The probability that some clause holds in any turn.
    fn ever(&self, filtered: Option<&BeliefState>, clauses: &[Clause]) -> Result<f64, ExactError> {
        let mut turn_structures = TurnStructures::default();
        let PropagationState { turn: first, mut alive, ended, .. } =
            self.initial(filtered, &mut PlayDistribution::default());
        let mut never: f64 = ended.iter().sum();
        for turn in first..self.turns {
            let stage = turn_structures.get(self.scenario, self.policies, turn, Some(clauses))?;
            alive = self.step(&stage, &alive).0;
            never += self.stopped(&mut alive, turn + 1 == self.turns);
            if !(self.how.go_on)(turn + 1, self.turns) {
                return Err(ExactError::Stopped);
            }
        }
        // What was dropped is not known to have happened.
        Ok((1.0 - never).clamp(0.0, 1.0))
    }

    /// Adds what is done and paid in a turn.
    fn count(&self, stage: &TurnStructure, plays: &PropagationState, found: &mut PlayDistribution) {
        let game = self.policies.game();
        let mut scopes: Vec<&VariableSet> = Vec::new();
        let of_choosers = stage.decisions.iter().map(|decision| &game.components()[decision.component].scope);
        for scope in of_choosers.chain(stage.counted.iter().map(|item| &item.scope)) {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
        let shares = self.marginals(&plays.alive, &scopes);
        let shares_of = |scope: &VariableSet| {
            let at = scopes.iter().position(|known| *known == scope);
            let shares = at.into_iter().flat_map(|at| shares[at].numbered());
            shares.filter(|(_, p)| **p > 0.0)
        };
        found.moves.push(self.moves(stage, shares_of));
        let mut levels = game.blueprint.lowest();
        for item in &stage.counted {
            let count: f64 = shares_of(&item.scope)
                .map(|(cell, p)| p * item.count(self.policies, cell, &mut levels))
                .sum();
            match item.paid {
                Paid::Measure(measure) => found.measures[measure.index()] += count,
                Paid::Term(term) => {
                    let pays = self.policies.numbers().pays_of(term);
                    for ((score, weight), pay) in found.scores.iter_mut().zip(&plays.weights).zip(pays) {
                        *score += weight * count * pay;
                    }
                }
            }
        }
    }

    fn moves<'s, I: Iterator<Item = (CellId, &'s f64)>>(
        &self,
        stage: &TurnStructure,
        shares_of: impl Fn(&VariableSet) -> I,
    ) -> Vec<SeatShares> {
        let game = self.policies.game();
        let seats = game.blueprint.seats.iter();
        let mut rows: IdVec<SeatId, SeatShares> =
            seats.map(|seat| SeatShares { open: 0.0, made: vec![0.0; seat.moves] }).collect();
        for decision in &stage.decisions {
            let component = &game.components()[decision.component];
            let ComponentKind::Turn { structure, .. } = component.kind else { continue };
            let seats = &game.structure(structure).members[decision.member].seats;
            for (cell, share) in shares_of(&component.scope) {
                let menu = &game.local_state(structure, cell).menus[decision.member];
                let play = &self.policies.plays(decision.component, cell)[decision.member];
                for (option, p) in menu.options.iter().zip(&play.policy) {
                    for (&seat, made) in seats.iter().zip(option) {
                        if let Some(made) = made {
                            rows[seat].made[made.index()] += share * p;
                            rows[seat].open += share * p;
                        }
                    }
                }
            }
        }
        rows.into_iter().collect()
    }
}
