//! `[parameters]`: known, derived and uncertain numbers.

use super::Lowering;
use super::amounts::literal_expression;
use super::fields::{Entry, Fields, join};
use crate::scenario::dependencies::dependency_order;
use crate::scenario::format;
use crate::scenario::{
    Diagnostic, Distribution, Expression, Node, Notes, Parameter, ParameterId, ParameterKind, Value,
};

impl Lowering<'_, '_> {
    pub(super) fn parameters(&mut self, node: Option<&Node>) {
        let entries = self.section(node, "parameters");
        // All names are known before the first expression is read.
        self.scenario.parameters = entries
            .iter()
            .map(|entry| Parameter {
                id: entry.id.to_owned(),
                kind: ParameterKind::Known(Expression::Number(1.0)),
                notes: Notes::default(),
                span: entry.span,
            })
            .collect();
        let ids = entries.iter().enumerate();
        self.parameter_ids =
            ids.map(|(index, entry)| (entry.id.to_owned(), ParameterId::new(index))).collect();
        for (index, entry) in entries.iter().enumerate() {
            if let Some((kind, notes)) = self.parameter(entry) {
                self.scenario.parameters[index].kind = kind;
                self.scenario.parameters[index].notes = notes;
            }
        }
        self.check_circles();
    }

    fn parameter(&mut self, entry: &Entry<'_>) -> Option<(ParameterKind, Notes)> {
        let path = join("parameters", entry.id);
        if let Value::Table(_) = entry.node.value {
            return self.parameter_table(entry.node, path);
        }
        Some((ParameterKind::Known(self.known(entry.node, &path)?), Notes::default()))
    }

    fn known(&mut self, node: &Node, path: &str) -> Option<Expression> {
        match &node.value {
            Value::Number(written) => self.literal(node, path).map(|_| literal_expression(written)),
            Value::String(text) => self.expression(text, path, node.span),
            _ => self.wrong_kind(
                node,
                path,
                "a number, an expression, or a table such as `{ uniform = [1, 2] }`",
            ),
        }
    }

    fn parameter_table(&mut self, node: &Node, path: String) -> Option<(ParameterKind, Notes)> {
        let fields = self.fields(node, path)?;
        let notes = self.notes(&fields);
        let names = || format::shapes().map(|(name, _)| name);
        let given = std::iter::once("value").chain(names());
        let given: Vec<_> = given.filter_map(|name| Some((fields.take(name)?, name))).collect();
        let errors_before = self.errors.len();
        self.finish(&fields);
        match given[..] {
            [(node, "value")] => {
                Some((ParameterKind::Known(self.known(node, &fields.path_of("value"))?), notes))
            }
            [(node, name)] => {
                Some((ParameterKind::Uncertain(self.distribution(node, name, &fields)?), notes))
            }
            [] if errors_before < self.errors.len() => None,
            [] => {
                let message = format!("`{}` needs a `value` or a distribution", fields.path);
                let names: Vec<&str> = names().collect();
                let error = Diagnostic::error("missing-key", node.span, message);
                self.errors.push(error.help(format!("distributions: {}", names.join(", "))));
                None
            }
            [(_, first), (second, name), ..] => {
                let message =
                    format!("`{}` has both `{first}` and `{name}`: it can be only one", fields.path);
                self.error("conflicting-keys", second.span, message);
                None
            }
        }
    }

    fn distribution(&mut self, node: &Node, name: &str, fields: &Fields<'_>) -> Option<Distribution> {
        let path = fields.path_of(name);
        let items = self.list(node, &path)?;
        let numbers: Vec<f64> = items.iter().filter_map(|item| self.literal(item, &path)).collect();
        if numbers.len() < items.len() {
            return None;
        }
        match Distribution::new(name, &numbers) {
            Ok(distribution) => Some(distribution),
            Err(rule) => {
                self.error("bad-distribution", node.span, format!("`{path}` {rule}"));
                None
            }
        }
    }

    /// Derived parameters that rest on themselves.
    fn check_circles(&mut self) {
        let (_, circles) = dependency_order(&self.scenario.parameters);
        for circle in circles {
            let parameter = |id: &ParameterId| &self.scenario.parameters[id.index()];
            let names: Vec<&str> = circle.iter().map(|id| parameter(id).id.as_str()).collect();
            let way = [&names[..], &names[..1]].concat().join("` -> `");
            let message = format!("parameter `{}` depends on itself: `{way}`", names[0]);
            let mut error = Diagnostic::error("circle", parameter(&circle[0]).span, message);
            for id in &circle[1..] {
                error = error.label(parameter(id).span, "part of the circle");
            }
            self.errors.push(error);
        }
    }
}
