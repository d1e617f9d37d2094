//! `[issues]`: where each is open, who sits there, and the moves; their payoffs and effects are read by
//! the files for these.

use super::Lowering;
use super::conditions::Place;
use super::fields::{Entry, Fields, join};
use crate::scenario::format;
use crate::scenario::lists::move_name;
use crate::scenario::{Condition, Diagnostic, Issue, IssueId, Move, Node, Notes, Seat, SeatId, Span, Value};

impl Lowering<'_, '_> {
    pub(super) fn issues(&mut self, node: Option<&Node>) {
        let entries = self.section(node, "issues");
        // All issues' names are known before the first condition is read, for what it may not name.
        for entry in &entries {
            self.scenario.issues.push(Issue {
                id: entry.id.to_owned(),
                when: Condition::always(),
                seats: Vec::new(),
                notes: Notes::default(),
                span: entry.span,
            });
        }
        for (index, entry) in entries.iter().enumerate() {
            let Some(fields) = self.fields(entry.node, join("issues", entry.id)) else { continue };
            self.issue(IssueId::new(index), &fields);
            self.finish(&fields);
        }
    }

    fn issue(&mut self, id: IssueId, fields: &Fields<'_>) {
        let notes = self.notes(fields);
        let when = self.condition(fields.take("when"), &fields.path_of("when"), Place::Gate);
        let moves_path = fields.path_of("moves");
        let mut seats = Vec::new();
        match fields.take("moves") {
            Some(node) => {
                let entries = self.mapping(node, &moves_path);
                if entries.is_empty() && matches!(node.value, Value::Table(_)) {
                    self.error("no-moves", node.span, format!("`{moves_path}` names no actor"));
                }
                for entry in entries {
                    seats.extend(self.seat(id, &entry, &moves_path));
                }
            }
            None => self.missing(fields, "moves"),
        }
        let issue = &mut self.scenario.issues[id.index()];
        issue.notes = notes;
        issue.when = when;
        issue.seats = seats;
    }

    fn seat(&mut self, issue: IssueId, entry: &Entry<'_>, path: &str) -> Option<SeatId> {
        let actor = self.actor_named(entry.id, entry.span)?;
        let path = join(path, entry.id);
        // A seat without moves is one whose moves were reported: nothing more is said of them.
        let moves = self.moves(entry.node, &path).unwrap_or_default();
        self.scenario.seats.push(Seat { actor, issue, moves, script: None, span: entry.span });
        Some(SeatId::new(self.scenario.seats.len() - 1))
    }

    fn moves(&mut self, node: &Node, path: &str) -> Option<Vec<Move>> {
        let items = self.list(node, path)?;
        if items.is_empty() {
            self.error("no-moves", node.span, format!("`{path}` must have at least one move"));
            return None;
        }
        let names: Vec<(&str, &Node)> =
            items.iter().filter_map(|item| Some((move_name(item)?, item))).collect();
        self.check_repeated(&names, "move", path);
        Some(items.iter().filter_map(|item| self.one_move(item, path)).collect())
    }

    fn one_move(&mut self, node: &Node, path: &str) -> Option<Move> {
        let Value::Table(_) = node.value else {
            let Some(id) = node.as_str() else { return self.wrong_kind(node, path, "a list of moves") };
            self.check_id(id, node.span);
            let salience = Self::default_amount(1, format!("{path}.{id}.salience"), node.span);
            let (when, notes) = (Condition::always(), Notes::default());
            return Some(Move { id: id.to_owned(), when, salience, notes, span: node.span });
        };
        let mut fields = self.fields(node, path)?;
        fields.place = format::at(["issues", "*", "moves", "*", "*"]);
        let id = self.required_text(&fields, "move");
        let id = id.map(|id| (id, fields.table.get("move").map_or(node.span, |node| node.span)));
        if let Some((id, span)) = id {
            self.check_id(id, span);
            fields.path = join(path, id);
        }
        let notes = self.notes(&fields);
        let when = self.condition(fields.take("when"), &fields.path_of("when"), Place::Gate);
        let salience = self.amount_or(fields.take("salience"), 1, fields.path_of("salience"), node.span);
        self.finish(&fields);
        let (id, span) = id?;
        Some(Move { id: id.to_owned(), when, salience, notes, span })
    }

    pub(super) fn issues_terms(&mut self, node: Option<&Node>) {
        for (id, fields) in self.issues_again(node) {
            self.terms(fields.take("payoffs"), &fields.path_of("payoffs"), Some(id));
            if let Some(node) = fields.take("table") {
                self.table(node, &fields.path, id);
            }
        }
    }

    pub(super) fn issues_effects(&mut self, node: Option<&Node>) {
        for (id, fields) in self.issues_again(node) {
            self.effects(fields.take("effects"), &fields.path_of("effects"), Some(id));
        }
    }

    /// The issues' tables once more, whose faults have been told.
    fn issues_again<'t>(&self, node: Option<&'t Node>) -> Vec<(IssueId, Fields<'t>)> {
        let table = node.and_then(Node::as_table);
        let fields_of = |(index, issue): (usize, &Issue)| {
            let node = table?.get(&issue.id)?;
            Some((IssueId::new(index), Fields::new(node.as_table()?, node.span, join("issues", &issue.id))))
        };
        self.scenario.issues.iter().enumerate().filter_map(fields_of).collect()
    }

    /// The seat of an actor in an issue, both named.
    pub(super) fn seat_named(&mut self, actor: &str, issue: &str, span: Span) -> Option<SeatId> {
        let actor_id = self.actor_named(actor, span);
        let Some(issue_index) = self.scenario.issues.iter().position(|known| known.id == issue) else {
            let known: Vec<String> = self.scenario.issues.iter().map(|known| known.id.clone()).collect();
            self.unknown("issue", issue, span, known.iter().map(String::as_str));
            return None;
        };
        let (actor_id, issue_id) = (actor_id?, IssueId::new(issue_index));
        let found = self.scenario.seat(actor_id, issue_id);
        if found.is_none() {
            let seats = self.scenario.issues[issue_index].seats.iter();
            let names: Vec<String> = seats
                .map(|id| self.scenario.seats[id.index()].actor)
                .map(|id| format!("`{}`", self.scenario.actors[id.index()].id))
                .collect();
            let message = format!("`{actor}` has no moves in issue `{issue}`");
            let error = Diagnostic::error("no-seat", span, message);
            self.errors.push(error.help(format!("who has: {}", names.join(", "))));
        }
        found
    }
}
