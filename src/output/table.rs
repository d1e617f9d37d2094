//! Rows and columns: the common currency of all files and of `--json`.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::stats::Estimate;

/// One value in a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(u64),
    /// A number in full precision.
    Number(f64),
    /// Nothing: an empty field in CSV, `null` in JSON.
    Missing,
}

impl Cell {
    /// Value, low and high of an estimate; all missing where there is none.
    #[must_use]
    pub fn interval(estimate: impl Into<Option<Estimate>>) -> [Self; 3] {
        let estimate = estimate.into();
        [estimate.map(|e| e.value), estimate.map(|e| e.low), estimate.map(|e| e.high)].map(Self::from)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Integer(number)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Integer(number as u64)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Missing }
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Missing, Self::from)
    }
}

/// The one way in which numbers are written, in CSV and JSON alike: the shortest text that reads back
/// as the same number.
///
/// # Examples
/// ```
/// assert_eq!(demarche::output::number(0.1), "0.1");
/// assert_eq!(demarche::output::number(1e-300), "1e-300");
/// ```
#[must_use]
pub fn number(value: f64) -> String {
    serde_json::Number::from_f64(value).map_or_else(String::new, |number| number.to_string())
}

impl Cell {
    /// The cell as a field of CSV.
    #[must_use]
    pub fn field(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(integer) => integer.to_string(),
            Self::Number(value) => number(*value),
            Self::Missing => String::new(),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(integer) => serializer.serialize_u64(*integer),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Missing => serializer.serialize_unit(),
        }
    }
}

/// A table: every row has as many cells as there are columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table with these columns.
    #[must_use]
    pub fn new<S: AsRef<str>>(columns: &[S]) -> Self {
        Self { columns: columns.iter().map(|name| name.as_ref().to_owned()).collect(), rows: Vec::new() }
    }
}

/// One row as an object, its keys in the order of the columns.
struct Row<'t> {
    columns: &'t [String],
    cells: &'t [Cell],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            map.serialize_entry(column, cell)?;
        }
        map.end()
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.iter().map(|cells| Row { columns: &self.columns, cells }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: f64) {
        let text = number(value);
        assert_eq!(text.parse::<f64>().map(f64::to_bits), Ok(value.to_bits()), "{text}");
        assert!(text.len() <= 24, "{text}");
        let json: serde_json::Value = serde_json::from_str(&text).expect("a number of JSON too");
        assert_eq!(json.as_f64().map(f64::to_bits), Some(value.to_bits()), "{text}");
        assert_eq!(serde_json::to_string(&Cell::Number(value)).ok(), Some(text));
    }

    #[test]
    fn numbers_read_back_as_they_were_in_csv_and_json_alike() {
        for value in
            [0.0, -0.0, 1.0, 0.1, 1.0 / 3.0, 1e21, 1e-7, 1e300, 5e-324, f64::MAX, -2.5, 123_456_789.0]
        {
            check(value);
        }
    }

    #[test]
    fn what_is_no_number_is_missing() {
        assert_eq!(Cell::from(f64::NAN), Cell::Missing);
        assert_eq!(Cell::from(f64::INFINITY), Cell::Missing);
        assert_eq!(Cell::from(None::<f64>), Cell::Missing);
    }
}
