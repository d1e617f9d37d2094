//! The tables of a sensitivity study.

use super::schema::{
    ColumnSchema, Kind, Role, TableSchema, Thing, Unit, end, high, low, names, said, text, value, whole,
};
use super::table::{Cell, Table};
use crate::ask::About;
use crate::ask::sensitivity::SensitivityFindings;
use crate::stats::SobolIndices;
use crate::study::sensitivity::InputPoint;
use crate::study::{MeasuredChange, NoAnswer};

pub(super) const SENSITIVITY: TableSchema = TableSchema {
    name: "sensitivity",
    commands: &["sensitivity"],
    doc: "The base, one number at a time, and claims as if they were wrong: one row for each place and measure.",
    columns: &[
        text("method", "`base`, `tornado` or `claim`"),
        names("factor", Thing::Path, "the path of the number, or `claims.NAME`; empty for the base"),
        names("measure", Thing::Measure, "the measure"),
        text(
            "point",
            "what the place is called: `low`, `lower quartile`, `central`, `upper quartile`, `high`, `entry`",
        ),
        value("number", Unit::Own, "the number there; empty for claims"),
        value("value", Unit::Own, "the measure there"),
        value("difference", Unit::Own, "the measure there less in the base, paired"),
        low(Unit::Own),
        high(Unit::Own),
        said("why_not", "why there is no value; empty where there is one"),
    ],
};

pub(super) const EFFECTS: TableSchema = TableSchema {
    name: "effects",
    commands: &["sensitivity"],
    doc: "Elementary effects (Morris): what a step through a number's range does to a measure, for the whole range.",
    columns: &[
        names("factor", Thing::Path, "the path of the number"),
        names("measure", Thing::Measure, "the measure"),
        value("mu", Unit::Own, "the mean effect, with its sign"),
        value("mu_star", Unit::Own, "the mean size of the effect"),
        end("mu_star_low", Role::Low, Unit::Own, "lower end of its 95 % interval"),
        end("mu_star_high", Role::High, Unit::Own, "upper end of the same interval"),
        value("sigma", Unit::Own, "the standard deviation of the effect over the trajectories"),
        value("noise", Unit::Own, "what sampling error alone would give as `mu_star`"),
    ],
};

pub(super) const INDICES: TableSchema = TableSchema {
    name: "indices",
    commands: &["sensitivity"],
    doc: "Sobol indices: how much of a measure's variance each number, or claim's numbers together, explain.",
    columns: &[
        names("factor", Thing::Path, "the path of the number, or `claims.NAME`"),
        names("measure", Thing::Measure, "the measure"),
        value("first", Unit::Share, "the share of the variance that it explains alone"),
        end("first_low", Role::Low, Unit::Share, "lower end of its 95 % interval"),
        end("first_high", Role::High, Unit::Share, "upper end of the same interval"),
        value("total", Unit::Share, "the share that it explains alone and together with others"),
        end("total_low", Role::Low, Unit::Share, "lower end of its 95 % interval"),
        end("total_high", Role::High, Unit::Share, "upper end of the same interval"),
    ],
};

pub(super) const VARIANCES: TableSchema = TableSchema {
    name: "variances",
    commands: &["sensitivity"],
    doc: "What the Sobol indices are shares of.",
    columns: &[
        names("measure", Thing::Measure, "the measure"),
        value(
            "variance",
            Unit::Own,
            "its variance over the design, in its unit squared, sampling error taken off",
        ),
        value("noise", Unit::Share, "the share of the variance seen that sampling error made"),
    ],
};

pub(super) const POINTS: TableSchema = TableSchema {
    name: "points",
    commands: &["sensitivity"],
    doc: "Every point of Morris' and Sobol's designs, where they are asked for.",
    columns: &[
        text("method", "`morris` or `sobol`"),
        text("part", "the part of the design: a trajectory, `a`, `b`, or the path of a number"),
        whole("row", Unit::None, "the place there, from 0"),
        names("measure", Thing::Measure, "the measure"),
        value("value", Unit::Own, "the measure there"),
        ColumnSchema {
            name: "FACTOR",
            role: Role::Key,
            kind: Kind::Number,
            unit: Unit::Share,
            thing: None,
            doc: "where that number stands in its range or distribution, from 0 to 1",
        },
    ],
};

/// `sensitivity`, and the tables of what was asked for.
pub(super) fn tables(about: &About, found: &SensitivityFindings) -> Vec<Table> {
    let mut tables = vec![differences(about, found)];
    if found.screening.is_some() {
        tables.push(effects(found));
    }
    if found.shares.is_some() {
        tables.push(indices(found));
        tables.push(variances(found));
    }
    if found.each {
        tables.push(points(found));
    }
    tables
}

