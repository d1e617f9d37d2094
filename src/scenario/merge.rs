//! Overlays: one tree laid over another.
//!
//! The overlay's way of writing decides: what it writes with a header or dotted keys merges key by key
//! into whatever table is there; an inline table, like any other value, replaces what is there whole.

use super::{Node, Table, Value};

/// Lays `overlay` over `base`. Keys that are there keep their place; new ones come after.
pub(crate) fn merge(base: &mut Table, overlay: &Table) {
    for (key, node) in &overlay.entries {
        match base.entries.iter_mut().find(|(known, _)| known.name == key.name) {
            None => base.entries.push((key.clone(), node.clone())),
            Some((known_key, known)) => {
                if merge_node(known, node) == Merged::Replaced {
                    known_key.span = key.span;
                }
            }
        }
    }
}

#[derive(PartialEq)]
enum Merged {
    KeyByKey,
    Replaced,
}

fn merge_node(base: &mut Node, overlay: &Node) -> Merged {
    if let (Value::Table(below), Value::Table(above)) = (&mut base.value, &overlay.value)
        && !above.inline
    {
        merge(below, above);
        return Merged::KeyByKey;
    }
    base.clone_from(overlay);
    Merged::Replaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::FileId;
    use crate::scenario::tree::parse_text;

    fn read(text: &str) -> Table {
        parse_text(text, FileId(0)).expect("the test's text is sound")
    }

    fn flat(table: &Table, path: &str, lines: &mut Vec<String>) {
        for (key, node) in &table.entries {
            let path = if path.is_empty() { key.name.clone() } else { format!("{path}.{}", key.name) };
            match &node.value {
                Value::Table(inner) if !inner.entries.is_empty() => flat(inner, &path, lines),
                Value::Table(_) => lines.push(format!("{path}={{}}")),
                Value::Number(text) => lines.push(format!("{path}={text}")),
                Value::Array(items) => lines.push(format!("{path}=[{}]", items.len())),
                other => lines.push(format!("{path}={other:?}")),
            }
        }
    }

    /// Lays the overlays over the base, in their order, and tells the leaves.
    #[track_caller]
    fn check(texts: &[&str], expected: &str) {
        let mut base = read(texts[0]);
        texts[1..].iter().for_each(|text| merge(&mut base, &read(text)));
        let mut lines = Vec::new();
        flat(&base, "", &mut lines);
        assert_eq!(lines.join(" "), expected);
    }

    #[test]
    fn headers_and_dotted_keys_merge_key_by_key() {
        check(&["[a.b]\nx = 1\ny = 2\n", "[a.b]\ny = 3\n"], "a.b.x=1 a.b.y=3");
        check(&["[a.b]\nx = 1\ny = 2\n", "a.b.y = 3\n"], "a.b.x=1 a.b.y=3");
        check(&["[a.b]\nx = 1\ny = 2\n", "[a]\nb.y = 3\n"], "a.b.x=1 a.b.y=3");
    }

    #[test]
    fn headers_and_dotted_keys_reach_into_inline_tables() {
        check(&["a = { x = 1, y = { z = 2 } }\n", "[a]\nx = 3\n"], "a.x=3 a.y.z=2");
        check(&["a = { x = 1, y = { z = 2 } }\n", "a.y.z = 3\n"], "a.x=1 a.y.z=3");
    }

    #[test]
    fn other_values_replace_whole() {
        check(&["[a.b]\nx = 1\ny = 2\n", "[a]\nb = { y = 3 }\n"], "a.b.y=3");
        check(&["a = [1, 2, 3]\n", "a = [4]\n"], "a=[1]");
        check(&["a = 1\n", "a = { x = 1 }\n"], "a.x=1");
        check(&["a = 1\n", "[a]\nx = 1\n"], "a.x=1");
        check(&["[a]\nx = 1\n", "a = 2\n"], "a=2");
        check(&["[[a]]\nx = 1\n[[a]]\nx = 2\n", "[[a]]\nx = 3\n"], "a=[1]");
        check(&["[a]\nx = 1\n", "a = {}\n"], "a={}");
    }

    #[test]
    fn an_inline_table_that_was_merged_into_can_be_merged_into_again() {
        check(&["a = 1\n", "a = { x = 1 }\n", "a.y = 2\n", "[a]\nx = 3\n"], "a.x=3 a.y=2");
    }

    #[test]
    fn new_keys_come_after_the_old() {
        check(
            &["[a]\nx = 1\ny = 2\n[b]\nx = 1\n", "[b]\nw = 0\n[a]\nw = 0\ny = 3\n"],
            "a.x=1 a.y=3 a.w=0 b.x=1 b.w=0",
        );
    }

    #[test]
    fn an_empty_overlay_changes_nothing() {
        check(&["[a]\nx = 1\n", ""], "a.x=1");
        check(&["[a]\nx = 1\n", "[a]\n"], "a.x=1");
    }
}
