//! A TOML document as a tree in which every key and value knows its place, whatever file it came from.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Diagnostic, FileId, Sources, Span, decimal_comma};

/// A key and where it stands.
#[derive(Clone, Debug)]
pub struct Key {
    /// The key, unquoted.
    pub name: String,
    /// Its place.
    pub span: Span,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place; for a table with a header, the header.
    pub span: Span,
}

/// What can stand behind a key.
#[derive(Clone, Debug)]
pub enum Value {
    /// A text.
    String(String),
    /// A number as it was written, unread: `1_000`, `0.10`, `inf`, `99999999999999999999`.
    Number(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A date or time, which no key of the format wants.
    Datetime(String),
    /// A list.
    Array(Vec<Node>),
    /// A table.
    Table(Table),
}

/// Keys with their values, in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The entries; keys are unique.
    pub entries: Vec<(Key, Node)>,
    /// Written as `{ ... }`: an overlay's inline table replaces, one with a header or dotted keys merges.
    pub inline: bool,
}

impl Table {
    /// The value behind a key.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// The value behind a key, to be changed.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Node> {
        self.entries.iter_mut().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// Takes a key and its value out.
    pub(crate) fn remove(&mut self, name: &str) -> Option<(Key, Node)> {
        let at = self.entries.iter().position(|(key, _)| key.name == name)?;
        Some(self.entries.remove(at))
    }
}

impl Node {
    /// The table, where it is one.
    pub(crate) fn as_table(&self) -> Option<&Table> {
        if let Value::Table(table) = &self.value { Some(table) } else { None }
    }

    /// The text, where it is one.
    pub(crate) fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }
}

/// Tables and arrays inside one another, at most; a scenario needs seven.
const MAX_DEPTH: usize = 64;

/// What is said of a text that goes deeper, or of one whose depth the parser itself refuses.
const TOO_DEEP: &str = "nested too deep: more tables and lists inside one another than a scenario can need";

/// Syntax errors shown of one text, at most: those that follow are mostly echoes of the first.
const MAX_SYNTAX_ERRORS: usize = 5;

/// Reads a TOML text. Entries are in the order in which the text first names them. After a syntax error
/// there is no tree, since all that it lacks would be reported as missing.
pub(crate) fn parse(sources: &Sources, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Option<Table> {
    match parse_text(&sources.get(file).text, file) {
        Ok(table) => Some(table),
        Err(mut errors) => {
            diagnostics.append(&mut errors);
            None
        }
    }
}

/// The same of a text that stands, byte for byte, in `file`.
pub(crate) fn parse_text(text: &str, file: FileId) -> Result<Table, Vec<Diagnostic>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let errors = errors.iter().map(|error| {
        let span = error.span().unwrap_or(0..0);
        (span.start.min(text.len())..span.end.min(text.len()), error.message())
    });
    let mut grower = Grower { text, file, too_deep: None };
    let (table, _) = grower.table(document.into_inner(), false, 0);
    let too_deep = grower.too_deep.map(|span| (span, TOO_DEEP));
    let errors: Vec<_> = errors.chain(too_deep).collect();
    if errors.is_empty() { Ok(table) } else { Err(report(errors, text, file)) }
}

/// The first error on each of the first lines that have any.
fn report(mut errors: Vec<(Range<usize>, &str)>, text: &str, file: FileId) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    errors.sort_by_key(|(span, _)| span.start);
    let mut last_line = None;
    let mut shown = 0;
    for (span, message) in errors {
        let line_start = text.as_bytes()[..span.start].iter().rposition(|byte| *byte == b'\n');
        if last_line == Some(line_start) {
            continue;
        }
        last_line = Some(line_start);
        shown += 1;
        if shown > MAX_SYNTAX_ERRORS {
            break;
        }
        let place = text.get(span.clone()).unwrap_or_default().trim();
        let defined_twice = message == "duplicate key";
        let message = match message {
            "duplicate key" => format!("`{place}` is defined twice"),
            _ if place.is_empty() && message.starts_with("string values must be quoted") => {
                "a value is missing here".to_owned()
            }
            _ if message.contains("recurs") => TOO_DEEP.to_owned(),
            _ => match message.strip_prefix("unquoted keys cannot be empty, expected ") {
                Some(wanted) => format!("a key is missing here: expected {wanted}"),
                None => message.to_owned(),
            },
        };
        let error = Diagnostic::error("syntax", place_of(file, &span), message);
        let line = &text[line_start.map_or(0, |newline| newline + 1)..];
        diagnostics.push(match decimal_comma_of(line.lines().next().unwrap_or_default()) {
            _ if defined_twice => error.help("leave out one of the two, or rename it"),
            Some(help) => error.help(help),
            None => error,
        });
    }
    diagnostics
}

