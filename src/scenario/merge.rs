//! Overlays: one tree laid over another.
//!
//! The overlay's way of writing decides: what it writes with a header or dotted keys merges key by key
//! into whatever table is there; an inline table, like any other value, replaces what is there whole.

use super::format::{Branch, Form};
use super::lists::{EntryNames, move_as_table, texts};
use super::{Key, Node, Table, Value};

/// Lays `overlay` over `base`, both of a scenario. Keys that are there keep their place; new ones come after.
///
/// Beyond merging key by key, the format says what a change replaces: of keys of which a table has exactly one, the
/// overlay's takes the place of another. And it says what a path leads into: the entries of lists that have names,
/// and the rows of a payoff table.
pub(crate) fn merge(base: &mut Table, overlay: &Table) {
    merge_tables(base, overlay, Some(Branch::root()));
}

fn merge_tables(base: &mut Table, overlay: &Table, place: Option<Branch>) {
    drop_alternatives(base, overlay, place);
    for (key, node) in &overlay.entries {
        let below = place.and_then(|place| place.below(&key.name));
        let levels = || levels_of(base, overlay);
        let merged = match (below.and_then(EntryNames::of), &node.value) {
            (Some(names), Value::Table(changes)) if !changes.inline => {
                let names = Entries { names, levels: levels(), place: below };
                names.merge_list(base, key, changes)
            }
            _ => false,
        };
        if !merged {
            merge_key(base, key, node, below);
        }
    }
}

fn merge_key(base: &mut Table, key: &Key, node: &Node, below: Option<Branch>) {
    match base.entries.iter_mut().find(|(known, _)| known.name == key.name) {
        None => base.entries.push((key.clone(), node.clone())),
        Some((known_key, known)) => {
            if merge_node(known, node, below) == Merged::Replaced {
                known_key.span = key.span;
            }
        }
    }
}

#[derive(PartialEq)]
enum Merged {
    KeyByKey,
    Replaced,
}

fn merge_node(base: &mut Node, overlay: &Node, place: Option<Branch>) -> Merged {
    if let Value::Table(above) = &overlay.value
        && !above.inline
    {
        name_file(base, above, place);
        if let Value::Table(below) = &mut base.value {
            merge_tables(below, above, place);
            return Merged::KeyByKey;
        }
    }
    base.clone_from(overlay);
    Merged::Replaced
}

/// Takes out the keys in whose place an overlay's stands, of which a table has exactly one.
fn drop_alternatives(base: &mut Table, overlay: &Table, place: Option<Branch>) {
    let alternatives = place.map_or(&[][..], Branch::alternatives);
    if alternatives.iter().any(|key| overlay.get(key).is_some()) {
        base.entries.retain(|(key, _)| {
            !alternatives.contains(&key.name.as_str()) || overlay.get(&key.name).is_some()
        });
    }
}

/// The name of a payoff table's file becomes a key, so that changes of rows can stand beside it.
fn name_file(base: &mut Node, overlay: &Table, place: Option<Branch>) {
    let is_table = place.is_some_and(|place| place.has(Form::File) && place.has(Form::Table));
    if is_table && matches!(base.value, Value::String(_)) && overlay.get("file").is_none() {
        let key = Key { name: "file".to_owned(), span: base.span };
        base.value = Value::Table(Table { entries: vec![(key, base.clone())], inline: true });
    }
}

/// The levels of a variable, as they are with the overlay.
fn levels_of(base: &Table, overlay: &Table) -> Vec<String> {
    let levels = overlay.get("levels").or_else(|| base.get("levels"));
    levels.map_or_else(Vec::new, |node| texts(&node.value))
}

/// The entries of a list that have names.
struct Entries {
    names: EntryNames,
    /// The levels of the variable to which the list belongs.
    levels: Vec<String>,
    place: Option<Branch>,
}

