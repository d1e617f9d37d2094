//! Reads arithmetic: `prestige + 0.5 * rebuild` to an [`Expression`].
//!
//! ```text
//! sum     = product { ("+" | "-") product }
//! product = factor { ("*" | "/") factor }
//! factor  = "-" factor | number | parameter | "(" sum ")"
//! ```
//!
//! It knows parameters by a function from names to ids, and places by bytes within the text.

use std::ops::Range;

use super::{Expression, ParameterId};

/// Operations inside one another, at most: whoever walks an expression does so by recursion.
const MAX_DEPTH: usize = 256;

/// What is wrong with an expression, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExpressionError {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub problem: Problem,
}

/// The ways of an expression to be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It does not parse.
    Malformed(String),
    /// It names something that is no parameter.
    UnknownParameter(String),
}

/// Reads a text in which `resolve` knows the parameters. A text that parses but names unknown parameters
/// gives an error for each.
pub(crate) fn parse(
    text: &str,
    resolve: impl Fn(&str) -> Option<ParameterId>,
) -> Result<Expression, Vec<ExpressionError>> {
    let mut parser = Parser { text, at: 0, nesting: 0, resolve, unknown: Vec::new() };
    let result = parser.sum().and_then(|(expression, _)| match parser.peek() {
        None => Ok(expression),
        Some(')') => Err(parser.unexpected("this `)` closes nothing")),
        Some(_) => Err(parser.unexpected("expected `+`, `-`, `*`, `/` or the end")),
    });
    match result {
        Ok(expression) if parser.unknown.is_empty() => Ok(expression),
        Ok(_) => Err(parser.unknown),
        Err(error) => {
            parser.unknown.push(error);
            Err(parser.unknown)
        }
    }
}

/// An expression and the depth of its tree.
type Deep = (Expression, usize);

struct Parser<'a, F> {
    text: &'a str,
    at: usize,
    /// Parentheses and minus signs around the place.
    nesting: usize,
    resolve: F,
    unknown: Vec<ExpressionError>,
}

