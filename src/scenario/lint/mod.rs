//! Warnings: what is legal in a sound scenario, but surely not meant.
use super::{Diagnostic, Scenario};
use super::lower::Mentions;
pub(crate) fn lint(_scenario: &Scenario, _mentions: &Mentions) -> Vec<Diagnostic> { Vec::new() }
