//! `PATH=0..4:9` and `PATH=a,b,c`: a path and its values, as people type them.

use std::ops::Range;

use super::design::{Column, MOST_POINTS, Value};
use crate::scenario::{Diagnostic, FileId, Sources, Span, decimal_comma};

/// What people are to type.
const HELP: &str = "write `PATH=0..4:9` for nine values from 0 to 4, or `PATH=a,b,c`";

/// Reads a path with its values: a list, split at commas that stand in no bracket or quote, of values and of
/// ranges `FROM..TO:COUNT`, whose values are spaced evenly, both ends among them. `name` is what people know
/// the text by.
///
/// # Errors
/// Everything that is wrong with it: no path, no values, a range that is empty, backwards or of less than two
/// values, a value that stands twice.
pub fn read_axis(sources: &mut Sources, name: &str, text: &str) -> Result<Column, Vec<Diagnostic>> {
    let file = sources.add_typed(name, text);
    let error = |range: Range<usize>, message: String| vec![wrong(file, range, message).help(HELP)];
    let Some(equals) = text.find('=') else {
        return Err(error(0..text.len(), "a path needs an equals sign and values".to_owned()));
    };
    let path = text[..equals].trim();
    if path.is_empty() {
        return Err(error(0..equals + 1, "there is no path before the equals sign".to_owned()));
    }
    let mut column =
        Column { path: path.to_owned(), span: place(file, trimmed(text, 0..equals)), values: Vec::new() };
    let mut errors = Vec::new();
    for range in items(text, equals + 1) {
        let range = trimmed(text, range);
        match item(&text[range.clone()], place(file, range.clone())) {
            Ok(values) => column.values.extend(values),
            Err(message) => errors.extend(error(range, message)),
        }
    }
    twice(&column, &mut errors);
    if errors.is_empty() { Ok(column) } else { Err(errors) }
}

fn wrong(file: FileId, range: Range<usize>, message: String) -> Diagnostic {
    Diagnostic::error("bad-values", place(file, range), message)
}

fn place(file: FileId, range: Range<usize>) -> Span {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: byte(range.start), end: byte(range.end) }
}

/// The range without the spaces around.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let item = &text[range.clone()];
    let start = range.start + (item.len() - item.trim_start().len());
    start..start + item.trim().len()
}

/// Where the items of a list stand that begins at `start`.
fn items(text: &str, start: usize) -> Vec<Range<usize>> {
    let (mut items, mut begin) = (Vec::new(), start);
    let (mut quote, mut depth) = (None, 0_usize);
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'[' | b'{') => depth += 1,
            (None, b']' | b'}') => depth = depth.saturating_sub(1),
            (None, b',') if depth == 0 => {
                items.push(begin..at);
                begin = at + 1;
            }
            _ => {}
        }
    }
    items.push(begin..text.len());
    items
}

/// The values of an item: one, or those of a range.
fn item(text: &str, span: Span) -> Result<Vec<Value>, String> {
    if text.is_empty() {
        return Err("there is no value here".to_owned());
    }
    match range(text) {
        Some(range) => Ok(spaced(range?, span)),
        None => value(text, span).map(|value| vec![value]),
    }
}

/// One value.
///
/// # Errors
/// If it is a number that nothing can be computed with, or begins like one and is none.
pub(super) fn value(text: &str, span: Span) -> Result<Value, String> {
    let number = number(text);
    if number.is_some_and(|number| !number.is_finite()) {
        return Err(format!("`{text}` is no finite number"));
    }
    if number.is_none() && text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) {
        return Err(match decimal_comma(text) {
            Some(hint) => format!("`{text}` is no number: {hint}"),
            None => format!("`{text}` is no number"),
        });
    }
    Ok(Value { text: text.to_owned(), number, span })
}

fn number(text: &str) -> Option<f64> {
    text.replace('_', "").parse().ok()
}

/// From, to, how many values.
type Spacing = (f64, f64, usize);

/// A range, where the item is one: what begins as a quoted text or a bracket is none.
fn range(text: &str) -> Option<Result<Spacing, String>> {
    let (from, rest) = text.split_once("..").filter(|_| !text.starts_with(['"', '\'', '[', '{']))?;
    let (to, count) = rest.rsplit_once(':').map_or((rest, None), |(to, count)| (to, Some(count)));
    Some(spacing(text, from.trim(), to.trim(), count.map(str::trim)))
}

fn spacing(text: &str, from: &str, to: &str, count: Option<&str>) -> Result<Spacing, String> {
    let end = |word: &str| {
        let number = number(word).filter(|number| number.is_finite());
        number.ok_or_else(|| format!("`{word}` is no finite number, as the ends of a range must be"))
    };
    let (low, high) = (end(from)?, end(to)?);
    let Some(count) = count else {
        return Err(format!("the range needs the number of its values: `{text}:5`"));
    };
    let most = MOST_POINTS;
    let whole = count.replace('_', "").parse().ok().filter(|count| (2..=most).contains(count));
    let Some(count) = whole else {
        return Err(format!("a range has a whole number of values, from 2 to {most}, not `{count}`"));
    };
    if low > high {
        return Err(format!("the range runs backwards: write `{to}..{from}:{count}`"));
    }
    if low == high {
        return Err(format!("the range is empty, as it begins where it ends: write `{from}` alone"));
    }
    Ok((low, high, count))
}

