//! The table of how plays and the exact distribution agree.

use super::schema::{TableSchema, Unit, counted, said, value};
use super::table::{Cell, Table};
use crate::ask::agree::AgreeFindings;

pub(super) const AGREEMENT: TableSchema = TableSchema {
    name: "agreement",
    commands: &["agree"],
    doc: "One row: how far plays are from the exact distribution.",
    columns: &[
        counted("compared", "how many shares and means were compared"),
        said("furthest", "the one that lies furthest from its exact value"),
        value("sampled", Unit::Own, "its value in the plays"),
        value("exact", Unit::Own, "its exact value"),
        value("standard_errors", Unit::None, "the difference in standard errors"),
        value("chi_square", Unit::None, "Pearson's statistic over the combinations of outcomes"),
        counted("freedom", "its degrees of freedom"),
        value("p_value", Unit::Share, "how likely so large a statistic is where both agree"),
    ],
};

pub(super) fn tables(found: &AgreeFindings) -> Vec<Table> {
    let agreement = &found.agreement;
    let furthest = &agreement.furthest;
    let mut table = Table::new(&AGREEMENT);
    table.push([
        agreement.compared.into(),
        Cell::from(&furthest.what),
        furthest.sampled.into(),
        furthest.exact.into(),
        furthest.errors.into(),
        agreement.chi_square.into(),
        agreement.freedom.into(),
        agreement.p_value.into(),
    ]);
    vec![table]
}
