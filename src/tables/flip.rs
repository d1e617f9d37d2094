//! The tables of what flips an answer.

use super::schema::{
    ColumnSchema, Kind, Role, TableSchema, Thing, Unit, end, high, low, names, said, text, value,
};
use super::table::{Cell, Table};
use crate::ask::flip::{FlipFindings, Flipping};
use crate::study::{Boundary, Flip, FlipVerdict, Flips, Frontier, Margins, SearchVariable};

pub(super) const FLIPS: TableSchema = TableSchema {
    name: "flips",
    commands: &["flip"],
    doc: "One row for each number that was turned: the smallest change first, then those that do not flip the answer.",
    columns: &[
        names("factor", Thing::Path, "the number"),
        value("value", Unit::Own, "what it is, with every parameter at its central value"),
        value("critical", Unit::Own, "where it flips the answer"),
        low(Unit::Own),
        high(Unit::Own),
        value("change", Unit::Own, "from its value to the critical one"),
        value("relative", Unit::Share, "the size of that change, as a share of the value"),
        value("of_range", Unit::Share, "the same, as a share of the range that was looked at"),
        said("before", "the answer as the scenario stands"),
        said("after", "the answer beyond the critical value"),
        said("verdict", "`flips`, `flips_where_held`, `does_not_flip`, `unclear`, or `no_range`"),
        end("least", Role::Low, Unit::Own, "the lower end of the range that was looked at"),
        end("most", Role::High, Unit::Own, "its upper end"),
        said("why_not", "why some of the range has no answer; empty where all of it has"),
        said("beyond", "`yes` where it flips only further off than it is taken to be off by, else `no`"),
    ],
};

/// A column named after one of the two numbers.
const fn number(name: &'static str, doc: &'static str) -> ColumnSchema {
    ColumnSchema { name, role: Role::Key, kind: Kind::Number, unit: Unit::Own, thing: None, doc }
}

pub(super) const FRONTIER: TableSchema = TableSchema {
    name: "frontier",
    commands: &["flip"],
    doc: "One row for each critical value of the second number, for each value of the first; one without numbers where \
          there is none. Where two numbers are asked for.",
    columns: &[
        number("FIRST", "the first number"),
        number("SECOND", "the second number's critical value"),
        low(Unit::Own),
        high(Unit::Own),
        said("below", "the answer below it"),
        said("above", "the answer above it"),
    ],
};

pub(super) const ANSWERS: TableSchema = TableSchema {
    name: "answers",
    commands: &["flip"],
    doc: "One row for each place that was looked at over the two numbers.",
    columns: &[
        number("FIRST", "the first number"),
        number("SECOND", "the second number"),
        text("answer", "the answer there; empty where none leads, or none can be found"),
        value("lead", Unit::Own, "by how much it leads"),
        low(Unit::Own),
        high(Unit::Own),
    ],
};

/// `flips`; or `frontier` and `answers`.
pub(super) fn tables(found: &FlipFindings) -> Vec<Table> {
    match &found.flips {
        Flipping::Alone(flips) => vec![alone(found, flips)],
        Flipping::Pair(pair) => vec![frontier(found, pair), answers(found, pair)],
    }
}

fn alone(found: &FlipFindings, flips: &Flips) -> Table {
    let mut table = Table::new(&FLIPS);
    let before = &found.answers[flips.base.answer()];
    for flip in &flips.rows {
        table.push(row(found, flip, before));
    }
    table
}

fn row(found: &FlipFindings, flip: &Flip, before: &str) -> Vec<Cell> {
    let variable = &flip.variable;
    let (at, (low, high), after) = match &flip.verdict {
        FlipVerdict::Flips(flipped) => (Some(flipped.at), variable.interval(flipped), Some(flipped.after)),
        FlipVerdict::Held(after) => (Some(variable.start), (None, None), Some(*after)),
        FlipVerdict::Steady { .. } | FlipVerdict::Stuck => (None, (None, None), None),
    };
    let (least, most) = variable.ends();
    vec![
        Cell::from(&variable.factor.path),
        variable.factor.central.into(),
        at.map(|at| variable.value(at)).into(),
        low.into(),
        high.into(),
        at.map(|at| variable.value(at) - variable.value(variable.start)).into(),
        at.and_then(|at| variable.relative(at)).into(),
        at.map(|at| variable.of_range(at)).into(),
        before.into(),
        after.map_or(Cell::Missing, |after| Cell::from(&found.answers[after])),
        verdict(&flip.verdict).into(),
        least.into(),
        most.into(),
        flip.absent.as_ref().map_or(Cell::Missing, |why| Cell::Text(why.to_string())),
        Cell::from(if flip.beyond { "yes" } else { "no" }),
    ]
}

fn verdict(verdict: &FlipVerdict) -> &'static str {
    match verdict {
        FlipVerdict::Flips(_) => "flips",
        FlipVerdict::Held(_) => "flips_where_held",
        FlipVerdict::Steady { clear: true } => "does_not_flip",
        FlipVerdict::Steady { clear: false } => "unclear",
        FlipVerdict::Stuck => "no_range",
    }
}

/// A table with a column for each of the two numbers.
fn of_pair(schema: &'static TableSchema, pair: &[SearchVariable; 2]) -> Table {
    Table::with_columns(schema, &pair.each_ref().map(|variable| vec![variable.factor.path.clone()]))
}

fn frontier(found: &FlipFindings, frontier: &Frontier) -> Table {
    let [first, second] = &frontier.pair;
    let name = |answer: usize| Cell::from(&found.answers[answer]);
    let mut table = of_pair(&FRONTIER, &frontier.pair);
    for column in &frontier.columns {
        let at: Cell = first.value(column.first).into();
        for Boundary { flipped, below } in &column.boundaries {
            let (low, high) = second.interval(flipped);
            let critical = second.value(flipped.at);
            let (below, above) = frontier.sides(*below, flipped.after);
            table.push([at.clone(), critical.into(), low.into(), high.into(), name(below), name(above)]);
        }
        if column.boundaries.is_empty() {
            let only = column.throughout().map_or(Cell::Missing, name);
            table.push([at, Cell::Missing, Cell::Missing, Cell::Missing, only.clone(), only]);
        }
    }
    table
}

fn answers(found: &FlipFindings, frontier: &Frontier) -> Table {
    let [first, second] = &frontier.pair;
    let mut table = of_pair(&ANSWERS, &frontier.pair);
    for column in &frontier.columns {
        for (at, margins) in &column.places {
            let leading = margins.as_ref().map(Margins::answer);
            let lead = margins.as_ref().zip(leading).map(|(margins, answer)| margins.leads[answer]);
            let shown = leading.filter(|_| margins.as_ref().is_some_and(|margins| !margins.is_tied()));
            let answer = shown.map_or(Cell::Missing, |answer| Cell::from(&found.answers[answer]));
            let place = [first.value(column.first).into(), second.value(*at).into(), answer];
            table.push(place.into_iter().chain(Cell::interval(lead)));
        }
    }
    table
}
