//! Quantal response equilibria of a game in normal form, over precisions.

use super::NormalForm;
use super::curve::LogitCurve;
use super::limit;
use super::logit_game::{LogitError, LogitGame};
use super::table::Table;
use super::trace::Stuck;

/// A logit equilibrium at a precision.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Quantal {
    /// The precision, per payoff unit, the same for all; infinite for the limit.
    #[serde(with = "crate::stats::floats::high")]
    pub precision: f64,
    /// The probability of each strategy of each player, adding up to 1; or why there are none.
    pub mixed: Result<Vec<Vec<f64>>, LogitError>,
    /// Of a limit, whether it is one of a continuum of equilibria.
    pub continuum: bool,
    /// How far the probabilities may be from those of the branch: above 0 for the limit along a continuum, where
    /// equations leave it open and the branch still moves when precisions are as large as can be followed.
    pub within: f64,
}

/// Larger games than this are not traced: profiles, and strategies of all players together.
const MOST_PROFILES: usize = 5_000;
const MOST_STRATEGIES: usize = 64;

/// The precisions at which the branch is looked at: 0, 0.01 to 1000 in ten steps a decade, and the limit.
pub(super) fn precisions() -> Vec<f64> {
    let steps = (-20..=30).map(|step| match step % 10 {
        // Whole powers are what people look for: they are exact.
        0 if step < 0 => 1.0 / crate::math::pow(10.0, f64::from(-step / 10)),
        0 => crate::math::pow(10.0, f64::from(step / 10)),
        _ => crate::math::pow(10.0, f64::from(step) / 10.0),
    });
    std::iter::once(0.0).chain(steps).chain([f64::INFINITY]).collect()
}

/// The branch of logit equilibria that starts at uniform play; `None` in games too large for it.
///
/// # References
/// `McKelvey` and Palfrey (1995), Quantal response equilibria for normal form games, Games and Economic
/// Behavior 10(1), 6-38.
#[must_use]
pub fn quantal(game: &NormalForm) -> Option<Vec<Quantal>> {
    let actions: usize = game.players().iter().map(|player| player.strategies.len()).sum();
    if game.profiles() > MOST_PROFILES || actions > MOST_STRATEGIES {
        return None;
    }
    Some(quantal_at(game, &precisions()))
}

/// Logit equilibria at precisions that rise, each at least 0; infinite for the limit. The branch is followed
/// once, past all of them.
#[must_use]
pub fn quantal_at(game: &NormalForm, precisions: &[f64]) -> Vec<Quantal> {
    let players = game.players().len();
    let mut table = Table::of_form(game, vec![f64::INFINITY; players]);
    let finite = precisions.iter().copied().filter(|precision| precision.is_finite());
    let split = |profile: Vec<f64>| {
        let mut rest = profile.as_slice();
        let own = |player: usize| {
            let (own, others) = rest.split_at(game.strategies(player));
            rest = others;
            own.to_vec()
        };
        (0..players).map(own).collect()
    };
    let tell = |(precision, profile): (f64, Result<Vec<f64>, LogitError>)| {
        let mixed = profile.map(split);
        Quantal { precision, mixed, continuum: false, within: 0.0 }
    };
    let mut found: Vec<Quantal> = along(&mut table, finite).into_iter().map(tell).collect();
    if precisions.last().is_some_and(|last| last.is_infinite()) {
        // The same branch leads to the limit.
        let lost = found.iter().find(|at| at.mixed.is_err()).map(|at| at.precision);
        let limit = match lost {
            Some(precision) => limit::unfollowed(&table, LogitError::NoLimit { precision }),
            None => limit::limit(&mut table).map(|(limit, _)| limit),
        };
        let (continuum, within) = limit.as_ref().map_or((false, 0.0), |of| (of.continuum, of.within));
        let mixed = limit.map(|limit| split(limit.profile));
        found.push(Quantal { precision: f64::INFINITY, mixed, continuum, within });
    }
    found
}

/// Profiles at precisions along the branch.
fn along(
    table: &mut Table,
    precisions: impl Iterator<Item = f64>,
) -> Vec<(f64, Result<Vec<f64>, LogitError>)> {
    let players = table.actions().len();
    let mut curve = LogitCurve::new(table, vec![0.0; players], vec![1.0; players]);
    let mut tracer = curve.begin();
    let at = |precision: f64| {
        let target = precision / curve.unit;
        let reached = tracer.as_mut().map_err(|stuck| *stuck).and_then(|tracer| {
            tracer.reach(&mut curve, target)?;
            let is_on = curve.is_on(tracer.point());
            if is_on {
                Ok(curve.play(tracer.point()))
            } else {
                Err(Stuck { parameter: target, winds: false })
            }
        });
        if let Err(stuck) = reached {
            // Beyond where it was lost once, it is not looked for.
            tracer = Err(stuck);
        }
        reached.map_err(|stuck| LogitError::of(stuck, target))
    };
    let mut at = at;
    precisions.map(|precision| (precision, at(precision))).collect()
}
