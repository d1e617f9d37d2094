//! Which paths an assignment may set: those that the scenario has, and the keys that may be added to
//! what it has. A new parameter, payoff or effect is none of them, since it surely is a misspelt one.

use super::format::{Branch, Form, OF_A_FILE, at};
use super::lists::{EntryNames, move_name, texts};
use super::suggest::did_you_mean;
use super::{Diagnostic, Key, Node, Table, Value};

/// Keys that are listed where nothing is near enough to be suggested, at most.
const MAX_LISTED: usize = 20;

/// Sees to it that a path leads somewhere.
pub(crate) fn check_path(parts: &[Key], root: &Table) -> Result<(), Diagnostic> {
    let names: Vec<&str> = parts.iter().map(|key| key.name.as_str()).collect();
    let mut here = vec![Place::of_table(root)];
    for (depth, key) in parts.iter().enumerate() {
        let above = Above { names: &names[..depth], root };
        // A variant may change whatever the scenario has.
        if depth == 2 && names[0] == "variants" {
            here.push(Place::of_table(root));
        }
        if !here.iter().any(|place| place.has(&key.name)) && !above.may_have(&key.name) {
            return Err(unknown(parts, depth, &here, root));
        }
        let levels = above.levels();
        let below = at(names[..=depth].iter().copied());
        let values: Vec<&Value> = here.iter().filter_map(|place| place.value(&key.name)).collect();
        here = values.iter().filter_map(|value| Place::inside(value, below, &levels)).collect();
        let whole = values.iter().any(|value| matches!(value, Value::Array(_)));
        if let (true, Some(next)) = (whole, parts.get(depth + 1)) {
            let named = here.iter().any(|place| place.has(&next.name));
            if !named && !below.is_some_and(|below| below.has(Form::Moves) || below.has(Form::AmountsByLevel))
            {
                return Err(only_whole(parts, depth, &here));
            }
        }
    }
    Ok(())
}

/// What stands at a part of a path: entries with names.
struct Place<'t> {
    entries: Vec<(String, &'t Value)>,
}

impl<'t> Place<'t> {
    fn of_table(table: &'t Table) -> Self {
        Self { entries: table.entries.iter().map(|(key, node)| (key.name.clone(), &node.value)).collect() }
    }

    /// What is inside a value: the keys of a table, the entries of a list that have names.
    fn inside(value: &'t Value, place: Option<Branch>, levels: &[String]) -> Option<Self> {
        match value {
            Value::Table(table) => Some(Self::of_table(table)),
            Value::Array(items) => {
                let names = EntryNames::of(place?)?.names(items, levels);
                let values = items.iter().map(|item| &item.value);
                Some(Self { entries: names.into_iter().zip(values).collect() })
            }
            _ => None,
        }
    }

    fn value(&self, name: &str) -> Option<&'t Value> {
        self.entries.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(name, _)| name.as_str())
    }
}

/// The keys above a part of a path.
struct Above<'p> {
    names: &'p [&'p str],
    root: &'p Table,
}

impl Above<'_> {
    /// The place in the format. One of several conditions, named by its number, is a condition like the others.
    fn place(&self) -> Option<Branch> {
        let of = |names: &[&str]| at(names.iter().copied());
        match self.names {
            [above @ .., number] if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                of(above).filter(|place| place.has(Form::Conditions)).or_else(|| of(self.names))
            }
            names => of(names),
        }
    }

    /// Whether a key may be added here.
    fn may_have(&self, key: &str) -> bool {
        let Some(place) = self.place() else { return false };
        let free = matches!(place.ids(), Some(("ROW" | "SUBJECT" | "OPTION", _)));
        // Whether there is such a seat is seen when the condition is read.
        let seat = place.has(Form::Condition) && key.contains('.');
        free || seat || self.optional().iter().any(|known| known == key)
    }

    /// The keys that may be added here, beside those that are there.
    fn optional(&self) -> Vec<String> {
        let Some(place) = self.place() else { return Vec::new() };
        let mut keys: Vec<String> = place.keys().into_iter().map(str::to_owned).collect();
        if matches!(self.names, [] | ["variants", _]) {
            keys.retain(|key| !OF_A_FILE.contains(&key.as_str()));
        }
        if place.has(Form::Condition) {
            keys.extend(names(self.root, &["variables"]));
            keys.push("turn".to_owned());
            keys.extend(names(self.root, &["actors"]));
        }
        keys.extend(self.ids(place));
        keys
    }

    /// The ids of other things that may be keys here.
    fn ids(&self, place: Branch) -> Vec<String> {
        match place.ids().map(|(what, _)| what) {
            Some("ACTOR") => names(self.root, &["actors"]),
            Some("VARIABLE") => names(self.root, &["variables"]),
            Some("LEVEL") => self.levels(),
            Some("SEAT") => seats(self.root),
            Some("MOVE") if self.names.contains(&"script") => {
                self.names.last().map_or_else(Vec::new, |seat| moves(self.root, seat))
            }
            _ => Vec::new(),
        }
    }

    /// The levels of the variable that the path has led into.
    fn levels(&self) -> Vec<String> {
        match self.names {
            ["variables", variable, ..] | ["variants", _, "variables", variable, ..] => {
                value(self.root, &["variables", variable, "levels"]).map_or_else(Vec::new, texts)
            }
            _ => Vec::new(),
        }
    }
}

