//! From the merged tree to the checked scenario, finding everything that is wrong on the way.
//!
//! A file for each part of the format. Every part is read even where an earlier one was wrong: whatever
//! has an id keeps its place in the scenario under construction, so that one slip is reported once and
//! not wherever the id is used. Nothing here knows of files, overlays or how a scenario is played.

mod actors;
mod amounts;
mod availability;
mod claims;
mod conditions;
mod effects;
mod facts;
mod fields;
mod issues;
mod learning;
mod measures;
mod outcomes;
mod parameters;
mod script;
mod sizes;
mod studies;
mod tables;
mod terms;
#[cfg(test)]
mod tests;
mod variables;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use facts::check_measures;
use fields::Fields;
pub(crate) use fields::thousands;

use super::{Diagnostic, Library, Node, ParameterId, Scenario, Sources, Span, Table, Value, lint};

/// What the lowering rests on, and where it leaves what it finds.
pub(crate) struct Context<'a> {
    /// The texts read so far; payoff tables are added.
    pub sources: &'a mut Sources,
    /// Where payoff tables are.
    pub library: &'a dyn Library,
    /// What is wrong; added to.
    pub diagnostics: &'a mut Vec<Diagnostic>,
    /// The names of the scenario's variants.
    pub variants: Vec<String>,
    /// The title of a scenario that has none.
    pub name: &'a str,
}

/// Errors that are told one by one, at most: nobody reads more at a time.
const MAX_ERRORS: usize = 1_000;

/// The scenario that a merged tree stands for. `None` iff an error was reported; warnings are reported
/// only where there are no errors. Measures that facts name are not looked up here, since they may
/// belong to variants: see [`check_measures`].
pub(crate) fn lower(root: &Table, root_span: Span, context: &mut Context<'_>) -> Option<Scenario> {
    let mut lowering = Lowering::new(context);
    lowering.scenario(root, root_span);
    let Lowering { context, scenario, mut errors, mut warnings, .. } = lowering;
    if errors.is_empty() {
        errors = scenario.numbers(&scenario.central()).err().unwrap_or_default();
    }
    if errors.is_empty() {
        warnings.extend(lint::lint(&scenario, &mentions(root)));
        warnings.sort_by_key(|warning| warning.span);
        context.diagnostics.append(&mut warnings);
        return Some(scenario);
    }
    errors.sort_by_key(|error| error.span);
    context.diagnostics.extend(first_of(errors));
    None
}

/// The first errors, and how many more there are.
fn first_of(mut errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let more = errors.split_off(errors.len().min(MAX_ERRORS));
    if let Some(next) = more.first() {
        let message = format!("and {} more errors, from here on", thousands(more.len() as i128));
        errors.push(Diagnostic::error("more", next.span, message));
    }
    errors
}

/// A scenario under construction, which is also what its later parts look names up in.
struct Lowering<'c, 'a> {
    context: &'c mut Context<'a>,
    scenario: Scenario,
    /// Amounts name parameters so often that a search through the list would be felt.
    parameter_ids: BTreeMap<String, ParameterId>,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl<'c, 'a> Lowering<'c, 'a> {
    fn new(context: &'c mut Context<'a>) -> Self {
        let scenario = Scenario {
            title: context.name.to_owned(),
            turns: 1,
            turn: "turn".to_owned(),
            parameters: Vec::new(),
            variables: Vec::new(),
            actors: Vec::new(),
            issues: Vec::new(),
            seats: Vec::new(),
            terms: Vec::new(),
            effects: Vec::new(),
            classifications: Vec::new(),
            measures: Vec::new(),
            claims: Vec::new(),
            facts: Vec::new(),
            studies: Vec::new(),
            variants: context.variants.clone(),
        };
        let (errors, warnings) = (Vec::new(), Vec::new());
        Self { context, scenario, parameter_ids: BTreeMap::new(), errors, warnings }
    }

    /// Every part after those that it names.
    fn scenario(&mut self, root: &Table, span: Span) {
        let fields = Fields::new(root, span, "");
        self.head(&fields);
        self.claims(fields.take("claims"));
        self.notes(&fields);
        self.parameters(fields.take("parameters"));
        self.variables(fields.take("variables"));
        self.actors(fields.take("actors"));
        let issues = fields.take("issues");
        self.issues(issues);
        self.script(fields.take("script"));
        self.issues_terms(issues);
        self.terms(fields.take("payoffs"), "payoffs", None);
        self.issues_effects(issues);
        self.effects(fields.take("events"), "events", None);
        self.outcomes(fields.take("outcomes"));
        self.measures(fields.take("measures"));
        self.facts(fields.take("facts"));
        self.studies(fields.take("studies"));
        self.finish(&fields);
        self.check_sizes();
        if self.errors.is_empty() {
            self.check_availability();
        }
    }

    fn head(&mut self, fields: &Fields<'_>) {
        match fields.take("turns") {
            Some(node) => {
                let turns = self.whole(node, "turns");
                self.scenario.turns = turns.map_or(1, i32::unsigned_abs);
            }
            None => self.missing(fields, "turns"),
        }
        if let Some(turn) = fields.take("turn").and_then(|node| self.text(node, "turn")) {
            turn.clone_into(&mut self.scenario.turn);
        }
        if let Some(title) = fields.take("title").and_then(Node::as_str) {
            title.clone_into(&mut self.scenario.title);
        }
    }
}

/// What the text mentions beyond what the scenario itself holds.
#[derive(Default)]
pub(crate) struct Mentions {
    /// Every reason given anywhere, variants among it.
    pub reasons: BTreeSet<String>,
    /// Every word in a key or text of a variant: it may use what the scenario itself does not.
    pub variants: BTreeSet<String>,
}

fn mentions(root: &Table) -> Mentions {
    let mut mentions = Mentions::default();
    collect_reasons(root, &mut mentions.reasons);
    if let Some(variants) = root.get("variants") {
        collect_words(&variants.value, &mut mentions.variants);
    }
    mentions
}

fn collect_reasons(table: &Table, reasons: &mut BTreeSet<String>) {
    for (key, node) in &table.entries {
        match &node.value {
            Value::String(text) if key.name == "because" => {
                reasons.insert(text.clone());
            }
            Value::Array(items) => {
                if key.name == "because" {
                    reasons.extend(items.iter().filter_map(Node::as_str).map(str::to_owned));
                }
                items.iter().filter_map(Node::as_table).for_each(|table| collect_reasons(table, reasons));
            }
            Value::Table(table) => collect_reasons(table, reasons),
            _ => {}
        }
    }
}

fn collect_words(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => add_words(text, words),
        Value::Array(items) => items.iter().for_each(|item| collect_words(&item.value, words)),
        Value::Table(table) => {
            for (key, node) in &table.entries {
                add_words(&key.name, words);
                collect_words(&node.value, words);
            }
        }
        _ => {}
    }
}

fn add_words(text: &str, words: &mut BTreeSet<String>) {
    let separated = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.extend(separated.map(str::to_owned));
}
