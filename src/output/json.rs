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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Cell;

    #[test]
    fn rows_are_objects_with_keys_in_the_order_of_the_columns() {
        let rows =
            vec![vec!["b".into(), 0.5.into(), Cell::Missing], vec!["a".into(), 1e-300.into(), 3_u64.into()]];
        let columns = ["name", "share", "count"].map(str::to_owned).into();
        let text =
            json(&[("things".to_owned(), Table { columns, rows }), ("none".to_owned(), Table::default())]);
        insta::assert_snapshot!(text, @r#"
        {
          "things": [
            {
              "name": "b",
              "share": 0.5,
              "count": null
            },
            {
              "name": "a",
              "share": 1e-300,
              "count": 3
            }
          ],
          "none": []
        }
        "#);
    }
}
