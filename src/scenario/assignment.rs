//! `PATH=VALUE`, as people type it: a change of one line, whose path must lead somewhere.

use super::format::{self, Form};
use super::tree::{parse_text, place_of};
use super::{Diagnostic, FileId, Key, Node, Table, Value, keys};

/// Reads an assignment into the tree that it would be as an overlay with a dotted key. The path must be
/// one that `merged`, the scenario so far, knows.
pub(crate) fn read(text: &str, file: FileId, merged: &Table) -> Result<Table, Vec<Diagnostic>> {
    let error = |range: std::ops::Range<usize>, message: &str| {
        vec![Diagnostic::error("bad-assignment", place_of(file, &range), message).help(HELP)]
    };
    let Some(equals) = equals_sign(text) else {
        return Err(error(0..text.len(), "an assignment needs an equals sign"));
    };
    if text[..equals].trim().is_empty() {
        return Err(error(0..equals + 1, "an assignment needs a path before the equals sign"));
    }
    if text[equals + 1..].trim().is_empty() {
        return Err(error(equals..text.len(), "an assignment needs a value after the equals sign"));
    }
    if text[..equals].trim_start().starts_with('[') || text[..equals].contains('\n') {
        return Err(error(0..equals, "a path is a dotted key, such as `parameters.prestige`"));
    }
    let (mut parts, value) = line(one_line(text, equals, file)?)
        .ok_or_else(|| error(0..text.len(), "an assignment sets one path, once"))?;
    if let Some(key) = parts.first().filter(|key| ["format", "extends"].contains(&key.name.as_str())) {
        let message = format!("`{}` belongs to a file and cannot be set", key.name);
        return Err(vec![Diagnostic::error("bad-assignment", key.span, message)]);
    }
    join_seat(&mut parts);
    keys::check_path(&parts, merged).map_err(|error| vec![error])?;
    Ok(overlay(parts, value))
}

/// Whether a text is an assignment rather than a name: it has an equals sign outside quotes.
///
/// # Examples
/// ```
/// use demarche::scenario::is_assignment;
/// assert!(is_assignment("parameters.prestige=3"));
/// assert!(!is_assignment("no_stake"));
/// ```
#[must_use]
pub fn is_assignment(text: &str) -> bool {
    equals_sign(text).is_some()
}

const HELP: &str = "write PATH=VALUE, as in `parameters.prestige=2.5`";

/// The first equals sign outside quotes.
fn equals_sign(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'=') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The assignment as TOML reads it, a bare word as a text.
fn one_line(text: &str, equals: usize, file: FileId) -> Result<Table, Vec<Diagnostic>> {
    let errors = match parse_text(text, file) {
        Ok(table) => return Ok(table),
        Err(errors) => errors,
    };
    let written = &text[equals + 1..];
    let word = written.trim();
    if !is_bare(word) {
        return Err(errors);
    }
    let mut table = parse_text(&format!("{}=0", &text[..equals]), file)?;
    let start = equals + 1 + (written.len() - written.trim_start().len());
    let span = place_of(file, &(start..start + word.len()));
    if let Some(node) = innermost(&mut table) {
        *node = Node { value: Value::String(word.to_owned()), span };
    }
    Ok(table)
}

/// A word, a condition such as `>=4` or `!offer`, or an expression: what no TOML value begins with, and
/// nothing that only TOML's own values contain.
fn is_bare(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || "_!<>".contains(c))
        && !word.contains(|c: char| "\"'[]{},#\\".contains(c) || c.is_control())
}

/// The value at the end of a tree that is one line of keys.
fn innermost(table: &mut Table) -> Option<&mut Node> {
    let (_, node) = table.entries.first_mut()?;
    if matches!(&node.value, Value::Table(inner) if !inner.inline) {
        let Value::Table(inner) = &mut node.value else { return None };
        return innermost(inner);
    }
    Some(node)
}

/// The keys and the value of a tree that is one line of keys.
fn line(mut table: Table) -> Option<(Vec<Key>, Node)> {
    let mut parts = Vec::new();
    loop {
        let (key, node) = table.entries.pop()?;
        if !table.entries.is_empty() {
            return None;
        }
        parts.push(key);
        match node.value {
            Value::Table(inner) if !inner.inline => table = inner,
            _ => return Some((parts, node)),
        }
    }
}

/// `script.beijing.trade` means `script."beijing.trade"`, which a shell makes hard to type, and so does
/// `when.beijing.trade`.
fn join_seat(parts: &mut Vec<Key>) {
    let place = |parts: &[Key]| format::at(parts.iter().map(|key| key.name.as_str()));
    let seat_follows = |parts: &[Key]| {
        let Some(place) = place(parts) else { return false };
        place.has(Form::Condition) || matches!(place.ids(), Some(("SEAT", _)))
    };
    let Some(at) = (1..parts.len()).find(|&at| seat_follows(&parts[..at])) else { return };
    // A condition of a list has its number before.
    let at = if parts[at].name.bytes().all(|byte| byte.is_ascii_digit()) { at + 1 } else { at };
    if at + 1 < parts.len() && !parts[at].name.contains('.') {
        let issue = parts.remove(at + 1);
        let actor = &mut parts[at];
        actor.name = format!("{}.{}", actor.name, issue.name);
        actor.span.end = issue.span.end;
    }
}

