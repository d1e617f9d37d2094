//! `payoffs`, of issues and of none.

use super::Lowering;
use super::conditions::Place;
use super::fields::{Entry, Fields, join};
use crate::scenario::{IssueId, Node, Span, Term, VariableId};

impl Lowering<'_, '_> {
    pub(super) fn terms(&mut self, node: Option<&Node>, path: &str, issue: Option<IssueId>) {
        for entry in self.section(node, path) {
            if let Some(term) = self.term(&entry, join(path, entry.id), issue) {
                self.scenario.terms.push(term);
            }
        }
    }

    fn term(&mut self, entry: &Entry<'_>, path: String, issue: Option<IssueId>) -> Option<Term> {
        let fields = self.fields(entry.node, path.as_str())?;
        let notes = self.notes(&fields);
        let when = self.condition(fields.take("when"), &fields.path_of("when"), Place::Play(issue));
        let per = self.per(&fields);
        let pays = fields.take("pays");
        if pays.is_none() {
            self.missing(&fields, "pays");
        }
        let pays = pays.map(|node| self.actor_amounts(node, &fields.path_of("pays"))).unwrap_or_default();
        self.finish(&fields);
        Some(Term { id: entry.id.to_owned(), path, issue, when, per, pays, notes, span: entry.span })
    }

    /// The variable whose value multiplies.
    pub(super) fn per(&mut self, fields: &Fields<'_>) -> Option<VariableId> {
        let node = fields.take("per")?;
        let name = self.text(node, &fields.path_of("per"))?;
        self.variable_named(name, node.span)
    }

    pub(super) fn variable_named(&mut self, name: &str, span: Span) -> Option<VariableId> {
        let variables = &self.scenario.variables;
        if let Some(index) = variables.iter().position(|variable| variable.id == name) {
            return Some(VariableId::new(index));
        }
        let known: Vec<String> = variables.iter().map(|variable| variable.id.clone()).collect();
        self.unknown("variable", name, span, known.iter().map(String::as_str));
        None
    }
}
