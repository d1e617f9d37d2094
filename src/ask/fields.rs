//! The keys of a question, read one by one: whatever is wrong with any of them is kept, to be told at once.

use serde_json::{Map, Value};

use super::failure::{Advice, Fault};
use crate::scenario::{decimal_comma, did_you_mean};

/// The keys of one question. Numbers may be written as texts (`"10_000"`), and one text in place of a list of one.
#[derive(Debug, Default)]
pub struct Fields {
    map: Map<String, Value>,
    /// The keys in their order, before any was taken.
    order: Vec<String>,
    /// Every key that was looked for.
    known: Vec<&'static str>,
    faults: Vec<Fault>,
}

/// Keys that say how an answer is given out, or how fast it is found, and nothing of the question.
pub const PRESENTATION: [&str; 5] = ["out", "json", "quiet", "threads", "yes"];

impl Fields {
    /// The keys of a JSON object.
    #[must_use]
    pub fn new(map: Map<String, Value>) -> Self {
        let order = map.keys().cloned().collect();
        Self { map, order, known: Vec::new(), faults: Vec::new() }
    }

    /// Keeps a fault of a key.
    pub fn fault(&mut self, key: &str, message: impl Into<String>) {
        self.faults.push(Fault::of(key, message));
    }

    /// Where a key stands among the others; past the last where it is not there.
    pub(super) fn place(&self, key: &str) -> usize {
        self.order.iter().position(|known| known == key).unwrap_or(self.order.len())
    }

    /// Whether a key is among them.
    pub(super) fn has(&self, key: &str) -> bool {
        self.order.iter().any(|known| known == key)
    }

    /// Any value.
    pub fn any(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        self.map.remove(key).filter(|value| !value.is_null())
    }

