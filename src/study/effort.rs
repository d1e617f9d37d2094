//! How much work something takes.

use serde::{Deserialize, Serialize};

use crate::scenario::thousands;

/// So much work: plays, and the draws over which they are spread (0: none).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effort {
    /// Plays in all; 0 where the distribution is found exactly under each draw.
    pub plays: u64,
    /// Draws; 0 where there are none.
    pub draws: u64,
}

impl Effort {
    /// `40,000 plays of 400 draws`
    #[must_use]
    pub fn in_words(self) -> String {
        let plays = format!("{} plays", thousands(self.plays.into()));
        let draws = format!("{} draws", thousands(self.draws.into()));
        match (self.plays, self.draws) {
            (_, 0) => plays,
            (0, _) => draws,
            _ => format!("{plays} of {draws}"),
        }
    }
}
