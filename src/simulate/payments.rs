//! What each payment of a turn adds to each accumulator.

use super::accumulators::{AccumulatorBlock, Accumulators, BLOCK, in_blocks};
use crate::game::Game;
use crate::scenario::{ActorId, MeasureId, Numbers, Scenario};

/// The payments of a game under one draw, in the order of their bits: those of terms, then those of measures. What is
/// paid `per` a variable is one payment for each of its levels.
#[derive(Debug)]
pub(crate) struct Payments {
    /// A row of accumulators for each payment.
    pub(crate) amounts: Vec<AccumulatorBlock>,
    /// How many blocks a row takes.
    pub(crate) blocks: usize,
}

impl Payments {
    pub(crate) fn new(
        scenario: &Scenario,
        game: &Game,
        numbers: &Numbers,
        accumulators: Accumulators,
    ) -> Self {
        let mut amounts = Vec::new();
        for (term, plan) in game.blueprint.terms.numbered() {
            let values = plan.per.map_or_else(|| vec![1.0], |v| numbers.values[v.index()].clone());
            for value in values {
                let mut row: Vec<f64> = numbers.pays_of(term).iter().map(|pay| pay * value).collect();
                row.resize(accumulators.len(), 0.0);
                amounts.extend(in_blocks(row, 0.0));
            }
        }
        for (at, measure) in scenario.measures.iter().enumerate() {
            let per = measure.per.filter(|_| !measure.ever);
            let values = per.map_or_else(|| vec![1.0], |v| numbers.values[v.index()].clone());
            let accumulator = accumulators.measure(MeasureId::new(at));
            amounts.extend(values.into_iter().flat_map(|value| accumulators.row(accumulator, value)));
        }
        Self { amounts, blocks: accumulators.len().div_ceil(BLOCK) }
    }

    /// What each payment is worth to an actor, others' payoffs weighed in.
    pub(crate) fn worth_to(&self, actor: ActorId, numbers: &Numbers) -> Vec<f64> {
        let regard = &numbers.actor(actor).regard;
        let of_row = |row: &[AccumulatorBlock]| {
            // Scores come first among accumulators.
            let pays = row.as_flattened();
            pays[actor.index()] + regard.iter().zip(pays).map(|(weight, pay)| weight * pay).sum::<f64>()
        };
        self.amounts.chunks_exact(self.blocks.max(1)).map(of_row).collect()
    }
}

/// What a later turn weighs in each accumulator; measures are not discounted.
pub(crate) fn discounts(scenario: &Scenario, numbers: &Numbers) -> Vec<AccumulatorBlock> {
    let actors = numbers.actors.iter().map(|actor| actor.discount);
    in_blocks(actors.chain(scenario.measures.iter().map(|_| 1.0)).collect(), 1.0)
}
