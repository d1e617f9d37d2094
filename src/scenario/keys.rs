//! Which paths an assignment may set: those that the scenario has, and the keys that may be added to
//! what it has. A new parameter, payoff or effect is none of them, since it surely is a misspelt one.

use super::suggest::did_you_mean;
use super::{Diagnostic, Key, Table, Value};

/// Keys that are listed where nothing is near enough to be suggested, at most.
const MAX_LISTED: usize = 20;

/// Sees to it that a path leads somewhere.
pub(crate) fn check_path(parts: &[Key], root: &Table) -> Result<(), Diagnostic> {
    let mut here = Some(root);
    for (depth, key) in parts.iter().enumerate() {
        let above: Vec<&str> = parts[..depth].iter().map(|key| key.name.as_str()).collect();
        let node = here.and_then(|table| table.get(&key.name));
        let optional = optional_keys(&above, root);
        if node.is_none() && !optional.contains(&key.name) && !is_seat_in_condition(&above, &key.name) {
            return Err(unknown(parts, depth, here, &optional, root));
        }
        let last = depth + 1 == parts.len();
        here = match node.map(|node| &node.value) {
            Some(Value::Array(_)) if !last => {
                let message =
                    format!("`{}` is a list, which can only be set whole", written(&parts[..=depth]));
                return Err(Diagnostic::error("unknown-path", parts[depth + 1].span, message));
            }
            Some(Value::Table(table)) => Some(table),
            _ => None,
        };
    }
    Ok(())
}

fn unknown(
    parts: &[Key],
    depth: usize,
    here: Option<&Table>,
    optional: &[String],
    root: &Table,
) -> Diagnostic {
    let typed = &parts[depth];
    let message = format!("unknown path `{}`", written(parts));
    let error = Diagnostic::error("unknown-path", typed.span, message);
    let present = here.into_iter().flat_map(|table| table.entries.iter().map(|(key, _)| key.name.as_str()));
    let mut known: Vec<&str> = present.collect();
    known
        .extend(optional.iter().map(String::as_str).filter(|name| !known.contains(name)).collect::<Vec<_>>());
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

/// `"actor.issue"` in a condition; whether there is such a seat is seen when the condition is read.
fn is_seat_in_condition(above: &[&str], key: &str) -> bool {
    above.last() == Some(&"when") && key.contains('.')
}

/// The keys that may be added to the table at a path, beside those that it has.
fn optional_keys(above: &[&str], root: &Table) -> Vec<String> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let mut variables = names(root, &["variables"]);
    match above {
        ["variants", _, rest @ ..] => {
            let mut keys = optional_keys(rest, root);
            keys.extend(names(root, rest));
            keys
        }
        [] => words(&["title", "because", "turn", "turns", "script"]),
        ["script"] => seats(root),
        ["script", seat] => moves(root, seat),
        ["parameters", _] => words(&[
            "value",
            "uniform",
            "triangular",
            "pert",
            "normal",
            "lognormal",
            "beta",
            "oneof",
            "title",
            "because",
        ]),
        ["variables", _] => words(&["levels", "values", "start", "title", "because"]),
        ["variables", _, "start"] => words(&["weights"]),
        ["variables", variable, "start", "weights"] => texts(root, &["variables", variable, "levels"]),
        ["actors", _] => words(&[
            "name", "choice", "tremble", "beliefs", "horizon", "beyond", "discount", "regard", "title",
            "because",
        ]),
        ["actors", _, "choice"] => words(&["logit"]),
        ["actors", _, "beliefs"] => words(&["level", "poisson"]),
        ["actors", _, "regard"] | [.., "pays"] => names(root, &["actors"]),
        [.., "set" | "shift"] => variables,
        [.., "when"] => {
            variables.push("turn".to_owned());
            variables.extend(names(root, &["actors"]));
            variables
        }
        ["issues", _] => words(&["when", "table", "title", "because"]),
        ["payoffs", _] | ["issues", _, "payoffs", _] => words(&["when", "per", "pays", "title", "because"]),
        ["events", _] | ["issues", _, "effects", _] => {
            words(&["when", "chance", "set", "shift", "title", "because"])
        }
        ["outcomes", _, _] => words(&["when", "ends", "pays", "title", "because"]),
        ["measures", _] => words(&["when", "per", "ever", "of", "title", "because"]),
        ["studies", _] => {
            words(&["command", "of", "by", "to", "draws", "replications", "seed", "method", "title"])
        }
        ["claims", _] => words(&["text", "source"]),
        ["facts", _] => words(&[
            "variant", "against", "raises", "lowers", "by", "measure", "above", "below", "title", "because",
        ]),
        _ => Vec::new(),
    }
}

fn at<'t>(root: &'t Table, path: &[&str]) -> Option<&'t Value> {
    let (last, above) = path.split_last()?;
    let table = above.iter().try_fold(root, |table, part| table.get(part)?.as_table())?;
    Some(&table.get(last)?.value)
}

/// The keys of the table at a path.
fn names(root: &Table, path: &[&str]) -> Vec<String> {
    let Some(Value::Table(table)) = at(root, path) else { return Vec::new() };
    table.entries.iter().map(|(key, _)| key.name.clone()).collect()
}

/// The texts in the list at a path, and the `move` of the tables in it.
fn texts(root: &Table, path: &[&str]) -> Vec<String> {
    let Some(Value::Array(items)) = at(root, path) else { return Vec::new() };
    let name = |item: &super::Node| item.as_str().map(str::to_owned);
    let named = |item: &super::Node| item.as_table()?.get("move")?.as_str().map(str::to_owned);
    items.iter().filter_map(|item| name(item).or_else(|| named(item))).collect()
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
    texts(root, &["issues", issue, "moves", actor])
}