impl Entries {
    /// Lays changes, by the entries' names, over the list behind a key; `false` where there is no such list or no
    /// such entry.
    fn merge_list(&self, base: &mut Table, key: &Key, changes: &Table) -> bool {
        if self.names == EntryNames::Levels && base.get(&key.name).is_none() {
            let ordinals = (0..self.levels.len()).map(|place| Value::Number(place.to_string()));
            let items = ordinals.map(|value| Node { value, span: key.span }).collect();
            base.entries.push((key.clone(), Node { value: Value::Array(items), span: key.span }));
        }
        let Some(Node { value: Value::Array(items), .. }) = base.get_mut(&key.name) else { return false };
        let names = self.names.names(items, &self.levels);
        let find = |name: &str| names.iter().position(|known| known == name);
        let found: Option<Vec<usize>> = changes.entries.iter().map(|(key, _)| find(&key.name)).collect();
        let Some(found) = found else { return false };
        for (at, (_, change)) in found.into_iter().zip(&changes.entries) {
            self.merge_entry(&mut items[at], change);
        }
        true
    }

    fn merge_entry(&self, item: &mut Node, change: &Node) {
        let inside = match self.names {
            EntryNames::Moves => self.place.and_then(Branch::ids).map(|(_, place)| place),
            // A condition is a table of its own, whose keys are no keys of the format.
            EntryNames::Levels | EntryNames::Numbers => None,
        };
        if self.names == EntryNames::Moves && matches!(change.value, Value::Table(_)) {
            item.value = Value::Table(move_as_table(item));
        }
        merge_node(item, change, inside);
    }
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

    fn texts_of(value: &Value) -> Vec<&str> {
        let Value::Array(items) = value else { return Vec::new() };
        items
            .iter()
            .filter_map(|it| if let Value::Number(text) = &it.value { Some(text.as_str()) } else { None })
            .collect()
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
    fn a_change_reaches_into_lists_that_have_names() {
        let variable = "[variables.force]\nlevels = [\"none\", \"full\"]\nvalues = [0, 5]\n";
        let values = |overlay: &str| {
            let mut base = read(variable);
            merge(&mut base, &read(overlay));
            let force =
                base.get("variables").and_then(Node::as_table).and_then(|it| it.get("force")).cloned();
            let values = force.and_then(|it| it.as_table().and_then(|it| it.get("values")).cloned());
            values.map_or_else(String::new, |node| format!("{:?}", texts_of(&node.value)))
        };
        assert_eq!(values("variables.force.values.full = 3\n"), r#"["0", "3"]"#);
        assert_eq!(values("[variables.force]\nlevels = [\"a\", \"b\"]\nvalues.a = 3\n"), r#"["3", "5"]"#);
        assert_eq!(values("variables.force.values.fall = 3\n"), "[]");
        check(
            &[
                "[issues.talks.moves]\nnorth = [\"offer\", { move = \"wait\", salience = 2 }]\n",
                "[issues.talks.moves.north]\noffer.salience = 3\nwait.salience = 4\n",
            ],
            "issues.talks.moves.north=[2]",
        );
    }

    #[test]
    fn of_keys_that_exclude_one_another_the_later_stays() {
        check(
            &["parameters.x = { pert = [0, 1, 2], title = 1 }\n", "parameters.x.value = 3\n"],
            "parameters.x.title=1 parameters.x.value=3",
        );
        check(
            &["actors.a.choice = { logit = 1 }\n", "actors.a.choice.ewa.phi = 1\n"],
            "actors.a.choice.ewa.phi=1",
        );
        check(&["facts.f.raises = 1\n", "facts.f.lowers = 2\n"], "facts.f.lowers=2");
    }

    #[test]
    fn rows_are_changed_beside_the_name_of_their_file() {
        check(
            &["issues.i.table = \"t.csv\"\n", "issues.i.table.calm.pays.a = 2\n"],
            "issues.i.table.file=String(\"t.csv\") issues.i.table.calm.pays.a=2",
        );
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
