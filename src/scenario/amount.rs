//! Amounts: numbers, or expressions of parameters, that a draw turns into numbers.

use super::format::{self, Range};
use super::{ParameterId, Span};

/// An arithmetic expression over the scenario's parameters.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A literal.
    Number(f64),
    /// A parameter's value.
    Parameter(ParameterId),
    /// `-x`
    Negative(Box<Expression>),
    /// `x + y`
    Sum(Box<Expression>, Box<Expression>),
    /// `x - y`
    Difference(Box<Expression>, Box<Expression>),
    /// `x * y`
    Product(Box<Expression>, Box<Expression>),
    /// `x / y`
    Quotient(Box<Expression>, Box<Expression>),
}

impl Expression {
    /// The value under `parameters`, one number per parameter of the scenario, in its order. May be
    /// infinite or not a number: whoever asks checks.
    #[must_use]
    pub fn value(&self, parameters: &[f64]) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Parameter(id) => parameters[id.index()],
            Self::Negative(x) => -x.value(parameters),
            Self::Sum(x, y) => x.value(parameters) + y.value(parameters),
            Self::Difference(x, y) => x.value(parameters) - y.value(parameters),
            Self::Product(x, y) => x.value(parameters) * y.value(parameters),
            Self::Quotient(x, y) => x.value(parameters) / y.value(parameters),
        }
    }

    /// Calls `visit` with every parameter named.
    pub fn each_parameter(&self, visit: &mut impl FnMut(ParameterId)) {
        match self {
            Self::Number(_) => {}
            Self::Parameter(id) => visit(*id),
            Self::Negative(x) => x.each_parameter(visit),
            Self::Sum(x, y) | Self::Difference(x, y) | Self::Product(x, y) | Self::Quotient(x, y) => {
                x.each_parameter(visit);
                y.each_parameter(visit);
            }
        }
    }
}

/// An amount somewhere in a scenario: its expression, its path (`issues.trade.payoffs.pain.pays.delta`),
/// how it was written, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// What it is worth.
    pub expression: Expression,
    /// The path by which it can be tweaked.
    pub path: String,
    /// As it stands in the file: `2`, or `prestige + 0.5 * rebuild`.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether the file writes it; else it is what the format lays down.
    pub written: bool,
    /// In which range it must be.
    pub range: Range,
}

/// Where an amount stands.
#[derive(Clone, Copy)]
pub(crate) struct Writing {
    span: Span,
    written: bool,
}

impl Writing {
    /// The file writes it there.
    pub(crate) fn at(span: Span) -> Self {
        Self { span, written: true }
    }

    /// The file is silent about it; what it belongs to stands there.
    pub(crate) fn left_out(span: Span) -> Self {
        Self { span, written: false }
    }
}

impl Amount {
    /// An amount, in the range that the format has for its path.
    pub(crate) fn new(expression: Expression, path: String, text: &str, writing: Writing) -> Self {
        let range = format::amount_range(&path);
        let Writing { span, written } = writing;
        Self { expression, path, text: text.to_owned(), span, written, range }
    }

    /// The value under `parameters`, in the scenario's order of parameters.
    #[must_use]
    pub fn value(&self, parameters: &[f64]) -> f64 {
        self.expression.value(parameters)
    }
}
