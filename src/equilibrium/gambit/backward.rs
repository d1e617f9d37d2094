//! Subgame-perfect equilibria of trees with perfect information, by backward induction.

use num_rational::BigRational;
use num_traits::Zero;

use super::extensive::{Kind, Tree};
use crate::equilibrium::Rational;

/// The subgame-perfect equilibria in pure strategies.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SubgamePerfect {
    /// The equilibria, those in which earlier actions are taken first.
    pub equilibria: Vec<SubgameEquilibrium>,
    /// Whether these are all: ties can make very many, of which not all are kept.
    pub complete: bool,
}

/// What everybody does everywhere in a tree.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SubgameEquilibrium {
    /// The action at each information set.
    pub actions: Vec<usize>,
    /// What each player expects.
    pub pays: Vec<f64>,
}

/// Of the ways to play on from a node no more than this are kept.
const MOST_KEPT: usize = 100;

/// A way to play on from a node.
struct Continuation {
    /// The action at the node; 0 where nobody chooses.
    action: usize,
    /// For each child, which of its ways is meant.
    picks: Vec<usize>,
    /// What each player expects from here on.
    worth: Vec<BigRational>,
}

impl Tree {
    /// Whether everybody knows all that has been done: each information set has one node.
    #[must_use]
    pub fn has_perfect_information(&self) -> bool {
        let mut nodes = vec![0; self.sets.len()];
        for node in &self.nodes {
            if let Kind::Choice(set) = node.kind {
                nodes[set] += 1;
            }
        }
        nodes.iter().all(|&count| count == 1)
    }

    /// The subgame-perfect equilibria in pure strategies (Selten 1965; Kuhn 1953 for their existence); `None`
    /// where somebody does not know all that has been done. Payoffs are compared exactly; of those between
    /// which a player is indifferent each makes an equilibrium.
    #[must_use]
    pub fn subgame_perfect(&self) -> Option<SubgamePerfect> {
        if !self.has_perfect_information() {
            return None;
        }
        let mut complete = true;
        let mut ways: Vec<Vec<Continuation>> = self.nodes.iter().map(|_| Vec::new()).collect();
        // Nodes come before their children.
        for at in (0..self.nodes.len()).rev() {
            ways[at] = self.ways_on(at, &ways, &mut complete);
            for &child in &self.nodes[at].children {
                ways[child].iter_mut().for_each(|way| way.worth = Vec::new());
            }
        }
        let roots = ways[0].iter().map(|root| SubgameEquilibrium {
            actions: self.actions_of(root, &ways),
            pays: root.worth.iter().map(|worth| Rational(worth.clone()).value()).collect(),
        });
        let mut equilibria: Vec<SubgameEquilibrium> = roots.collect();
        equilibria.sort_by(|one, other| one.actions.cmp(&other.actions));
        Some(SubgamePerfect { equilibria, complete })
    }

    /// The ways to play on from a node in which everybody does what is best from there on.
    fn ways_on(&self, at: usize, ways: &[Vec<Continuation>], complete: &mut bool) -> Vec<Continuation> {
        let node = &self.nodes[at];
        let counts: Vec<usize> = node.children.iter().map(|&child| ways[child].len()).collect();
        let combinations = counts.iter().fold(1_usize, |product, &count| product.saturating_mul(count));
        let mut found = Vec::new();
        for combination in 0..combinations {
            let mut rest = combination;
            let pick = |&count: &usize| {
                let pick = rest % count;
                rest /= count;
                pick
            };
            let picks: Vec<usize> = counts.iter().map(pick).collect();
            let behind: Vec<&[BigRational]> = node
                .children
                .iter()
                .zip(&picks)
                .map(|(&child, &pick)| ways[child][pick].worth.as_slice())
                .collect();
            for (action, worth) in self.best_on(at, &behind) {
                if found.len() == MOST_KEPT {
                    *complete = false;
                    return found;
                }
                found.push(Continuation { action, picks: picks.clone(), worth });
            }
        }
        found
    }

    /// What is best at a node, where `behind` is what its children are worth: actions with what they are worth.
    fn best_on(&self, at: usize, behind: &[&[BigRational]]) -> Vec<(usize, Vec<BigRational>)> {
        let node = &self.nodes[at];
        let mut here = vec![BigRational::zero(); self.players.len()];
        for (sum, Rational(pay)) in here.iter_mut().zip(node.pays.iter().flatten()) {
            *sum += pay;
        }
        let with = |worth: &[BigRational]| here.iter().zip(worth).map(|(here, worth)| here + worth).collect();
        match &node.kind {
            Kind::End => vec![(0, here)],
            Kind::Chance(chances) => {
                for (Rational(chance), worth) in chances.iter().zip(behind) {
                    here.iter_mut().zip(*worth).for_each(|(sum, worth)| *sum += chance * worth);
                }
                vec![(0, here)]
            }
            Kind::Choice(set) => {
                let player = self.sets[*set].player;
                let best = behind.iter().map(|worth| &worth[player]).max();
                let is_best = |(_, worth): &(usize, &&[BigRational])| Some(&worth[player]) == best;
                behind
                    .iter()
                    .enumerate()
                    .filter(is_best)
                    .map(|(action, worth)| (action, with(worth)))
                    .collect()
            }
        }
    }

    /// The action at each information set in one way to play from the root.
    fn actions_of(&self, root: &Continuation, ways: &[Vec<Continuation>]) -> Vec<usize> {
        let mut actions = vec![0; self.sets.len()];
        let mut next = vec![(0, root)];
        while let Some((at, way)) = next.pop() {
            let node = &self.nodes[at];
            if let Kind::Choice(set) = node.kind {
                actions[set] = way.action;
            }
            next.extend(
                node.children.iter().zip(&way.picks).map(|(&child, &pick)| (child, &ways[child][pick])),
            );
        }
        actions
    }
}
