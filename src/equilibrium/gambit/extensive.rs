//! A game tree, and its reduced normal form: a strategy says what a player does at each of its information
//! sets that its own actions do not rule out.

use rustc_hash::FxHashSet;

use super::expected::Ends;
use super::strategies::{MOST_PLANS, OwnSet, Plan, Plans};
use crate::equilibrium::form_error::sizes;
use crate::equilibrium::{NormalForm, Player, Rational};

/// Nodes visited in all, over all profiles: more is refused.
const MOST_VISITS: usize = 200_000_000;

/// What happens at a node.
pub(super) enum Kind {
    /// Chance draws among the children.
    Chance(Vec<Rational>),
    /// The player at this information set chooses.
    Choice(usize),
    /// Nothing: the game is over.
    End,
}

impl Kind {
    pub(super) fn children(&self, sets: &[InformationSet]) -> usize {
        match self {
            Self::Chance(chances) => chances.len(),
            Self::Choice(set) => sets[*set].actions.len(),
            Self::End => 0,
        }
    }
}

/// A node.
pub(super) struct Node {
    pub(super) kind: Kind,
    /// What passing it pays.
    pub(super) pays: Option<Vec<Rational>>,
    pub(super) children: Vec<usize>,
}

/// An information set.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct InformationSet {
    /// Who chooses there.
    pub player: usize,
    /// Its label in the file, or its number there; different from those of the player's others.
    pub name: String,
    /// What can be done there.
    pub actions: Vec<String>,
}

/// A game in extensive form. Nodes come before their children.
pub struct Tree {
    pub(super) title: String,
    pub(super) players: Vec<String>,
    pub(super) sets: Vec<InformationSet>,
    pub(super) nodes: Vec<Node>,
}

/// What a player has done before a node: information sets and actions, in order.
type History = Vec<(usize, usize)>;

impl Tree {
    /// The information sets, in the order of the file.
    #[must_use]
    pub fn sets(&self) -> &[InformationSet] {
        &self.sets
    }

    /// The players, in order, that forget what they knew or did: those without perfect recall.
    #[must_use]
    pub fn forgetful(&self) -> Vec<usize> {
        let histories = self.histories();
        (0..self.players.len()).filter(|&player| self.forgets(player, &histories)).collect()
    }

    /// Whether somebody gets to an information set twice in one play.
    pub(super) fn is_absent_minded(&self) -> bool {
        let comes_back =
            |(set, ways): (usize, &Vec<History>)| ways.iter().flatten().any(|(earlier, _)| *earlier == set);
        self.histories().iter().enumerate().any(comes_back)
    }

    /// The reduced normal form; or why it is too large.
    pub(super) fn normal_form(&self) -> Result<NormalForm, String> {
        let histories = self.histories();
        let plans = (0..self.players.len()).map(|player| self.plans(player, &histories));
        let plans: Vec<Plans> = plans.collect::<Result<_, _>>()?;
        let counts: Vec<usize> = plans.iter().map(Plans::count).collect();
        let (profiles, numbers) = sizes(&counts).map_err(|refused| refused.to_string())?;
        if profiles.saturating_mul(self.nodes.len()) > MOST_VISITS {
            let nodes = self.nodes.len();
            return Err(format!("the game has {profiles} profiles of a tree of {nodes} nodes: too large"));
        }
        let listed: Vec<Vec<Plan>> = plans.iter().map(Plans::list).collect();
        let ends = Ends::of(self).ok_or(
            "the game's chances and payoffs are fractions with no common denominator of moderate size",
        )?;
        let mut payoffs = Vec::with_capacity(numbers);
        let mut chosen = vec![0; self.players.len()];
        for profile in 0..profiles {
            let mut rest = profile;
            for (own, count) in chosen.iter_mut().zip(&counts).rev() {
                *own = rest % count;
                rest /= count;
            }
            payoffs.extend(ends.pays(self, &chosen, &listed));
        }
        let players = self.players.iter().enumerate().zip(&listed);
        let named = players.map(|((player, name), plans)| Player {
            name: name.clone(),
            strategies: plans.iter().map(|plan| self.name(player, plan)).collect(),
        });
        NormalForm::exact(&self.title, named.collect(), payoffs).map_err(|refused| refused.to_string())
    }

    /// A player's reduced strategies.
    fn plans(&self, player: usize, histories: &[Vec<History>]) -> Result<Plans, String> {
        let own = (0..self.sets.len()).filter(|&set| self.sets[set].player == player);
        let sets: Vec<OwnSet> = own
            .filter(|&set| !histories[set].is_empty())
            .map(|set| OwnSet { set, actions: self.sets[set].actions.len(), ways: histories[set].clone() })
            .collect();
        if !self.forgets(player, histories) {
            return Ok(Plans::recalling(sets));
        }
        Plans::forgetful(&sets).ok_or_else(|| {
            format!(
                "`{}`, who forgets, has too many strategies: more than {MOST_PLANS}",
                self.players[player]
            )
        })
    }

    /// Whether a player comes to one of its sets in several ways that it could tell apart, or twice.
    fn forgets(&self, player: usize, histories: &[Vec<History>]) -> bool {
        let own = self.sets.iter().zip(histories).enumerate().filter(|(_, (set, _))| set.player == player);
        own.into_iter().any(|(number, (_, ways))| {
            ways.len() > 1 || ways.iter().flatten().any(|(earlier, _)| *earlier == number)
        })
    }

    /// For each information set, all that its player may have done before; nothing where nobody gets there.
    fn histories(&self) -> Vec<Vec<History>> {
        let mut of_sets: Vec<Ways> = self.sets.iter().map(|_| Ways::default()).collect();
        let mut of_nodes: Vec<Vec<History>> = vec![Vec::new(); self.nodes.len()];
        of_nodes[0] = vec![History::new(); self.players.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            let here = std::mem::take(&mut of_nodes[at]);
            if let Kind::Choice(set) = node.kind {
                of_sets[set].insert(&here[self.sets[set].player]);
            }
            for (action, &child) in node.children.iter().enumerate() {
                let mut after = here.clone();
                if let Kind::Choice(set) = node.kind {
                    after[self.sets[set].player].push((set, action));
                }
                of_nodes[child] = after;
            }
        }
        of_sets.into_iter().map(|set| set.listed).collect()
    }

    /// The actions of a plan, in the order of information sets; `-` where there is nothing to do. Actions
    /// whose names have blanks are set in quotes, so that no two plans bear one name.
    fn name(&self, player: usize, plan: &Plan) -> String {
        let short = self.sets.iter().filter(|set| set.player == player).count() < 2;
        let mut plan = plan.clone();
        plan.sort_unstable();
        let action = |(set, action): &(usize, usize)| self.sets[*set].actions[*action].as_str();
        match plan.iter().map(action).collect::<Vec<_>>().as_slice() {
            [] => "-".to_owned(),
            [only] if short => (*only).to_owned(),
            several => several.iter().map(|name| one_word(name)).collect::<Vec<_>>().join(" "),
        }
    }
}

/// Different histories, in the order in which they come.
#[derive(Default)]
struct Ways {
    listed: Vec<History>,
    known: FxHashSet<History>,
}

impl Ways {
    fn insert(&mut self, history: &History) {
        if self.known.insert(history.clone()) {
            self.listed.push(history.clone());
        }
    }
}

/// A name as one word.
fn one_word(name: &str) -> String {
    let plain = !name.contains(|c: char| c.is_whitespace() || c == '"');
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\\\"")) }
}