/// A hint where a line gives a number with a decimal comma to a key, outside quotes.
fn decimal_comma_of(line: &str) -> Option<String> {
    let values = line.match_indices('=').map(|(at, _)| line[at + 1..].trim_start());
    let number = |value: &str| {
        let end = value.find(|c: char| !c.is_ascii_digit() && !"+-.,".contains(c)).unwrap_or(value.len());
        decimal_comma(&value[..end])
    };
    values.map(number).find_map(|hint| hint)
}

/// A range of bytes of a text.
pub(crate) fn place_of(file: FileId, range: &Range<usize>) -> Span {
    Span::new(file, range)
}

/// Turns the parser's borrowed tables into ours.
struct Grower<'a> {
    text: &'a str,
    file: FileId,
    /// The first place that goes deeper than [`MAX_DEPTH`]: inline tables with dotted keys can nest
    /// much deeper than the parser's own limit, and then even dropping them would exhaust the stack.
    too_deep: Option<Range<usize>>,
}

impl Grower<'_> {
    /// The table, and the first byte at which the text names anything in it.
    fn table(&mut self, table: DeTable<'_>, inline: bool, depth: usize) -> (Table, usize) {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let key_start = key.span().start;
            let span = place_of(self.file, &key.span());
            let key = Key { name: key.into_inner().into_owned(), span };
            let (node, first) = self.node(value, depth + 1);
            entries.push((first.min(key_start), key, node));
        }
        // A header that comes after those of its parts would otherwise put them all at its own place.
        entries.sort_by_key(|(first, ..)| *first);
        let first = entries.first().map_or(usize::MAX, |(first, ..)| *first);
        let entries = entries.into_iter().map(|(_, key, node)| (key, node)).collect();
        (Table { entries, inline }, first)
    }

    fn node(&mut self, value: Spanned<DeValue<'_>>, depth: usize) -> (Node, usize) {
        let range = value.span();
        let span = place_of(self.file, &range);
        let written = self.text.get(range.clone()).unwrap_or_default();
        let mut first = range.start;
        let value = match value.into_inner() {
            deep @ (DeValue::Array(_) | DeValue::Table(_)) if depth > MAX_DEPTH => {
                self.too_deep.get_or_insert(range);
                dismantle(deep);
                Value::Boolean(false)
            }
            DeValue::String(text) => Value::String(text.into_owned()),
            DeValue::Integer(_) | DeValue::Float(_) => Value::Number(written.to_owned()),
            DeValue::Boolean(value) => Value::Boolean(value),
            DeValue::Datetime(_) => Value::Datetime(written.to_owned()),
            DeValue::Array(items) => {
                Value::Array(items.into_iter().map(|item| self.node(item, depth + 1).0).collect())
            }
            DeValue::Table(table) => {
                let (table, inside) = self.table(table, written.starts_with('{'), depth);
                first = first.min(inside);
                Value::Table(table)
            }
        };
        (Node { value, span }, first)
    }
}

