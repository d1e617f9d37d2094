//! Reasons in short, and the claims that they cite, spelt out at the end of a text.

use std::fmt::Write;

use super::Style;
use super::layout::flow;
use crate::ask::About;
use crate::scenario::{Because, Reason};

/// The claims that a text has cited.
#[derive(Debug, Default)]
pub(crate) struct Cited {
    claims: Vec<usize>,
}

impl Cited {
    /// The reasons in short, to be added to what they are reasons for: ids of claims, and texts as they are.
    pub(crate) fn reasons(&mut self, about: &About, because: &Because) -> String {
        let shown: Vec<&str> = because
            .reasons
            .iter()
            .map(|reason| match reason {
                Reason::Text(text) => text.as_str(),
                Reason::Claim(claim) => {
                    self.claims.push(*claim);
                    about.claims[*claim].id.as_str()
                }
            })
            .collect();
        if shown.is_empty() { String::new() } else { format!(" -- {}", shown.join("; ")) }
    }

    /// What the cited claims say, in the scenario's order, under a heading; nothing where none was cited.
    pub(crate) fn spell_out(mut self, text: &mut String, about: &About, style: Style) {
        if self.claims.is_empty() {
            return;
        }
        self.claims.sort_unstable();
        self.claims.dedup();
        let _ = writeln!(text, "\n{}", style.bold("What the claims say"));
        let width = self.claims.iter().map(|&claim| about.claims[claim].id.len()).max().unwrap_or(0);
        for claim in self.claims {
            let claim = &about.claims[claim];
            let source = claim.source.as_ref().map_or_else(String::new, |source| format!(" ({source})"));
            let _ = write!(text, "  {:width$}  ", claim.id);
            flow(text, &format!("{}{source}", claim.text), width + 4, style.width);
        }
    }
}
