//! Sizes beyond what is meant, refused before anybody takes memory for them.

use super::Lowering;
use super::fields::thousands;
use crate::scenario::{ActorId, Diagnostic, Span};

/// States that can still be numbered; far fewer are reached in a play.
const MAX_STATES: u128 = 1_000_000_000_000;

/// Actions that can still be listed.
const MAX_ACTIONS: u128 = 1_000_000;

/// Levels of one variable, and moves of one seat.
const MAX_LIST: usize = 10_000;

/// Rows of the tables that go turn by turn: `turns` times the levels of all variables, or the moves of all
/// seats. Threads count them side by side.
const MAX_ROWS: u128 = 1_000_000;

/// Combinations of outcomes, one of each classification.
const MAX_JOINT: u128 = 100_000;

impl Lowering<'_, '_> {
    pub(super) fn check_sizes(&mut self) {
        self.check_lists();
        self.check_states();
        for index in 0..self.scenario.actors.len() {
            self.check_actions(ActorId::new(index));
        }
        let variables = self.scenario.variables.iter().map(|it| (it.levels.len(), it.span)).collect();
        self.check_rows("levels of variables", variables);
        let seats = self.scenario.seats.iter().map(|it| (it.moves.len(), it.span)).collect();
        self.check_rows("moves", seats);
        self.check_joint();
    }

    /// What is counted anew in every turn.
    fn check_rows(&mut self, what: &str, lists: Vec<(usize, Span)>) {
        let turns = u128::from(self.scenario.turns);
        let (mut rows, mut crossed) = (0, None);
        for (len, span) in lists {
            rows += turns * len as u128;
            if MAX_ROWS < rows {
                crossed.get_or_insert(span);
            }
        }
        if let Some(span) = crossed {
            let (turns, rows, limit) = (large(turns), large(rows), large(MAX_ROWS));
            let message =
                format!("{turns} turns with all {what} make {rows} counts: more than {limit} are refused");
            let error = Diagnostic::error("too-large", span, message);
            self.errors.push(error.help(format!("play fewer turns, or leave out {what}")));
        }
    }

    fn check_joint(&mut self) {
        let mut joint: u128 = 1;
        let mut crossed = None;
        for class in &self.scenario.classifications {
            joint = joint.saturating_mul(class.outcomes.len().max(1) as u128);
            if MAX_JOINT < joint {
                crossed.get_or_insert(class.span);
            }
        }
        if let Some(span) = crossed {
            let (joint, limit) = (large(joint), large(MAX_JOINT));
            let message = format!(
                "the classifications make {joint} combinations of outcomes: more than {limit} are refused"
            );
            let error = Diagnostic::error("too-large", span, message);
            self.errors
                .push(error.help("leave out classifications, or measure what they tell with [measures]"));
        }
    }

    fn check_lists(&mut self) {
        let scenario = &self.scenario;
        let variables = scenario.variables.iter();
        let levels =
            variables.map(|it| (format!("variable `{}`", it.id), it.levels.len(), "levels", it.span));
        let seats = scenario.seats.iter();
        let moves = seats.map(|seat| {
            let issue = &scenario.issues[seat.issue.index()].id;
            let actor = &scenario.actors[seat.actor.index()].id;
            (format!("`{actor}` in issue `{issue}`"), seat.moves.len(), "moves", seat.span)
        });
        let long: Vec<_> = levels.chain(moves).filter(|(_, len, ..)| MAX_LIST < *len).collect();
        for (owner, len, what, span) in long {
            let (len, limit) = (large(len as u128), large(MAX_LIST as u128));
            let message = format!("{owner} has {len} {what}: more than {limit} are refused");
            self.error("too-large", span, message);
        }
    }

    fn check_states(&mut self) {
        let mut states: u128 = 1;
        let mut crossed: Option<Span> = None;
        for variable in &self.scenario.variables {
            states = states.saturating_mul(variable.levels.len().max(1) as u128);
            if MAX_STATES < states {
                crossed.get_or_insert(variable.span);
            }
        }
        if let Some(span) = crossed {
            let (states, limit) = (large(states), large(MAX_STATES));
            let message = format!("the variables make {states} states: more than {limit} are refused");
            let error = Diagnostic::error("too-large", span, message);
            self.errors
                .push(error.help("leave out variables or levels that no outcome and no payoff rests on"));
        }
    }

    fn check_actions(&mut self, actor: ActorId) {
        let seats = self.scenario.seats.iter().filter(|seat| seat.actor == actor);
        let sizes = seats.map(|seat| seat.moves.len().max(1) as u128);
        let actions = sizes.fold(1, u128::saturating_mul);
        if MAX_ACTIONS < actions {
            let actor = &self.scenario.actors[actor.index()];
            let (actions, limit) = (large(actions), large(MAX_ACTIONS));
            let message = format!("`{}` has {actions} actions: more than {limit} are refused", actor.id);
            let error = Diagnostic::error("too-large", actor.span, message);
            self.errors.push(error.help("an action is a move in each of its issues: take some of them away"));
        }
    }
}

/// A count with its thousands apart, as far as anybody can read it.
fn large(count: u128) -> String {
    match i128::try_from(count) {
        Ok(count) if count < 10_i128.pow(30) => thousands(count),
        _ => "more than 10^30".to_owned(),
    }
}
