//! From what was typed to a question, and back: options of the command line and keys of a question are the same names,
//! with `-` for `_`.

use std::ffi::OsString;

use clap::{ArgAction, ArgMatches, Command, parser::ValueSource};
use demarche::ask::{Advice, Fault, LayerName, PRESENTATION, Question};
use demarche::scenario::Source;
use serde_json::{Map, Value};

/// The question that was typed: of each option that was given, the key of that name.
///
/// # Errors
/// Everything that is wrong with it.
pub(crate) fn typed(command: &Command, matches: &ArgMatches) -> Result<Question, Vec<Fault>> {
    let mut map = Map::new();
    map.insert("command".to_owned(), command.get_name().into());
    for option in command.get_arguments() {
        let id = option.get_id().as_str();
        // What has no name of its own on the command line is called by its place: the other scenario of two.
        let long = match option.get_long() {
            Some(long) => long,
            None if id == "with" => id,
            None => continue,
        };
        let given = matches.value_source(id) == Some(ValueSource::CommandLine);
        if given && !PRESENTATION.contains(&long) && !["overlay", "variant"].contains(&long) {
            map.insert(key(long), value(option.get_action(), matches, id));
        }
    }
    let layers = layers(command, matches);
    if !layers.is_empty() {
        map.insert("layers".to_owned(), serde_json::to_value(layers).unwrap_or_default());
    }
    Question::read(map)
}

/// What was typed for an option.
fn value(action: &ArgAction, matches: &ArgMatches, id: &str) -> Value {
    if matches!(action, ArgAction::SetTrue) {
        return Value::Bool(true);
    }
    let typed = matches.get_raw(id).into_iter().flatten();
    let mut texts: Vec<Value> = typed.map(|text| text.to_string_lossy().into_owned().into()).collect();
    if texts.len() == 1 && !matches!(action, ArgAction::Append) {
        texts.remove(0)
    } else {
        Value::Array(texts)
    }
}

/// Overlays and variants in the order in which they were typed.
fn layers(command: &Command, matches: &ArgMatches) -> Vec<LayerName> {
    let mut layers: Vec<(usize, LayerName)> = Vec::new();
    let kinds: [(&str, fn(String) -> LayerName); 2] =
        [("overlay", LayerName::Overlay), ("variant", LayerName::Variant)];
    for (id, layer) in kinds {
        if !command.get_arguments().any(|option| option.get_id() == id) {
            continue;
        }
        let places = matches.indices_of(id).into_iter().flatten();
        let names = matches.get_raw(id).into_iter().flatten();
        layers.extend(places.zip(names).map(|(at, name)| (at, layer(name.to_string_lossy().into_owned()))));
    }
    layers.sort_by_key(|(place, _)| *place);
    layers.into_iter().map(|(_, layer)| layer).collect()
}

/// What would be typed to ask a question of a scenario: the program, the command, the scenario, the options.
pub(crate) fn command_line(question: &Map<String, Value>, scenario: OsString) -> Vec<OsString> {
    let command = question.get("command").and_then(Value::as_str).unwrap_or_default();
    let mut words = vec!["demarche".into(), command.into(), scenario];
    for (key, value) in question.iter().filter(|(key, _)| *key != "command") {
        match value {
            Value::Array(layers) if key == "layers" => {
                let layers = layers.iter().filter_map(Value::as_object).flatten();
                layers.for_each(|(kind, name)| push(&mut words, kind, name));
            }
            Value::String(other) if key == "with" => words.insert(3, other.into()),
            Value::Array(items) => items.iter().for_each(|item| push(&mut words, key, item)),
            one => push(&mut words, key, one),
        }
    }
    words
}

