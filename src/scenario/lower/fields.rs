//! Reading one table of the tree: known keys, the kinds of their values, and what is left over.

use super::Lowering;
use crate::scenario::format::{self, Branch, NOTES};
use crate::scenario::{Diagnostic, Key, Node, Span, Table, Value, decimal_comma};

/// A table that is being read. Which keys it may have, the table of the format says.
pub(super) struct Fields<'t> {
    pub table: &'t Table,
    /// Where the table is defined.
    pub span: Span,
    /// Its path, empty for the scenario itself.
    pub path: String,
    /// The place in the format; `None` where a part of the path is no id, which is reported.
    pub place: Option<Branch>,
}

impl<'t> Fields<'t> {
    pub(super) fn new(table: &'t Table, span: Span, path: impl Into<String>) -> Self {
        let path = path.into();
        let place = format::of_path(&path);
        Self { table, span, path, place }
    }

    /// The value of a key.
    pub(super) fn take(&self, key: &str) -> Option<&'t Node> {
        self.table.get(key)
    }

    /// The path of a key of this table.
    pub(super) fn path_of(&self, key: &str) -> String {
        join(&self.path, key)
    }
}

/// One entry of a section: a thing with an id.
#[derive(Clone, Copy)]
pub(super) struct Entry<'t> {
    pub id: &'t str,
    /// Where the id stands.
    pub span: Span,
    pub node: &'t Node,
}

/// `issues.trade` and `moves` make `issues.trade.moves`.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// The kind of a value, as people call it.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Number(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
    }
}

/// Lower-case letters, digits and underscores, a letter first.
pub(super) fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The number that TOML writes so; not a number where it cannot be one.
pub(super) fn number(written: &str) -> f64 {
    let plain = written.replace('_', "");
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let radix = match digits.get(..2) {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => return digits.parse().map_or(f64::NAN, |number: f64| sign * number),
    };
    let value =
        |number: f64, digit: char| number * f64::from(radix) + f64::from(digit.to_digit(radix).unwrap_or(0));
    digits[2..].chars().fold(0.0, value)
}

impl Lowering<'_, '_> {
    /// Reports the keys that the format does not know here.
    pub(super) fn finish(&mut self, fields: &Fields<'_>) {
        let Some(known) = fields.place.map(Branch::keys) else { return };
        for (key, _) in fields.table.entries.iter().filter(|(key, _)| !known.contains(&key.name.as_str())) {
            let place = if fields.path.is_empty() { String::new() } else { format!(" in `{}`", fields.path) };
            let error =
                Diagnostic::error("unknown-key", key.span, format!("unknown key `{}`{place}", key.name));
            self.push_with_suggestion(error, &key.name, known.iter().copied());
        }
    }

