//! The table of keys as the reference of the language shows it.

use super::rows::{KEYS, KeyRule};

/// The table as Markdown, a row a key.
#[must_use]
pub fn reference() -> String {
    let rows = KEYS.iter().map(row).collect::<String>();
    format!("| key | value | left out | meaning |\n|---|---|---|---|\n{rows}")
}

fn row(rule: &KeyRule) -> String {
    let forms: Vec<String> = rule.forms.iter().map(|form| form.name()).collect();
    let left_out = if rule.required { "must be there" } else { rule.default };
    format!("| `{}` | {} | {left_out} | {} |\n", rule.path, forms.join("; or "), rule.about)
}