/// Drops a value level by level instead of by recursion.
fn dismantle(value: DeValue<'_>) {
    let mut heap = vec![value];
    while let Some(value) = heap.pop() {
        match value {
            DeValue::Array(items) => heap.extend(items.into_iter().map(Spanned::into_inner)),
            DeValue::Table(table) => heap.extend(table.into_iter().map(|(_, value)| value.into_inner())),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(table: &Table) -> String {
        let entries: Vec<String> = table
            .entries
            .iter()
            .map(|(key, node)| match &node.value {
                Value::Table(table) => format!("{}{}", key.name, outline(table)),
                Value::String(text) => format!("{}={text:?}", key.name),
                Value::Number(text) => format!("{}={text}", key.name),
                other => format!("{}={other:?}", key.name),
            })
            .collect();
        let (open, close) = if table.inline { ("{", "}") } else { ("[", "]") };
        format!("{open}{}{close}", entries.join(" "))
    }

    fn read(text: &str) -> (Option<Table>, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let file = sources.add("s.toml", text);
        let mut diagnostics = Vec::new();
        let table = parse(&sources, file, &mut diagnostics);
        (table, diagnostics)
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (table, diagnostics) = read(text);
        assert_eq!(diagnostics, []);
        assert_eq!(table.map(|table| outline(&table)).as_deref(), Some(expected));
    }

    #[track_caller]
    fn check_errors(text: &str, expected: &[(u32, &str)]) {
        let (table, diagnostics) = read(text);
        let found: Vec<_> = diagnostics.iter().map(|d| (d.span.start, d.message.as_str())).collect();
        assert_eq!(found, expected);
        assert!(table.is_none());
    }

    #[test]
    fn keeps_order_and_the_way_tables_are_written() {
        check("b = 1\na = { y = 1, x.z = 2 }\n", "[b=1 a{y=1 x[z=2]}]");
        check("[i.b]\n[v]\n[i.a]\n", "[i[b[] a[]] v[]]");
    }

    #[test]
    fn a_header_after_its_parts_does_not_move_them() {
        check("[i.b.moves]\n[v]\n[i.b]\nk = 1\n[i.a]\n", "[i[b[moves[] k=1] a[]] v[]]");
        check("[i.b.moves]\n[v]\n[i]\n", "[i[b[moves[]]] v[]]");
    }

    #[test]
    fn numbers_stay_as_written() {
        check(
            "a = 1_000\nb = 0.10\nc = 99999999999999999999\nd = -inf\ne = 0x1F\n",
            "[a=1_000 b=0.10 c=99999999999999999999 d=-inf e=0x1F]",
        );
    }

    #[test]
    fn carriage_returns_are_ends_of_lines() {
        check("[a]\r\nb = \"c\"\r\n", "[a[b=\"c\"]]");
    }

    #[test]
    fn several_errors_are_told_at_once_one_a_line() {
        check_errors(
            "a = 1\nb =\nc = 1\na = 2\nd = \"\\q \\q\"\n",
            &[
                (9, "a value is missing here"),
                (16, "`a` is defined twice"),
                (28, "missing escaped value, expected `b`, `e`, `f`, `n`, `r`, `\\`, `\"`, `x`, `u`, `U`"),
            ],
        );
    }

    #[test]
    fn an_unclosed_bracket_does_not_flood() {
        let text = "a = [\n".to_owned() + &"b = 1\n".repeat(100);
        let (table, diagnostics) = read(&text);
        assert!(table.is_none());
        assert!((1..=MAX_SYNTAX_ERRORS).contains(&diagnostics.len()), "{diagnostics:?}");
    }

    #[test]
    fn hostile_nesting_is_refused_without_exhausting_the_stack() {
        let deep_keys = ["a"; 70].join(".");
        let texts = [
            format!("a = {}", "[".repeat(100_000)),
            format!("a = {}", "{a=".repeat(100_000)),
            format!("{} = 1", vec!["a"; 100_000].join(".")),
            format!("[{}]", vec!["a"; 100_000].join(".")),
            format!("a = {}1{}", "[".repeat(70), "]".repeat(70)),
            format!("a = {}1{}", format!("{{{deep_keys}=").repeat(70), "}".repeat(70)),
        ];
        for text in texts {
            let (table, diagnostics) = read(&text);
            assert!(table.is_none());
            assert!((1..=MAX_SYNTAX_ERRORS).contains(&diagnostics.len()));
        }
    }
}
