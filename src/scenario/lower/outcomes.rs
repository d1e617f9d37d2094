//! `[outcomes]`: the classifications of final states.

use super::Lowering;
use super::conditions::Place;
use super::fields::{Entry, join};
use crate::scenario::{Classification, Diagnostic, Node, Outcome, Span, Value};

impl Lowering<'_, '_> {
    pub(super) fn outcomes(&mut self, node: Option<&Node>) {
        for entry in self.section(node, "outcomes") {
            let path = join("outcomes", entry.id);
            let outcomes: Vec<Outcome> = self
                .section(Some(entry.node), &path)
                .iter()
                .filter_map(|outcome| self.outcome(outcome, &path))
                .collect();
            if let Value::Table(_) = entry.node.value {
                self.check_rest(&outcomes, &path, entry.span);
            }
            let id = entry.id.to_owned();
            self.scenario.classifications.push(Classification { id, outcomes, span: entry.span });
        }
    }

    fn outcome(&mut self, entry: &Entry<'_>, path: &str) -> Option<Outcome> {
        let fields = self.fields(entry.node, join(path, entry.id))?;
        let notes = self.notes(&fields);
        let when = fields.take("when");
        let when = when.map(|node| self.condition(Some(node), &fields.path_of("when"), Place::Outcome));
        let ends = fields.take("ends").and_then(|node| self.boolean(node, &fields.path_of("ends")));
        let pays = fields.take("pays").map(|node| self.actor_amounts(node, &fields.path_of("pays")));
        self.finish(&fields);
        Some(Outcome {
            id: entry.id.to_owned(),
            when,
            ends: ends.unwrap_or(false),
            pays: pays.unwrap_or_default(),
            notes,
            span: entry.span,
        })
    }

    /// Exactly one outcome catches the rest.
    fn check_rest(&mut self, outcomes: &[Outcome], path: &str, span: Span) {
        let rest: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.when.is_none()).collect();
        match rest[..] {
            [_] => {}
            [] => {
                let message = format!("no outcome of `{path}` catches the rest: one must have no `when`");
                let error = Diagnostic::error("no-rest", span, message);
                self.errors
                    .push(error.help(format!("add `[{path}.other]`, or take the `when` from the last one")));
            }
            [first, ref others @ ..] => {
                for other in others {
                    let message = format!(
                        "`{}` and `{}` both have no `when`: only one outcome of `{path}` can catch the rest",
                        first.id, other.id
                    );
                    let error = Diagnostic::error("two-rests", other.span, message);
                    self.errors.push(error.label(first.span, "catches the rest already"));
                }
            }
        }
    }
}
