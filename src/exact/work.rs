//! How much work propagation is, before it is done.

use super::error::ExactError;
use super::propagator::check;
use super::turn_structure::{TurnStructure, key};
use crate::agents::Policies;
use crate::game::CellId;
use crate::scenario::Scenario;

/// About how many steps from a state to one that may follow it the distribution takes, under one draw.
///
/// The mean over a few states, spread evenly, of how many may follow each in the first turn; times states, turns
/// and passes. Plays that reach few states need less. O(a few states' successors).
///
/// # Errors
/// If the game is too large, or somebody learns.
pub fn steps(scenario: &Scenario, policies: &Policies<'_>) -> Result<f64, ExactError> {
    let game = policies.game();
    check(scenario, &game.states)?;
    let (_, decisions) = key(scenario, game, 0);
    let stage = TurnStructure::new(scenario, policies, 0, decisions, None)?;
    let mut levels = game.blueprint.lowest();
    let (mut followers, mut states) = (0.0, 0.0);
    let step = (game.states.cells / PROBES).max(1);
    for state in (step / 2..game.states.cells).step_by(step) {
        game.states.write(CellId::new(state), &mut levels);
        if !game.blueprint.stops(&levels) {
            let transitions =
                stage.components.iter().map(|component| component.transitions(policies, &levels).len());
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            let product: f64 = transitions.map(|transitions| transitions as f64).product();
            followers += product;
            states += 1.0;
        }
    }
    let passes = 1 + scenario.measures.iter().filter(|measure| measure.ever).count();
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    let all = (game.states.cells * game.blueprint.turns * passes) as f64;
    Ok(all * followers / f64::max(states, 1.0))
}

/// So many states are asked how many follow them.
const PROBES: usize = 24;
