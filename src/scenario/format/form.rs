//! What may stand behind a key.

use crate::scenario::thousands;

/// One form that a value may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// Any text.
    Text,
    /// A list of texts.
    Texts,
    /// `true` or `false`.
    Boolean,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The id of something that is named so: `a variable`.
    Name(&'static str),
    /// A list of such ids, each named so: `levels`.
    Names(&'static str),
    /// A whole number, at least and at most.
    Whole(i32, i32),
    /// A number in a range.
    Number(Range),
    /// A number in a range, or an expression of parameters.
    Amount(Range),
    /// A list of amounts, one for each level.
    AmountsByLevel,
    /// The numbers of a distribution: `[low, high]`.
    Numbers(&'static str),
    /// The path of a measure.
    Measure,
    /// The path of a file in the scenario's folder or below it.
    File,
    /// A condition: a table of variables, the turn and moves.
    Condition,
    /// A list of conditions, of which any may hold.
    Conditions,
    /// A list of moves, each an id or a table.
    Moves,
    /// A table, whose keys have rows of their own.
    Table,
    /// A table that has exactly one of these keys.
    TableWithOne(&'static [&'static str]),
    /// A table with the keys of the table at that path.
    SameAs(&'static str),
    /// An option of a command: a text, a number, `true` or `false`, or a list of texts and numbers.
    Option,
}

impl Form {
    /// The form as the reference names it.
    pub(super) fn name(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Texts => "list of texts".to_owned(),
            Self::Boolean => "`true` or `false`".to_owned(),
            Self::Word(words) => {
                words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", ")
            }
            Self::Name(what) => format!("id of {what}"),
            Self::Names(what) => format!("list of {what}"),
            Self::Whole(low, high) => {
                format!("whole number, {} to {}", thousands(low.into()), thousands(high.into()))
            }
            Self::Number(range) => format!("number{}", range.suffix()),
            Self::Amount(range) => format!("amount{}", range.suffix()),
            Self::AmountsByLevel => "list of amounts, one a level".to_owned(),
            Self::Numbers(shape) => format!("`{shape}`"),
            Self::Measure => "measure".to_owned(),
            Self::File => "path of a file".to_owned(),
            Self::Condition => "condition".to_owned(),
            Self::Conditions => "list of conditions".to_owned(),
            Self::Moves => "list of moves: ids or tables".to_owned(),
            Self::Table => "table".to_owned(),
            Self::TableWithOne(keys) => {
                let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
                format!("table with one of {}", keys.join(", "))
            }
            Self::SameAs("") => "table like the file".to_owned(),
            Self::SameAs(path) => format!("table like `{path}`"),
            Self::Option => "text, number, `true` or `false`, or a list".to_owned(),
        }
    }

    /// Whether it is a table whose keys are rows of the format.
    pub(super) fn is_table(self) -> bool {
        matches!(self, Self::Table | Self::TableWithOne(_) | Self::SameAs(_))
    }
}

/// The range in which a number must be, ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least that it may be; minus infinity where it has no bound.
    pub least: f64,
    /// The most that it may be; infinity where it has no bound.
    pub most: f64,
}

impl Range {
    /// Any finite number.
    pub const ANY: Self = Self::new(f64::NEG_INFINITY, f64::INFINITY);
    /// Weights, precisions.
    pub const NOT_NEGATIVE: Self = Self::new(0.0, f64::INFINITY);
    /// Probabilities, discounts.
    pub const SHARE: Self = Self::new(0.0, 1.0);

    /// The range between two numbers.
    #[must_use]
    pub const fn new(least: f64, most: f64) -> Self {
        Self { least, most }
    }

    /// Whether the number is in the range; one that is not a number is in none.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        self.least <= value && value <= self.most
    }

    /// What a number must be, as errors say it.
    pub(crate) fn wanted(self) -> String {
        match (self.least.is_finite(), self.most.is_finite()) {
            (false, false) => "a finite number".to_owned(),
            (true, false) => format!("a finite number, at least {}", self.least),
            (false, true) => format!("a finite number, at most {}", self.most),
            (true, true) => format!("between {} and {}", self.least, self.most),
        }
    }

    fn suffix(self) -> String {
        match (self.least.is_finite(), self.most.is_finite()) {
            (false, false) => String::new(),
            (true, false) => format!(", at least {}", self.least),
            (false, true) => format!(", at most {}", self.most),
            (true, true) => format!(", {} to {}", self.least, self.most),
        }
    }
}
