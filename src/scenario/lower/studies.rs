//! `[studies]`: commands with their options, kept under a name.

use serde_json::Value as Json;

use super::Lowering;
use super::fields::{Fields, join, number};
use crate::scenario::{Node, Study, StudyCommand, StudyEntry, Value};

impl Lowering<'_, '_> {
    pub(super) fn studies(&mut self, node: Option<&Node>) {
        for entry in self.section(node, "studies") {
            let path = join("studies", entry.id);
            let Some(fields) = self.fields(entry.node, path) else { continue };
            let name = self.required_text(&fields, "command").map(str::to_owned);
            let span = fields.table.get("command").map_or(entry.span, |node| node.span);
            let notes = self.notes(&fields);
            let entries = self.study_entries(&fields);
            let Some(name) = name else { continue };
            let (id, command) = (entry.id.to_owned(), StudyCommand { name, span });
            self.scenario.studies.push(Study { id, command, entries, notes, span: entry.span });
        }
    }

    /// All keys but title and reasons, with their values.
    fn study_entries(&mut self, fields: &Fields<'_>) -> Vec<StudyEntry> {
        let mut entries = Vec::with_capacity(fields.table.entries.len());
        for (key, node) in &fields.table.entries {
            if matches!(key.name.as_str(), "title" | "because") {
                continue;
            }
            // A command that is no text was reported as such.
            if key.name == "command" && node.as_str().is_none() {
                continue;
            }
            entries.extend(self.study_value(node, &fields.path_of(&key.name), true).map(|value| {
                StudyEntry { key: key.name.clone(), key_span: key.span, value, value_span: node.span }
            }));
        }
        entries
    }

    fn study_value(&mut self, node: &Node, path: &str, may_be_list: bool) -> Option<Json> {
        match &node.value {
            Value::String(text) => Some(Json::String(text.clone())),
            Value::Number(written) => {
                self.literal(node, path)?;
                Some(json_number(written))
            }
            Value::Boolean(truth) if may_be_list => Some(Json::Bool(*truth)),
            Value::Array(items) if may_be_list => {
                let values: Vec<_> = items.iter().map(|item| self.study_value(item, path, false)).collect();
                values.into_iter().collect::<Option<_>>().map(Json::Array)
            }
            _ => {
                self.wrong_kind(node, path, "a text, a number, true or false, or a list of texts and numbers")
            }
        }
    }
}

/// A finite number of the file as JSON has it: a whole one stays whole, as counts and seeds must.
fn json_number(written: &str) -> Json {
    let plain = written.replace('_', "");
    let whole = || {
        let unsigned = plain.strip_prefix('+').unwrap_or(&plain);
        let prefixed = |radix| u64::from_str_radix(&unsigned[2..], radix).ok();
        let natural = match unsigned.get(..2) {
            Some("0x") => prefixed(16),
            Some("0o") => prefixed(8),
            Some("0b") => prefixed(2),
            _ => unsigned.parse().ok(),
        };
        natural.map(Json::from).or_else(|| unsigned.parse::<i64>().ok().map(Json::from))
    };
    whole().unwrap_or_else(|| Json::from(number(written)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::tests_support::scenario;

    #[test]
    fn a_study_is_a_value_with_its_places() {
        let text = "format = 1\nturns = 1\n[actors.a]\n[issues.i.moves]\na = [\"x\"]\n[outcomes.e.r]\n\
                    [studies.s]\ntitle = \"S\"\nvary = [\"a=0..1:2\", \"b=1\"]\ndraws = 1_0\ncommand = \"sweep\"\n\
                    json = true\nseed = 0xFF\nto = -1.5\nby = -2\n";
        let scenario = scenario(text);
        let study = &scenario.studies[0];
        let keys: Vec<&str> = study.entries.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["vary", "draws", "command", "json", "seed", "to", "by"]);
        assert_eq!(
            Json::Object(study.values()).to_string(),
            r#"{"vary":["a=0..1:2","b=1"],"draws":10,"command":"sweep","json":true,"seed":255,"to":-1.5,"by":-2}"#
        );
        let at = |span: crate::scenario::Span| &text[span.start as usize..span.end as usize];
        assert_eq!((at(study.key_span("draws")), at(study.value_span("draws"))), ("draws", "1_0"));
        assert_eq!(study.key_span("nowhere"), study.span);
    }
}
