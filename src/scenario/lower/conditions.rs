//! `when`: from texts such as `">=warm"` to sets of levels, turns and moves.

use super::Lowering;
use super::fields::{join, number};
use crate::scenario::{
    Clause, Condition, Diagnostic, IssueId, Key, Node, SeatId, Set, Span, Table, Value, VariableId,
};

/// Where a condition stands, which decides what it may name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Of an outcome: variables.
    Outcome,
    /// Of an issue or a move: variables and the turn.
    Gate,
    /// Of a term, effect or measure: moves as well; a bare actor is its move in that issue.
    Play(Option<IssueId>),
}

impl Place {
    /// What stands there, and what it may name.
    fn rule(self) -> &'static str {
        match self {
            Self::Outcome => "conditions of outcomes name variables only",
            Self::Gate => "conditions of issues and moves name variables and the turn only",
            Self::Play(_) => "conditions name variables, the turn, and moves",
        }
    }
}

/// What a key of a condition names.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    Variable(VariableId),
    Turn,
    Seat(SeatId),
}

impl Lowering<'_, '_> {
    /// A `when`; one that was left out always holds.
    pub(super) fn condition(&mut self, node: Option<&Node>, path: &str, place: Place) -> Condition {
        let Some(node) = node else { return Condition::always() };
        match &node.value {
            Value::Table(table) => Condition { any: vec![self.clause(table, path, place)] },
            Value::Array(items) => {
                let mut any = Vec::with_capacity(items.len());
                for item in items {
                    match &item.value {
                        Value::Table(table) => any.push(self.clause(table, path, place)),
                        _ => drop(self.wrong_kind::<()>(item, path, "a table or a list of tables")),
                    }
                }
                Condition { any }
            }
            _ => {
                self.wrong_kind::<()>(node, path, "a table or a list of tables");
                Condition::always()
            }
        }
    }

    fn clause(&mut self, table: &Table, path: &str, place: Place) -> Clause {
        let mut clause = Clause::default();
        for (key, node) in &table.entries {
            let Some(subject) = self.subject(key, node, place) else { continue };
            if let Some(set) = self.value_set(node, subject, &join(path, &key.name)) {
                clause.require(subject, &set);
            }
        }
        clause
    }

    fn subject(&mut self, key: &Key, node: &Node, place: Place) -> Option<Subject> {
        let name = key.name.as_str();
        let variables = &self.scenario.variables;
        if let Some(index) = variables.iter().position(|variable| variable.id == name) {
            return Some(Subject::Variable(VariableId::new(index)));
        }
        if name == "turn" {
            return if place == Place::Outcome {
                self.misplaced(key, "the turn", place)
            } else {
                Some(Subject::Turn)
            };
        }
        let is_actor = |name: &str| self.scenario.actors.iter().any(|actor| actor.id == name);
        if let Some((actor, issue)) = name.split_once('.') {
            return match place {
                Place::Play(_) => self.seat_named(actor, issue, key.span).map(Subject::Seat),
                _ => self.misplaced(key, "a move", place),
            };
        }
        if !is_actor(name) {
            self.unknown_subject(key, place);
            return None;
        }
        if let (Value::Table(inside), Place::Play(_)) = (&node.value, place) {
            self.unquoted(key, inside);
            return None;
        }
        match place {
            Place::Play(Some(issue)) => {
                let issue = self.scenario.issues[issue.index()].id.clone();
                self.seat_named(name, &issue, key.span).map(Subject::Seat)
            }
            Place::Play(None) => self.issue_unsaid(key),
            _ => self.misplaced(key, "a move", place),
        }
    }

    fn misplaced(&mut self, key: &Key, what: &str, place: Place) -> Option<Subject> {
        let message = format!("`{}` names {what}, which may not stand here: {}", key.name, place.rule());
        self.error("misplaced", key.span, message);
        None
    }

    fn unknown_subject(&mut self, key: &Key, place: Place) {
        let scenario = &self.scenario;
        let mut known: Vec<&str> = scenario.variables.iter().map(|variable| variable.id.as_str()).collect();
        if place != Place::Outcome {
            known.push("turn");
        }
        if let Place::Play(_) = place {
            known.extend(scenario.actors.iter().map(|actor| actor.id.as_str()));
        }
        let what = if let Place::Play(_) = place { "variable or actor" } else { "variable" };
        let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
        self.unknown(what, &key.name, key.span, known.iter().map(String::as_str));
    }

    /// `beijing.trade = "x"` without quotes is a table in a table to TOML.
    pub(super) fn unquoted(&mut self, key: &Key, inside: &Table) {
        let message = format!("`{}` cannot be a table here", key.name);
        let error = Diagnostic::error("wrong-kind", key.span, message);
        self.errors.push(match inside.entries.first() {
            Some((issue, _)) => error.help(format!("quote the whole key: `\"{}.{}\"`", key.name, issue.name)),
            None => error,
        });
    }

    /// A bare actor where no issue says which of its moves is meant.
    fn issue_unsaid(&mut self, key: &Key) -> Option<Subject> {
        let scenario = &self.scenario;
        let seats = scenario.seats.iter().filter(|seat| scenario.actors[seat.actor.index()].id == key.name);
        let forms: Vec<String> = seats
            .map(|seat| format!("`\"{}.{}\"`", key.name, scenario.issues[seat.issue.index()].id))
            .collect();
        let message = format!("`{}` outside an issue: say in which issue it moves", key.name);
        let mut error = Diagnostic::error("misplaced", key.span, message);
        if !forms.is_empty() {
            error = error.help(format!("write {}", forms.join(" or ")));
        }
        self.errors.push(error);
        None
    }

