//! `[studies]`: commands with their options, kept under a name.

use super::Lowering;
use super::fields::join;
use crate::scenario::{Key, Node, Study, StudyOption, Value};

impl Lowering<'_, '_> {
    pub(super) fn studies(&mut self, node: Option<&Node>) {
        for entry in self.section(node, "studies") {
            let path = join("studies", entry.id);
            let Some(mut fields) = self.fields(entry.node, path) else { continue };
            let command = self.required_text(&mut fields, "command").map(str::to_owned);
            let place = fields.table.get("command").map_or(entry.span, |node| node.span);
            let notes = self.notes(&mut fields);
            let known = ["command", "title", "because"];
            let options = fields.table.entries.iter().filter(|(key, _)| !known.contains(&key.name.as_str()));
            let options: Vec<StudyOption> = options
                .filter_map(|(key, node)| self.option(key, node, &fields.path_of(&key.name)))
                .collect();
            let Some(command) = command else { continue };
            let (id, span) = (entry.id.to_owned(), entry.span);
            self.scenario.studies.push(Study { id, command: (command, place), options, notes, span });
        }
    }

    fn option(&mut self, key: &Key, node: &Node, path: &str) -> Option<StudyOption> {
        let (values, given) = match &node.value {
            Value::Boolean(given) => (Vec::new(), *given),
            Value::Array(items) => {
                let values = items.iter().map(|item| self.option_value(item, path));
                (values.collect::<Option<_>>()?, true)
            }
            _ => (vec![self.option_value(node, path)?], true),
        };
        // Names of the format have no hyphens; those of options have.
        let name = key.name.replace('_', "-");
        Some(StudyOption { name, values, given, span: key.span })
    }

    fn option_value(&mut self, node: &Node, path: &str) -> Option<String> {
        match &node.value {
            Value::String(text) => Some(text.clone()),
            Value::Number(written) => Some(written.clone()),
            _ => {
                self.wrong_kind(node, path, "a text, a number, true or false, or a list of texts and numbers")
            }
        }
    }
}
