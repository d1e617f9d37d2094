//! Tables as one JSON object: a key a table, a list of row objects behind it.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::table::{Cell, Table};

struct Tables<'t>(&'t [Table]);

struct Row<'t>(&'t Table, usize);

impl Serialize for Tables<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for table in self.0 {
            map.serialize_entry(table.name(), table)?;
        }
        map.end()
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(Some(self.rows()))?;
        for row in 0..self.rows() {
            rows.serialize_element(&Row(self, row))?;
        }
        rows.end()
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.columns().len()))?;
        for column in self.0.columns() {
            map.serialize_entry(&column.name, &column.values.cell(self.1))?;
        }
        map.end()
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Whole(whole) => serializer.serialize_u64(*whole),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Missing => serializer.serialize_unit(),
        }
    }
}

/// The tables as JSON, with a newline at the end.
#[must_use]
pub fn json(tables: &[Table]) -> String {
    let mut text = serde_json::to_string_pretty(&Tables(tables)).unwrap_or_default();
    text.push('\n');
    text
}
