//! `compare`: a scenario against a changed one, on the same random numbers.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use super::session::{Session, has_errors};
use crate::scenario::{Diagnostic, Document, Layer, Severity, did_you_mean, is_assignment};
use crate::study::{Comparing, Comparison, compare, compare_apart};

/// What is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CompareOptions {
    /// What makes the other scenario: assignments `PATH=VALUE`, variants, files of overlays; merged in their order over
    /// everything that the scenario has.
    pub against: Vec<String>,
    /// The file of another scenario, in place of changes of this one. Where both have the same structure, plays are
    /// paired; else the two are run apart.
    pub with: Option<String>,
    /// The measures that are compared; none: outcomes, the scenario's measures, scores, turns and final values.
    pub of: Vec<String>,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompareFindings {
    /// What makes the other scenario.
    pub changes: Vec<Change>,
    /// What differs.
    pub comparison: Comparison,
    /// Whether each play was held against the same play of the other: where not, the two were run apart.
    pub paired: bool,
}

/// One change of what makes the other scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// `assignment`, `variant`, `overlay` or `scenario`.
    pub kind: String,
    /// As it was written.
    pub text: String,
}

impl Options for CompareOptions {
    type Findings = CompareFindings;

    fn read(fields: &mut Fields) -> Self {
        let against = Some(fields.texts("against")).filter(|against| !against.is_empty());
        let with = fields.text("with");
        let against = if with.is_some() { against } else { fields.required("against", against) };
        if with.is_some() && against.is_some() {
            fields.fault("against", "another scenario is compared as it is: leave out one of the two");
        }
        Self { against: against.unwrap_or_default(), with, of: fields.texts("of") }
    }

    fn each_file(&mut self, visit: &mut dyn FnMut(&'static str, &mut String)) {
        // What is no assignment may be a variant too: whoever looks for the file sees whether there is one.
        if let Some(with) = &mut self.with {
            visit("with", with);
        }
        for name in self.against.iter_mut().filter(|text| !is_assignment(text)) {
            visit("against", name);
        }
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        let layers = self.layers(asking.session).into_iter().filter_map(Result::err);
        let missing = self.with.as_deref().filter(|name| asking.session.source().file(name).is_none());
        let missing = missing.map(|name| Fault::of("with", format!("there is no file `{name}`")));
        let faults: Vec<Fault> = layers.map(|why| Fault::of("against", why)).chain(missing).collect();
        if faults.is_empty() { self.unknown_measures(asking.session) } else { faults }
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let (sampling, method) = (asking.sampling.clone(), asking.settings.method);
        let here = asking.session.document();
        let (changes, there) = match &self.with {
            Some(name) => {
                let change = Change { kind: "scenario".to_owned(), text: name.clone() };
                (vec![change], another(asking, name)?)
            }
            None => self.changed(asking)?,
        };
        let paired = self.with.is_none() || here.slots == there.slots;
        let compare = if paired { compare } else { compare_apart };
        let (one, other) = (asking.session.prepared()?, asking.session.prepare(&there)?);
        let how = Comparing { of: &self.of, settings: &sampling, method, watch: asking.watch };
        let comparison = compare(&one, &other, &how)?;
        let method = comparison.by;
        let findings = CompareFindings { changes, comparison, paired };
        Ok(Found { findings, method, sampling })
    }
}

/// Another scenario, from its file.
fn another(asking: &Asking<'_>, name: &str) -> Result<Document, Failure> {
    let reading = asking.session.reading_of(name);
    let sources = Box::new(reading.sources);
    if !has_errors(&reading.diagnostics) && !reading.diagnostics.is_empty() {
        asking.watch.warns(&reading.diagnostics, &sources);
    }
    reading.document.ok_or(Failure::Text { diagnostics: reading.diagnostics, sources })
}

impl CompareOptions {
    /// The measures that neither scenario has.
    fn unknown_measures(&self, session: &Session) -> Vec<Fault> {
        let here = &session.document().scenario;
        let mut wrong: Vec<(&String, String)> =
            self.of.iter().filter_map(|path| Some((path, here.measure(path).err()?))).collect();
        if !wrong.is_empty() {
            let further = self.layers(session).into_iter().flatten().map(|(_, layer)| layer);
            let there = match &self.with {
                Some(name) => session.reading_of(name),
                None => session.reading_over(further.collect()),
            };
            // Where the other cannot be read, that is what is told.
            let Some(there) = there.document else { return Vec::new() };
            wrong.retain(|(path, _)| there.scenario.measure(path).is_err());
        }
        wrong.into_iter().map(|(_, why)| Fault::of("of", why)).collect()
    }

    /// Each change with what it is; or what is wrong with it.
    fn layers(&self, session: &Session) -> Vec<Result<(&'static str, Layer), String>> {
        (1..).zip(&self.against).map(|(number, text)| change(text, number, session)).collect()
    }

    /// The changes, and the scenario that they make.
    fn changed(&self, asking: &Asking<'_>) -> Result<(Vec<Change>, Document), Failure> {
        let layers: Vec<(&'static str, Layer)> = self.layers(asking.session).into_iter().flatten().collect();
        let kinds = layers.iter().zip(&self.against);
        let changes =
            kinds.map(|((kind, _), text)| Change { kind: (*kind).to_owned(), text: text.clone() }).collect();
        Ok((changes, Self::other(asking, layers)?))
    }

    /// The other scenario.
    fn other(asking: &Asking<'_>, layers: Vec<(&'static str, Layer)>) -> Result<Document, Failure> {
        let session = asking.session;
        let reading = session.reading_over(layers.into_iter().map(|(_, layer)| layer).collect());
        // What was told of the scenario itself is not told again.
        let new = |diagnostic: &Diagnostic| {
            let known = |known: &Diagnostic| known.id == diagnostic.id && known.message == diagnostic.message;
            diagnostic.severity == Severity::Error || !session.warnings().iter().any(known)
        };
        let diagnostics: Vec<Diagnostic> = reading.diagnostics.into_iter().filter(new).collect();
        let sources = Box::new(reading.sources);
        if !has_errors(&diagnostics) && !diagnostics.is_empty() {
            asking.watch.warns(&diagnostics, &sources);
        }
        reading.document.ok_or(Failure::Text { diagnostics, sources })
    }
}

/// What a text is: an assignment where it has an equals sign outside quotes, else a variant of that name, else the file
/// of an overlay.
fn change(text: &str, number: usize, session: &Session) -> Result<(&'static str, Layer), String> {
    if is_assignment(text) {
        let named = (format!("against {number}"), text.to_owned());
        return Ok(("assignment", Layer::Assignments(vec![named])));
    }
    let variants = &session.document().scenario.variants;
    if variants.iter().any(|known| known == text) {
        return Ok(("variant", Layer::Variant(text.to_owned())));
    }
    if let Some(overlay) = session.source().file(text) {
        return Ok(("overlay", Layer::Overlay { name: text.to_owned(), text: overlay.to_vec() }));
    }
    let known = match did_you_mean(text, variants.iter().map(String::as_str)) {
        Some(near) => format!("did you mean the variant `{near}`?"),
        None if variants.is_empty() => "the scenario has no variants; a change is PATH=VALUE".to_owned(),
        None => {
            let names: Vec<String> = variants.iter().map(|name| format!("`{name}`")).collect();
            format!("there are the variants {}; a change is PATH=VALUE", names.join(", "))
        }
    };
    Err(format!("there is neither a variant nor a file `{text}`: {known}"))
}
