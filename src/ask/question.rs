//! A question, as data.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::command::Command;
use super::failure::Fault;
use super::fields::Fields;
use super::form::FORM;
use super::layers::{LayerName, Layers};
use super::settings::Settings;

/// A question about a scenario: what is asked, how it is evaluated, and what is changed before.
///
/// As JSON it is one flat object: `command`, then the options of the command by their long names with `_` for `-`, then
/// what changes the scenario (`overlay`, `variant`, `set`) and the settings (`seed`, `replications`, `draws`, `method`,
/// `given`). What is as usual may be left out. `[studies.NAME]` of a scenario holds the same keys.
///
/// # Examples
/// ```
/// use demarche::ask::{Command, Question};
///
/// let question: Question = serde_json::from_str(
///     r#"{ "command": "sweep", "vary": "parameters.stake=0..4:9", "draws": 0 }"#,
/// ).unwrap();
/// let Command::Sweep(sweep) = &question.command else { panic!() };
/// assert_eq!(sweep.vary, ["parameters.stake=0..4:9"]);
/// let wrong = serde_json::from_str::<Question>(r#"{ "command": "sweep", "varry": "turns=1,2" }"#);
/// assert!(wrong.unwrap_err().to_string().contains("`sweep` has no option `varry`"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is asked.
    pub command: Command,
    /// What is laid over the scenario.
    pub layers: Layers,
    /// How it is evaluated.
    pub settings: Settings,
}

impl From<Command> for Question {
    fn from(command: Command) -> Self {
        Self { command, layers: Layers::default(), settings: Settings::default() }
    }
}

impl Question {
    /// Reads a question from its keys.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn read(map: Map<String, Value>) -> Result<Self, Vec<Fault>> {
        let mut fields = Fields::new(map);
        if let Some(form) = fields.whole("form", 0, u64::MAX).filter(|form| *form != u64::from(FORM)) {
            let why = format!("questions of form {form} are not known: this demarche reads form {FORM}");
            return Err(vec![Fault::of("form", why)]);
        }
        let name = fields.text("command");
        let Some(name) = fields.required("command", name) else {
            return Err(fields.finish("a question").into_iter().take(1).collect());
        };
        let layers = Layers::read(&mut fields);
        let settings = Settings::read(&mut fields);
        let command = Command::read(&name, &mut fields)?;
        let faults = fields.finish(&name);
        if faults.is_empty() { Ok(Self { command, layers, settings }) } else { Err(faults) }
    }

    /// The question as its keys, without what is as usual.
    #[must_use]
    pub fn write(&self) -> Map<String, Value> {
        let mut map = Map::new();
        map.insert("command".to_owned(), self.command.name().into());
        map.extend(self.command.write());
        self.layers.write(&mut map);
        self.settings.write(&mut map);
        map
    }

    /// The keys of settings to which it gives another value than the usual one, though they change nothing here.
    #[must_use]
    pub fn ignored(&self) -> Vec<&'static str> {
        let mut given = Map::new();
        self.settings.write(&mut given);
        self.command.ignores().into_iter().filter(|key| given.contains_key(*key)).collect()
    }

    /// The files that it names, each with the key that names it.
    #[must_use]
    pub fn files(&self) -> Vec<(&'static str, String)> {
        let mut files = Vec::new();
        // Looking changes nothing in a copy.
        self.clone().each_file(&mut |key, name| files.push((key, name.clone())));
        files
    }

    /// Goes through the names of the files that it names, which may be changed.
    pub fn each_file(&mut self, visit: &mut dyn FnMut(&'static str, &mut String)) {
        for layer in &mut self.layers.layers {
            if let LayerName::Overlay(name) = layer {
                visit("overlay", name);
            }
        }
        if let Some(given) = &mut self.settings.given {
            visit("given", given);
        }
        self.command.each_file(visit);
    }
}

impl Serialize for Question {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.write().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Question {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = Map::deserialize(deserializer)?;
        Self::read(map).map_err(|faults| {
            let all: Vec<String> = faults.iter().map(Fault::to_string).collect();
            serde::de::Error::custom(all.join("; "))
        })
    }
}
