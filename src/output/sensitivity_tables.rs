//! What moves a measure, as tables.

use super::sensitivity::{Sensitivity, paths};
use super::{Cell, Table};
use crate::study::Moved;
use crate::study::sensitivity::CubePoint;

/// The tables of a sensitivity study, named as their files are: sensitivity.csv has the base, one number at a time and
/// wrong claims; effects.csv elementary effects; indices.csv and variances.csv Sobol indices. Where `each`, points.csv
/// has every point of the designs.
#[must_use]
pub fn sensitivity_tables(found: &Sensitivity<'_>, each: bool) -> Vec<(String, Table)> {
    let mut tables = vec![("sensitivity", differences(found))];
    if found.screening.is_some() {
        tables.push(("effects", effects(found)));
    }
    if found.shares.is_some() {
        tables.push(("indices", indices(found)));
        tables.push(("variances", variances(found)));
    }
    if each {
        tables.push(("points", points(found)));
    }
    tables.into_iter().map(|(name, table)| (name.to_owned(), table)).collect()
}

fn names(found: &Sensitivity<'_>) -> Vec<String> {
    found.measures.iter().map(|measure| found.scenario.measure_name(*measure)).collect()
}

fn differences(found: &Sensitivity<'_>) -> Table {
    let columns = ["method", "factor", "measure", "point", "number", "value", "difference", "low", "high"];
    let mut table = Table::new(&columns);
    let measures = names(found);
    for (measure, base) in measures.iter().zip(found.base) {
        let value = base.map(|base| base.value).into();
        let mut row: Vec<Cell> = vec!["base".into(), Cell::Missing, measure.as_str().into(), Cell::Missing];
        row.extend([Cell::Missing, value, Cell::Missing, Cell::Missing, Cell::Missing]);
        table.rows.push(row);
    }
    let mut push = |method: &str, factor: &str, point: &str, number: Option<f64>, moved: &[Moved]| {
        for (measure, moved) in measures.iter().zip(moved) {
            let mut row: Vec<Cell> =
                vec![method.into(), factor.into(), measure.as_str().into(), point.into()];
            row.extend([number.into(), moved.value.into()]);
            row.extend(Cell::interval(moved.difference));
            table.rows.push(row);
        }
    };
    for swing in found.swings.unwrap_or_default() {
        for at in &swing.points {
            push("tornado", &swing.factor.path, &at.place.to_string(), Some(at.number), &at.measures);
        }
    }
    for wrong in found.claims.unwrap_or_default() {
        let name = format!("claims.{}", found.scenario.claims[wrong.claim].id);
        for (point, end) in ["low", "high"].into_iter().zip(&wrong.ends) {
            if let Some(measures) = end {
                push("claim", &name, point, None, measures);
            }
        }
    }
    table
}

fn effects(found: &Sensitivity<'_>) -> Table {
    let mut table =
        Table::new(&["factor", "measure", "mu", "mu_star", "mu_star_low", "mu_star_high", "sigma", "noise"]);
    let Some(screening) = found.screening else { return table };
    for (measure, effects) in names(found).iter().zip(&screening.effects) {
        for (factor, effect) in found.cube.factors.iter().zip(effects.iter().flatten()) {
            let mut row: Vec<Cell> =
                vec![factor.path.as_str().into(), measure.as_str().into(), effect.mu.into()];
            row.extend(Cell::interval(effect.mu_star));
            row.extend([effect.sigma.into(), effect.noise.into()]);
            table.rows.push(row);
        }
    }
    table
}

fn indices(found: &Sensitivity<'_>) -> Table {
    let mut table = Table::new(&[
        "factor",
        "measure",
        "first",
        "first_low",
        "first_high",
        "total",
        "total_low",
        "total_high",
    ]);
    let Some((shares, groups)) = found.shares else { return table };
    let factors = paths(&found.cube.factors).into_iter().chain(groups.iter().map(|(name, _)| name.clone()));
    let factors: Vec<String> = factors.collect();
    for (measure, indices) in names(found).iter().zip(&shares.indices) {
        let Some(indices) = indices else { continue };
        for (factor, (first, total)) in factors.iter().zip(indices.first.iter().zip(&indices.total)) {
            let mut row: Vec<Cell> = vec![factor.as_str().into(), measure.as_str().into()];
            row.extend(Cell::interval(*first));
            row.extend(Cell::interval(*total));
            table.rows.push(row);
        }
    }
    table
}

fn variances(found: &Sensitivity<'_>) -> Table {
    let mut table = Table::new(&["measure", "variance", "noise"]);
    let Some((shares, _)) = found.shares else { return table };
    for (measure, indices) in names(found).iter().zip(&shares.indices) {
        let of = |part: fn(&crate::stats::SobolIndices) -> f64| Cell::from(indices.as_ref().map(part));
        table.rows.push(vec![measure.as_str().into(), of(|it| it.variance), of(|it| it.noise)]);
    }
    table
}

fn points(found: &Sensitivity<'_>) -> Table {
    let mut columns: Vec<String> = ["method", "part", "row", "measure", "value"].map(str::to_owned).to_vec();
    columns.extend(paths(&found.cube.factors));
    let mut table = Table::new(&columns);
    let measures = names(found);
    let mut push = |method: &str, points: &[CubePoint]| {
        for point in points {
            for (measure, value) in measures.iter().zip(&point.values) {
                let mut row: Vec<Cell> = vec![method.into(), point.part.as_str().into(), point.row.into()];
                row.extend([measure.as_str().into(), (*value).into()]);
                row.extend(point.place.iter().map(|&coordinate| Cell::from(coordinate)));
                table.rows.push(row);
            }
        }
    };
    if let Some(screening) = found.screening {
        push("morris", &screening.points);
    }
    if let Some((shares, _)) = found.shares {
        push("sobol", &shares.points);
    }
    table
}
