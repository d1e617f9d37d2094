//! A table, column by column.

use super::schema::{ColumnSchema, Kind, Role, TableSchema, Thing, Unit};
use crate::stats::Estimate;

/// One value on its way into a table, or out of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(u64),
    /// A finite number, in full precision.
    Number(f64),
    /// Nothing: an empty field in CSV, `null` in JSON.
    Missing,
}

/// A table of an answer: columns of equal length, in the order of its schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    schema: &'static TableSchema,
    pub(super) columns: Vec<Column>,
    rows: usize,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What part it plays.
    pub role: Role,
    /// The unit of its numbers.
    pub unit: Unit,
    /// What its cells name, where they name something of the scenario's.
    pub thing: Option<Thing>,
    /// Its cells.
    pub values: Values,
}

/// The cells of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Texts: for each row its place in the dictionary; `None` where there is none.
    Text {
        /// Every text once, in the order in which they came.
        dictionary: Vec<String>,
        /// A place in the dictionary for each row.
        codes: Vec<Option<u32>>,
    },
    /// Whole numbers.
    Whole(Vec<Option<u64>>),
    /// Finite numbers; missing ones are NaN.
    Number(Vec<f64>),
    /// Numbers and texts.
    Any(Vec<Cell>),
}

impl Values {
    pub(super) fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text { dictionary: Vec::new(), codes: Vec::new() },
            Kind::Whole => Self::Whole(Vec::new()),
            Kind::Number => Self::Number(Vec::new()),
            Kind::Any => Self::Any(Vec::new()),
        }
    }

    /// Adds a cell; one of another kind than the column's is a slip in the code that makes the table.
    pub(super) fn push(&mut self, cell: Cell) {
        match (self, cell) {
            (Self::Any(cells), cell) => cells.push(cell),
            (Self::Text { dictionary, codes }, Cell::Text(text)) => {
                // Rows that follow each other often say the same: look from the end.
                let known = dictionary.iter().rposition(|known| *known == text);
                let place = known.unwrap_or_else(|| {
                    dictionary.push(text);
                    dictionary.len() - 1
                });
                codes.push(u32::try_from(place).ok());
            }
            (Self::Text { codes, .. }, Cell::Missing) => codes.push(None),
            (Self::Whole(numbers), Cell::Whole(number)) => numbers.push(Some(number)),
            (Self::Whole(numbers), Cell::Missing) => numbers.push(None),
            (Self::Number(numbers), Cell::Number(number)) => numbers.push(number),
            (Self::Number(numbers), Cell::Missing) => numbers.push(f64::NAN),
            (values, cell) => {
                debug_assert!(false, "{cell:?} does not belong into {values:?}");
                values.push(Cell::Missing);
            }
        }
    }

    /// The cell of a row.
    #[must_use]
    pub fn cell(&self, row: usize) -> Cell {
        match self {
            Self::Text { dictionary, codes } => {
                codes[row].map_or(Cell::Missing, |code| Cell::Text(dictionary[code as usize].clone()))
            }
            Self::Whole(numbers) => numbers[row].map_or(Cell::Missing, Cell::Whole),
            Self::Number(numbers) => Cell::from(numbers[row]),
            Self::Any(cells) => cells[row].clone(),
        }
    }
}

impl Table {
    /// An empty table of a schema without columns that are named after things of the scenario.
    #[must_use]
    pub(crate) fn new(schema: &'static TableSchema) -> Self {
        Self::with_columns(schema, &[])
    }

    /// An empty table; `named` has the names of the columns for each column of the schema that stands for several, in
    /// their order.
    #[must_use]
    pub(crate) fn with_columns(schema: &'static TableSchema, named: &[Vec<String>]) -> Self {
        let mut named = named.iter();
        let mut columns = Vec::new();
        for column in schema.columns {
            if column.is_pattern() {
                let names = named.next().map(Vec::as_slice).unwrap_or_default();
                columns.extend(names.iter().map(|name| Column::new(column, name.clone())));
            } else {
                columns.push(Column::new(column, column.name.to_owned()));
            }
        }
        Self { schema, columns, rows: 0 }
    }

    /// Adds a row: a cell for each column.
    pub(crate) fn push(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let mut cells = cells.into_iter();
        for column in &mut self.columns {
            let cell = cells.next();
            debug_assert!(cell.is_some(), "`{}` is missing in a row of {}", column.name, self.schema.name);
            column.values.push(cell.unwrap_or(Cell::Missing));
        }
        debug_assert!(cells.next().is_none(), "a row of {} has too many cells", self.schema.name);
        self.rows += 1;
    }

    /// Its name: that of its file, without `.csv`, and its key in JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.schema.name
    }

    /// What it is made of.
    #[must_use]
    pub fn schema(&self) -> &'static TableSchema {
        self.schema
    }

    /// Its columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A column by its name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// A number by its column's name and its row, from 0; `None` where there is none.
    #[must_use]
    pub fn number(&self, column: &str, row: usize) -> Option<f64> {
        match self.column(column)?.values.cell(row) {
            Cell::Number(number) => Some(number),
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
            Cell::Whole(number) => Some(number as f64),
            Cell::Text(_) | Cell::Missing => None,
        }
    }

    /// A text by its column's name and its row, from 0; `None` where there is none.
    #[must_use]
    pub fn text(&self, column: &str, row: usize) -> Option<&str> {
        match &self.column(column)?.values {
            Values::Text { dictionary, codes } => Some(dictionary[codes[row]? as usize].as_str()),
            Values::Any(cells) => match &cells[row] {
                Cell::Text(text) => Some(text),
                _ => None,
            },
            Values::Whole(_) | Values::Number(_) => None,
        }
    }
}

impl Column {
    fn new(schema: &ColumnSchema, name: String) -> Self {
        let ColumnSchema { role, kind, unit, thing, .. } = *schema;
        Self { name, role, unit, thing, values: Values::new(kind) }
    }
}

impl Cell {
    /// Value, low and high of an estimate; all missing where there is none.
    #[must_use]
    pub fn interval(estimate: impl Into<Option<Estimate>>) -> [Self; 3] {
        let estimate = estimate.into();
        [estimate.map(|e| e.value), estimate.map(|e| e.low), estimate.map(|e| e.high)].map(Self::from)
    }

    /// The cell as a field of CSV.
    #[must_use]
    pub fn field(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(whole) => whole.to_string(),
            Self::Number(value) => number(*value),
            Self::Missing => String::new(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Whole(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Whole(number as u64)
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

/// The one way in which numbers are written, in CSV and JSON alike: the shortest text that reads back as the same
/// number.
///
/// # Examples
/// ```
/// assert_eq!(demarche::tables::number(0.1), "0.1");
/// assert_eq!(demarche::tables::number(1e-300), "1e-300");
/// ```
#[must_use]
pub fn number(value: f64) -> String {
    serde_json::Number::from_f64(value).map_or_else(String::new, |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_as_they_were() {
        for value in
            [0.0, -0.0, 1.0, 0.1, 1.0 / 3.0, 1e21, 1e-7, 1e300, 5e-324, f64::MAX, -2.5, 123_456_789.0]
        {
            let text = number(value);
            assert_eq!(text.parse::<f64>().map(f64::to_bits), Ok(value.to_bits()), "{text}");
            assert!(text.len() <= 24, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_missing() {
        assert_eq!(Cell::from(f64::NAN), Cell::Missing);
        assert_eq!(Cell::from(f64::INFINITY), Cell::Missing);
        assert_eq!(Cell::from(None::<f64>), Cell::Missing);
    }
}