    /// A text, or a number as its text.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        match self.any(key)? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => {
                self.fault(key, "wanted a text");
                None
            }
        }
    }

    /// A list of texts and numbers, or one alone.
    pub fn texts(&mut self, key: &'static str) -> Vec<String> {
        let items = match self.any(key) {
            None => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(one) => vec![one],
        };
        let text = |item: Value| match item {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let texts: Option<Vec<String>> = items.into_iter().map(text).collect();
        texts.unwrap_or_else(|| {
            self.fault(key, "wanted a text or a list of texts");
            Vec::new()
        })
    }

    /// A list of words separated by commas, each of them one of `known`.
    pub fn words<T: Copy>(&mut self, key: &'static str, known: &[(&str, T)]) -> Vec<T> {
        let texts = self.texts(key);
        let words = texts.iter().flat_map(|text| text.split(',')).map(str::trim);
        let mut found = Vec::new();
        for word in words {
            match known.iter().find(|(name, _)| *name == word) {
                Some((_, value)) => found.push(*value),
                None => self.fault(key, unknown_word(word, known)),
            }
        }
        found
    }

    /// One word of `known`.
    pub fn word<T: Copy>(&mut self, key: &'static str, known: &[(&str, T)]) -> Option<T> {
        let word = self.text(key)?;
        let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        if found.is_none() {
            self.fault(key, unknown_word(&word, known));
        }
        found
    }

    /// Whether something is switched on.
    pub fn flag(&mut self, key: &'static str) -> bool {
        match self.any(key) {
            None | Some(Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(_) => {
                self.fault(key, "wanted true or false");
                false
            }
        }
    }

    /// A whole number in a range.
    pub fn whole(&mut self, key: &'static str, least: u64, most: u64) -> Option<u64> {
        let text = self.text(key)?;
        match whole(&text, least, most) {
            Ok(number) => Some(number),
            Err(why) => {
                self.fault(key, format!("{why}, not `{text}`"));
                None
            }
        }
    }

    /// A whole number in a range, of things that are held in memory.
    pub fn count(&mut self, key: &'static str, least: u32, most: u32) -> Option<usize> {
        let number = self.whole(key, least.into(), most.into())?;
        u32::try_from(number).ok().map(|number| number as usize)
    }

    /// A number for which `holds`; `wanted` says what is.
    pub fn number(&mut self, key: &'static str, holds: impl Fn(f64) -> bool, wanted: &str) -> Option<f64> {
        let text = self.text(key)?;
        match number(&text, holds, wanted) {
            Ok(number) => Some(number),
            Err(why) => {
                self.fault(key, format!("{why}, not `{text}`"));
                None
            }
        }
    }

    /// A key that must be there.
    #[must_use]
    pub fn required<T>(&mut self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.faults.iter().any(|fault| fault.key.as_deref() == Some(key)) {
            self.fault(key, "is missing");
        }
        value
    }

    /// Everything that was wrong, keys that nobody looked for among it. `command` is what has no such key.
    #[must_use]
    pub fn finish(mut self, command: &str) -> Vec<Fault> {
        for key in PRESENTATION {
            self.map.remove(key);
        }
        for key in self.map.keys() {
            let fault = Fault::unknown_key(key, format!("`{command}` has no option `{key}`"));
            let near = did_you_mean(key, self.known.iter().copied());
            self.faults.push(match near {
                Some(near) => fault.advise(Advice::Rename(near.to_owned())),
                None => fault,
            });
        }
        self.faults
    }
}

fn unknown_word<T>(word: &str, known: &[(&str, T)]) -> String {
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    match did_you_mean(word, names.iter().copied()) {
        Some(near) => format!("there is no `{word}`; did you mean `{near}`?"),
        None => format!("there is no `{word}`: wanted one of {}", names.join(", ")),
    }
}

/// A number for which `holds`; `wanted` says what is.
///
/// # Errors
/// `wanted` something else.
pub fn number(text: &str, holds: impl Fn(f64) -> bool, wanted: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number.filter(|number| holds(*number)).ok_or_else(|| match decimal_comma(text) {
        Some(hint) => format!("wanted {wanted} ({hint})"),
        None => format!("wanted {wanted}"),
    })
}

/// A whole number in a range; `_` may stand between its digits.
///
/// # Errors
/// Says what was wanted.
pub fn whole(text: &str, least: u64, most: u64) -> Result<u64, String> {
    let number: Option<u64> = text.replace('_', "").parse().ok();
    number.filter(|number| (least..=most).contains(number)).ok_or_else(|| {
        if most == u64::MAX {
            format!("wanted a whole number, at least {least}")
        } else {
            format!("wanted a whole number from {least} to {most}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Fields {
        Fields::new(serde_json::from_str(json).expect("JSON"))
    }

    #[test]
    fn numbers_may_be_texts_and_lists_of_one_a_text() {
        let mut read = fields(r#"{ "n": "10_000", "m": 3, "of": "turns", "by": ["a,b", "a"] }"#);
        assert_eq!((read.whole("n", 1, u64::MAX), read.whole("m", 1, 9)), (Some(10_000), Some(3)));
        assert_eq!(read.texts("of"), ["turns"]);
        assert_eq!(read.words("by", &[("a", 1), ("b", 2)]), [1, 2, 1]);
        assert_eq!(read.finish("run"), []);
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let mut read = fields(r#"{ "n": 0, "method": "exakt", "vray": 1, "json": true }"#);
        read.whole("n", 1, u64::MAX);
        read.word("method", &[("exact", ()), ("sample", ())]);
        read.text("vary");
        let wrong: Vec<String> = read.finish("sweep").iter().map(Fault::to_string).collect();
        assert_eq!(
            wrong,
            [
                "`n`: wanted a whole number, at least 1, not `0`",
                "`method`: there is no `exakt`; did you mean `exact`?",
                "`vray`: `sweep` has no option `vray`",
            ]
        );
    }

    #[test]
    fn numbers_out_of_range_are_refused_with_the_range() {
        assert_eq!(whole("10_000", 1, u64::MAX), Ok(10_000));
        for wrong in ["0", "-3", "2.5", "1e4", "", "99999999999999999999"] {
            assert_eq!(
                whole(wrong, 1, u64::MAX),
                Err("wanted a whole number, at least 1".to_owned()),
                "{wrong}"
            );
        }
        assert_eq!(whole("1025", 1, 1024), Err("wanted a whole number from 1 to 1024".to_owned()));
    }
}
