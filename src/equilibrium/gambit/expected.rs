//! What a game tree pays where everybody follows a plan, to the last digit.

use std::ops::AddAssign;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use super::extensive::{Kind, Tree};
use super::strategies::Plan;
use crate::equilibrium::Rational;
use crate::equilibrium::whole::Whole;

/// Bits of the common denominator of all that a player can be paid.
const MOST_BITS: u64 = 1 << 12;

/// For every end of a tree what it adds to each player's expected payoff where nothing but chance stands in
/// the way: whole numbers over a common denominator.
pub(super) struct Ends {
    /// `worth[node * players + player]`, zero but at ends.
    worth: Worth,
    denominators: Vec<BigInt>,
}

/// Whole numbers: most games need few digits.
enum Worth {
    Short(Vec<i128>),
    Long(Vec<BigInt>),
}

impl Ends {
    /// `None` where chances and payoffs have no common denominator of moderate size.
    pub(super) fn of(tree: &Tree) -> Option<Self> {
        let players = tree.players.len();
        let mut worth = vec![BigInt::zero(); tree.nodes.len() * players];
        let mut denominators = Vec::with_capacity(players);
        let chances = tree.reach_by_chance();
        let paid = tree.paid_up_to();
        for player in 0..players {
            let own = tree.nodes.iter().enumerate().map(|(at, node)| match node.kind {
                Kind::End => Rational(&chances[at] * &paid[at][player]),
                Kind::Chance(_) | Kind::Choice(_) => Rational::default(),
            });
            let own = Whole::of(&own.collect::<Vec<_>>(), MOST_BITS)?;
            for (at, number) in own.numerators.into_iter().enumerate() {
                worth[at * players + player] = number;
            }
            denominators.push(own.denominator);
        }
        Some(Self { worth: Worth::of(worth), denominators })
    }

    /// What everybody expects where these plans are followed.
    pub(super) fn pays(&self, tree: &Tree, chosen: &[usize], plans: &[Vec<Plan>]) -> Vec<Rational> {
        let sums: Vec<BigInt> = match &self.worth {
            Worth::Short(worth) => follow(tree, worth, chosen, plans).into_iter().map(BigInt::from).collect(),
            Worth::Long(worth) => follow(tree, worth, chosen, plans),
        };
        let sums = sums.into_iter().zip(&self.denominators);
        sums.map(|(sum, below)| Rational(BigRational::new(sum, below.clone()))).collect()
    }
}

impl Worth {
    fn of(numbers: Vec<BigInt>) -> Self {
        // Sums over all nodes must fit, too.
        let fits = |number: &BigInt| number.bits() < 100;
        if numbers.iter().all(fits) {
            Self::Short(numbers.iter().map(|number| number.to_i128().unwrap_or(0)).collect())
        } else {
            Self::Long(numbers)
        }
    }
}

/// The sums over the ends that plans and chance can reach, by player.
fn follow<T: Clone + Zero + for<'a> AddAssign<&'a T>>(
    tree: &Tree,
    worth: &[T],
    chosen: &[usize],
    plans: &[Vec<Plan>],
) -> Vec<T> {
    let players = tree.players.len();
    let mut sums = vec![T::zero(); players];
    let mut next = vec![0];
    while let Some(at) = next.pop() {
        let node = &tree.nodes[at];
        match &node.kind {
            Kind::End => {
                let here = &worth[at * players..][..players];
                sums.iter_mut().zip(here).for_each(|(sum, worth)| *sum += worth);
            }
            Kind::Chance(chances) => {
                let drawn = node.children.iter().zip(chances).filter(|(_, chance)| !chance.0.is_zero());
                next.extend(drawn.map(|(child, _)| *child));
            }
            Kind::Choice(set) => {
                let player = tree.sets[*set].player;
                let plan = &plans[player][chosen[player]];
                // A plan says what to do wherever it can lead.
                let action = plan.iter().find(|(known, _)| known == set).map_or(0, |(_, action)| *action);
                next.push(node.children[action]);
            }
        }
    }
    sums
}

impl Tree {
    /// The probability of each node where all players do what leads there.
    pub(super) fn reach_by_chance(&self) -> Vec<BigRational> {
        let mut chances = vec![BigRational::one(); self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            for (branch, &child) in node.children.iter().enumerate() {
                chances[child] = match &node.kind {
                    Kind::Chance(drawn) => &chances[at] * &drawn[branch].0,
                    Kind::Choice(_) | Kind::End => chances[at].clone(),
                };
            }
        }
        chances
    }

    /// What has been paid to each player on the way to a node, and at it: `[node][player]`.
    pub(super) fn paid_up_to(&self) -> Vec<Vec<BigRational>> {
        let mut paid = vec![vec![BigRational::zero(); self.players.len()]; self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            for (sum, Rational(pay)) in paid[at].iter_mut().zip(node.pays.iter().flatten()) {
                *sum += pay;
            }
            let (before, after) = paid.split_at_mut(at + 1);
            for &child in &node.children {
                after[child - at - 1].clone_from(&before[at]);
            }
        }
        paid
    }
}
