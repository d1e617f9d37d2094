//! Expected payoffs of this turn, from products of what is believed: no joint profile is enumerated.

use super::minds::Mind;
use crate::game::{Cell, Product};

/// What each option of each member is worth to the minds of one step, gathered term by term.
pub(crate) struct Gathered {
    /// `options[member][option]`, for the mind whose actor is that member.
    pub(crate) options: Vec<Vec<f64>>,
    /// `alike[actor]`: what comes to the mind of that actor whatever it does.
    pub(crate) alike: Vec<f64>,
}

/// The amounts that products pay, under the numbers of a draw.
pub(crate) struct Amounts<'a> {
    /// `pays[term * actors + actor]`
    pub(crate) pays: &'a [f64],
    /// How many actors there are.
    pub(crate) actors: usize,
    /// `per[product]`: the sign of the product times what its term counts for at the cell's levels.
    pub(crate) per: &'a [f64],
}

impl Amounts<'_> {
    /// What a product pays to an actor where it holds.
    #[inline]
    pub(crate) fn of(&self, at: usize, product: &Product, actor: usize) -> f64 {
        self.per[at] * self.pays[product.term as usize * self.actors + actor]
    }
}

/// No subset: the member's option makes no difference to a product.
const NONE: u16 = u16::MAX;

impl Gathered {
    /// Nothing yet.
    pub(crate) fn new(cell: &Cell, actors: usize) -> Self {
        Self {
            options: cell.menus.iter().map(|menu| vec![0.0; menu.len()]).collect(),
            alike: vec![0.0; actors],
        }
    }

    /// Adds the expected payoffs of the turn.
    ///
    /// `believed[member][option]`: what the minds of the step believe; `member_of[actor]`: the actor's
    /// place among the members. Each product costs O(factors^2 + minds + options of its subsets).
    pub(crate) fn add_products(
        &mut self,
        cell: &Cell,
        amounts: &Amounts<'_>,
        believed: &[&[f64]],
        minds: &[Mind],
        member_of: &[Option<usize>],
    ) {
        let chances: Vec<Vec<f64>> = cell
            .subsets
            .iter()
            .zip(believed)
            .map(|(subsets, p)| subsets.iter().map(|s| s.iter().map(|&o| p[o as usize]).sum()).collect())
            .collect();
        let mut rest = vec![0.0; cell.menus.len()];
        let mut subset = vec![NONE; cell.menus.len()];
        for (at, product) in cell.products.iter().enumerate() {
            let factors = cell.factors(product);
            let chance = |k: usize| chances[factors[k].member as usize][factors[k].subset as usize];
            let all: f64 = (0..factors.len()).map(chance).product();
            for (k, factor) in factors.iter().enumerate() {
                rest[factor.member as usize] =
                    (0..factors.len()).filter(|&other| other != k).map(chance).product();
                subset[factor.member as usize] = factor.subset;
            }
            for mind in minds {
                let amount = amounts.of(at, product, mind.actor);
                if amount == 0.0 {
                    continue;
                }
                match member_of[mind.actor] {
                    Some(member) if subset[member] != NONE => {
                        let worth = amount * rest[member];
                        for &option in &cell.subsets[member][subset[member] as usize] {
                            self.options[member][option as usize] += worth;
                        }
                    }
                    _ => self.alike[mind.actor] += amount * all,
                }
            }
            for factor in factors {
                subset[factor.member as usize] = NONE;
            }
        }
    }
}