fn overlay(parts: Vec<Key>, value: Node) -> Table {
    let mut parts = parts.into_iter().rev();
    let mut table =
        Table { entries: parts.next().map(|key| (key, value)).into_iter().collect(), inline: false };
    for key in parts {
        let span = key.span;
        table = Table { entries: vec![(key, Node { value: Value::Table(table), span })], inline: false };
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::merge::merge;

    const SCENARIO: &str = r#"
        turns = 3
        [parameters]
        prestige = { pert = [1, 2, 4] }
        rebuild = 3
        [variables.force]
        levels = ["none", "some"]
        [actors.beijing]
        choice = "best"
        [actors.moscow]
        [issues.peace]
        moves = { beijing = ["offer", "wait"], moscow = ["accept", "refuse"] }
        [issues.peace.payoffs.led]
        when = { beijing = "offer" }
        pays = { beijing = 1 }
        [issues.peace.effects.deploy]
        set = { force = "some" }
        [payoffs.warmth]
        when = [{ force = "none" }, { turn = 2 }]
        [outcomes.war.led]
        [variants.poor.parameters]
        rebuild = 0
    "#;

    fn try_set(assignment: &str) -> Result<Table, Vec<Diagnostic>> {
        let mut merged = parse_text(SCENARIO, FileId(0)).expect("the scenario of the tests is sound");
        let change = read(assignment, FileId(1), &merged)?;
        merge(&mut merged, &change);
        Ok(merged)
    }

    #[track_caller]
    fn check(assignment: &str, path: &[&str], expected: &str) {
        let table = try_set(assignment).expect("the assignment is sound");
        let mut value = &Value::Table(table);
        for part in path {
            let Value::Table(table) = value else { panic!("no table above {part}") };
            value = &table.get(part).expect(part).value;
        }
        let text = match value {
            Value::String(text) => format!("{text:?}"),
            Value::Number(text) => text.clone(),
            Value::Table(table) => {
                let keys: Vec<&str> = table.entries.iter().map(|(key, _)| key.name.as_str()).collect();
                format!("{{{}}}", keys.join(" "))
            }
            other => format!("{other:?}"),
        };
        assert_eq!(text, expected);
    }

    #[test]
    fn values_are_toml_and_bare_words_are_texts() {
        check("turns=6", &["turns"], "6");
        check("turns = 1_0 # months", &["turns"], "1_0");
        check("parameters.rebuild=1e2", &["parameters", "rebuild"], "1e2");
        check("variables.force.start=some", &["variables", "force", "start"], "\"some\"");
        check("variables.force.start=\"some\"", &["variables", "force", "start"], "\"some\"");
        check("parameters.rebuild=prestige / 2", &["parameters", "rebuild"], "\"prestige / 2\"");
        check("issues.peace.when.turn=>=2", &["issues", "peace", "when", "turn"], "\">=2\"");
        check("actors.beijing.choice={ logit = 2 }", &["actors", "beijing", "choice"], "{logit}");
    }

    #[test]
    fn paths_reach_into_inline_tables_and_make_what_may_be_there() {
        check(
            "issues.peace.payoffs.led.pays.beijing=-2",
            &["issues", "peace", "payoffs", "led", "pays", "beijing"],
            "-2",
        );
        check(
            "issues.peace.payoffs.led.pays.moscow=-2",
            &["issues", "peace", "payoffs", "led", "pays"],
            "{beijing moscow}",
        );
        check("actors.moscow.regard.beijing=0.5", &["actors", "moscow", "regard"], "{beijing}");
        check("actors.beijing.choice.logit=2", &["actors", "beijing", "choice"], "{logit}");
        check("parameters.rebuild.uniform=[0, 1]", &["parameters", "rebuild"], "{uniform}");
        check("outcomes.war.led.when.force=none", &["outcomes", "war", "led", "when"], "{force}");
        check(
            "outcomes.war.led.when.\"beijing.peace\"=offer",
            &["outcomes", "war", "led", "when"],
            "{beijing.peace}",
        );
        check("variants.poor.parameters.rebuild=1", &["variants", "poor", "parameters", "rebuild"], "1");
        check("variants.poor.turns=1", &["variants", "poor", "turns"], "1");
    }

    #[test]
    fn a_script_takes_its_seat_with_and_without_quotes() {
        check("script.beijing.peace=offer", &["script", "beijing.peace"], "\"offer\"");
        check("script.\"beijing.peace\"=!offer", &["script", "beijing.peace"], "\"!offer\"");
        check("script.beijing.peace.offer=0.5", &["script", "beijing.peace", "offer"], "0.5");
    }

    #[test]
    fn conditions_take_their_seats_without_quotes_too() {
        check(
            "outcomes.war.led.when.beijing.peace=offer",
            &["outcomes", "war", "led", "when"],
            "{beijing.peace}",
        );
    }

    #[test]
    fn paths_lead_through_lists_whose_entries_have_names() {
        for sound in [
            "issues.peace.moves.beijing.wait.salience=2",
            "issues.peace.moves.beijing.wait.when={ turn = 2 }",
            "variables.force.values.some=3",
            "payoffs.warmth.when.1.force=none",
            "payoffs.warmth.when.2.beijing.peace=offer",
            "issues.peace.table.any_row.pays.beijing=2",
            "actors.moscow.choice.ewa={ logit = 1, phi = 0.9, delta = 0.5, kappa = 0.5 }",
            "actors.moscow.choice.ewa.phi=0.5",
            "actors.moscow.beliefs.poisson=1.5",
            "variables.force.start.none=2",
            "variants.poor.actors.beijing.choice.ewa.phi=1",
            "variants.poor.issues.peace.moves.beijing.offer.salience=1",
            "studies={}",
        ] {
            assert!(try_set(sound).is_ok(), "{sound}: {:?}", try_set(sound).err());
        }
    }

    #[track_caller]
    fn check_error(assignment: &str, place: &str, message: &str, help: &str) {
        let errors = try_set(assignment).expect_err("the assignment is wrong");
        let error = &errors[0];
        assert_eq!(error.message, message);
        assert_eq!(&assignment[error.span.start as usize..error.span.end as usize], place);
        assert!(error.help.as_deref().unwrap_or_default().contains(help), "{:?}", error.help);
    }

    #[test]
    fn malformed_assignments_are_told_apart() {
        check_error("turns", "turns", "an assignment needs an equals sign", "PATH=VALUE");
        check_error("=3", "=", "an assignment needs a path before the equals sign", "PATH=VALUE");
        check_error("turns=", "=", "an assignment needs a value after the equals sign", "PATH=VALUE");
        check_error("[a]\nb=1", "[a]\nb", "a path is a dotted key, such as `parameters.prestige`", "");
        check_error(
            "turns=1\nturn=\"week\"",
            "turns=1\nturn=\"week\"",
            "an assignment sets one path, once",
            "",
        );
    }

    #[test]
    fn what_belongs_to_a_file_stays_as_it_is() {
        check_error("format=2", "format", "`format` belongs to a file and cannot be set", "");
        check_error("extends=x", "extends", "`extends` belongs to a file and cannot be set", "");
    }

    #[test]
    fn values_that_are_no_toml_point_at_their_place() {
        assert!(try_set("turns=[1,").is_err());
        assert!(try_set("turns=\"a").is_err());
        assert!(try_set("a..b=1").is_err());
        assert!(try_set("parameters.rebuild=1.2.3").is_err());
    }

    #[test]
    fn unknown_paths_are_answered_with_the_nearest() {
        let unknown = |path: &str| format!("unknown path `{path}`");
        check_error(
            "parameters.prestge=1",
            "prestge",
            &unknown("parameters.prestge"),
            "did you mean `parameters.prestige`?",
        );
        check_error(
            "parametres.prestige=1",
            "parametres",
            &unknown("parametres.prestige"),
            "did you mean `parameters.prestige`?",
        );
        check_error("rebuild=1", "rebuild", &unknown("rebuild"), "did you mean `parameters.rebuild`?");
        check_error(
            "actors.bejing.choice=best",
            "bejing",
            &unknown("actors.bejing.choice"),
            "did you mean `actors.beijing.choice`?",
        );
        check_error(
            "actors.beijing.chioce=best",
            "chioce",
            &unknown("actors.beijing.chioce"),
            "did you mean `actors.beijing.choice`?",
        );
        check_error(
            "issues.peace.payoffs.new.pays.beijing=1",
            "new",
            &unknown("issues.peace.payoffs.new.pays.beijing"),
            "known here: `led`",
        );
        check_error(
            "script.beijing.pace=offer",
            "beijing.pace",
            &unknown("script.\"beijing.pace\""),
            "did you mean `script.\"beijing.peace\"`?",
        );
        check_error(
            "issues.peace.moves.beijing.ofer.salience=2",
            "ofer",
            &unknown("issues.peace.moves.beijing.ofer.salience"),
            "did you mean `issues.peace.moves.beijing.offer.salience`?",
        );
        check_error(
            "actors.beijing.choice.ewa.phy=1",
            "phy",
            &unknown("actors.beijing.choice.ewa.phy"),
            "did you mean `actors.beijing.choice.ewa.phi`?",
        );
        check_error(
            "payoffs.warmth.when.force=none",
            "force",
            "`payoffs.warmth.when` is a list, which can only be set whole",
            "or one of its conditions, by its number: `payoffs.warmth.when.1` to `payoffs.warmth.when.2`",
        );
    }
}