    /// The fields of a table.
    pub(super) fn fields<'t>(&mut self, node: &'t Node, path: impl Into<String>) -> Option<Fields<'t>> {
        let path = path.into();
        match &node.value {
            Value::Table(table) => Some(Fields::new(table, node.span, path)),
            _ => self.wrong_kind(node, &path, "a table"),
        }
    }

    /// The entries of a table of things with ids, with their ids checked. A `title` or `because` of the
    /// section itself is none of them.
    pub(super) fn section<'t>(&mut self, node: Option<&'t Node>, path: &str) -> Vec<Entry<'t>> {
        let Some(fields) = node.and_then(|node| self.fields(node, path)) else { return Vec::new() };
        let things = fields.table.entries.iter().filter(|(key, node)| !is_note(key, node));
        let entries: Vec<_> =
            things.map(|(key, node)| Entry { id: &key.name, span: key.span, node }).collect();
        for entry in &entries {
            self.check_id(entry.id, entry.span);
        }
        entries
    }

    /// The entries of a table whose keys are the ids of other things. A `title` or `because` is none.
    pub(super) fn mapping<'t>(&mut self, node: &'t Node, path: &str) -> Vec<Entry<'t>> {
        let Some(fields) = self.fields(node, path) else { return Vec::new() };
        let entries = fields.table.entries.iter().filter(|(key, node)| !is_note(key, node));
        entries.map(|(key, node)| Entry { id: &key.name, span: key.span, node }).collect()
    }

    /// Reports an id that is not `snake_case`.
    pub(super) fn check_id(&mut self, id: &str, span: Span) {
        if is_id(id) {
            return;
        }
        let message =
            format!("`{id}` cannot be an id: lower-case letters, digits and `_` only, a letter first");
        let mut error = Diagnostic::error("bad-id", span, message);
        let plain = id.trim().to_ascii_lowercase().replace([' ', '-', '.'], "_");
        if is_id(&plain) {
            error = error.help(format!("call it `{plain}`"));
        }
        self.errors.push(error);
    }

    pub(super) fn text<'t>(&mut self, node: &'t Node, path: &str) -> Option<&'t str> {
        match &node.value {
            Value::String(text) => Some(text),
            _ => self.wrong_kind(node, path, "a text"),
        }
    }

    /// The text of a key that must be there.
    pub(super) fn required_text<'t>(&mut self, fields: &Fields<'t>, key: &str) -> Option<&'t str> {
        let Some(node) = fields.take(key) else {
            self.missing(fields, key);
            return None;
        };
        self.text(node, &fields.path_of(key))
    }

    pub(super) fn boolean(&mut self, node: &Node, path: &str) -> Option<bool> {
        match node.value {
            Value::Boolean(value) => Some(value),
            _ => self.wrong_kind(node, path, "true or false"),
        }
    }

    pub(super) fn list<'t>(&mut self, node: &'t Node, path: &str) -> Option<&'t [Node]> {
        match &node.value {
            Value::Array(items) => Some(items),
            _ => self.wrong_kind(node, path, "a list"),
        }
    }

    /// A finite number, where no expression may stand.
    pub(super) fn literal(&mut self, node: &Node, path: &str) -> Option<f64> {
        let Value::Number(written) = &node.value else { return self.wrong_kind(node, path, "a number") };
        let value = number(written);
        if !value.is_finite() {
            self.error("bad-number", node.span, format!("`{path}` must be a finite number, not {written}"));
            return None;
        }
        Some(value)
    }

    /// A whole number, in the range that the format has for that path.
    pub(super) fn whole(&mut self, node: &Node, path: &str) -> Option<i32> {
        let range = format::whole_range(path);
        let Value::Number(written) = &node.value else {
            return self.wrong_kind(node, path, "a whole number");
        };
        let found = whole_number(written).filter(|value| range.contains(value));
        if found.is_none() {
            let (low, high) = (thousands((*range.start()).into()), thousands((*range.end()).into()));
            let message = format!("`{path}` must be a whole number from {low} to {high}, not {written}");
            self.error("bad-number", node.span, message);
        }
        found
    }

    /// Reports a missing key.
    pub(super) fn missing(&mut self, fields: &Fields<'_>, key: &str) {
        self.error("missing-key", fields.span, format!("`{}` is missing", fields.path_of(key)));
    }

    /// Reports a value of the wrong kind.
    pub(super) fn wrong_kind<T>(&mut self, node: &Node, path: &str, wanted: &str) -> Option<T> {
        let message = format!("`{path}` must be {wanted}, not {}", kind(&node.value));
        let error = Diagnostic::error("wrong-kind", node.span, message);
        let help = node.as_str().and_then(decimal_comma);
        self.errors.push(match help {
            Some(help) => error.help(help),
            None => error,
        });
        None
    }

    pub(super) fn error(&mut self, id: &'static str, span: Span, message: impl Into<String>) {
        self.errors.push(Diagnostic::error(id, span, message));
    }

    pub(super) fn warn(&mut self, id: &'static str, span: Span, message: impl Into<String>) {
        self.warnings.push(Diagnostic::warning(id, span, message));
    }

    /// Reports a name that nothing has, and what may have been meant.
    pub(super) fn unknown<'k>(
        &mut self,
        what: &str,
        name: &str,
        span: Span,
        known: impl Iterator<Item = &'k str>,
    ) {
        let error = Diagnostic::error("unknown-id", span, format!("unknown {what} `{name}`"));
        self.push_with_suggestion(error, name, known);
    }

    /// Whether a suggestion is still worth its time.
    pub(super) fn may_suggest(&self) -> bool {
        self.errors.len() < MAX_SUGGESTIONS
    }

    /// Reports an error about `name` with the nearest of the known names, or with all of them where
    /// they are few.
    pub(super) fn push_with_suggestion<'k>(
        &mut self,
        error: Diagnostic,
        name: &str,
        known: impl Iterator<Item = &'k str>,
    ) {
        let known: Vec<&str> = known.collect();
        let help = if self.may_suggest() { suggestion(name, &known) } else { None };
        let error = match help {
            Some(help) => error.help(help),
            None => error,
        };
        self.errors.push(error);
    }
}

/// Errors that still get a suggestion: it compares the name with all known ones, and whoever has so many
/// wrong has something else in mind.
const MAX_SUGGESTIONS: usize = 500;

/// Names listed in a help line, at most.
const MAX_LISTED: usize = 12;

/// What may have been meant: the nearest known name, or all of them where they are few.
pub(super) fn suggestion(name: &str, known: &[&str]) -> Option<String> {
    if let Some(meant) = crate::scenario::suggest::did_you_mean(name, known.iter().copied()) {
        return Some(format!("did you mean `{meant}`?"));
    }
    if known.is_empty() || MAX_LISTED < known.len() {
        return None;
    }
    let listed: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    Some(format!("known here: {}", listed.join(", ")))
}

/// Whether an entry of a section says something about the section itself.
fn is_note(key: &Key, node: &Node) -> bool {
    NOTES.contains(&key.name.as_str()) && matches!(node.value, Value::String(_) | Value::Array(_))
}

fn whole_number(written: &str) -> Option<i32> {
    let value = number(written);
    let in_range = value.fract() == 0.0 && f64::from(i32::MIN) <= value && value <= f64::from(i32::MAX);
    #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
    in_range.then_some(value as i32)
}

/// `1234567` as `1,234,567`.
pub(crate) fn thousands(number: i128) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if 0 < place && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_number(written: &str, expected: f64) {
        assert_eq!(number(written).to_bits(), expected.to_bits(), "{written}");
    }

    #[test]
    fn reads_every_way_to_write_a_number() {
        check_number("1_000", 1000.0);
        check_number("-0.5e1", -5.0);
        check_number("+3", 3.0);
        check_number("0xFF", 255.0);
        check_number("0o17", 15.0);
        check_number("0b101", 5.0);
        check_number("-inf", f64::NEG_INFINITY);
        check_number("1e400", f64::INFINITY);
        assert!(number("nan").is_nan());
    }

    #[test]
    fn groups_thousands() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_000), "1,000");
        assert_eq!(thousands(-1_234_567), "-1,234,567");
    }
}
