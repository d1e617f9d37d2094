//! A game tree, and its reduced normal form.

use super::strategies::{Plan, Plans};
use crate::equilibrium::normal_form::sizes;
use crate::equilibrium::{NormalForm, Player};

/// Nodes visited in all, over all profiles: more is refused.
const MOST_VISITS: usize = 200_000_000;

/// What happens at a node.
pub(super) enum Kind {
    /// Chance draws among the children.
    Chance(Vec<f64>),
    /// The player at this information set chooses.
    Choice(usize),
    /// Nothing: the game is over.
    End,
}

impl Kind {
    pub(super) fn children(&self, sets: &[(usize, Vec<String>)]) -> usize {
        match self {
            Self::Chance(chances) => chances.len(),
            Self::Choice(set) => sets[*set].1.len(),
            Self::End => 0,
        }
    }
}

/// A node.
pub(super) struct Node {
    pub(super) kind: Kind,
    /// What passing it pays.
    pub(super) pays: Option<Vec<f64>>,
    pub(super) children: Vec<usize>,
}

/// A game in extensive form. Nodes come before their children.
pub(super) struct Tree {
    pub(super) title: String,
    pub(super) players: Vec<String>,
    /// The information sets: player, actions.
    pub(super) sets: Vec<(usize, Vec<String>)>,
    pub(super) nodes: Vec<Node>,
}

/// What a player has done before a node: information sets and actions, in order.
type History = Vec<(usize, usize)>;

impl Tree {
    /// The reduced normal form; or the node at which something is wrong, and what.
    pub(super) fn normal_form(&self) -> Result<NormalForm, (usize, String)> {
        let histories = self.histories()?;
        let plans: Vec<Plans> = (0..self.players.len())
            .map(|player| {
                let own = (0..self.sets.len()).filter(|&set| self.sets[set].0 == player);
                let reached =
                    own.filter_map(|set| Some((set, self.sets[set].1.len(), histories[set].clone()?)));
                Plans::new(reached.collect())
            })
            .collect();
        let counts: Vec<usize> = plans.iter().map(Plans::count).collect();
        let refuse = |why: String| (0, format!("in reduced normal form {why}"));
        let (profiles, numbers) = sizes(&counts).map_err(|refused| refuse(refused.to_string()))?;
        if profiles.saturating_mul(self.nodes.len()) > MOST_VISITS {
            let nodes = self.nodes.len();
            return Err(refuse(format!(
                "the game has {profiles} profiles of a tree of {nodes} nodes: too large"
            )));
        }
        let listed: Vec<Vec<Plan>> = plans.iter().map(Plans::list).collect();
        let mut payoffs = Vec::with_capacity(numbers);
        let mut chosen = vec![0; self.players.len()];
        for profile in 0..profiles {
            let mut rest = profile;
            for (own, count) in chosen.iter_mut().zip(&counts).rev() {
                *own = rest % count;
                rest /= count;
            }
            payoffs.extend(self.pays(&chosen, &listed));
        }
        let players = self.players.iter().enumerate().zip(&listed);
        let named = players.map(|((player, name), plans)| Player {
            name: name.clone(),
            strategies: plans.iter().map(|plan| self.name(player, plan)).collect(),
        });
        NormalForm::new(&self.title, named.collect(), payoffs).map_err(|refused| refuse(refused.to_string()))
    }

    /// For each information set, what its player did before; `None` where nobody gets there. That it is
    /// the same at all its nodes is perfect recall.
    fn histories(&self) -> Result<Vec<Option<History>>, (usize, String)> {
        let mut of_sets: Vec<Option<History>> = vec![None; self.sets.len()];
        let mut of_nodes: Vec<Vec<History>> = vec![Vec::new(); self.nodes.len()];
        of_nodes[0] = vec![History::new(); self.players.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            let here = std::mem::take(&mut of_nodes[at]);
            if let Kind::Choice(set) = node.kind {
                let own = &here[self.sets[set].0];
                let forgets = match &of_sets[set] {
                    Some(known) => known != own,
                    None => false,
                };
                if forgets || own.iter().any(|(earlier, _)| *earlier == set) {
                    let name = &self.players[self.sets[set].0];
                    return Err((
                        at,
                        format!(
                            "`{name}` forgets here what it did or knew before: games without perfect recall are not solved"
                        ),
                    ));
                }
                of_sets[set] = Some(own.clone());
            }
            for (action, &child) in node.children.iter().enumerate() {
                let mut after = here.clone();
                if let Kind::Choice(set) = node.kind {
                    after[self.sets[set].0].push((set, action));
                }
                of_nodes[child] = after;
            }
        }
        Ok(of_sets)
    }

    /// What everybody expects where these plans are followed.
    fn pays(&self, chosen: &[usize], plans: &[Vec<Plan>]) -> Vec<f64> {
        let mut sums = vec![0.0; self.players.len()];
        let mut next = vec![(0_usize, 1.0_f64)];
        while let Some((at, chance)) = next.pop() {
            let node = &self.nodes[at];
            for (sum, pay) in sums.iter_mut().zip(node.pays.iter().flatten()) {
                *sum += chance * pay;
            }
            match &node.kind {
                Kind::End => {}
                Kind::Chance(chances) => {
                    let drawn = node.children.iter().zip(chances).filter(|(_, chance)| **chance > 0.0);
                    next.extend(drawn.map(|(&child, p)| (child, chance * p)));
                }
                Kind::Choice(set) => {
                    let player = self.sets[*set].0;
                    let plan = &plans[player][chosen[player]];
                    // A plan says what to do wherever it can lead.
                    let action = plan.iter().find(|(known, _)| known == set).map_or(0, |(_, action)| *action);
                    next.push((node.children[action], chance));
                }
            }
        }
        sums
    }

    /// The actions of a plan, in the order of information sets; `-` where there is nothing to do.
    fn name(&self, player: usize, plan: &Plan) -> String {
        let short = self.sets.iter().filter(|(owner, _)| *owner == player).count() < 2;
        let mut plan = plan.clone();
        plan.sort_unstable();
        let action = |(set, action): &(usize, usize)| self.sets[*set].1[*action].clone();
        let shown: Vec<String> = plan.iter().map(action).collect();
        match shown.as_slice() {
            [] => "-".to_owned(),
            [only] if short => only.clone(),
            _ => shown.join(" "),
        }
    }
}
