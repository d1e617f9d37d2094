//! What a game has to say of itself for its logit equilibria to be found, and why there may be none.

use super::fraction::short;
use super::trace::Stuck;

/// A game as seen by players who choose by the logit rule.
///
/// A profile is a row of probabilities: those of the first player's actions, of the second's, and so on.
pub trait LogitGame {
    /// How many actions each player has.
    fn actions(&self) -> &[usize];

    /// Each player's precision, per payoff unit: at least 0; infinite for who takes what is best.
    fn precisions(&self) -> &[f64];

    /// What each action is worth to its player where the others play `profile`, up to what all actions of
    /// a player have in common.
    fn values(&mut self, profile: &[f64], values: &mut [f64]);

    /// How these values change with each probability of the others: a row for each action, with a column
    /// for each action. The columns of a player's own actions are 0.
    fn derivatives(&mut self, profile: &[f64], derivatives: &mut [f64]);

    /// Whether values are linear in each player's probabilities: what they are where all play purely then says
    /// everything. Not so where an action is judged given that its place is reached.
    fn is_multilinear(&self) -> bool {
        true
    }

    /// The equilibrium of players who all take what is best, where it is known to be the only one.
    fn only_equilibrium(&self) -> Option<Vec<f64>> {
        None
    }

    /// Values and derivatives will be held against those of one action of each player, which may help to tell them
    /// more closely: its place in a row of all actions.
    fn hold_against(&mut self, base: &[usize]) {
        let _ = base;
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum LogitError {
    /// The branch could not be followed.
    #[error("the branch of logit equilibria could not be followed beyond {} times their `logit`", short(*share))]
    Lost {
        /// The share of the precisions that was reached.
        share: f64,
    },
    /// The branch turns back too often.
    #[error(
        "the branch of logit equilibria turns back too often to be followed beyond {} times their `logit`: \
         no more steps are taken than 50,000, or in large games some seconds' worth",
        short(*share)
    )]
    Winds {
        /// The share of the precisions that was reached.
        share: f64,
    },
    /// The branch of those who take what is best could not be followed to its limit, or has none.
    #[error(
        "the limit of logit equilibria could not be told: it was followed up to a `logit` of {}",
        short(*precision)
    )]
    NoLimit {
        /// The precision reached, in place of infinity.
        precision: f64,
    },
}

impl LogitError {
    /// That a curve could not be followed as far as `target`.
    pub(super) fn of(stuck: Stuck, target: f64) -> Self {
        let share = stuck.parameter / target;
        if stuck.winds { Self::Winds { share } } else { Self::Lost { share } }
    }
}
