//! Agent quantal response equilibria of trees: at each information set somebody of its own chooses, by the
//! logit rule, between what actions are worth given that it is reached.

use num_traits::ToPrimitive;

use super::extensive::{Kind, Tree};
use crate::equilibrium::qre::precisions;
use crate::equilibrium::{LogitError, LogitGame, logit_equilibrium};
use crate::math;

/// An agent quantal response equilibrium at a precision.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct AgentQuantal {
    /// The precision, per payoff unit, the same at all information sets; infinite for the limit.
    #[serde(with = "crate::stats::floats::high")]
    pub precision: f64,
    /// The probabilities of the actions at each information set, or why they could not be told.
    pub behaviour: Result<Vec<Vec<f64>>, LogitError>,
}

/// Larger trees than this are not traced: actions of all information sets, and nodes times these.
const MOST_ACTIONS: usize = 64;
const MOST_WORK: usize = 100_000;

impl Tree {
    /// The branch of agent quantal response equilibria that starts at uniform play, over precisions; `None`
    /// in trees too large for it, and where somebody gets to an information set twice in one play.
    ///
    /// # References
    /// `McKelvey` and Palfrey (1998), Quantal response equilibria for extensive form games, Experimental
    /// Economics 1(1), 9-41.
    #[must_use]
    pub fn agent_quantal(&self) -> Option<Vec<AgentQuantal>> {
        let all: usize = self.sets.iter().map(|set| set.actions.len()).sum();
        if all == 0 || all > MOST_ACTIONS || all * self.nodes.len() > MOST_WORK || self.is_absent_minded() {
            return None;
        }
        let at = |precision: f64| AgentQuantal { precision, behaviour: self.behaviour(precision) };
        Some(precisions().into_iter().map(at).collect())
    }

    /// The equilibrium of that branch at one precision: the probabilities of the actions at each information
    /// set. Nobody may get to an information set twice.
    ///
    /// # Errors
    /// If the branch cannot be followed there.
    pub fn behaviour(&self, precision: f64) -> Result<Vec<Vec<f64>>, LogitError> {
        let actions: Vec<usize> = self.sets.iter().map(|set| set.actions.len()).collect();
        let mut agents = Agents::new(self, &actions, precision);
        let found = logit_equilibrium(&mut agents)?;
        let own = actions.iter().zip(&agents.first);
        Ok(own.map(|(&count, &first)| found.profile[first..][..count].to_vec()).collect())
    }
}

/// A tree as those see it who each choose at one information set.
struct Agents<'t> {
    tree: &'t Tree,
    actions: &'t [usize],
    precisions: Vec<f64>,
    /// Where each set's actions stand in a row of all actions.
    first: Vec<usize>,
    /// The probabilities of chance's branches at a node.
    chances: Vec<Vec<f64>>,
    /// What a node itself pays each player.
    pays: Vec<Vec<f64>>,
}

/// The tree under one profile: for each node the probability of getting there, and what each player expects
/// from there on; or how both change.
struct Passed {
    reach: Vec<f64>,
    worth: Vec<Vec<f64>>,
}

/// Where sets are reached less often than this, beliefs there are taken for settled.
const RARE: f64 = 1e-280;

/// What a node and one of its children, which come after it, are worth.
fn parted(worth: &mut [Vec<f64>], at: usize, child: usize) -> (&mut Vec<f64>, &Vec<f64>) {
    let (before, after) = worth.split_at_mut(child);
    (&mut before[at], &after[0])
}

impl<'t> Agents<'t> {
    fn new(tree: &'t Tree, actions: &'t [usize], precision: f64) -> Self {
        let mut first = Vec::with_capacity(actions.len());
        let mut sum = 0;
        for count in actions {
            first.push(sum);
            sum += count;
        }
        let chances = tree.nodes.iter().map(|node| match &node.kind {
            Kind::Chance(chances) => chances.iter().map(|chance| chance.0.to_f64().unwrap_or(0.0)).collect(),
            Kind::Choice(_) | Kind::End => Vec::new(),
        });
        let nobody = vec![0.0; tree.players.len()];
        let pays = tree.nodes.iter().map(|node| match &node.pays {
            Some(pays) => pays.iter().map(crate::equilibrium::Rational::value).collect(),
            None => nobody.clone(),
        });
        let (chances, pays) = (chances.collect(), pays.collect());
        Self { tree, actions, precisions: vec![precision; actions.len()], first, chances, pays }
    }

    /// The probability of a branch of a node.
    fn branch(&self, at: usize, branch: usize, profile: &[f64]) -> f64 {
        match self.tree.nodes[at].kind {
            Kind::Chance(_) => self.chances[at][branch],
            Kind::Choice(set) => profile[self.first[set] + branch],
            Kind::End => 0.0,
        }
    }

    fn pass(&self, profile: &[f64]) -> Passed {
        let nodes = &self.tree.nodes;
        let mut reach = vec![0.0; nodes.len()];
        reach[0] = 1.0;
        let mut worth = self.pays.clone();
        // Nodes come before their children.
        for (at, node) in nodes.iter().enumerate() {
            for (branch, &child) in node.children.iter().enumerate() {
                reach[child] = reach[at] * self.branch(at, branch, profile);
            }
        }
        for (at, node) in nodes.iter().enumerate().rev() {
            for (branch, &child) in node.children.iter().enumerate() {
                let chance = self.branch(at, branch, profile);
                let (here, behind) = parted(&mut worth, at, child);
                here.iter_mut().zip(behind).for_each(|(sum, worth)| *sum += chance * worth);
            }
        }
        Passed { reach, worth }
    }