impl<F: Fn(&str) -> Option<ParameterId>> Parser<'_, F> {
    fn sum(&mut self) -> Result<Deep, ExpressionError> {
        let mut left = self.product()?;
        while let Some(operator @ ('+' | '-')) = self.peek() {
            self.at += 1;
            let right = self.product()?;
            let join = if operator == '+' { Expression::Sum } else { Expression::Difference };
            left = self.join(join, left, right)?;
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Deep, ExpressionError> {
        let mut left = self.factor()?;
        while let Some(operator @ ('*' | '/')) = self.peek() {
            self.at += 1;
            let right = self.factor()?;
            let join = if operator == '*' { Expression::Product } else { Expression::Quotient };
            left = self.join(join, left, right)?;
        }
        Ok(left)
    }

    fn join(
        &self,
        join: impl Fn(Box<Expression>, Box<Expression>) -> Expression,
        (left, left_depth): Deep,
        (right, right_depth): Deep,
    ) -> Result<Deep, ExpressionError> {
        let depth = left_depth.max(right_depth) + 1;
        if depth > MAX_DEPTH {
            return Err(self.too_deep());
        }
        Ok((join(Box::new(left), Box::new(right)), depth))
    }

    fn factor(&mut self) -> Result<Deep, ExpressionError> {
        match self.peek() {
            Some('-') => self.nested(|parser| {
                let (inner, depth) = parser.factor()?;
                Ok((Expression::Negative(Box::new(inner)), depth + 1))
            }),
            Some('(') => self.nested(|parser| {
                let open = parser.at - 1;
                let inner = parser.sum()?;
                match parser.peek() {
                    Some(')') => {
                        parser.at += 1;
                        Ok(inner)
                    }
                    Some(_) => Err(parser.unexpected("expected `)` or an operator")),
                    None => Err(malformed(open..open + 1, "this `(` is never closed")),
                }
            }),
            Some(start) if start.is_ascii_digit() || start == '.' => self.number(),
            Some(start) if start.is_ascii_alphabetic() || start == '_' => Ok((self.name(), 1)),
            Some('\u{2212}') => Err(self.unexpected("a minus sign is written `-`")),
            _ => Err(self.unexpected("expected a number, a parameter or `(`")),
        }
    }

    /// Steps over one character and reads what is inside it.
    fn nested(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Deep, ExpressionError>,
    ) -> Result<Deep, ExpressionError> {
        if self.nesting >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.at += 1;
        self.nesting += 1;
        let result = read(self);
        self.nesting -= 1;
        result
    }

    fn number(&mut self) -> Result<Deep, ExpressionError> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        self.take_while(|c| c.is_ascii_digit() || c == '.' || c == '_');
        if matches!(bytes.get(self.at), Some(b'e' | b'E')) {
            let signed = matches!(bytes.get(self.at + 1), Some(b'+' | b'-'));
            if digit(self.at + 1 + usize::from(signed)) {
                self.at += 1 + usize::from(signed);
                self.take_while(|c| c.is_ascii_digit());
            }
        }
        // `2x` is one slip, not a number and a name.
        self.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        let range = start..self.at;
        let written = &self.text[range.clone()];
        match written.replace('_', "").parse::<f64>() {
            Ok(number) if number.is_finite() => Ok((Expression::Number(number), 1)),
            Ok(_) => Err(malformed(range, format!("`{written}` is too large a number"))),
            Err(_) => Err(malformed(range, format!("`{written}` is no number"))),
        }
    }

    fn name(&mut self) -> Expression {
        let start = self.at;
        self.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        let range = start..self.at;
        let name = &self.text[range.clone()];
        if let Some(id) = (self.resolve)(name) {
            return Expression::Parameter(id);
        }
        self.unknown.push(ExpressionError { range, problem: Problem::UnknownParameter(name.to_owned()) });
        Expression::Number(f64::NAN)
    }

    /// The next character that is no space.
    fn peek(&mut self) -> Option<char> {
        self.take_while(char::is_whitespace);
        self.text[self.at..].chars().next()
    }

    fn take_while(&mut self, holds: impl Fn(char) -> bool) {
        let rest = &self.text[self.at..];
        self.at += rest.find(|c| !holds(c)).unwrap_or(rest.len());
    }

    fn unexpected(&self, wanted: &str) -> ExpressionError {
        match self.text[self.at..].chars().next() {
            None if self.text.trim().is_empty() => malformed(0..self.text.len(), "an empty expression"),
            None => malformed(self.at..self.at, format!("it ends too early: {wanted}")),
            Some(c) => malformed(self.at..self.at + c.len_utf8(), format!("unexpected `{c}`: {wanted}")),
        }
    }

    fn too_deep(&self) -> ExpressionError {
        let message = format!("too long: more than {MAX_DEPTH} operations inside one another");
        malformed(self.at..self.text.len(), message)
    }
}

