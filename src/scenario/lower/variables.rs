//! `[variables]`: levels, their values, and where the world starts.

use super::Lowering;
use super::fields::{Entry, Fields, join};
use crate::scenario::{Amount, Diagnostic, Node, Notes, Span, Start, Value, Variable};

impl Lowering<'_, '_> {
    pub(super) fn variables(&mut self, node: Option<&Node>) {
        for entry in self.section(node, "variables") {
            if entry.id == "turn" {
                self.error(
                    "reserved-id",
                    entry.span,
                    "`turn` cannot be a variable: it is the turn being played",
                );
            }
            let variable = self.variable(&entry);
            self.scenario.variables.push(variable);
        }
    }

    fn variable(&mut self, entry: &Entry<'_>) -> Variable {
        // A variable without levels is one whose levels were reported: nothing more is said of them.
        let mut variable = Variable {
            id: entry.id.to_owned(),
            levels: Vec::new(),
            values: Vec::new(),
            start: Start::Level(0),
            notes: Notes::default(),
            span: entry.span,
        };
        let Some(fields) = self.fields(entry.node, join("variables", entry.id)) else { return variable };
        variable.notes = self.notes(&fields);
        let sound_levels = self.levels(&fields);
        let (values, start) = (fields.take("values"), fields.take("start"));
        self.finish(&fields);
        let Some(levels) = sound_levels else { return variable };
        variable.levels = levels;
        variable.values = match values {
            Some(node) => self.level_values(node, &variable, &fields),
            None => ordinals(&variable, &fields),
        };
        if let Some(node) = start {
            variable.start = self.start(node, &variable, &fields).unwrap_or(Start::Level(0));
        }
        variable
    }

    fn levels(&mut self, fields: &Fields<'_>) -> Option<Vec<String>> {
        let Some(node) = fields.take("levels") else {
            self.missing(fields, "levels");
            return None;
        };
        let path = fields.path_of("levels");
        let items = self.list(node, &path)?;
        if items.is_empty() {
            self.error("no-levels", node.span, format!("`{path}` must have at least one level"));
            return None;
        }
        let mut levels: Vec<(&str, &Node)> = Vec::with_capacity(items.len());
        for item in items {
            let Some(level) = self.text(item, &path) else { continue };
            self.check_id(level, item.span);
            levels.push((level, item));
        }
        self.check_repeated(&levels, "level", &path);
        Some(levels.into_iter().map(|(level, _)| level.to_owned()).collect())
    }

    /// Reports names that stand in a list more than once.
    pub(super) fn check_repeated(&mut self, names: &[(&str, &Node)], what: &str, path: &str) {
        let mut first = std::collections::BTreeMap::new();
        for (name, node) in names {
            match first.get(name) {
                None => drop(first.insert(*name, node.span)),
                Some(span) => {
                    let message = format!("`{path}` has the {what} `{name}` twice");
                    let error = Diagnostic::error("repeated", node.span, message);
                    self.errors.push(error.label(*span, "first here"));
                }
            }
        }
    }

    fn level_values(&mut self, node: &Node, variable: &Variable, fields: &Fields<'_>) -> Vec<Amount> {
        let path = fields.path_of("values");
        let Some(items) = self.list(node, &path) else { return Vec::new() };
        if items.len() != variable.levels.len() {
            let (values, levels) = (items.len(), variable.levels.len());
            let message = format!("`{path}` has {values} values for {levels} levels");
            self.error("wrong-count", node.span, message);
            return Vec::new();
        }
        let pairs = items.iter().zip(&variable.levels);
        pairs.filter_map(|(item, level)| self.amount(item, join(&path, level))).collect()
    }

    fn start(&mut self, node: &Node, variable: &Variable, fields: &Fields<'_>) -> Option<Start> {
        let path = fields.path_of("start");
        match &node.value {
            Value::String(level) => Some(Start::Level(self.level(variable, level, node.span)?)),
            Value::Table(_) => {
                let mut weights = Vec::new();
                for entry in self.mapping(node, &path) {
                    let level = self.level(variable, entry.id, entry.span);
                    let weight = self.amount(entry.node, join(&path, entry.id));
                    weights.extend(level.zip(weight));
                }
                Some(Start::Weights(weights))
            }
            _ => self.wrong_kind(node, &path, "a level or a table of weights"),
        }
    }

    fn level(&mut self, variable: &Variable, name: &str, span: Span) -> Option<usize> {
        let found = variable.levels.iter().position(|level| level == name);
        if found.is_none() {
            let what = format!("level of `{}`:", variable.id);
            self.unknown(&what, name, span, variable.levels.iter().map(String::as_str));
        }
        found
    }
}

/// 0, 1, 2, ...
fn ordinals(variable: &Variable, fields: &Fields<'_>) -> Vec<Amount> {
    let path = fields.path_of("values");
    let numbered = variable.levels.iter().zip(0_u32..);
    numbered
        .map(|(level, ordinal)| Lowering::default_amount(ordinal, join(&path, level), variable.span))
        .collect()
}
