//! The tables of a discovery.

use super::schema::{
    ColumnSchema, Kind, Role, TableSchema, Thing, Unit, counted, high, low, names, said, value, whole,
};
use super::table::{Cell, Table};
use crate::ask::About;
use crate::ask::discover::DiscoverFindings;

pub(super) const BOXES: TableSchema = TableSchema {
    name: "boxes",
    commands: &["discover"],
    doc: "One row for each parameter that a box limits; a limit that it has not is empty.",
    columns: &[
        whole("box", Unit::None, "the box, from 1"),
        names("parameter", Thing::Parameter, "the parameter"),
        value("low", Unit::Own, "the least that it may be"),
        value("high", Unit::Own, "the most that it may be"),
        value("from", Unit::Own, "the least that it is at any point"),
        value("to", Unit::Own, "the most that it is at any point"),
        value("p_value", Unit::Share, "how likely the box would be as dense without these limits by chance"),
        value("p_low", Unit::Share, "the same for the lower limit alone"),
        value("p_high", Unit::Share, "the same for the upper limit alone"),
    ],
};

pub(super) const TRAJECTORY: TableSchema = TableSchema {
    name: "trajectory",
    commands: &["discover"],
    doc: "The trade-off of each box, step by step.",
    columns: &[
        whole("box", Unit::None, "the box, from 1"),
        whole("step", Unit::None, "the step, from 0: all points"),
        value("coverage", Unit::Share, "the share of the points asked for that the box holds"),
        value("density", Unit::Share, "the share of the box's points that were asked for"),
        value("mass", Unit::Share, "the share of all points that the box holds"),
        value("mean", Unit::Own, "the measure's mean over the box's points"),
        counted("restricted", "how many parameters the box limits"),
        counted("chosen", "1 for the step that was taken, else 0"),
    ],
};

pub(super) const SAMPLE: TableSchema = TableSchema {
    name: "sample",
    commands: &["discover"],
    doc: "One row for each point of the design.",
    columns: &[
        whole("point", Unit::None, "the point, from 0"),
        value("PARAMETER", Unit::Own, "the value of that uncertain parameter"),
        value("value", Unit::Own, "the measure there"),
        low(Unit::Own),
        high(Unit::Own),
        ColumnSchema {
            name: "in",
            role: Role::Value,
            kind: Kind::Whole,
            unit: Unit::Count,
            thing: None,
            doc: "1 for a point that was asked for, else 0; empty where the measure has no value",
        },
        said("why_not", "why the point has no answer; empty where it has one"),
    ],
};

/// `boxes`, `trajectory` and `sample`.
pub(super) fn tables(about: &About, found: &DiscoverFindings) -> Vec<Table> {
    vec![boxes(about, found), trajectory(found), sample(about, found)]
}

fn boxes(about: &About, found: &DiscoverFindings) -> Table {
    let mut table = Table::new(&BOXES);
    for (number, one) in (1_usize..).zip(&found.discovery.boxes) {
        for limit in &one.limits {
            let parameter = found.discovery.parameters[limit.parameter].index();
            let (from, to) = limit.range;
            table.push([
                number.into(),
                Cell::from(&about.parameters[parameter].id),
                limit.low.into(),
                limit.high.into(),
                from.into(),
                to.into(),
                limit.p_value.into(),
                limit.p_low.into(),
                limit.p_high.into(),
            ]);
        }
    }
    table
}

fn trajectory(found: &DiscoverFindings) -> Table {
    let mut table = Table::new(&TRAJECTORY);
    for (number, one) in (1_usize..).zip(&found.discovery.boxes) {
        for (at, step) in one.steps.iter().enumerate() {
            table.push([
                number.into(),
                at.into(),
                step.coverage.into(),
                step.density.into(),
                step.mass.into(),
                step.mean.into(),
                step.restricted.into(),
                usize::from(at == one.chosen).into(),
            ]);
        }
    }
    table
}

fn sample(about: &About, found: &DiscoverFindings) -> Table {
    let parameters = found.discovery.parameters.iter();
    let names = parameters.map(|id| about.parameters[id.index()].id.clone()).collect();
    let mut table = Table::with_columns(&SAMPLE, &[names]);
    let mut absent = found.discovery.absent.iter().peekable();
    for (number, point) in found.discovery.points.iter().enumerate() {
        let why = absent.next_if(|(place, _)| *place == number);
        let why = why.map_or(Cell::Missing, |(_, why)| Cell::Text(why.to_string()));
        let inside = point.estimate.map_or(Cell::Missing, |_| usize::from(point.inside).into());
        let values = point.values.iter().map(|&value| Cell::from(value));
        let estimate = Cell::interval(point.estimate);
        table.push([number.into()].into_iter().chain(values).chain(estimate).chain([inside, why]));
    }
    table
}
