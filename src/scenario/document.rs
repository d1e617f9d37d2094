//! A scenario with all that changes it: overlays, variants, assignments.

use super::diagnostic::{Diagnostic, Severity};
use super::layers::{self, Opening, load};
use super::lower::{Context, check_measures, lower};
use super::merge::merge;
use super::resolve::resolve;
use super::slots::Slots;
use super::source::{FileId, Library, Sources, Span};
use super::suggest::did_you_mean;
use super::tree::{Key, Table, Value};
use super::{Scenario, assignment, text};

/// What is to be read: a scenario's text and everything that changes it.
pub struct Request<'a> {
    /// The name of the text, as people typed it.
    pub name: &'a str,
    /// The text.
    pub text: &'a [u8],
    /// What is merged over it, in order.
    pub changes: Vec<Layer>,
    /// Assignments `PATH=VALUE`, made last.
    pub sets: Vec<String>,
    /// Where the files are that texts name.
    pub library: &'a dyn Library,
}

/// Something merged over a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Another file. One that is a whole scenario by itself is refused, see [`text_kind`]: two scenarios merged are
    /// neither of them.
    Overlay {
        /// Its name.
        name: String,
        /// Its text.
        text: Vec<u8>,
    },
    /// A variant that the scenario names.
    Variant(String),
    /// Assignments `PATH=VALUE` before further layers, each with the name that people know it by (`set 1`).
    /// However many there are, they count as one layer, as those made last do.
    Assignments(Vec<(String, String)>),
}

impl Layer {
    /// Assignments as people count those that they typed: `set 1`, `set 2`, ...
    #[must_use]
    pub fn numbered(sets: &[String]) -> Self {
        Self::Assignments(
            (1..).zip(sets).map(|(number, text)| (format!("set {number}"), text.clone())).collect(),
        )
    }
}

/// Everything that was understood, and everything that is wrong.
#[derive(Clone, Debug)]
pub struct Reading {
    /// All texts that were read.
    pub sources: Sources,
    /// What is wrong, and what is surely not meant.
    pub diagnostics: Vec<Diagnostic>,
    /// The scenario; `None` where there is an error among the diagnostics.
    pub document: Option<Document>,
}

/// A scenario, checked, with its variants.
#[derive(Clone, Debug)]
pub struct Document {
    /// The scenario, everything merged.
    pub scenario: Scenario,
    /// Each variant, over the scenario.
    pub variants: Vec<(String, Scenario)>,
    /// The slots of chance, of the scenario with all its variants.
    pub slots: Slots,
    /// The scenario as it was merged, as a text that runs alone.
    pub resolved: String,
}

impl Document {
    /// A variant by its name; the scenario itself where there is none.
    #[must_use]
    pub fn variant(&self, name: Option<&str>) -> Option<&Scenario> {
        match name {
            None => Some(&self.scenario),
            Some(name) => self.variants.iter().find(|(known, _)| known == name).map(|(_, scenario)| scenario),
        }
    }
}

/// Reads a scenario. O(the size of its texts, times one more than there are variants).
#[must_use]
pub fn read(request: &Request<'_>) -> Reading {
    let mut reader = Reader {
        own: Vec::new(),
        sources: Sources::default(),
        diagnostics: Vec::new(),
        library: request.library,
    };
    let document = reader.document(request);
    let Reader { sources, diagnostics, .. } = reader;
    let sound = diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
    Reading { sources, diagnostics, document: document.filter(|_| sound) }
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// A change of another scenario.
    Overlay,
    /// A scenario that can be read, and in which somebody moves, by itself or with what it extends.
    WholeScenario,
}

/// Whether a text is a whole scenario by itself. Cost: that of reading it.
#[must_use]
pub fn text_kind(name: &str, text: &[u8], library: &dyn Library) -> TextKind {
    let reading = read(&Request { name, text, changes: Vec::new(), sets: Vec::new(), library });
    match reading.document {
        Some(document) if !document.scenario.seats.is_empty() => TextKind::WholeScenario,
        _ => TextKind::Overlay,
    }
}

