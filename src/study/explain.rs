//! Why an actor chooses what it does, in a state that somebody names.

use super::equilibria::check_equilibria;
use super::error::StudyError;
use super::prepare::Prepared;
use super::situation::Situation;
use crate::agents::{Explanation, Policies};
use crate::scenario::{ActorId, Levels};

/// Why `actor` chooses what it does in a situation: an explanation for each set of issues that it decides together.
///
/// # Errors
/// See [`StudyError`].
pub fn explain(
    prepared: &Prepared<'_>,
    situation: &Situation,
    actor: ActorId,
) -> Result<Vec<Explanation>, StudyError> {
    let numbers = situation.numbers(prepared)?;
    let policies = Policies::new(&prepared.game, &numbers);
    let explained = policies.explain(actor, &Levels::from_numbers(&situation.levels), situation.turn);
    check_equilibria(prepared.scenario, &policies, situation.drawn.draw)?;
    Ok(explained)
}