fn malformed(range: Range<usize>, message: impl Into<String>) -> ExpressionError {
    ExpressionError { range, problem: Problem::Malformed(message.into()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: [&str; 3] = ["prestige", "rebuild", "x2"];
    const VALUES: [f64; 3] = [2.0, 3.0, -0.25];

    fn read(text: &str) -> Result<Expression, Vec<ExpressionError>> {
        parse(text, |name| NAMES.iter().position(|known| *known == name).map(ParameterId::new))
    }

    #[track_caller]
    fn check(text: &str, expected: f64) {
        let value = read(text).expect("parses").value(&VALUES);
        assert!((value - expected).abs() < 1e-15, "{text} = {value}, not {expected}");
    }

    /// `expected` marks the place with `«»` and then says what is wrong.
    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        let errors = read(text).expect_err("does not parse");
        let shown: Vec<String> = errors
            .iter()
            .map(|ExpressionError { range, problem }| {
                let (before, place, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
                let problem = match problem {
                    Problem::Malformed(message) => message.clone(),
                    Problem::UnknownParameter(name) => format!("{name}?"),
                };
                format!("{before}«{place}»{after} {problem}")
            })
            .collect();
        assert_eq!(shown.join("\n"), expected);
    }

    #[test]
    fn products_bind_closer_and_all_group_to_the_left() {
        check("prestige + 0.5 * rebuild", 3.5);
        check("8 - 3 - 2", 3.0);
        check("8 / 4 / 2", 1.0);
        check("(8 - 3) * 2", 10.0);
        check("8 - (3 - 2)", 7.0);
    }

    #[test]
    fn minus_stands_before_anything() {
        check("-prestige", -2.0);
        check("2 * -rebuild", -6.0);
        check("--1 - -(2)", 3.0);
        check("1-1", 0.0);
    }

    #[test]
    fn numbers_come_in_the_usual_ways() {
        check("1e3", 1000.0);
        check("1.5E-1", 0.15);
        check(".5 + 2.", 2.5);
        check("1_000", 1000.0);
        check(" \t4\n", 4.0);
    }

    #[test]
    fn errors_point_into_the_text() {
        check_error("", "«» an empty expression");
        check_error("1 +", "1 +«» it ends too early: expected a number, a parameter or `(`");
        check_error("2 x2", "2 «x»2 unexpected `x`: expected `+`, `-`, `*`, `/` or the end");
        check_error("2x2", "«2x2» `2x2` is no number");
        check_error("(1 + 2", "«(»1 + 2 this `(` is never closed");
        check_error("1)", "1«)» unexpected `)`: this `)` closes nothing");
        check_error("1 ^ 2", "1 «^» 2 unexpected `^`: expected `+`, `-`, `*`, `/` or the end");
        check_error("1.2.3", "«1.2.3» `1.2.3` is no number");
        check_error("1e999", "«1e999» `1e999` is too large a number");
        check_error("\u{2212}1", "«\u{2212}»1 unexpected `\u{2212}`: a minus sign is written `-`");
        check_error("1 + é", "1 + «é» unexpected `é`: expected a number, a parameter or `(`");
    }

    #[test]
    fn every_unknown_parameter_is_told() {
        check_error("a + inf * b.c", "«a» + inf * b.c a?\na + «inf» * b.c inf?\na + inf * «b.c» b.c?");
    }

    #[test]
    fn depth_is_bounded() {
        let limit = MAX_DEPTH;
        for text in ["(".repeat(100_000), "-".repeat(100_000), "1+".repeat(100_000) + "1"] {
            assert!(read(&text).is_err());
        }
        assert!(read(&(("1+".repeat(limit - 1)) + "1")).is_ok());
        assert!(read(&(("1+".repeat(limit)) + "1")).is_err());
    }

    fn expressions() -> impl Strategy<Value = Expression> {
        let leaf = prop_oneof![
            (0.0..1e6).prop_map(Expression::Number),
            (0..3_usize).prop_map(|id| Expression::Parameter(ParameterId::new(id))),
        ];
        leaf.prop_recursive(6, 64, 2, |inner| {
            let two = (inner.clone(), inner.clone()).prop_map(|(x, y)| (Box::new(x), Box::new(y)));
            prop_oneof![
                inner.prop_map(|x| Expression::Negative(Box::new(x))),
                two.clone().prop_map(|(x, y)| Expression::Sum(x, y)),
                two.clone().prop_map(|(x, y)| Expression::Difference(x, y)),
                two.clone().prop_map(|(x, y)| Expression::Product(x, y)),
                two.prop_map(|(x, y)| Expression::Quotient(x, y)),
            ]
        })
    }

    /// Fully parenthesized.
    fn print(expression: &Expression) -> String {
        match expression {
            Expression::Number(number) => format!("{number:?}"),
            Expression::Parameter(id) => NAMES[id.index()].to_owned(),
            Expression::Negative(x) => format!("-{}", print(x)),
            Expression::Sum(x, y) => format!("({} + {})", print(x), print(y)),
            Expression::Difference(x, y) => format!("({}-{})", print(x), print(y)),
            Expression::Product(x, y) => format!("({} * {})", print(x), print(y)),
            Expression::Quotient(x, y) => format!("( {}/{} )", print(x), print(y)),
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(expression in expressions()) {
            prop_assert_eq!(read(&print(&expression)), Ok(expression));
        }

        #[test]
        fn nothing_panics(text in "[-+*/()0-9a-z. _é]{0,40}") {
            let _ = read(&text);
        }
    }
}
