//! Tables as one JSON object: a key a table, a list of row objects behind it.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Table;

struct Tables<'t>(&'t [(String, Table)]);

impl Serialize for Tables<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, table) in self.0 {
            map.serialize_entry(name, table)?;
        }
        map.end()
    }
}

/// The tables as JSON, with a newline at the end.
#[must_use]
pub fn json(tables: &[(String, Table)]) -> String {
    let mut text = serde_json::to_string_pretty(&Tables(tables)).unwrap_or_default();
    text.push('\n');
    text
}
