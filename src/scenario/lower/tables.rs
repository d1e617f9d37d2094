//! Payoff tables: an issue's CSV file to terms, one a row.
//!
//! Columns are the issue's actors and any variables (what a cell requires: an id, `*`, or a form such as
//! `!x` or `>=x`), `pays.ACTOR` (amounts), and `id` and `because` for the row itself.

use std::collections::BTreeMap;

use super::Lowering;
use super::conditions::Subject;
use super::fields::{join, suggestion};
use crate::scenario::cells::{Cell, row_span, rows};
use crate::scenario::{
    ActorId, Because, Clause, Condition, Diagnostic, FileId, IssueId, Node, Notes, Reason, SeatId, Span,
    Term, VariableId,
};
use crate::scenario::{paths, text};

/// What a column means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Id,
    Because,
    Variable(VariableId),
    Seat(SeatId),
    Pays(ActorId),
}

impl Lowering<'_, '_> {
    /// Adds the rows of the table that an issue names.
    pub(super) fn table(&mut self, node: &Node, issue_path: &str, issue: IssueId) {
        let path = join(issue_path, "table");
        let Some(name) = self.text(node, &path) else { return };
        let Some(file) = self.table_file(name, node.span, &path) else { return };
        let mut rows = rows(&self.context.sources.get(file).text, file).into_iter();
        let Some(header) = rows.next() else {
            self.error("bad-table", node.span, format!("the payoff table `{name}` is empty"));
            return;
        };
        let Some(columns) = self.columns(&header, issue) else { return };
        let mut ids = BTreeMap::new();
        for (number, row) in (1_usize..).zip(rows) {
            if let Some(term) = self.row(&row, number, &columns, issue, &path) {
                self.check_row_id(&term, &mut ids);
                self.scenario.terms.push(term);
            }
        }
    }

    /// The text of the table, read once however many variants are lowered.
    fn table_file(&mut self, name: &str, span: Span, path: &str) -> Option<FileId> {
        let inside = match paths::inside(name) {
            Ok(inside) => inside,
            Err(why) => {
                let error = Diagnostic::error("bad-path", span, format!("`{path}`: `{name}` {why}"));
                self.errors.push(error.help("name a file in the scenario's folder or below it"));
                return None;
            }
        };
        let from = self.context.sources.get(span.file).name.clone();
        let known_as = paths::beside(&from, &inside);
        if let Some(file) = self.context.sources.find(&known_as) {
            return Some(file);
        }
        let read = self.context.library.read(&from, &inside);
        let bytes = read.map_err(|why| {
            let message = format!("cannot read the payoff table: `{name}` {why}");
            self.error("unreadable", span, message);
        });
        let file = text::add(self.context.sources, &known_as, &bytes.ok()?);
        file.map_err(|error| self.errors.push(error.label(span, "named here"))).ok()
    }

    fn columns(&mut self, header: &[Cell], issue: IssueId) -> Option<Vec<Column>> {
        let errors_before = self.errors.len();
        let mut columns: Vec<(Column, Span)> = Vec::with_capacity(header.len());
        for cell in header {
            let Some(column) = self.column(cell, issue) else { continue };
            match columns.iter().find(|(known, _)| *known == column) {
                Some((_, first)) => {
                    let message = format!("column `{}` stands twice", cell.text);
                    let error = Diagnostic::error("repeated", cell.span, message);
                    self.errors.push(error.label(*first, "first here"));
                }
                None => columns.push((column, cell.span)),
            }
        }
        let sound = errors_before == self.errors.len();
        if sound && !columns.iter().any(|(column, _)| matches!(column, Column::Pays(_))) {
            let span = header.first().map_or_else(Span::default, |cell| cell.span);
            self.error("bad-table", span, "the payoff table has no `pays.ACTOR` column");
            return None;
        }
        sound.then(|| columns.into_iter().map(|(column, _)| column).collect())
    }

