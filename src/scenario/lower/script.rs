//! `[script]`: choices taken away.

use super::Lowering;
use super::conditions::Subject;
use super::fields::{Entry, join};
use crate::scenario::{Amount, Diagnostic, Node, Script, SeatId, Value};

impl Lowering<'_, '_> {
    pub(super) fn script(&mut self, node: Option<&Node>) {
        let Some(node) = node else { return };
        for entry in self.mapping(node, "script") {
            let Some(seat) = self.scripted_seat(&entry) else { continue };
            // The moves themselves were reported.
            if self.scenario.seats[seat.index()].moves.is_empty() {
                continue;
            }
            let script = self.seat_script(&entry, seat);
            self.scenario.seats[seat.index()].script = script;
        }
    }

    fn scripted_seat(&mut self, entry: &Entry<'_>) -> Option<SeatId> {
        if let Some((actor, issue)) = entry.id.split_once('.') {
            return self.seat_named(actor, issue, entry.span);
        }
        let message = format!("`{}` names no seat: a script's key is an actor and an issue", entry.id);
        let error = Diagnostic::error("unknown-id", entry.span, message);
        let issue = match &entry.node.value {
            Value::Table(inside) => inside.entries.first().map(|(key, _)| key.name.clone()),
            _ => None,
        };
        let issue = issue.or_else(|| self.scenario.issues.first().map(|issue| issue.id.clone()));
        let form = issue.map(|issue| format!("write `\"{}.{issue}\"`, quoted", entry.id));
        self.errors.push(match form {
            Some(form) => error.help(form),
            None => error,
        });
        None
    }

    fn seat_script(&mut self, entry: &Entry<'_>, seat: SeatId) -> Option<Script> {
        let path = join("script", entry.id);
        match &entry.node.value {
            Value::String(text) if !text.trim_start().starts_with('!') => {
                let only = self.place(Subject::Seat(seat), text, entry.node.span)?;
                Some(Script::Draw(vec![(only, Self::default_amount(1, path, entry.node.span))]))
            }
            Value::String(_) | Value::Array(_) => {
                let left = self.value_set(entry.node, Subject::Seat(seat), &path)?;
                if left.is_empty() {
                    let message = format!("`{path}` leaves no move to choose from");
                    self.error("empty-script", entry.node.span, message);
                    return None;
                }
                Some(Script::Narrow(left))
            }
            Value::Table(_) => Some(Script::Draw(self.script_weights(entry.node, seat, &path))),
            _ => self.wrong_kind(entry.node, &path, "a move, a list of moves, or a table of weights"),
        }
    }

    fn script_weights(&mut self, node: &Node, seat: SeatId, path: &str) -> Vec<(usize, Amount)> {
        let mut weighted = Vec::new();
        for entry in self.mapping(node, path) {
            let place = self.place(Subject::Seat(seat), entry.id, entry.span);
            let weight = self.amount(entry.node, join(path, entry.id));
            weighted.extend(place.zip(weight));
        }
        weighted
    }
}
