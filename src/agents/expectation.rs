//! Expected payoffs of this turn, from products of what is believed: no joint profile is enumerated.
//!
//! Takes a local state and what is believed of its members' options, and gives out what each option is expected to
//! be paid this turn. Members choose independently, so a condition on several of them holds with the product of
//! the chances that each does its share.

use super::reasoning::Reasoner;
use crate::game::{LocalState, MoveFactor, PayoffProduct};
use crate::scenario::{ActorId, IdVec};

/// The amounts that products pay, under the numbers of a draw.
#[derive(Clone, Copy)]
pub(crate) struct Amounts<'a> {
    /// `pays[term * actors + actor]`
    pub(crate) pays: &'a [f64],
    /// How many actors there are.
    pub(crate) actors: usize,
    /// What terms count for, by [`PayoffProduct::per`].
    pub(crate) per: &'a [f64],
}

impl Amounts<'_> {
    /// What a product pays to an actor where it holds.
    #[inline]
    pub(crate) fn of(&self, product: &PayoffProduct, actor: ActorId) -> f64 {
        let pays = self.pays[product.term.index() * self.actors + actor.index()];
        product.sign * self.per[product.per as usize] * pays
    }
}

/// The products of a local state, their amounts, and how probable it is that what they ask of members is done.
pub(crate) struct Expectation<'a> {
    pub(crate) local: &'a LocalState,
    pub(crate) amounts: Amounts<'a>,
    /// `chances[subset]`: see [`chances`].
    pub(crate) chances: &'a [f64],
}

/// The probability of each subset of a local state, written into `chances`. `believed[option]`, all members'
/// options in a row. O(options of all subsets).
pub(crate) fn chances(local: &LocalState, believed: &[f64], chances: &mut [f64]) {
    for (chance, subset) in chances.iter_mut().zip(local.subsets.iter()) {
        *chance = subset.iter().map(|&option| believed[option as usize]).sum();
    }
}

impl Expectation<'_> {
    #[inline]
    fn chance(&self, factor: MoveFactor) -> f64 {
        self.chances[factor.subset.index()]
    }

    /// Adds what options of their own win the actors that are reasoning: `values[option]`, all members'
    /// options in a row. Each product costs O(factors^2 + options of its subsets), and has few factors.
    pub(crate) fn add_to_options(&self, reasons: &IdVec<ActorId, bool>, values: &mut [f64]) {
        for product in &self.local.products {
            let factors = self.local.factors(product);
            let mut before = 1.0;
            for (at, factor) in factors.iter().enumerate() {
                let actor = factor.actor;
                let amount = if reasons[actor] { self.amounts.of(product, actor) } else { 0.0 };
                if amount != 0.0 {
                    let others = factors[at + 1..].iter().fold(before, |p, other| p * self.chance(*other));
                    let expected = amount * others;
                    for &option in self.local.subsets.get(factor.subset) {
                        values[option as usize] += expected;
                    }
                }
                before *= self.chance(*factor);
            }
        }
    }

    /// Adds what comes to reasoners whatever their actors do: `common_to_all[reasoner]`. O(products x reasoners x factors).
    pub(crate) fn add_common_to_all(&self, reasoners: &[Reasoner], common_to_all: &mut [f64]) {
        for product in &self.local.products {
            let factors = self.local.factors(product);
            let all: f64 = factors.iter().map(|factor| self.chance(*factor)).product();
            for reasoner in reasoners {
                let amount = self.amounts.of(product, reasoner.actor);
                if amount != 0.0 && factors.iter().all(|factor| factor.actor != reasoner.actor) {
                    common_to_all[reasoner.id.index()] += amount * all;
                }
            }
        }
    }
}