    /// How both change with the probability of one action at one set.
    fn changes(&self, profile: &[f64], passed: &Passed, set: usize, action: usize) -> Passed {
        let nodes = &self.tree.nodes;
        let mut reach = vec![0.0; nodes.len()];
        let mut worth = vec![vec![0.0; self.tree.players.len()]; nodes.len()];
        let is_changed = |at: usize| matches!(nodes[at].kind, Kind::Choice(here) if here == set);
        for (at, node) in nodes.iter().enumerate() {
            for (branch, &child) in node.children.iter().enumerate() {
                reach[child] = reach[at] * self.branch(at, branch, profile);
                if is_changed(at) && branch == action {
                    reach[child] += passed.reach[at];
                }
            }
        }
        for (at, node) in nodes.iter().enumerate().rev() {
            for (branch, &child) in node.children.iter().enumerate() {
                let chance = self.branch(at, branch, profile);
                let (here, behind) = parted(&mut worth, at, child);
                here.iter_mut().zip(behind).for_each(|(sum, change)| *sum += chance * change);
                if is_changed(at) && branch == action {
                    here.iter_mut().zip(&passed.worth[child]).for_each(|(sum, worth)| *sum += worth);
                }
            }
        }
        Passed { reach, worth }
    }

    /// For each information set, its nodes.
    fn nodes_of_sets(&self) -> Vec<Vec<usize>> {
        let mut nodes = vec![Vec::new(); self.actions.len()];
        for (at, node) in self.tree.nodes.iter().enumerate() {
            if let Kind::Choice(set) = node.kind {
                nodes[set].push(at);
            }
        }
        nodes
    }

    /// The probabilities of the nodes of a set, given that it is reached: by logarithms, since that may be too
    /// improbable for a float.
    fn beliefs(&self, nodes: &[usize], profile: &[f64]) -> Vec<f64> {
        let mut logs = vec![0.0; self.tree.nodes.len()];
        for (at, node) in self.tree.nodes.iter().enumerate() {
            for (branch, &child) in node.children.iter().enumerate() {
                logs[child] = logs[at] + math::ln(self.branch(at, branch, profile).max(f64::MIN_POSITIVE));
            }
        }
        let most = nodes.iter().map(|&at| logs[at]).fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = nodes.iter().map(|&at| math::exp(logs[at] - most)).collect();
        let sum: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / sum).collect()
    }

    /// What an action at a set is worth where the nodes of the set are believed to be so likely.
    fn worth(&self, passed: &Passed, nodes: &[usize], beliefs: &[f64], set: usize, action: usize) -> f64 {
        let player = self.tree.sets[set].player;
        let child = |at: usize| self.tree.nodes[at].children[action];
        nodes.iter().zip(beliefs).map(|(&at, belief)| belief * passed.worth[child(at)][player]).sum()
    }
}

impl LogitGame for Agents<'_> {
    fn actions(&self) -> &[usize] {
        self.actions
    }

    fn precisions(&self) -> &[f64] {
        &self.precisions
    }

    fn is_multilinear(&self) -> bool {
        false
    }

    fn values(&mut self, profile: &[f64], values: &mut [f64]) {
        let passed = self.pass(profile);
        for (set, nodes) in self.nodes_of_sets().iter().enumerate() {
            let beliefs = self.beliefs(nodes, profile);
            for action in 0..self.actions[set] {
                values[self.first[set] + action] = self.worth(&passed, nodes, &beliefs, set, action);
            }
        }
    }

    fn derivatives(&mut self, profile: &[f64], derivatives: &mut [f64]) {
        derivatives.fill(0.0);
        let passed = self.pass(profile);
        let all = profile.len();
        let nodes_of_sets = self.nodes_of_sets();
        let beliefs: Vec<Vec<f64>> = nodes_of_sets.iter().map(|nodes| self.beliefs(nodes, profile)).collect();
        for by in 0..self.actions.len() {
            for instead in 0..self.actions[by] {
                let column = self.first[by] + instead;
                let changes = self.changes(profile, &passed, by, instead);
                for (set, nodes) in nodes_of_sets.iter().enumerate().filter(|(set, _)| *set != by) {
                    for action in 0..self.actions[set] {
                        let beliefs = &beliefs[set];
                        let after = self.worth(&changes, nodes, beliefs, set, action);
                        let before = self.learnt(&passed, &changes, nodes, beliefs, set, action);
                        derivatives[(self.first[set] + action) * all + column] = after + before;
                    }
                }
            }
        }
    }
}

impl Agents<'_> {
    /// How what an action is worth changes with the beliefs about where its set was reached.
    fn learnt(
        &self,
        passed: &Passed,
        changes: &Passed,
        nodes: &[usize],
        beliefs: &[f64],
        set: usize,
        action: usize,
    ) -> f64 {
        let reached: f64 = nodes.iter().map(|&at| passed.reach[at]).sum();
        if nodes.len() < 2 || reached < RARE {
            return 0.0;
        }
        let player = self.tree.sets[set].player;
        let mean = self.worth(passed, nodes, beliefs, set, action);
        let change = nodes.iter().map(|&at| {
            let child = self.tree.nodes[at].children[action];
            changes.reach[at] * (passed.worth[child][player] - mean)
        });
        change.sum::<f64>() / reached
    }
}
