//! `[claims]`, and the `because` by which everything else cites them.

use super::Lowering;
use super::fields::{Fields, is_id, join};
use crate::scenario::suggest::did_you_mean;
use crate::scenario::{Because, Claim, Diagnostic, Node, Notes, Reason, Span, Value};

impl Lowering<'_, '_> {
    pub(super) fn claims(&mut self, node: Option<&Node>) {
        let entries = self.section(node, "claims");
        let mut rest = Vec::new();
        for entry in entries {
            let path = join("claims", entry.id);
            let Some(fields) = self.fields(entry.node, path) else { continue };
            let text = self.required_text(&fields, "text").unwrap_or_default();
            let source = fields.take("source").and_then(|node| self.text(node, &fields.path_of("source")));
            self.scenario.claims.push(Claim {
                id: entry.id.to_owned(),
                text: text.to_owned(),
                source: source.map(str::to_owned),
                span: entry.span,
            });
            rest.push(fields);
        }
        // A claim may cite another, so all are known first.
        for fields in rest {
            self.notes(&fields);
            self.finish(&fields);
        }
    }

    /// `title` and `because`, which any table may carry.
    pub(super) fn notes(&mut self, fields: &Fields<'_>) -> Notes {
        let title = fields.take("title").and_then(|node| self.text(node, &fields.path_of("title")));
        let because = fields.take("because").map(|node| self.because(node, &fields.path_of("because")));
        Notes { title: title.map(str::to_owned), because: because.unwrap_or_default() }
    }

    fn because(&mut self, node: &Node, path: &str) -> Because {
        let nodes = match &node.value {
            Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut reasons = Vec::with_capacity(nodes.len());
        for node in nodes {
            match &node.value {
                Value::String(text) => reasons.push(self.reason(text, node.span)),
                _ => drop(self.wrong_kind::<()>(node, path, "a text or a list of texts")),
            }
        }
        Because { reasons }
    }

    /// A citation, where it is the id of a claim; else the reason itself.
    pub(super) fn reason(&mut self, text: &str, span: Span) -> Reason {
        let claims = &self.scenario.claims;
        if let Some(claim) = claims.iter().position(|claim| claim.id == text) {
            return Reason::Claim(claim);
        }
        if is_id(text) && !claims.is_empty() {
            let message = format!("`{text}` is no claim, so it is taken for the reason itself");
            let warning = Diagnostic::warning("no-such-claim", span, message);
            let meant = did_you_mean(text, claims.iter().map(|claim| claim.id.as_str()));
            let claim_like = text.ends_with(|c: char| c.is_ascii_digit());
            match meant {
                Some(meant) => self.warnings.push(warning.help(format!("did you mean `{meant}`?"))),
                None if claim_like => self.warnings.push(warning),
                None => {}
            }
        }
        Reason::Text(text.to_owned())
    }
}
