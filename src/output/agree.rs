//! Whether plays agree with exact propagation, as a table and as text.

use super::{Cell, Table};
use crate::study::Agreement;

/// The agreement as a table of one row.
#[must_use]
pub fn agreement_table(agreement: &Agreement) -> Table {
    let mut table = Table::new(&[
        "compared",
        "furthest",
        "sampled",
        "exact",
        "standard_errors",
        "chi_square",
        "freedom",
        "p_value",
    ]);
    let furthest = &agreement.furthest;
    table.rows.push(vec![
        agreement.compared.into(),
        furthest.what.as_str().into(),
        furthest.sampled.into(),
        furthest.exact.into(),
        furthest.errors.into(),
        agreement.chi_square.into(),
        agreement.freedom.into(),
        Cell::from(agreement.p_value),
    ]);
    table
}

/// The agreement in words.
#[must_use]
pub fn agreement_text(agreement: &Agreement, plays: u64) -> String {
    let Agreement { compared, furthest, chi_square, freedom, p_value } = agreement;
    let mut text =
        format!("{plays} plays against the exact distribution, parameters at their central values\n");
    text += &format!(
        "  furthest of {compared} shares and means: {} ({:.6} in plays, {:.6} exactly), {:.2} standard errors\n",
        if furthest.what.is_empty() { "none" } else { &furthest.what },
        furthest.sampled,
        furthest.exact,
        furthest.errors
    );
    text += &format!(
        "  outcomes: chi-square {chi_square:.2} on {freedom} degrees of freedom, p = {p_value:.4}\n"
    );
    text
}
