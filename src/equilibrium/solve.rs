//! Everything that is asked of a game at once.

use super::correlated::correlated_among;
use super::gambit::TreeSolution;
use super::{
    Correlated, Elimination, Extreme, ExtremeError, NormalForm, Quantal, Security, WeakDominance, eliminate,
    extreme_equilibria, pure_equilibria, quantal, security, weakly_dominated,
};

/// What is known of a game.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Solution {
    /// What iterated strict dominance eliminates.
    pub eliminated: Vec<Elimination>,
    /// Whether domination by mixtures was looked for throughout.
    pub mixtures_tried: bool,
    /// What is weakly, but not strictly, dominated in the game as it is.
    pub weak: Vec<WeakDominance>,
    /// Whether weak domination by mixtures was looked for throughout.
    pub weak_mixtures_tried: bool,
    /// The profiles that are equilibria in pure strategies.
    pub pure: Vec<usize>,
    /// All extreme equilibria, or why they were not found.
    pub extreme: Result<Extreme, ExtremeError>,
    /// What each player can secure; `None` where that was not found.
    pub security: Vec<Option<Security>>,
    /// The correlated equilibrium with the greatest sum of payoffs; `None` where it was not found.
    pub correlated: Option<Correlated>,
    /// Logit equilibria by precision; `None` in games too large for it.
    pub quantal: Option<Vec<Quantal>>,
}

/// A game that was solved.
#[derive(Clone, Copy, Debug)]
pub struct Solved<'a> {
    /// What it is called: the issues of a stage game, or the title of a file.
    pub name: &'a str,
    /// The game.
    pub form: &'a NormalForm,
    /// What is known of it.
    pub solution: &'a Solution,
    /// What is known of its tree, where it has one.
    pub tree: Option<&'a TreeSolution>,
}

/// Solves a game by all methods that its size allows.
#[must_use]
pub fn solve(game: &NormalForm) -> Solution {
    let (eliminated, mixtures_tried) = eliminate(game);
    let (weak, weak_mixtures_tried) = weakly_dominated(game, &eliminated);
    let correlated = correlated_among(game, &eliminated);
    let extreme = extreme_equilibria(game);
    let mut quantal = quantal(game);
    if let (Some(limit), Ok(extreme)) = (quantal.as_mut().and_then(|all| all.last_mut()), &extreme)
        && let Ok(mixed) = &limit.mixed
    {
        limit.continuum = !is_alone(extreme, mixed);
    }
    Solution {
        eliminated,
        mixtures_tried,
        weak,
        weak_mixtures_tried,
        pure: pure_equilibria(game),
        extreme,
        security: (0..game.players().len()).map(|player| security(game, player)).collect(),
        correlated,
        quantal,
    }
}

/// Probabilities that differ by no more are the same.
const SAME: f64 = 1e-9;

/// Whether an equilibrium is a component by itself: then it is an extreme one, and no other is of its component.
fn is_alone(extreme: &Extreme, mixed: &[Vec<f64>]) -> bool {
    let is_it = |found: &[Vec<f64>; 2]| {
        let pairs = found.iter().flatten().zip(mixed.iter().flatten());
        pairs.fold(0.0, |most: f64, (a, b)| most.max((a - b).abs())) <= SAME
    };
    let at = extreme.equilibria.iter().position(is_it);
    at.is_some_and(|at| extreme.components.iter().filter(|own| **own == extreme.components[at]).count() == 1)
}