fn push(words: &mut Vec<OsString>, key: &str, value: &Value) {
    let text = match value {
        Value::Bool(false) | Value::Null => return,
        Value::Bool(true) => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    words.push(option(key).into());
    words.extend(text.map(OsString::from));
}

/// The option of a key: `--drop-below`, `-n`.
pub(crate) fn option(key: &str) -> String {
    let hyphens = if key.len() == 1 { "-" } else { "--" };
    format!("{hyphens}{}", key.replace('_', "-"))
}

/// How people know a text that was read: what they typed for an option by that option, with its number.
pub(crate) fn source_name(source: &Source) -> String {
    if source.typed { option(&source.name) } else { source.name.clone() }
}

/// The option of a key with a value, as it would be typed.
pub(crate) fn option_with(key: &str, value: Option<&str>) -> String {
    value.map_or_else(|| option(key), |value| format!("{} {value}", option(key)))
}

fn key(long: &str) -> String {
    long.replace('-', "_")
}

/// A fault as people are told of it.
pub(crate) fn fault(fault: &Fault) -> String {
    let mut text = match &fault.key {
        Some(key) => format!("{}: {}", option_with(key, fault.value.as_deref()), fault.message),
        None => fault.message.clone(),
    };
    match &fault.advice {
        Some(Advice::Use { key, value }) => {
            text += &format!(": use {}", option_with(key, value.as_deref()));
        }
        Some(Advice::LeaveOut(key)) => text += &format!(": leave out {}", option(key)),
        Some(Advice::Rename(key)) => text += &format!(": did you mean {}?", option(key)),
        _ => {}
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::program;

    /// Types a question, and reads it.
    #[track_caller]
    fn read(words: &[OsString]) -> Question {
        let mut program = program();
        let matches = program.try_get_matches_from_mut(words).unwrap_or_else(|error| panic!("{error}"));
        let (name, matches) = matches.subcommand().expect("a command");
        let command = program.find_subcommand(name).expect("it is known");
        typed(command, matches).unwrap_or_else(|faults| panic!("{faults:?}"))
    }

    #[track_caller]
    fn check(json: &str, line: &str) {
        let question: Question = serde_json::from_str(json).expect("a question");
        let words = command_line(&question.write(), "s.toml".into());
        let shown: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
        assert_eq!(shown.join(" "), line);
        assert_eq!(read(&words), question, "what is typed is what was asked");
    }

    #[test]
    fn a_question_is_a_command_line_and_the_other_way_round() {
        check(r#"{ "command": "run" }"#, "demarche run s.toml");
        check(
            r#"{ "command": "run", "precision": 0.01, "variant": "a", "overlay": ["b.toml"], "set": ["turns=2"],
                 "n": 500, "draws": 0, "method": "exact", "given": "seen.csv" }"#,
            "demarche run s.toml --precision 0.01 --variant a --overlay b.toml --set turns=2 --replications 500 --draws 0 --method exact --given seen.csv",
        );
        check(
            r#"{ "command": "compare", "against": ["turns=3", "meek"], "of": "turns",
                 "layers": [{ "overlay": "a" }, { "variant": "b" }, { "overlay": "c" }] }"#,
            "demarche compare s.toml --against turns=3 --against meek --of turns --overlay a --variant b --overlay c",
        );
    }

    /// Every option is a key of its question, and is as usual where the question says nothing.
    #[test]
    fn what_help_says_is_usual_is_usual() {
        for command in program().get_subcommands() {
            if !demarche::ask::COMMANDS.contains(&command.get_name()) {
                continue;
            }
            for option in command.get_arguments().filter(|option| !option.get_default_values().is_empty()) {
                let Some(long) = option.get_long().filter(|long| !PRESENTATION.contains(long)) else {
                    continue;
                };
                let values = option.get_default_values().iter();
                let value = values.map(|it| it.to_string_lossy()).collect::<Vec<_>>().join(",");
                let needed = [("of", "turns"), ("vary", "turns=1"), ("against", "turns=1"), ("actor", "x")];
                let mut usual = Map::new();
                usual.insert("command".to_owned(), command.get_name().into());
                for (name, value) in needed {
                    if command.get_arguments().any(|it| it.get_long() == Some(name)) {
                        usual.insert(name.to_owned(), value.into());
                    }
                }
                let mut spelt = usual.clone();
                if !matches!(option.get_action(), ArgAction::SetTrue) {
                    spelt.insert(key(long), value.into());
                }
                assert_eq!(Question::read(usual), Question::read(spelt), "{} --{long}", command.get_name());
            }
        }
    }
}
