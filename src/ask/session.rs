//! A scenario that was read and compiled once.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use super::failure::Failure;
use super::layers::{LayerName, Layers};
use super::source::{Source, gathered};
use crate::scenario::{
    Diagnostic, Document, History, Layer, Library, Reading, Request, Severity, Sources, Span, read,
};
use crate::study::{Prepared, Shared, StudyError};

/// A scenario, read and compiled once, that answers any number of questions.
///
/// Questions that change the scenario are answered from its own texts; what has the same structure is not compiled
/// again.
#[derive(Clone, Debug)]
pub struct Session {
    source: Arc<Source>,
    layers: Layers,
    document: Arc<Document>,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    /// Games compiled so far, for scenarios of equal structure.
    games: Arc<Mutex<Shared>>,
}

impl Session {
    /// Reads a scenario from its own texts alone.
    ///
    /// # Errors
    /// [`Failure::Text`] with everything that is wrong with the texts.
    pub fn open(source: Source, layers: &Layers) -> Result<Self, Failure> {
        Self::read(source, layers, &Nowhere)
    }

    pub(super) fn read(mut source: Source, layers: &Layers, library: &dyn Library) -> Result<Self, Failure> {
        let reading = gathered(&mut source, library, |source, library| layered(source, layers, library));
        let session = |document| Self {
            source: Arc::new(source),
            layers: layers.clone(),
            document: Arc::new(document),
            sources: Sources::default(),
            diagnostics: Vec::new(),
            games: Arc::default(),
        };
        let Reading { sources, diagnostics, document } = reading;
        match document {
            Some(document) => Ok(Self { sources, diagnostics, ..session(document) }),
            None => Err(Failure::Text { diagnostics, sources: Box::new(sources) }),
        }
    }

    /// The same scenario under other layers: itself, where they are the ones that it has.
    ///
    /// # Errors
    /// [`Failure::Text`] with everything that is then wrong.
    pub fn under(&self, layers: &Layers) -> Result<Cow<'_, Self>, Failure> {
        if *layers == self.layers {
            return Ok(Cow::Borrowed(self));
        }
        let other = Self::open(self.source.as_ref().clone(), layers)?;
        Ok(Cow::Owned(Self { games: Arc::clone(&self.games), ..other }))
    }

    /// The same scenario with more assignments `PATH=VALUE`, made last.
    #[must_use]
    pub fn reading_with(&self, sets: &[String]) -> Reading {
        let mut layers = self.layers.clone();
        layers.set.extend_from_slice(sets);
        layered(&self.source, &layers, self.source.as_ref())
    }

    /// The same scenario with further layers over all that it has.
    #[must_use]
    pub fn reading_over(&self, further: Vec<Layer>) -> Reading {
        let mut all = named(&self.source, &self.layers);
        all.push(Layer::numbered(&self.layers.set));
        all.extend(further);
        let source = self.source.as_ref();
        read(&Request {
            name: &source.name,
            text: source.text(),
            changes: all,
            sets: Vec::new(),
            library: source,
        })
    }

    /// Another scenario among the texts, by the name of its file.
    #[must_use]
    pub fn reading_of(&self, name: &str) -> Reading {
        let source = self.source.as_ref();
        let text = source.file(name).unwrap_or_default();
        read(&Request { name, text, changes: Vec::new(), sets: Vec::new(), library: source })
    }

    /// The scenario with its texts.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Adds a file to the texts, for questions that name it.
    pub fn add_file(&mut self, name: impl Into<String>, text: impl Into<Vec<u8>>) {
        Arc::make_mut(&mut self.source).add(name, text);
    }

    /// What is laid over the scenario.
    #[must_use]
    pub fn layers(&self) -> &Layers {
        &self.layers
    }

    /// The checked scenario with its variants.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// All texts that were read, in the order of their reading.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What is legal in the texts, but surely not meant.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The scenario with its compiled game.
    ///
    /// # Errors
    /// If the game is too large to be computed with.
    pub fn prepared(&self) -> Result<Prepared<'_>, StudyError> {
        self.prepare(&self.document)
    }

    /// A change of the scenario with its compiled game: one that was compiled before, where the structure is equal.
    ///
    /// # Errors
    /// If the game is too large to be computed with.
    pub(super) fn prepare<'d>(&self, document: &'d Document) -> Result<Prepared<'d>, StudyError> {
        let mut games = self.games.lock().unwrap_or_else(PoisonError::into_inner);
        games.prepare(&document.scenario, &document.slots)
    }

    /// What has been observed, from a file of the source, and the texts with that file among them.
    ///
    /// # Errors
    /// [`Failure::Text`] with everything that is wrong with the file.
    pub fn history(&self, name: &str) -> Result<(History, Sources), Failure> {
        let mut sources = self.sources.clone();
        let read = if let Some(text) = self.source.file(name) {
            History::read(name, text, &self.document.scenario, &mut sources)
        } else {
            let span = Span { file: sources.add(name, ""), start: 0, end: 0 };
            let message = "the history is not among the texts of the scenario";
            Err(vec![Diagnostic::error("no-file", span, message)])
        };
        match read {
            Ok(history) => Ok((history, sources)),
            Err(diagnostics) => Err(Failure::Text { diagnostics, sources: Box::new(sources) }),
        }
    }
}

/// Reads a source under layers.
fn layered(source: &Source, layers: &Layers, library: &dyn Library) -> Reading {
    read(&Request {
        name: &source.name,
        text: source.text(),
        changes: named(source, layers),
        sets: layers.set.clone(),
        library,
    })
}

/// The layers with their texts. An overlay that the source does not have is empty: whoever gathers a source has told
/// that it cannot be read.
fn named(source: &Source, layers: &Layers) -> Vec<Layer> {
    let layer = |layer: &LayerName| match layer {
        LayerName::Variant(name) => Layer::Variant(name.clone()),
        LayerName::Overlay(name) => {
            Layer::Overlay { name: name.clone(), text: source.file(name).unwrap_or_default().to_vec() }
        }
    };
    layers.layers.iter().map(layer).collect()
}

/// A library that has nothing.
struct Nowhere;

impl Library for Nowhere {
    fn read(&self, _: &str, _: &str) -> Result<Vec<u8>, String> {
        Err("is not among the texts of the scenario".to_owned())
    }
}

/// Whether any of some findings is an error.
pub(super) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