/// Evenly spaced values, written with as many digits as they need: 0.3, not 0.30000000000000004.
fn spaced((low, high, count): Spacing, span: Span) -> Vec<Value> {
    #[expect(clippy::cast_precision_loss, reason = "a number of values is far below 2^53")]
    let at = |step: usize| {
        let last = (count - 1) as f64;
        let exact = low * ((last - step as f64) / last) + high * (step as f64 / last);
        let size = low.abs().max(high.abs());
        // Near 0 what is left of larger ends is no digit of the value.
        let exact = if exact.abs() < size * 1e-14 { 0.0 } else { exact };
        let round: f64 = format!("{exact:.13e}").parse().unwrap_or(exact);
        if round.to_string().len() + 3 < exact.to_string().len() { round } else { exact }
    };
    let inner = (1..count - 1).map(at);
    [low].into_iter().chain(inner).chain([high]).map(|number| Value::of(number, span)).collect()
}

/// Values that stand twice.
fn twice(column: &Column, errors: &mut Vec<Diagnostic>) {
    let same = |one: &Value, other: &Value| match (one.number, other.number) {
        (Some(one), Some(other)) => one == other,
        _ => one.text == other.text,
    };
    let mut order: Vec<&Value> = column.values.iter().collect();
    order.sort_by(|a, b| {
        let number = |value: &Value| value.number.unwrap_or(f64::INFINITY);
        number(a).total_cmp(&number(b)).then_with(|| a.text.cmp(&b.text))
    });
    for pair in order.windows(2).filter(|pair| same(pair[0], pair[1])) {
        let message = format!("`{}` stands twice among the values of `{}`", pair[1].text, column.path);
        errors.push(Diagnostic::error("repeated", pair[1].span, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, path: &str, values: &[&str]) {
        let column = read_axis(&mut Sources::default(), "vary 1", text).expect("it is sound");
        let found: Vec<&str> = column.values.iter().map(|value| value.text.as_str()).collect();
        assert_eq!((column.path.as_str(), found.as_slice()), (path, values));
    }

    #[test]
    fn values_are_listed_or_spaced() {
        check("parameters.a=0..4:9", "parameters.a", &["0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4"]);
        check("a=-1..1:5", "a", &["-1", "-0.5", "0", "0.5", "1"]);
        check("a = 0..1:2, 7 ,1e3", "a", &["0", "1", "7", "1e3"]);
        check("a=0.1..0.7:7", "a", &["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"]);
        check("a=-0.3..0.3:7", "a", &["-0.3", "-0.2", "-0.1", "0", "0.1", "0.2", "0.3"]);
        check("a=0..1:4", "a", &["0", "0.3333333333333333", "0.6666666666666666", "1"]);
        check("a=1_000..2_000:2", "a", &["1000", "2000"]);
        check("actors.x.choice=best,uniform", "actors.x.choice", &["best", "uniform"]);
        check(
            "p={ uniform = [0, 1] }, \"a, b\" ,[1, 2]",
            "p",
            &["{ uniform = [0, 1] }", "\"a, b\"", "[1, 2]"],
        );
    }

    #[track_caller]
    fn check_error(text: &str, place: &str, message: &str) {
        let errors = read_axis(&mut Sources::default(), "vary 1", text).expect_err("it is wrong");
        let error = &errors[0];
        let found = &text[error.span.start as usize..error.span.end as usize];
        assert_eq!((found, error.message.as_str()), (place, message));
    }

    #[test]
    fn slips_are_told_apart() {
        check_error("a", "a", "a path needs an equals sign and values");
        check_error("=1,2", "=", "there is no path before the equals sign");
        check_error("a=", "", "there is no value here");
        check_error("a=1,,2", "", "there is no value here");
        check_error("a=0..4", "0..4", "the range needs the number of its values: `0..4:5`");
        check_error("a=4..0:9", "4..0:9", "the range runs backwards: write `0..4:9`");
        check_error("a=4..4:9", "4..4:9", "the range is empty, as it begins where it ends: write `4` alone");
        for count in ["1", "0", "-3", "2.5", "1e3", "100000000000", ""] {
            let item = format!("0..1:{count}");
            let message = format!("a range has a whole number of values, from 2 to 10000000, not `{count}`");
            check_error(&format!("a={item}"), &item, &message);
        }
        let ends = |word: &str| format!("`{word}` is no finite number, as the ends of a range must be");
        check_error("a=low..4:9", "low..4:9", &ends("low"));
        check_error("a=0..inf:9", "0..inf:9", &ends("inf"));
        check_error("a=1,2;3", "2;3", "`2;3` is no number");
        check_error("a=1,nan", "nan", "`nan` is no finite number");
        check_error("a=1,2,1.0", "1.0", "`1.0` stands twice among the values of `a`");
        check_error("a=best,best", "best", "`best` stands twice among the values of `a`");
    }

    #[test]
    fn all_slips_are_told_at_once() {
        let errors = read_axis(&mut Sources::default(), "vary 1", "a=,3..1:2,4").expect_err("it is wrong");
        assert_eq!(errors.len(), 2);
    }
}