    /// The set that a value stands for: a text, for the turn a number, or a list of such (any of them).
    pub(super) fn value_set(&mut self, node: &Node, subject: Subject, path: &str) -> Option<Set> {
        match (&node.value, subject) {
            (Value::Array(items), _) => {
                let sets: Vec<Option<Set>> =
                    items.iter().map(|item| self.single_set(item, subject, path)).collect();
                let sets: Vec<Set> = sets.into_iter().collect::<Option<_>>()?;
                Some(Set::new(self.range(subject), |index| sets.iter().any(|set| set.contains(index))))
            }
            _ => self.single_set(node, subject, path),
        }
    }

    fn single_set(&mut self, node: &Node, subject: Subject, path: &str) -> Option<Set> {
        match (&node.value, subject) {
            (Value::String(text), _) => self.written_set(text, node.span, subject),
            (Value::Number(written), Subject::Turn) => self.written_set(written, node.span, subject),
            (_, Subject::Turn) => {
                self.wrong_kind(node, path, "a turn such as `3` or `\">=4\"`, or a list of such")
            }
            _ => self.wrong_kind(node, path, "a text such as `\"x\"` or `\"!x\"`, or a list of texts"),
        }
    }

    /// The set that `x`, `!x`, `>=x`, `>x`, `<=x` or `<x` stands for. `None` without a report where the
    /// variable's levels or the seat's moves were themselves reported.
    pub(super) fn written_set(&mut self, text: &str, span: Span, subject: Subject) -> Option<Set> {
        let (operator, name) = split_operator(text);
        if matches!(subject, Subject::Seat(_)) && !matches!(operator, Operator::Is | Operator::Not) {
            let message = format!("`{text}`: moves have no order");
            let error = Diagnostic::error("misplaced", span, message);
            self.errors.push(error.help("name the move, or several in a list"));
            return None;
        }
        let range = self.range(subject);
        if let Subject::Turn = subject {
            let turn = self.turn_number(name, span)?;
            return Some(Set::new(range, |index| operator.holds(index + 1, turn)));
        }
        let place = self.place(subject, name, span)?;
        Some(Set::new(range, |index| operator.holds(index, place)))
    }

    fn turn_number(&mut self, name: &str, span: Span) -> Option<usize> {
        let value = number(name);
        let found = name.parse::<usize>().ok().filter(|turn| 1 <= *turn);
        if found.is_none() {
            let message = if value.is_nan() {
                format!("`{name}` is no turn: expected a number")
            } else {
                format!("there is no turn {name}: turns are 1, 2, 3, ...")
            };
            self.error("bad-number", span, message);
        }
        found
    }

    /// The size of what a subject ranges over.
    fn range(&self, subject: Subject) -> usize {
        match subject {
            Subject::Variable(id) => self.scenario.variables[id.index()].levels.len(),
            Subject::Turn => self.scenario.n_turns(),
            Subject::Seat(id) => self.scenario.seats[id.index()].moves.len(),
        }
    }

    /// The place of a level or move among the others.
    pub(super) fn place(&mut self, subject: Subject, name: &str, span: Span) -> Option<usize> {
        let scenario = &self.scenario;
        let (names, what): (Vec<&str>, String) = match subject {
            Subject::Variable(id) => {
                let variable = &scenario.variables[id.index()];
                let names = variable.levels.iter().map(String::as_str).collect();
                (names, format!("level of `{}`:", variable.id))
            }
            Subject::Seat(id) => {
                let seat = &scenario.seats[id.index()];
                let names = seat.moves.iter().map(|one| one.id.as_str()).collect();
                let (actor, issue) =
                    (&scenario.actors[seat.actor.index()].id, &scenario.issues[seat.issue.index()].id);
                (names, format!("move of `{actor}` in `{issue}`:"))
            }
            Subject::Turn => return None,
        };
        let found = names.iter().position(|known| *known == name);
        if found.is_none() && !names.is_empty() {
            let known: Vec<String> = names.into_iter().map(str::to_owned).collect();
            self.unknown(&what, name, span, known.iter().map(String::as_str));
        }
        found
    }
}

impl Clause {
    /// Narrows the clause by one more requirement.
    pub(super) fn require(&mut self, subject: Subject, set: &Set) {
        match subject {
            Subject::Variable(id) => narrow(&mut self.levels, id, set),
            Subject::Seat(id) => narrow(&mut self.moves, id, set),
            Subject::Turn => {
                let turns = self.turns.take();
                self.turns = Some(turns.map_or_else(|| set.clone(), |turns| turns.and(set)));
            }
        }
    }
}

fn narrow<Id: Copy + PartialEq>(sets: &mut Vec<(Id, Set)>, id: Id, set: &Set) {
    match sets.iter_mut().find(|(known, _)| *known == id) {
        Some((_, known)) => *known = known.and(set),
        None => sets.push((id, set.clone())),
    }
}

#[derive(Clone, Copy)]
enum Operator {
    Is,
    Not,
    AtLeast,
    Above,
    AtMost,
    Below,
}

impl Operator {
    fn holds(self, index: usize, place: usize) -> bool {
        match self {
            Self::Is => index == place,
            Self::Not => index != place,
            Self::AtLeast => index >= place,
            Self::Above => index > place,
            Self::AtMost => index <= place,
            Self::Below => index < place,
        }
    }
}

fn split_operator(text: &str) -> (Operator, &str) {
    // The longer sign first: `>=` begins with `>`.
    let signs = [
        ("!", Operator::Not),
        (">=", Operator::AtLeast),
        (">", Operator::Above),
        ("<=", Operator::AtMost),
        ("<", Operator::Below),
    ];
    let text = text.trim();
    let signed = signs.iter().find_map(|(sign, operator)| Some((*operator, text.strip_prefix(sign)?)));
    let (operator, name) = signed.unwrap_or((Operator::Is, text));
    (operator, name.trim())
}