    fn column(&mut self, cell: &Cell, issue: IssueId) -> Option<Column> {
        if let Some(actor) = cell.text.strip_prefix("pays.") {
            return self.actor_named(actor, cell.span).map(Column::Pays);
        }
        let scenario = &self.scenario;
        let variables = scenario.variables.iter().enumerate();
        let variables =
            variables.map(|(index, it)| (it.id.as_str(), Column::Variable(VariableId::new(index))));
        let seats = scenario.issues[issue.index()].seats.iter().map(|seat| {
            let actor = scenario.seats[seat.index()].actor;
            (scenario.actors[actor.index()].id.as_str(), Column::Seat(*seat))
        });
        let notes = [("id", Column::Id), ("because", Column::Because)];
        let known: Vec<(&str, Column)> = seats.chain(variables).chain(notes).collect();
        if let Some((_, column)) = known.iter().find(|(name, _)| *name == cell.text) {
            return Some(*column);
        }
        let mut names: Vec<String> = known.iter().map(|(name, _)| (*name).to_owned()).collect();
        names.extend(scenario.actors.iter().map(|actor| format!("pays.{}", actor.id)));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let message = format!("unknown column `{}`", cell.text);
        let error = Diagnostic::error("unknown-column", cell.span, message);
        let help = if cell.text.contains([';', '\t']) {
            Some("columns are separated by commas".to_owned())
        } else {
            suggestion(&cell.text, &names)
        };
        self.errors.push(match help {
            Some(help) => error.help(help),
            None => error,
        });
        None
    }

    fn row(
        &mut self,
        row: &[Cell],
        number: usize,
        columns: &[Column],
        issue: IssueId,
        path: &str,
    ) -> Option<Term> {
        let span = row_span(row);
        if row.len() != columns.len() {
            let fault = if row.len() < columns.len() { "too few" } else { "too many" };
            let (cells, columns) = (row.len(), columns.len());
            let message = format!("row {number} has {fault} cells: {cells} for {columns} columns");
            self.error("ragged-row", span, message);
            return None;
        }
        let mut id = format!("row_{number}");
        if let Some(at) = columns.iter().position(|column| *column == Column::Id) {
            self.check_id(&row[at].text, row[at].span);
            id.clone_from(&row[at].text);
        }
        let path = join(path, &id);
        let mut clause = Clause::default();
        let mut pays = Vec::new();
        let mut notes = Notes::default();
        for (column, cell) in columns.iter().zip(row) {
            match *column {
                Column::Id => {}
                Column::Because => notes.because = self.row_because(cell),
                Column::Variable(variable) => self.required(&mut clause, Subject::Variable(variable), cell),
                Column::Seat(seat) => self.required(&mut clause, Subject::Seat(seat), cell),
                Column::Pays(actor) => {
                    let amount_path = format!("{path}.pays.{}", self.scenario.actors[actor.index()].id);
                    pays.extend(
                        self.written_amount(&cell.text, amount_path, cell.span).map(|it| (actor, it)),
                    );
                }
            }
        }
        let when = Condition { any: vec![clause] };
        Some(Term { id, path, issue: Some(issue), when, per: None, pays, notes, span })
    }

    fn required(&mut self, clause: &mut Clause, subject: Subject, cell: &Cell) {
        match cell.text.as_str() {
            "*" => {}
            "" => {
                let error = Diagnostic::error("bad-cell", cell.span, "an empty cell");
                self.errors.push(error.help("write `*` where anything will do"));
            }
            text => {
                if let Some(set) = self.written_set(text, cell.span, subject) {
                    clause.require(subject, &set);
                }
            }
        }
    }

    /// A reason, or several ids of claims with semicolons between.
    fn row_because(&mut self, cell: &Cell) -> Because {
        if cell.text.is_empty() {
            return Because::default();
        }
        let claims = &self.scenario.claims;
        let ids: Vec<&str> = cell.text.split(';').map(str::trim).collect();
        let cited = ids.iter().map(|id| claims.iter().position(|claim| claim.id == *id).map(Reason::Claim));
        match cited.collect::<Option<Vec<Reason>>>() {
            Some(reasons) => Because { reasons },
            None => Because { reasons: vec![self.reason(&cell.text, cell.span)] },
        }
    }

    fn check_row_id(&mut self, term: &Term, ids: &mut BTreeMap<String, Span>) {
        if let Some(first) = ids.insert(term.id.clone(), term.span) {
            let error =
                Diagnostic::error("repeated", term.span, format!("two rows have the id `{}`", term.id));
            self.errors.push(error.label(first, "first here"));
        }
    }
}
