//! The table of keys as a JSON schema, by which editors check and complete a scenario while it is written.
//!
//! It is less strict than the reader: names that must exist and expressions are texts to it. A file that extends
//! another, and a variant, may leave out what must be there otherwise, and may name the entries of a list.

use serde_json::{Map, Value, json};

use super::branch::Branch;
use super::form::{Form, Range};
use super::{NOTES, OF_A_FILE};

/// What may be an id.
const ID: &str = "^[a-z][a-z0-9_]*$";

/// The schema, of draft 7, which most editors know.
#[must_use]
pub fn json_schema() -> Value {
    let file = Branch::root();
    let whole = Part { partial: false };
    let part = Part { partial: true };
    let keys = file.keys().into_iter().filter(|key| !OF_A_FILE.contains(key));
    let variant: Map<String, Value> =
        keys.map(|key| (key.to_owned(), reference(&format!("extension/properties/{key}")))).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A scenario of demarche",
        "if": { "required": ["extends"] },
        "then": { "$ref": "#/definitions/extension" },
        "else": { "$ref": "#/definitions/scenario" },
        "definitions": {
            "scenario": whole.table(file, Form::Table),
            "extension": part.table(file, Form::Table),
            "variant": { "type": "object", "properties": variant, "additionalProperties": false },
            "condition": condition(),
        },
    })
}

/// Whether what is described is a whole scenario, or a part that is merged over one.
#[derive(Clone, Copy)]
struct Part {
    partial: bool,
}

impl Part {
    /// The name of the definition of a file of which it is a part.
    fn definition(self) -> &'static str {
        if self.partial { "extension" } else { "scenario" }
    }

    /// The schema of what stands at a place.
    fn place(self, branch: Branch) -> Value {
        let mut forms: Vec<Value> = branch.forms().iter().map(|form| self.form(branch, *form)).collect();
        if self.partial && by_entry(branch) {
            forms.push(self.table(branch, Form::Table));
        }
        let mut schema = match forms.pop() {
            Some(only) if forms.is_empty() => only,
            last => json!({ "anyOf": forms.into_iter().chain(last).collect::<Vec<_>>() }),
        };
        if let (Some(schema), Some(rule)) = (schema.as_object_mut(), branch.rule()) {
            schema.insert("description".to_owned(), described(rule.about, rule.default).into());
        }
        schema
    }

    fn form(self, branch: Branch, form: Form) -> Value {
        let texts = || json!({ "type": "array", "items": { "type": "string" } });
        match form {
            Form::Text | Form::Name(_) | Form::Measure | Form::File => json!({ "type": "string" }),
            Form::Texts | Form::Names(_) => texts(),
            Form::Boolean => json!({ "type": "boolean" }),
            Form::Word(words) => json!({ "enum": words }),
            Form::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
            Form::Number(range) => number(range, &json!("number")),
            Form::Amount(range) => number(range, &json!(["number", "string"])),
            Form::AmountsByLevel => json!({ "type": "array", "items": { "type": ["number", "string"] } }),
            Form::Numbers(shape) => numbers(shape),
            Form::Condition => reference("condition"),
            Form::Conditions => json!({ "type": "array", "items": reference("condition") }),
            Form::Moves => moves(branch),
            Form::SameAs("") => reference("variant"),
            Form::SameAs(path) => reference(&format!("{}/properties/{path}", self.definition())),
            Form::Table | Form::TableWithOne(_) => self.table(branch, form),
            Form::Option => json!({ "anyOf": [
                { "type": ["string", "number", "boolean"] },
                { "type": "array", "items": { "type": ["string", "number"] } },
            ] }),
        }
    }

    fn table(self, branch: Branch, form: Form) -> Value {
        let ids = branch.ids();
        let mut properties = Map::new();
        for key in branch.keys() {
            let Some(below) = branch.below(key) else { continue };
            // Among ids, a note may be the id of something, too.
            let is_note = NOTES.contains(&key) && branch.rule().is_some();
            let schema = match (is_note, &ids) {
                (true, Some(_)) => json!({}),
                (true, None) => reference(&format!("scenario/properties/{key}")),
                (false, _) => self.place(below),
            };
            properties.insert(key.to_owned(), schema);
        }
        let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
        if let Some((what, below)) = ids {
            schema["additionalProperties"] = self.place(below);
            if what == "*" {
                schema["propertyNames"] = json!({ "pattern": ID });
            }
        }
        if !self.partial {
            let is_required =
                |key: &&str| branch.below(key).and_then(Branch::rule).is_some_and(|it| it.required);
            let required: Vec<&str> = branch.keys().into_iter().filter(is_required).collect();
            if !required.is_empty() {
                schema["required"] = json!(required);
            }
            if let Form::TableWithOne(keys) = form {
                schema["oneOf"] = keys.iter().map(|key| json!({ "required": [key] })).collect();
            }
        }
        schema
    }
}

/// A list of moves: ids, or tables that say more. A table always says which move it is.
fn moves(branch: Branch) -> Value {
    let whole = Part { partial: false };
    let table = branch.ids().map_or_else(|| json!({}), |(_, below)| whole.place(below));
    json!({ "type": "array", "minItems": 1, "items": { "anyOf": [{ "type": "string", "pattern": ID }, table] } })
}

/// What is defined at a place among the definitions.
fn reference(place: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{place}") })
}

/// Whether a change may name the entries of the list that stands there.
fn by_entry(branch: Branch) -> bool {
    branch.has(Form::Moves) || branch.has(Form::AmountsByLevel)
}

fn described(about: &str, default: &str) -> String {
    if default.is_empty() { about.to_owned() } else { format!("{about}; left out: {default}") }
}

fn number(range: Range, kind: &Value) -> Value {
    let mut schema = json!({ "type": kind });
    for (key, bound) in [("minimum", range.least), ("maximum", range.most)] {
        if bound.is_finite() {
            schema[key] = json!(bound);
        }
    }
    schema
}

/// The numbers of a distribution, as many as its shape shows; any number of them where it ends in dots.
fn numbers(shape: &str) -> Value {
    let mut schema = json!({ "type": "array", "items": { "type": "number" } });
    if shape.contains("...") {
        schema["minItems"] = json!(1);
    } else {
        let count = shape.split(',').count();
        (schema["minItems"], schema["maxItems"]) = (json!(count), json!(count));
    }
    schema
}

/// A condition names variables, the turn and moves: texts, for the turn numbers, or lists of such.
fn condition() -> Value {
    let one = json!({ "type": ["string", "integer"] });
    json!({ "type": "object", "additionalProperties": { "anyOf": [one, { "type": "array", "items": one }] } })
}

#[cfg(test)]
mod tests {
    use super::super::branch::at;
    use super::*;

    #[test]
    fn the_schema_knows_ranges_and_words() {
        let schema = json_schema();
        let actor = &schema["definitions"]["scenario"]["properties"]["actors"]["additionalProperties"];
        assert_eq!(actor["properties"]["tremble"]["maximum"], json!(1.0));
        assert_eq!(actor["properties"]["beyond"]["enum"], json!(["nothing", "status_quo"]));
        assert!(at(["studies", "any", "draws"]).is_some_and(|branch| branch.has(Form::Option)));
    }
}
