//! How people call what ids name.

use rustc_hash::FxHashMap;

use super::schema::{Kind, Role, Thing, Unit};
use super::table::{Cell, Column, Table, Values};
use crate::ask::About;

/// The titles of a scenario's things, by their ids; the id itself where a thing has no title.
pub(super) struct Titles<'a> {
    /// By classification and outcome.
    outcomes: FxHashMap<(&'a str, &'a str), &'a str>,
    actors: FxHashMap<&'a str, &'a str>,
    parameters: FxHashMap<&'a str, &'a str>,
    /// By actor, issue and move.
    moves: FxHashMap<(&'a str, &'a str, &'a str), &'a str>,
}

impl<'a> Titles<'a> {
    pub(super) fn new(about: &'a About) -> Self {
        let classes = about.classifications.iter();
        let outcomes = classes.flat_map(|class| {
            let title = |id: &'a String, title: &'a Option<String>| title.as_deref().unwrap_or(id);
            class
                .outcomes
                .iter()
                .map(move |it| ((class.id.as_str(), it.id.as_str()), title(&it.id, &it.notes.title)))
        });
        let parameters = about.parameters.iter();
        let moves = about.seats.iter().flat_map(|seat| {
            let actor = about.actors[seat.actor.index()].id.as_str();
            let issue = about.issues[seat.issue.index()].id.as_str();
            seat.moves.iter().map(move |it| ((actor, issue, it.id.as_str()), it.title()))
        });
        Self {
            outcomes: outcomes.collect(),
            actors: about.actors.iter().map(|it| (it.id.as_str(), it.name.as_str())).collect(),
            parameters: parameters.map(|it| (it.id.as_str(), it.title())).collect(),
            moves: moves.collect(),
        }
    }

    /// The title of what a cell names.
    pub(super) fn of(&self, table: &Table, column: &Column, row: usize) -> Cell {
        let Some(id) = table.text(&column.name, row) else { return Cell::Missing };
        let key = |name: &str| table.text(name, row).unwrap_or_default();
        let found = match column.thing {
            Some(Thing::Outcome) => self.outcomes.get(&(key("classification"), id)),
            Some(Thing::Actor) => self.actors.get(id),
            Some(Thing::Parameter) => self.parameters.get(id),
            // A column that is named after an actor has that actor's moves.
            Some(Thing::Move) if table.column("actor").is_none() => {
                self.moves.get(&(column.name.as_str(), key("issue"), id))
            }
            Some(Thing::Move) => self.moves.get(&(key("actor"), key("issue"), id)),
            _ => None,
        };
        Cell::from(*found.unwrap_or(&id))
    }
}

impl Table {
    /// The table with a column of titles for each column that names things which have some.
    #[must_use]
    pub(crate) fn titled(mut self, about: &About) -> Self {
        let titles = Titles::new(about);
        let made: Vec<Column> = self
            .columns
            .iter()
            .filter(|column| column.thing.is_some_and(Thing::has_titles))
            .map(|column| {
                let mut values = Values::new(Kind::Text);
                (0..self.rows()).for_each(|row| values.push(titles.of(&self, column, row)));
                let name = format!("{}_title", column.name);
                Column { name, role: Role::Title, unit: Unit::None, thing: None, values }
            })
            .collect();
        self.columns.extend(made);
        self
    }
}
