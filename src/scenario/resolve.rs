//! The scenario as it was merged, written as TOML 1.0 that runs alone: the rows of payoff tables become
//! payoff terms.

use std::fmt::Write;

use super::tree::{Node, Table, Value};
use super::{IssueId, Reason, Scenario, Set, Term};

/// The text of a merged tree, of which `scenario` was read.
#[must_use]
pub(crate) fn resolve(tree: &Table, scenario: &Scenario) -> String {
    let mut text = String::new();
    let mut tree = tree.clone();
    let rows = inline_tables(&mut tree, scenario);
    write_table(&mut text, &[], &tree, &rows);
    text
}

/// Takes `table` away from every issue that has one; gives the rows that take its place, as text, by issue.
fn inline_tables(tree: &mut Table, scenario: &Scenario) -> Vec<(String, String)> {
    let Some(Value::Table(issues)) = tree.get_mut("issues").map(|node| &mut node.value) else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    for (at, issue) in scenario.issues.iter().enumerate() {
        let Some(Value::Table(table)) = issues.get_mut(&issue.id).map(|node| &mut node.value) else {
            continue;
        };
        if table.remove("table").is_none() {
            continue;
        }
        let terms = table.get("payoffs").and_then(Node::as_table);
        let taken = |id: &str| terms.is_some_and(|terms| terms.get(id).is_some());
        let prefix = format!("issues.{}.table.", issue.id);
        let mut text = String::new();
        for term in scenario.terms.iter().filter(|term| term.path.starts_with(&prefix)) {
            let mut id = format!("table_{}", term.id);
            while taken(&id) {
                id.push('_');
            }
            write_row(&mut text, scenario, IssueId::new(at), term, &id);
        }
        rows.push((issue.id.clone(), text));
    }
    rows
}

fn write_row(text: &mut String, scenario: &Scenario, issue: IssueId, term: &Term, id: &str) {
    let _ = writeln!(text, "\n[issues.{}.payoffs.{id}]", scenario.issues[issue.index()].id);
    let clauses: Vec<String> = term
        .when
        .any
        .iter()
        .map(|clause| {
            let levels = clause.levels.iter().map(|(v, set)| {
                let variable = &scenario.variables[v.index()];
                format!("{} = {}", variable.id, names(set, |at| &variable.levels[at]))
            });
            let moves = clause.moves.iter().map(|(s, set)| {
                let seat = &scenario.seats[s.index()];
                format!(
                    "{} = {}",
                    scenario.actors[seat.actor.index()].id,
                    names(set, |at| &seat.moves[at].id)
                )
            });
            format!("{{ {} }}", levels.chain(moves).collect::<Vec<_>>().join(", "))
        })
        .collect();
    if let [clause] = clauses.as_slice() {
        let _ = writeln!(text, "when = {clause}");
    }
    let pays = term.pays.iter().map(|(actor, amount)| {
        let number =
            matches!(amount.expression, super::Expression::Number(_)) && amount.text.parse::<f64>().is_ok();
        let shown = if number { amount.text.clone() } else { quoted(&amount.text) };
        format!("{} = {shown}", scenario.actors[actor.index()].id)
    });
    let _ = writeln!(text, "pays = {{ {} }}", pays.collect::<Vec<_>>().join(", "));
    let because = term.notes.because.reasons.iter().map(|reason| match reason {
        Reason::Claim(claim) => quoted(&scenario.claims[*claim].id),
        Reason::Text(text) => quoted(text),
    });
    let because: Vec<String> = because.collect();
    if !because.is_empty() {
        let _ = writeln!(text, "because = [{}]", because.join(", "));
    }
}

fn names<'n>(set: &Set, name: impl Fn(usize) -> &'n String) -> String {
    let names: Vec<String> = set.members().map(|at| quoted(name(at))).collect();
    match names.as_slice() {
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    }
}

fn write_table(text: &mut String, path: &[String], table: &Table, rows: &[(String, String)]) {
    let is_section = |node: &Node| matches!(&node.value, Value::Table(inner) if !inner.inline);
    let plain: Vec<&(super::Key, Node)> =
        table.entries.iter().filter(|(_, node)| !is_section(node)).collect();
    if !path.is_empty() && (!plain.is_empty() || table.entries.is_empty()) {
        let _ = writeln!(text, "\n[{}]", path.join("."));
    }
    for (name, node) in plain {
        let _ = writeln!(text, "{} = {}", key(&name.name), value(node));
    }
    for (name, node) in table.entries.iter().filter(|(_, node)| is_section(node)) {
        let Value::Table(inner) = &node.value else { continue };
        let path: Vec<String> = path.iter().cloned().chain([key(&name.name)]).collect();
        write_table(text, &path, inner, rows);
        if let [section, issue] = path.as_slice()
            && section == "issues"
            && let Some((_, rows)) = rows.iter().find(|(id, _)| id == issue)
        {
            text.push_str(rows);
        }
    }
}

pub(super) fn value(node: &Node) -> String {
    match &node.value {
        Value::String(text) => quoted(text),
        Value::Number(text) | Value::Datetime(text) => text.clone(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => {
            let entries =
                table.entries.iter().map(|(name, node)| format!("{} = {}", key(&name.name), value(node)));
            match entries.collect::<Vec<_>>().join(", ") {
                none if none.is_empty() => "{}".to_owned(),
                entries => format!("{{ {entries} }}"),
            }
        }
    }
}

pub(super) fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if bare { name.to_owned() } else { quoted(name) }
}

/// A basic string of TOML: JSON's escapes are among TOML's; only DEL has to be added.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default().replace('\u{7f}', "\\u007F")
}
