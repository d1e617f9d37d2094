//! Everything that a question needs, gathered into a session.

use super::command::Command;
use super::failure::{Failure, Fault};
use super::question::Question;
use super::session::Session;
use super::source::Source;
use crate::scenario::Library;

impl Session {
    /// Reads a scenario for a question; texts that the source does not have, those that the question names among them,
    /// come from a library, and are kept. A function from a name to a text is a library.
    ///
    /// # Errors
    /// [`Failure::Text`] with everything that is wrong with the texts; [`Failure::Question`] for overlays that cannot be
    /// had.
    pub fn gather(mut source: Source, question: &Question, library: &dyn Library) -> Result<Self, Failure> {
        let mut faults = Vec::new();
        for (key, name) in question.files() {
            if source.file(&name).is_some() {
                continue;
            }
            match library.read("", &name) {
                Ok(text) => source.add(name, text),
                Err(why) if key == "overlay" => faults.push(Fault::of(key, format!("`{name}`: {why}"))),
                // Whoever answers the question says what is missing: it may be the name of a variant too.
                Err(_) => {}
            }
        }
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let other = match &question.command {
            Command::Compare(compare) => compare.with.clone(),
            _ => None,
        };
        if let Some(name) = other {
            source.complete(&name, library);
        }
        Self::read(source, &question.layers, library)
    }
}
