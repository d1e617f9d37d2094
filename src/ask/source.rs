//! The texts of a scenario: everything that is needed to read it, and to ask it again.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::form::FORM;
use crate::scenario::{Library, Request, beside, read};

/// The text of a scenario with every file that it, or a question about it, names.
///
/// It reads itself: nothing else has to be asked for a text, so that it can be kept in an output folder, sent to another
/// machine, or handed to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The scenario's name: the path of its file, as people typed it.
    pub name: String,
    text: Vec<u8>,
    /// Other files by their names: payoff tables, scenarios that are extended, overlays, histories, points.
    files: BTreeMap<String, Vec<u8>>,
}

impl Source {
    /// The text of a scenario that may name other files, which can be added by [`Source::add`].
    pub fn new(name: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), text: text.into(), files: BTreeMap::new() }
    }

    /// Adds a file under the name by which it is called.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Vec<u8>>) {
        self.files.insert(name.into(), text.into());
    }

    /// The scenario's text.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// A file by its name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// The names of the files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The same texts under other names: each file is called what `rename` makes of its name.
    #[must_use]
    pub fn renamed(&self, name: &str, rename: impl Fn(&str) -> String) -> Self {
        let files = self.files.iter().map(|(name, text)| (rename(name), text.clone()));
        Self { name: name.to_owned(), text: self.text.clone(), files: files.collect() }
    }
}

impl Source {
    /// Adds what another scenario among the files names, from a library.
    pub(super) fn complete(&mut self, name: &str, library: &dyn Library) {
        let text = self.file(name).unwrap_or_default().to_vec();
        gathered(self, library, |_, library| {
            read(&Request { name, text: &text, changes: Vec::new(), sets: Vec::new(), library })
        });
    }
}

/// Reads with a source and a library, and keeps in the source what the library gave.
pub(super) fn gathered<R>(
    source: &mut Source,
    library: &dyn Library,
    read: impl FnOnce(&Source, &dyn Library) -> R,
) -> R {
    let gathering = Gathering { source, library, found: Mutex::default() };
    let made = read(source, &gathering);
    for (name, text) in gathering.found.into_inner().unwrap_or_else(PoisonError::into_inner) {
        source.add(name, text);
    }
    made
}

/// Keeps what a library gives.
struct Gathering<'a> {
    source: &'a Source,
    library: &'a dyn Library,
    found: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Library for Gathering<'_> {
    fn read(&self, from: &str, path: &str) -> Result<Vec<u8>, String> {
        if let Ok(kept) = self.source.read(from, path) {
            return Ok(kept);
        }
        let text = self.library.read(from, path)?;
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.insert(beside(from, path), text.clone());
        Ok(text)
    }
}

/// The files of a source, as the scenario's texts name them.
impl Library for Source {
    fn read(&self, from: &str, path: &str) -> Result<Vec<u8>, String> {
        let kept = self.files.get(&beside(from, path));
        kept.cloned().ok_or_else(|| "is not among the texts of the scenario".to_owned())
    }
}

/// How a source is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    form: u32,
    name: String,
    text: String,
    files: BTreeMap<String, String>,
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |bytes: &[u8]| {
            let why = |_| serde::ser::Error::custom("a text of the scenario is not UTF-8");
            String::from_utf8(bytes.to_vec()).map_err(why)
        };
        let files = self.files.iter().map(|(name, bytes)| Ok((name.clone(), text(bytes)?)));
        let written = Written {
            form: FORM,
            name: self.name.clone(),
            text: text(&self.text)?,
            files: files.collect::<Result<_, S::Error>>()?,
        };
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        if written.form != FORM {
            let form = written.form;
            return Err(serde::de::Error::custom(format!(
                "a source of form {form} is not known: this demarche reads form {FORM}"
            )));
        }
        let files = written.files.into_iter().map(|(name, text)| (name, text.into_bytes()));
        Ok(Self { name: written.name, text: written.text.into_bytes(), files: files.collect() })
    }
}
