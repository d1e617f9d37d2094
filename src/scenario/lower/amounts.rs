//! Amounts, wherever they stand: numbers and expressions of parameters.

use std::ops::Range;

use super::Lowering;
use super::fields::{number, suggestion};
use crate::scenario::amount::Writing;
use crate::scenario::expression::{self, ExpressionError, Problem};
use crate::scenario::{Amount, Diagnostic, Expression, Node, Sources, Span, Value, decimal_comma};

impl Lowering<'_, '_> {
    /// A number or an expression.
    pub(super) fn amount(&mut self, node: &Node, path: String) -> Option<Amount> {
        match &node.value {
            Value::Number(written) => {
                let value = self.literal(node, &path)?;
                let expression = Expression::Number(value);
                Some(Amount::new(expression, path, written, Writing::at(node.span)))
            }
            Value::String(text) => self.written_amount(text, path, node.span),
            _ => self.wrong_kind(node, &path, "a number or an expression"),
        }
    }

    /// An expression that stands as `text` somewhere in `span`.
    pub(super) fn written_amount(&mut self, text: &str, path: String, span: Span) -> Option<Amount> {
        let expression = self.expression(text, &path, span)?;
        Some(Amount::new(expression, path, text.trim(), Writing::at(span)))
    }

    /// The amount that the format lays down where the file is silent.
    pub(super) fn default_amount(value: u32, path: String, span: Span) -> Amount {
        let expression = Expression::Number(f64::from(value));
        Amount::new(expression, path, &value.to_string(), Writing::left_out(span))
    }

    /// The amount of an optional key.
    pub(super) fn amount_or(
        &mut self,
        node: Option<&Node>,
        default: u32,
        path: String,
        span: Span,
    ) -> Amount {
        let amount = node.and_then(|node| self.amount(node, path.clone()));
        amount.unwrap_or_else(|| Self::default_amount(default, path, span))
    }

    pub(super) fn expression(&mut self, text: &str, path: &str, span: Span) -> Option<Expression> {
        let resolve = |name: &str| self.parameter_ids.get(name).copied();
        match expression::parse(text, resolve) {
            Ok(expression) => Some(expression),
            Err(problems) => {
                for problem in problems {
                    let error = self.expression_error(problem, text, path, span);
                    self.errors.push(error);
                }
                None
            }
        }
    }

    fn expression_error(&self, error: ExpressionError, text: &str, path: &str, span: Span) -> Diagnostic {
        let place = place_within(self.context.sources, span, text, &error.range);
        match error.problem {
            Problem::Malformed(message) => {
                let message = format!("in the expression of `{path}`: {message}");
                let error = Diagnostic::error("bad-expression", place, message);
                match decimal_comma(text) {
                    Some(help) => error.help(help),
                    None => error,
                }
            }
            Problem::UnknownParameter(name) => {
                let known: Vec<&str> =
                    self.scenario.parameters.iter().map(|known| known.id.as_str()).collect();
                let typed = name.strip_prefix("parameters.").unwrap_or(&name);
                let error = Diagnostic::error("unknown-id", place, format!("unknown parameter `{name}`"));
                let help = if self.may_suggest() { suggestion(typed, &known) } else { None };
                match help {
                    Some(help) => error.help(help),
                    None if known.is_empty() => error.help("the scenario has no parameters"),
                    None => error,
                }
            }
        }
    }
}

/// The number that a text of a TOML number stands for, as an expression.
pub(super) fn literal_expression(written: &str) -> Expression {
    Expression::Number(number(written))
}

/// Where a range of bytes of `text` stands, given that `text` stands somewhere in `span`; all of `span`
/// where it is written with escapes.
fn place_within(sources: &Sources, span: Span, text: &str, range: &Range<usize>) -> Span {
    let whole = &sources.get(span.file).text;
    let written = whole.get(span.start as usize..span.end as usize).unwrap_or_default();
    let byte = |at: usize| u32::try_from(at).ok().and_then(|at| span.start.checked_add(at));
    let inside = written.find(text).filter(|_| !text.is_empty()).and_then(|offset| {
        Some(Span { file: span.file, start: byte(offset + range.start)?, end: byte(offset + range.end)? })
    });
    inside.unwrap_or(span)
}
