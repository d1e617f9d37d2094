//! How much independent clusters know of a mean over them.

use super::settings::FEW_DRAWS;
use crate::stats::{Critical, Estimate};

/// What the clusters of a study are: the draws of the parameters, or plays where nothing is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Clusters {
    /// Draws; 0: every play is a cluster of its own.
    pub(crate) draws: u64,
    /// So many draws that weigh alike would know as much.
    pub(crate) effective: f64,
}

impl Clusters {
    /// Draws that weigh alike.
    #[expect(clippy::cast_precision_loss, reason = "draws are far below 2^53")]
    pub(crate) fn alike(draws: u64) -> Self {
        Self { draws, effective: draws as f64 }
    }

    /// What those know that know less.
    pub(crate) fn least(self, other: Self) -> Self {
        if other.effective < self.effective { other } else { self }
    }

    /// So many trials are worth as many in proportion as the draws are.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "numbers of plays are far below 2^53"
    )]
    pub(crate) fn trials(self, trials: u64) -> u64 {
        if self.effective == self.draws as f64 {
            return trials;
        }
        (trials as f64 * self.effective / self.draws as f64) as u64
    }

    /// How many standard errors an interval reaches to either side.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of draws")]
    pub(crate) fn critical(self) -> Critical {
        if self.draws > 0 { Critical::for_draws((self.effective as u64).max(2)) } else { Critical::normal() }
    }

    /// A value with its interval; without one where there are too few draws to know of any.
    pub(crate) fn judge(
        self,
        value: Option<f64>,
        interval: impl FnOnce(Critical) -> Option<Estimate>,
    ) -> Option<Estimate> {
        if (1..=FEW_DRAWS).contains(&self.draws) {
            return value.map(Estimate::without_interval);
        }
        interval(self.critical())
    }
}