struct Reader<'a> {
    /// The texts of the scenario's own file and all that it extends.
    own: Vec<FileId>,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    library: &'a dyn Library,
}

impl Reader<'_> {
    fn document(&mut self, request: &Request<'_>) -> Option<Document> {
        let (merged, slots) = self.merged(request)?;
        let root = Span::default();
        let base = self.lower(&merged, root, request.name);
        // Who tries a number in a question owes nobody a reason.
        let sources = &self.sources;
        self.diagnostics
            .retain(|diagnostic| diagnostic.id != "no-because" || !sources.is_typed(diagnostic.span.file));
        let mut variants = Vec::new();
        for (key, changes) in variants_of(&merged) {
            let before = self.diagnostics.len();
            let mut tree = merged.clone();
            merge(&mut tree, &changes);
            if let Some(scenario) = self.lower(&tree, root, request.name) {
                variants.push((key.name.clone(), scenario));
            }
            self.keep_new_errors(before, &key.name);
        }
        let scenario = base?;
        let variant = |name: &str| variants.iter().find(|(known, _)| known == name).map(|(_, s)| s);
        check_measures(&scenario, variant, &mut self.diagnostics);
        let resolved = resolve(&merged, &scenario);
        Some(Document { scenario, variants, slots, resolved })
    }

    /// The tree after all layers and assignments, and the slots of chance.
    fn merged(&mut self, request: &Request<'_>) -> Option<(Table, Slots)> {
        let chain = self.load(request.name, request.text, false)?;
        self.own = chain.iter().map(|layer| layer.file).collect();
        let mut merged = Table::default();
        let mut slots = Slots::default();
        for layers::Layer { mut table, .. } in chain {
            table.remove("extends");
            self.check_variants(&table);
            merge(&mut merged, &table);
            slots.add_region(&union(&merged));
        }
        let last = Layer::numbered(&request.sets);
        let mut sound = true;
        for change in request.changes.iter().chain([&last]) {
            sound &= self.change(change, &mut merged, &mut slots).is_some();
        }
        sound.then_some((merged, slots))
    }

    fn load(&mut self, name: &str, bytes: &[u8], overlay: bool) -> Option<Vec<layers::Layer>> {
        let opening = Opening { name, bytes, overlay, library: self.library };
        load(&opening, &mut self.sources, &mut self.diagnostics)
    }

    /// The files that an overlay adds. One that extends the scenario that it is laid over, or a file which that
    /// extends, adds what it says beyond it; one that is another scenario is refused.
    fn overlay(&mut self, name: &str, text: &[u8]) -> Option<Vec<layers::Layer>> {
        let mut chain = self.load(name, text, true)?;
        let sources = &self.sources;
        let text_of = |file: FileId| sources.get(file).text.as_str();
        let own = |layer: &layers::Layer| self.own.iter().any(|own| text_of(*own) == text_of(layer.file));
        let before = chain.len();
        chain.retain(|layer| !own(layer));
        if chain.len() == before && text_kind(name, text, self.library) == TextKind::WholeScenario {
            let file = chain.last().map(|layer| layer.file).unwrap_or_default();
            let message = format!("`{name}` is a scenario by itself, not a change of another");
            let error = Diagnostic::error("whole-scenario", Span { file, start: 0, end: 0 }, message);
            self.diagnostics.push(error.help(
                "an overlay has what it changes alone; two whole scenarios can be compared with one another",
            ));
            return None;
        }
        Some(chain)
    }

    /// Makes assignments one after the other; `None` where any of them is wrong.
    fn assign(&mut self, assignments: &[(String, String)], merged: &mut Table) -> Option<()> {
        let mut sound = true;
        for (name, text) in assignments {
            if let Err(message) = text::check_size(text.as_bytes()) {
                let file = self.sources.add_typed(name.as_str(), "");
                self.diagnostics.push(Diagnostic::error(
                    "too-large",
                    Span { file, start: 0, end: 0 },
                    message,
                ));
                sound = false;
                continue;
            }
            let file = self.sources.add_typed(name.as_str(), text.as_str());
            match assignment::read(text, file, merged) {
                Ok(table) => {
                    self.check_variants(&table);
                    merge(merged, &table);
                }
                Err(mut errors) => {
                    self.diagnostics.append(&mut errors);
                    sound = false;
                }
            }
        }
        sound.then_some(())
    }

    fn change(&mut self, change: &Layer, merged: &mut Table, slots: &mut Slots) -> Option<()> {
        match change {
            Layer::Overlay { name, text } => {
                for layers::Layer { mut table, .. } in self.overlay(name, text)? {
                    table.remove("extends");
                    self.check_variants(&table);
                    merge(merged, &table);
                }
            }
            Layer::Variant(name) => {
                let variants = variants_of(merged);
                let Some((_, table)) = variants.iter().find(|(key, _)| key.name == *name) else {
                    let file = self.sources.add_typed("variant", name.as_str());
                    let unknown = Diagnostic::error(
                        "unknown-variant",
                        Span::new(file, &(0..name.len())),
                        format!("the scenario has no variant `{name}`"),
                    );
                    let names = variants.iter().map(|(key, _)| key.name.as_str());
                    self.diagnostics.push(match did_you_mean(name, names) {
                        Some(near) => unknown.help(format!("did you mean `{near}`?")),
                        None => unknown,
                    });
                    return None;
                };
                merge(merged, table);
            }
            Layer::Assignments(assignments) => self.assign(assignments, merged)?,
        }
        slots.add_region(&union(merged));
        Some(())
    }

    /// Variants must be tables, and change nothing that belongs to a file as a whole.
    fn check_variants(&mut self, table: &Table) {
        let Some(node) = table.get("variants") else { return };
        let Value::Table(variants) = &node.value else {
            self.diagnostics.push(Diagnostic::error(
                "wrong-type",
                node.span,
                "`variants` must be a table of variants: `[variants.NAME]`",
            ));
            return;
        };
        for (key, node) in &variants.entries {
            let Value::Table(changes) = &node.value else {
                let message = format!("variant `{}` must be a table of changes", key.name);
                self.diagnostics.push(Diagnostic::error("wrong-type", node.span, message));
                continue;
            };
            for name in ["format", "extends", "variants"] {
                if let Some((key, _)) = changes.entries.iter().find(|(key, _)| key.name == name) {
                    let message = format!("a variant cannot have `{name}` of its own");
                    self.diagnostics.push(Diagnostic::error("variant", key.span, message));
                }
            }
        }
    }

    fn lower(&mut self, tree: &Table, root: Span, name: &str) -> Option<Scenario> {
        let variants = variants_of(tree).into_iter().map(|(key, _)| key.name).collect();
        lower(
            tree,
            root,
            &mut Context {
                sources: &mut self.sources,
                library: self.library,
                diagnostics: &mut self.diagnostics,
                variants,
                name,
            },
        )
    }

    /// Of what a variant's reading found, keeps the errors that were not known before it.
    fn keep_new_errors(&mut self, before: usize, variant: &str) {
        for mut diagnostic in self.diagnostics.split_off(before) {
            let known = self
                .diagnostics
                .iter()
                .any(|known| known.span == diagnostic.span && known.id == diagnostic.id);
            if diagnostic.severity == Severity::Error && !known {
                diagnostic.message += &format!(" (in variant `{variant}`)");
                self.diagnostics.push(diagnostic);
            }
        }
    }
}

/// The variants that a tree names, with their changes. A variant's own `title` and `because` are not the
/// scenario's.
fn variants_of(tree: &Table) -> Vec<(Key, Table)> {
    let Some(Value::Table(variants)) = tree.get("variants").map(|node| &node.value) else {
        return Vec::new();
    };
    let changes = variants.entries.iter().filter_map(|(key, node)| match &node.value {
        Value::Table(changes) => {
            let mut changes = changes.clone();
            changes.remove("title");
            changes.remove("because");
            Some((key.clone(), changes))
        }
        _ => None,
    });
    changes.collect()
}

/// A tree with the changes of all its variants: everything that can own chance.
fn union(tree: &Table) -> Table {
    let mut all = tree.clone();
    for (_, changes) in variants_of(tree) {
        merge(&mut all, &changes);
    }
    all
}