/// Where measures were looked at.
#[derive(Clone, Copy)]
struct Place<'a> {
    method: &'a str,
    factor: &'a str,
    point: &'a str,
    number: Option<f64>,
}

fn differences(about: &About, found: &SensitivityFindings) -> Table {
    let mut table = Table::new(&SENSITIVITY);
    let nothing = || Cell::Missing;
    for (measure, base) in found.measures.iter().zip(&found.base) {
        let names = ["base".into(), nothing(), Cell::from(&measure.path), nothing(), nothing()];
        let value = Cell::from(base.map(|base| base.value));
        table.push(names.into_iter().chain([value, nothing(), nothing(), nothing(), nothing()]));
    }
    let mut push = |place: Place<'_>, moved: &[MeasuredChange], absent: Option<&NoAnswer>| {
        for (measure, moved) in found.measures.iter().zip(moved) {
            let names =
                [place.method.into(), place.factor.into(), Cell::from(&measure.path), place.point.into()];
            let values = [place.number.into(), moved.value.into()];
            let why = absent.map_or(Cell::Missing, |why| Cell::Text(why.to_string()));
            table.push(names.into_iter().chain(values).chain(Cell::interval(moved.difference)).chain([why]));
        }
    };
    for swing in found.one_at_a_time.iter().flatten() {
        for at in &swing.points {
            let point = at.place.to_string();
            let factor = &swing.factor.path;
            let place = Place { method: "tornado", factor, point: &point, number: Some(at.number) };
            push(place, &at.measures, at.absent.as_ref());
        }
    }
    let unknown = vec![MeasuredChange { value: None, difference: None }; found.measures.len()];
    for wrong in found.claims.iter().flatten() {
        let name = format!("claims.{}", about.claims[wrong.claim].id);
        for (at, point) in ["low", "high"].into_iter().enumerate() {
            let place = Place { method: "claim", factor: &name, point, number: None };
            match (&wrong.ends[at], &wrong.absent[at]) {
                (Some(measures), absent) => push(place, measures, absent.as_ref()),
                (None, Some(absent)) => push(place, &unknown, Some(absent)),
                (None, None) => {}
            }
        }
    }
    table
}

fn effects(found: &SensitivityFindings) -> Table {
    let mut table = Table::new(&EFFECTS);
    let Some(screening) = &found.screening else { return table };
    for (measure, effects) in found.measures.iter().zip(&screening.effects) {
        for (factor, effect) in found.factors.iter().zip(effects.iter().flatten()) {
            let names = [Cell::from(&factor.path), Cell::from(&measure.path), effect.mu.into()];
            let last = [effect.sigma.into(), effect.noise.into()];
            table.push(names.into_iter().chain(Cell::interval(effect.mu_star)).chain(last));
        }
    }
    table
}

fn indices(found: &SensitivityFindings) -> Table {
    let mut table = Table::new(&INDICES);
    let Some(grouped) = &found.shares else { return table };
    let factors = found.factors.iter().map(|factor| &factor.path);
    let factors: Vec<&String> = factors.chain(grouped.groups.iter().map(|group| &group.name)).collect();
    for (measure, indices) in found.measures.iter().zip(&grouped.shares.indices) {
        let Some(indices) = indices else { continue };
        for (factor, (first, total)) in factors.iter().zip(indices.first.iter().zip(&indices.total)) {
            let names = [Cell::from(*factor), Cell::from(&measure.path)];
            table.push(names.into_iter().chain(Cell::interval(*first)).chain(Cell::interval(*total)));
        }
    }
    table
}

fn variances(found: &SensitivityFindings) -> Table {
    let mut table = Table::new(&VARIANCES);
    let Some(grouped) = &found.shares else { return table };
    for (measure, indices) in found.measures.iter().zip(&grouped.shares.indices) {
        let of = |part: fn(&SobolIndices) -> f64| Cell::from(indices.as_ref().map(part));
        table.push([Cell::from(&measure.path), of(|it| it.variance), of(|it| it.noise)]);
    }
    table
}

fn points(found: &SensitivityFindings) -> Table {
    let factors = found.factors.iter().map(|factor| factor.path.clone()).collect();
    let mut table = Table::with_columns(&POINTS, &[factors]);
    let mut push = |method: &str, points: &[InputPoint]| {
        for point in points {
            for (measure, value) in found.measures.iter().zip(&point.values) {
                let names = [method.into(), Cell::from(&point.part), point.row.into()];
                let values = [Cell::from(&measure.path), (*value).into()];
                let place = point.place.iter().map(|&coordinate| Cell::from(coordinate));
                table.push(names.into_iter().chain(values).chain(place));
            }
        }
    };
    if let Some(screening) = &found.screening {
        push("morris", &screening.points);
    }
    if let Some(grouped) = &found.shares {
        push("sobol", &grouped.shares.points);
    }
    table
}
