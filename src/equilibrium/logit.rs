//! Logit quantal response equilibrium, and its limit: the branch that starts at uniform play.

use super::curve::LogitCurve;
use super::fraction::short;
use super::limit;
use super::table::Table;
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

/// A logit equilibrium.
#[derive(Clone, Debug, PartialEq)]
pub struct Equilibrium {
    /// The probability of each action, player after player; those of a player add up to 1.
    pub profile: Vec<f64>,
    /// Where other branches leave the one that was followed, as shares of the precisions; the branch
    /// itself goes straight on. Beyond 1 on the way to a limit.
    pub crossings: Vec<f64>,
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

/// The logit quantal response equilibrium on the branch that starts at uniform play, followed while all
/// precisions are scaled from 0 to 1 together, to its first passing of 1; where branches cross, straight
/// on. The limit of that branch, as their precision grows, for players who take what is best.
///
/// Equilibrium conditions hold within 1e-12, or as closely as the game's values can be told apart at such
/// precisions. A limit is an equilibrium within 1e-9 payoff units, or of a player's largest value. The cost is that of
/// some tens of evaluations, each with an elimination, O(actions^3); where the branch turns back often, of up to
/// 50,000 steps, or some 10^10 operations.
///
/// # Errors
/// If the branch cannot be followed, or its limit cannot be told.
///
/// # References
/// `McKelvey` and Palfrey (1995), Quantal response equilibria for normal form games, Games and Economic
/// Behavior 10(1), 6-38, doi:10.1006/game.1995.1023; Turocy (2005), A dynamic homotopy interpretation of
/// the logistic quantal response equilibrium correspondence, Games and Economic Behavior 51(2), 243-263,
/// doi:10.1016/j.geb.2004.04.003, on following it.
pub fn logit_equilibrium(game: &mut impl LogitGame) -> Result<Equilibrium, LogitError> {
    match Table::of_game(game) {
        Some(mut table) => solved(&mut table),
        None => solved(game),
    }
}

fn solved(game: &mut impl LogitGame) -> Result<Equilibrium, LogitError> {
    if game.precisions().iter().any(|precision| precision.is_infinite()) {
        let (limit, crossings) = limit::limit(game)?;
        return Ok(Equilibrium { profile: limit.profile, crossings });
    }
    finite(game)
}

/// The equilibrium at precisions that are all finite.
fn finite(game: &mut impl LogitGame) -> Result<Equilibrium, LogitError> {
    let full = game.precisions().to_vec();
    let mut curve = LogitCurve::new(game, vec![0.0; full.len()], full);
    let target = curve.unit.recip();
    let tracer = curve.follow(target).map_err(|stuck| LogitError::of(stuck, target))?;
    if !curve.is_on(tracer.point()) {
        return Err(LogitError::Lost { share: 1.0 });
    }
    let profile = curve.play(tracer.point());
    let crossings = tracer.crossings.iter().map(|parameter| parameter / target).collect();
    Ok(Equilibrium { profile, crossings })
}
