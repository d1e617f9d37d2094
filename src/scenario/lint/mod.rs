//! Warnings: what is legal in a sound scenario, but surely not meant.
use super::lower::Mentions;
use super::{Diagnostic, Scenario};
pub(crate) fn lint(_scenario: &Scenario, _mentions: &Mentions) -> Vec<Diagnostic> {
    Vec::new()
}
