//! What a study has to say of what it was asked for, beside its answer.

use serde::{Deserialize, Serialize};

/// Something that was asked for and means less than it seems to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Notice {
    /// So many draws were asked for, but no parameter is uncertain: every number is at its only value.
    NothingToDraw {
        /// The draws that were asked for.
        draws: u64,
    },
    /// So few draws say nothing of how far others would lie from them: nothing has an interval.
    TooFewDraws {
        /// The draws.
        draws: u64,
    },
}
