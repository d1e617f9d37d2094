//! Payoff tables: an issue's CSV file to terms, one a row.
//!
//! Columns are the issue's actors and any variables (what a cell requires: an id, `*`, or a form such as
//! `!x` or `>=x`), `pays.ACTOR` (amounts), and `id` and `because` for the row itself. A scenario may change cells of
//! rows that it names by their ids or numbers.

use std::collections::BTreeMap;

use super::Lowering;
use super::conditions::Subject;
use super::fields::{Entry, join, suggestion};
use crate::scenario::cells::{Cell, parted_by_comma, row_span, rows};
use crate::scenario::{
    ActorId, Because, Clause, Condition, Diagnostic, FileId, IssueId, Node, Notes, Reason, SeatId, Span,
    Term, Value, VariableId,
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

/// The payoff table of an issue.
struct PayoffTable<'t> {
    issue: IssueId,
    /// `issues.tariffs.table`
    path: String,
    columns: Vec<Column>,
    /// What the scenario changes in rows, by their ids or numbers.
    changes: Vec<Entry<'t>>,
}

impl Lowering<'_, '_> {
    /// Adds the rows of the table that an issue names.
    pub(super) fn table(&mut self, node: &Node, issue_path: &str, issue: IssueId) {
        let path = join(issue_path, "table");
        let Some((file, changes)) = self.file_and_changes(node, &path) else { return };
        let Some(name) = self.text(file, &path) else { return };
        let Some(text) = self.table_file(name, file.span, &path) else { return };
        let mut rows = match rows(&self.context.sources.get(text).text, text) {
            Ok(rows) => rows.into_iter(),
            Err(error) => return self.errors.push(error),
        };
        let Some(header) = rows.next() else {
            self.error("bad-table", file.span, format!("the payoff table `{name}` is empty"));
            return;
        };
        let Some(columns) = self.columns(&header, issue) else { return };
        let table = PayoffTable { issue, path, columns, changes };
        let (mut ids, mut terms) = (BTreeMap::new(), Vec::new());
        for (number, row) in (1_usize..).zip(rows) {
            if let Some(term) = self.row(row, number, &table) {
                self.check_row_id(&term, &mut ids);
                terms.push((number, term));
            }
        }
        self.check_changed_rows(&table, &terms);
        self.scenario.terms.extend(terms.into_iter().map(|(_, term)| term));
    }

    /// A table is the name of a file, or has that name in it, and what is changed in the file's rows.
    fn file_and_changes<'t>(&mut self, node: &'t Node, path: &str) -> Option<(&'t Node, Vec<Entry<'t>>)> {
        if !matches!(node.value, Value::Table(_)) {
            return Some((node, Vec::new()));
        }
        let mut entries = self.mapping(node, path);
        let Some(at) = entries.iter().position(|entry| entry.id == "file") else {
            let fields = self.fields(node, path)?;
            self.missing(&fields, "file");
            return None;
        };
        Some((entries.remove(at).node, entries))
    }

    /// Reports changes of rows that the table does not have.
    fn check_changed_rows(&mut self, table: &PayoffTable<'_>, terms: &[(usize, Term)]) {
        for change in &table.changes {
            if terms.iter().any(|(number, term)| is_row(change, *number, &term.id)) {
                continue;
            }
            let what = format!("row of `{}`:", table.path);
            self.unknown(&what, change.id, change.span, terms.iter().map(|(_, term)| term.id.as_str()));
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

    fn row(&mut self, row: Vec<Cell>, number: usize, table: &PayoffTable<'_>) -> Option<Term> {
        let span = row_span(&row);
        let columns = &table.columns;
        if row.len() != columns.len() {
            let fault = if row.len() < columns.len() { "too few" } else { "too many" };
            let (cells, columns) = (row.len(), columns.len());
            let message = format!("row {number} has {fault} cells: {cells} for {columns} columns");
            let error = Diagnostic::error("ragged-row", span, message);
            self.errors.push(match parted_by_comma(&row).filter(|_| columns < cells) {
                Some(help) => error.help(help),
                None => error,
            });
            return None;
        }
        let mut id = format!("row_{number}");
        if let Some(at) = columns.iter().position(|column| *column == Column::Id) {
            self.check_id(&row[at].text, row[at].span);
            id.clone_from(&row[at].text);
        }
        let mut cells: Vec<(Column, Cell)> = columns.iter().copied().zip(row).collect();
        for change in table.changes.iter().filter(|change| is_row(change, number, &id)) {
            for (column, cell) in self.changed_cells(change, table) {
                match cells.iter_mut().find(|(known, _)| *known == column) {
                    Some((_, known)) => *known = cell,
                    None => cells.push((column, cell)),
                }
            }
        }
        let path = join(&table.path, &id);
        let mut term = Term {
            id,
            path,
            issue: Some(table.issue),
            when: Condition { any: vec![Clause::default()] },
            per: None,
            pays: Vec::new(),
            notes: Notes::default(),
            span,
        };
        for (column, cell) in &cells {
            self.cell(&mut term, *column, cell);
        }
        Some(term)
    }

    /// Adds to a row's term what a cell says.
    fn cell(&mut self, term: &mut Term, column: Column, cell: &Cell) {
        let clause = &mut term.when.any[0];
        match column {
            Column::Id => {}
            Column::Because => term.notes.because = self.row_because(cell),
            Column::Variable(variable) => self.required(clause, Subject::Variable(variable), cell),
            Column::Seat(seat) => self.required(clause, Subject::Seat(seat), cell),
            Column::Pays(actor) => {
                let path = format!("{}.pays.{}", term.path, self.scenario.actors[actor.index()].id);
                let amount = self.written_amount(&cell.text, path, cell.span);
                term.pays.extend(amount.map(|amount| (actor, amount)));
            }
        }
    }

    /// The cells that a change of a row writes, each with its column.
    fn changed_cells(&mut self, change: &Entry<'_>, table: &PayoffTable<'_>) -> Vec<(Column, Cell)> {
        let path = join(&table.path, change.id);
        let mut cells = Vec::new();
        let Some(fields) = self.fields(change.node, path.as_str()) else { return cells };
        for (key, node) in &fields.table.entries {
            let path = join(&path, &key.name);
            if key.name == "pays" {
                for entry in self.mapping(node, &path) {
                    let actor = self.actor_named(entry.id, entry.span);
                    let cell = self.written_cell(entry.node, &join(&path, entry.id));
                    cells.extend(actor.map(Column::Pays).zip(cell));
                }
                continue;
            }
            let name = Cell { text: key.name.clone(), span: key.span };
            match self.column(&name, table.issue) {
                Some(Column::Id) => self.error("misplaced", key.span, "the id of a row cannot be changed"),
                Some(column) => cells.extend(self.written_cell(node, &path).map(|cell| (column, cell))),
                None => {}
            }
        }
        cells
    }

    /// A value as the cell that it stands for.
    fn written_cell(&mut self, node: &Node, path: &str) -> Option<Cell> {
        let (Value::String(text) | Value::Number(text)) = &node.value else {
            return self.wrong_kind(node, path, "a number or a text, as in a cell");
        };
        Some(Cell { text: text.trim().to_owned(), span: node.span })
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

/// Whether a change is of the row with that number and id.
fn is_row(change: &Entry<'_>, number: usize, id: &str) -> bool {
    change.id == id || change.id.parse() == Ok(number)
}
