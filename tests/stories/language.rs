//! The language as others read it: the reference in the docs and the JSON schema are what the table of keys says.

use std::fs;
use std::path::Path;

use demarche::scenario::format::{json_schema, reference};
use serde_json::Value;

use crate::support::root;

/// Compares a file of the docs with what it must be; writes it where snapshots are accepted.
#[track_caller]
pub(crate) fn holds(file: &str, expected: &str) {
    let path = root().join(file);
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, expected).expect("it can be written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{file} is not what the program says of itself: run this test with INSTA_UPDATE=always"
    );
}

#[test]
fn the_reference_of_the_language_lists_the_keys() {
    let file = "docs/language.md";
    let text = fs::read_to_string(root().join(file)).expect("it is there");
    let (before, rest) = text.split_once("<!-- keys: begin -->\n").expect("the list begins somewhere");
    let (_, after) = rest.split_once("<!-- keys: end -->").expect("the list ends somewhere");
    holds(file, &format!("{before}<!-- keys: begin -->\n{}<!-- keys: end -->{after}", reference()));
}

#[test]
fn the_schema_for_editors_is_that_of_the_keys() {
    let mut text = serde_json::to_string_pretty(&json_schema()).expect("it is JSON");
    text.push('\n');
    holds("docs/scenario.schema.json", &text);
}

/// Whether a value is what a schema of draft 7 wants, as far as the schema of scenarios needs it.
fn valid(value: &Value, schema: &Value, root: &Value) -> bool {
    let Some(schema) = schema.as_object() else { return true };
    let all = |key: &str, check: &dyn Fn(&Value) -> bool| schema.get(key).is_none_or(check);
    let branch = if valid(value, schema.get("if").unwrap_or(&Value::Null), root) { "then" } else { "else" };
    let options = |list: &Value| list.as_array().cloned().unwrap_or_default();
    all("$ref", &|name| {
        let pointer = name.as_str().and_then(|name| name.strip_prefix('#')).expect("a place in the schema");
        valid(value, root.pointer(pointer).expect("it is there"), root)
    }) && (!schema.contains_key("if") || all(branch, &|then| valid(value, then, root)))
        && all("anyOf", &|list| options(list).iter().any(|one| valid(value, one, root)))
        && all("oneOf", &|list| options(list).iter().filter(|one| valid(value, one, root)).count() == 1)
        && all("enum", &|list| options(list).contains(value))
        && all("type", &|kind| has_type(value, kind))
        && all("pattern", &|_| value.as_str().is_none_or(is_id))
        && all("minimum", &|least| value.as_f64().is_none_or(|it| least.as_f64() <= Some(it)))
        && all("maximum", &|most| value.as_f64().is_none_or(|it| Some(it) <= most.as_f64()))
        && all("minItems", &|least| value.as_array().is_none_or(|it| least.as_u64() <= Some(it.len() as u64)))
        && all("maxItems", &|most| value.as_array().is_none_or(|it| Some(it.len() as u64) <= most.as_u64()))
        && all("items", &|items| {
            value.as_array().is_none_or(|it| it.iter().all(|one| valid(one, items, root)))
        })
        && all("required", &|keys| {
            value
                .as_object()
                .is_none_or(|it| options(keys).iter().all(|key| it.contains_key(key.as_str().unwrap_or(""))))
        })
        && valid_keys(value, schema, root)
}

fn valid_keys(value: &Value, schema: &serde_json::Map<String, Value>, root: &Value) -> bool {
    let Some(object) = value.as_object() else { return true };
    object.iter().all(|(key, inner)| {
        let known = schema.get("properties").and_then(|properties| properties.get(key));
        let named = !schema.contains_key("propertyNames") || is_id(key);
        named
            && match known.or(schema.get("additionalProperties")) {
                Some(Value::Bool(allowed)) => *allowed,
                Some(schema) => valid(inner, schema, root),
                None => true,
            }
    })
}

fn has_type(value: &Value, kind: &Value) -> bool {
    match kind {
        Value::Array(kinds) => kinds.iter().any(|kind| has_type(value, kind)),
        kind => match kind.as_str().expect("a name") {
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "number" => value.is_number(),
            "integer" => value.is_i64() || value.is_u64(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("the validator does not know the type {other}"),
        },
    }
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn json(text: &str) -> Value {
    toml::from_str(text).expect("it is TOML")
}

#[test]
fn every_scenario_that_is_shipped_is_valid() {
    let schema = json_schema();
    let mut seen = 0;
    for folder in ["scenarios", "scenarios/classics", "tests/golden"] {
        for entry in fs::read_dir(root().join(folder)).expect("the folder is there").flatten() {
            if entry.path().extension().is_some_and(|end| end == "toml") {
                let text = fs::read_to_string(entry.path()).expect("it can be read");
                assert!(valid(&json(&text), &schema, &schema), "{}", entry.path().display());
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn scenarios_with_a_slip_are_not_valid() {
    let schema = json_schema();
    let text = fs::read_to_string(Path::new(&root()).join("scenarios/deterrence.toml")).expect("it is there");
    assert!(valid(&json(&text), &schema, &schema));
    for (from, to) in [
        ("format = 1", "format = 2"),
        ("format = 1\n", ""),
        ("title ", "titel "),
        ("[outcomes.crisis.war]", "[outcomes.crisis.War]"),
        ("ever  = true", "ever  = \"yes\""),
        ("ends    = true", "end     = true"),
        ("vary    = \"parameters.resolve=-3..3:7\"", "vary    = { path = \"parameters.resolve\" }"),
        ("raises  = \"outcomes.crisis.concession\"", ""),
        ("[actors.challenger]", "[actors.challenger]\ntremble = 1.5"),
        ("[actors.challenger]", "[actors.challenger]\nbeyond = \"status quo\""),
    ] {
        assert!(text.contains(from), "the scenario has no {from:?}");
        let wrong = text.replacen(from, to, 1);
        assert!(!valid(&json(&wrong), &schema, &schema), "{from:?} -> {to:?}");
    }
}