fn unknown(parts: &[Key], depth: usize, here: &[Place<'_>], root: &Table) -> Diagnostic {
    let typed = &parts[depth];
    let message = format!("unknown path `{}`", written(parts));
    let error = Diagnostic::error("unknown-path", typed.span, message);
    let above: Vec<&str> = parts[..depth].iter().map(|key| key.name.as_str()).collect();
    let optional = Above { names: &above, root }.optional();
    let mut known: Vec<&str> = Vec::new();
    for name in here.iter().flat_map(Place::names).chain(optional.iter().map(String::as_str)) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    if let Some(name) = did_you_mean(&typed.name, known.iter().copied()) {
        let mut meant = parts.to_vec();
        name.clone_into(&mut meant[depth].name);
        return error.help(format!("did you mean `{}`?", written(&meant)));
    }
    if let (1, Some(path)) = (parts.len(), find(root, &typed.name)) {
        return error.help(format!("did you mean `{}`?", written(&path)));
    }
    if known.is_empty() || known.len() > MAX_LISTED {
        return error;
    }
    let listed: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    error.help(format!("known here: {}", listed.join(", ")))
}

/// What is said of a path that leads into a list whose entries have no such name.
fn only_whole(parts: &[Key], depth: usize, here: &[Place<'_>]) -> Diagnostic {
    let list = written(&parts[..=depth]);
    let message = format!("`{list}` is a list, which can only be set whole");
    let error = Diagnostic::error("unknown-path", parts[depth + 1].span, message);
    match here.iter().map(|place| place.entries.len()).max() {
        Some(conditions) if 0 < conditions => error
            .help(format!("or one of its conditions, by its number: `{list}.1` to `{list}.{conditions}`")),
        _ => error,
    }
}

/// The first path that ends with a key of that name: people leave out the section.
fn find(table: &Table, name: &str) -> Option<Vec<Key>> {
    table.entries.iter().find_map(|(key, node)| {
        if key.name == name {
            return Some(vec![key.clone()]);
        }
        let Value::Table(inner) = &node.value else { return None };
        let mut path = find(inner, name)?;
        path.insert(0, key.clone());
        Some(path)
    })
}

/// The path as it is typed.
fn written(parts: &[Key]) -> String {
    let bare = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    let quoted =
        parts.iter().map(|key| if bare(&key.name) { key.name.clone() } else { format!("{:?}", key.name) });
    quoted.collect::<Vec<_>>().join(".")
}

fn value<'t>(root: &'t Table, path: &[&str]) -> Option<&'t Value> {
    let (last, above) = path.split_last()?;
    let table = above.iter().try_fold(root, |table, part| table.get(part)?.as_table())?;
    Some(&table.get(last)?.value)
}

/// The keys of the table at a path.
fn names(root: &Table, path: &[&str]) -> Vec<String> {
    let Some(Value::Table(table)) = value(root, path) else { return Vec::new() };
    table.entries.iter().map(|(key, _)| key.name.clone()).collect()
}

fn seats(root: &Table) -> Vec<String> {
    let issues = names(root, &["issues"]);
    let seats = issues.iter().flat_map(|issue| {
        names(root, &["issues", issue, "moves"]).into_iter().map(move |actor| format!("{actor}.{issue}"))
    });
    seats.collect()
}

fn moves(root: &Table, seat: &str) -> Vec<String> {
    let Some((actor, issue)) = seat.split_once('.') else { return Vec::new() };
    let Some(Value::Array(items)) = value(root, &["issues", issue, "moves", actor]) else {
        return Vec::new();
    };
    items.iter().filter_map(|item: &Node| move_name(item)).map(str::to_owned).collect()
}
