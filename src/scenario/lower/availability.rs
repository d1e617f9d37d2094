//! Whether everybody can always move.

use super::Lowering;
use super::fields::thousands;
use crate::scenario::worlds::Worlds;
use crate::scenario::{Diagnostic, Seat};

/// Combinations of the named variables' levels that are still looked through one by one.
const MAX_WORLDS: u128 = 1_000_000;

impl Lowering<'_, '_> {
    /// Reports seats that are left without a move somewhere where their issue is open.
    pub(super) fn check_availability(&mut self) {
        let errors: Vec<Diagnostic> =
            self.scenario.seats.iter().filter_map(|seat| self.unavailable(seat)).collect();
        self.errors.extend(errors);
    }

    fn unavailable(&self, seat: &Seat) -> Option<Diagnostic> {
        if seat.moves.iter().any(|one| one.when.always_holds()) {
            return None;
        }
        let scenario = &self.scenario;
        let issue = &scenario.issues[seat.issue.index()];
        let whose = format!("`{}` in issue `{}`", scenario.actors[seat.actor.index()].id, issue.id);
        let gates = std::iter::once(&issue.when).chain(seat.moves.iter().map(|one| &one.when));
        let worlds = Worlds::named_by(scenario, gates);
        if MAX_WORLDS < worlds.count() {
            let count = thousands(i128::try_from(worlds.count()).unwrap_or(i128::MAX));
            let message =
                format!("the moves of {whose} rest on {count} combinations of levels: too many to check");
            let error = Diagnostic::error("too-large", seat.span, message);
            return Some(error.help("give one of the moves no `when`"));
        }
        let stuck = worlds.find(|world| {
            world.satisfies(&issue.when) && !seat.moves.iter().any(|one| world.satisfies(&one.when))
        })?;
        let message = format!("{whose} has no available move at {}", stuck.describe(scenario));
        let error = Diagnostic::error("no-move", seat.span, message);
        Some(error.help("give one of the moves no `when`, or close the issue there"))
    }
}
