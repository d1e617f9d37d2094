//! `effects` of issues, and `[events]`.

use super::Lowering;
use super::conditions::Place;
use super::fields::{Entry, Fields, join};
use crate::scenario::{Change, Diagnostic, Effect, IssueId, Node, VariableId};

impl Lowering<'_, '_> {
    pub(super) fn effects(&mut self, node: Option<&Node>, path: &str, issue: Option<IssueId>) {
        for entry in self.section(node, path) {
            if let Some(effect) = self.effect(&entry, join(path, entry.id), issue) {
                self.scenario.effects.push(effect);
            }
        }
    }

    fn effect(&mut self, entry: &Entry<'_>, path: String, issue: Option<IssueId>) -> Option<Effect> {
        let fields = self.fields(entry.node, path.as_str())?;
        let notes = self.notes(&fields);
        let when = self.condition(fields.take("when"), &fields.path_of("when"), Place::Play(issue));
        let chance = fields.take("chance").and_then(|node| self.amount(node, fields.path_of("chance")));
        let changes = self.changes(&fields);
        self.finish(&fields);
        Some(Effect { id: entry.id.to_owned(), path, issue, when, chance, changes, notes, span: entry.span })
    }

    fn changes(&mut self, fields: &Fields<'_>) -> Vec<(VariableId, Change)> {
        let (set, shift) = (fields.take("set"), fields.take("shift"));
        if set.is_none() && shift.is_none() {
            let message = format!("`{}` changes nothing: it needs `set` or `shift`", fields.path);
            self.error("missing-key", fields.span, message);
        }
        let mut changes = Vec::new();
        if let Some(node) = set {
            let path = fields.path_of("set");
            for entry in self.mapping(node, &path) {
                let variable = self.variable_named(entry.id, entry.span);
                let change = self.set_to(&entry, variable, &path);
                self.add_change(&mut changes, &entry, variable, change);
            }
        }
        if let Some(node) = shift {
            let path = fields.path_of("shift");
            for entry in self.mapping(node, &path) {
                let variable = self.variable_named(entry.id, entry.span);
                let by = self.whole(entry.node, &join(&path, entry.id));
                self.add_change(&mut changes, &entry, variable, by.map(|by| Change::Shift(by.into())));
            }
        }
        changes
    }

    fn set_to(&mut self, entry: &Entry<'_>, variable: Option<VariableId>, path: &str) -> Option<Change> {
        let name = self.text(entry.node, &join(path, entry.id))?;
        let variable = &self.scenario.variables[variable?.index()];
        if variable.levels.is_empty() {
            return None;
        }
        if let Some(level) = variable.levels.iter().position(|level| level == name) {
            return Some(Change::Set(level));
        }
        let (what, levels) = (format!("level of `{}`:", variable.id), variable.levels.clone());
        self.unknown(&what, name, entry.node.span, levels.iter().map(String::as_str));
        None
    }

    fn add_change(
        &mut self,
        changes: &mut Vec<(VariableId, Change)>,
        entry: &Entry<'_>,
        variable: Option<VariableId>,
        change: Option<Change>,
    ) {
        let Some(variable) = variable else { return };
        if changes.iter().any(|(changed, _)| *changed == variable) {
            let message = format!("`{}` is both set and shifted: only one of them can be meant", entry.id);
            self.errors.push(Diagnostic::error("conflicting-keys", entry.span, message));
        } else if let Some(change) = change {
            changes.push((variable, change));
        }
    }
}
