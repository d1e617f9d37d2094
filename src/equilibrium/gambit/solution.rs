//! What is known of a tree beyond its normal form.

use super::agents::AgentQuantal;
use super::backward::SubgamePerfect;
use super::extensive::{InformationSet, Tree};

/// What is known of a tree.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct TreeSolution {
    /// The information sets, in the order of the file.
    pub sets: Vec<InformationSet>,
    /// The players that forget what they knew or did: a mixed strategy over their plans may do what no
    /// behaviour at their information sets does (Kuhn 1953 needs perfect recall).
    pub forgetful: Vec<usize>,
    /// The subgame-perfect equilibria; `None` where somebody does not know all that has been done.
    pub subgame_perfect: Option<SubgamePerfect>,
    /// Agent quantal response equilibria by precision; `None` in trees too large for it, and where somebody
    /// gets to an information set twice.
    pub agent_quantal: Option<Vec<AgentQuantal>>,
}

/// Solves a tree by all methods that its size and its information allow.
#[must_use]
pub fn solve_tree(tree: &Tree) -> TreeSolution {
    TreeSolution {
        sets: tree.sets().to_vec(),
        forgetful: tree.forgetful(),
        subgame_perfect: tree.subgame_perfect(),
        agent_quantal: tree.agent_quantal(),
    }
}
