//! That a scenario is sound, and how large it is.

use std::fmt::Write;

use crate::ask::Answer;
use crate::ask::check::CheckFindings;

pub(super) fn text(answer: &Answer, found: &CheckFindings) -> String {
    let warnings = match found.warnings {
        0 => String::new(),
        1 => ", with 1 warning".to_owned(),
        n => format!(", with {n} warnings"),
    };
    let mut text = format!("{}: sound{warnings}\n", answer.about.title);
    for size in &found.sizes {
        let _ = writeln!(text, "  {:>8}  {}", size.count, size.what);
    }
    text
}
