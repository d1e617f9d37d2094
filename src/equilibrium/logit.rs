//! Logit quantal response equilibrium, and its limit: the branch that starts at uniform play.

use super::curve::LogitCurve;
use super::limit;
use super::logit_game::{LogitError, LogitGame};
use super::table::Table;

/// A logit equilibrium.
#[derive(Clone, Debug, PartialEq)]
pub struct Equilibrium {
    /// The probability of each action, player after player; those of a player add up to 1.
    pub profile: Vec<f64>,
    /// Where other branches leave the one that was followed, as shares of the precisions; the branch
    /// itself goes straight on. Beyond 1 on the way to a limit.
    pub crossings: Vec<f64>,
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
