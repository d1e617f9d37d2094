//! The limit of the branch of logit equilibria, for players who take what is best.
//!
//! Followed far, the branch tells which actions are played in the limit and which are as good there: it is their
//! log-odds over the precision, not their probabilities, by which these differ early. What is played is then the
//! solution of equations (`ends.rs`), to which the branch is held at ever larger precisions. So nothing need be
//! followed until it has converged, which takes as long as one likes where probabilities fall as the logarithm of
//! the precision over the precision, or as a small power of it.

use super::curve::LogitCurve;
use super::ends::{End, end};
use super::logit_game::{LogitError, LogitGame};
use super::trace::Tracer;

/// Stages of precisions, at most.
const STAGES: usize = 16;
/// Where the parameter stands when they begin, in natural units.
const FIRST: f64 = 64.0;
/// How many times larger precisions are from stage to stage.
const STAGE: f64 = 8.0;
/// Up to here the branch may still leave an end at which more is as good as what is played.
const FAR: f64 = 1e10;
/// Points that an extrapolation rests on.
const POINTS: usize = 6;
/// Ends that differ by no more than that are the same.
const SAME: f64 = 1e-11;
/// Ends of two stages that differ by no more than that, and that nothing better followed, are given.
const NEAR: f64 = 0.01;
/// From stage to stage the branch comes nearer to its end, to that share of the distance at least,
const NEARER: f64 = 0.9;
/// and at the last has come as near as this.
const ARRIVED: f64 = 0.1;
/// Precisions of those who take what is best, while the others' are scaled, in natural units.
const STEEP: f64 = 1000.0;

/// A limit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Limit {
    /// The probability of each action.
    pub(super) profile: Vec<f64>,
    /// Whether it is one of a continuum of equilibria with the same ties.
    pub(super) continuum: bool,
    /// How far probabilities may be from those of the limit, in a continuum along which the branch still moves; 0
    /// where equations give them.
    pub(super) within: f64,
}

/// The limit, and the crossings on the way. Where the branch is too long to be followed, it still ends at the only
/// equilibrium, where it is known that there is one.
pub(super) fn limit(game: &mut impl LogitGame) -> Result<(Limit, Vec<f64>), LogitError> {
    followed(game).or_else(|error| unfollowed(game, error).map(|limit| (limit, Vec::new())))
}

/// The limit of a branch that cannot be followed, for that reason.
pub(super) fn unfollowed(game: &impl LogitGame, error: LogitError) -> Result<Limit, LogitError> {
    let profile = game.only_equilibrium().ok_or(error)?;
    Ok(Limit { profile, continuum: false, within: 0.0 })
}

/// The limit by following the branch: first with large precisions in place of infinite ones, all scaled from 0 together; from
/// there on, these alone grow.
fn followed(game: &mut impl LogitGame) -> Result<(Limit, Vec<f64>), LogitError> {
    let precisions = game.precisions().to_vec();
    let infinite = |precision: &f64| if precision.is_infinite() { 1.0 } else { 0.0 };
    let growing: Vec<f64> = precisions.iter().map(infinite).collect();
    let finite: Vec<f64> = precisions.iter().map(|p| if p.is_infinite() { 0.0 } else { *p }).collect();
    let steep = STEEP * LogitCurve::new(game, finite.clone(), growing.clone()).unit;
    let start = if finite.iter().all(|precision| *precision == 0.0) {
        None
    } else {
        let scaled = finite.iter().zip(&growing).map(|(fixed, grows)| fixed + grows * steep).collect();
        let mut curve = LogitCurve::new(game, vec![0.0; growing.len()], scaled);
        let target = curve.unit.recip();
        let tracer = curve.follow(target).map_err(|stuck| LogitError::of(stuck, target))?;
        let crossings: Vec<f64> = tracer.crossings.iter().map(|parameter| parameter / target).collect();
        Some((curve.logits(tracer.point()), crossings))
    };
    let mut curve = LogitCurve::new(game, finite, growing);
    let (begun, mut crossings) = match start {
        Some((logits, crossings)) => (curve.begin_at(&logits, steep), crossings),
        None => (curve.begin(), Vec::new()),
    };
    let unit = curve.unit;
    let mut tracer = begun.map_err(|stuck| LogitError::NoLimit { precision: stuck.parameter * unit })?;
    let limit = converge(&mut curve, &mut tracer)?;
    crossings.extend(tracer.crossings.iter().map(|parameter| parameter * curve.unit));
    Ok((limit, crossings))
}

/// What is known of the limit at a stage.
struct Stage {
    end: End,
    /// How far the branch is from it.
    distance: f64,
    /// How far this end is from that of the stage before.
    change: f64,
}

impl Stage {
    /// Whether the branch, since a stage before, has come nearer to an end that is about the same.
    fn follows(&self, before: &Self) -> bool {
        let nearer = self.distance <= NEARER * before.distance || self.distance <= SAME;
        nearer && self.distance <= ARRIVED && self.change <= NEAR
    }
}

/// Raises the precision until the branch is seen to come nearer and nearer to one end.
fn converge<G: LogitGame>(curve: &mut LogitCurve<'_, G>, tracer: &mut Tracer) -> Result<Limit, LogitError> {
    let parameter = |tracer: &Tracer| tracer.point()[tracer.point().len() - 1];
    let mut target = FIRST.max(parameter(tracer));
    let mut table: Vec<(f64, Vec<f64>)> = Vec::new();
    let (mut before, mut best): (Option<Stage>, Option<Limit>) = (None, None);
    for _ in 0..STAGES {
        if tracer.reach(curve, target).is_err() {
            break;
        }
        let view = curve.view(tracer);
        table.push((target.recip(), view.chances.clone()));
        if table.len() > POINTS {
            table.remove(0);
        }
        let stage = end(curve, &view, &extrapolate(&table)).map(|end| {
            let distance = distance(&end.profile, &view.chances);
            let change = before.as_ref().map_or(f64::INFINITY, |before| apart(&before.end, &end));
            Stage { end, distance, change }
        });
        if let (Some(before), Some(stage)) = (&before, &stage)
            && stage.follows(before)
        {
            let End { profile, clear, continuum, strict } = stage.end.clone();
            let limit = Limit { profile, continuum, within: stage.change };
            if stage.change <= SAME && clear && (strict || target >= FAR) {
                return Ok(Limit { within: 0.0, ..limit });
            }
            if best.as_ref().is_none_or(|best| limit.within <= best.within.max(SAME)) {
                best = Some(limit);
            }
        }
        before = stage;
        target *= STAGE;
    }
    best.ok_or_else(|| LogitError::NoLimit { precision: parameter(tracer) * curve.unit })
}

/// How far two ends are from each other.
fn apart(a: &End, b: &End) -> f64 {
    distance(&a.profile, &b.profile)
}

/// The value at 0 of the polynomials through the points (Neville's scheme), coordinate by coordinate.
fn extrapolate(table: &[(f64, Vec<f64>)]) -> Vec<f64> {
    let mut rows: Vec<Vec<f64>> = table.iter().map(|(_, row)| row.clone()).collect();
    for order in 1..rows.len() {
        for at in 0..rows.len() - order {
            let (near, far) = (table[at + order].0, table[at].0);
            let (head, tail) = rows.split_at_mut(at + 1);
            for (value, next) in head[at].iter_mut().zip(&tail[0]) {
                *value = (far * next - near * *value) / (far - near);
            }
        }
    }
    rows.swap_remove(0)
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y).abs()).fold(0.0, |most, x| if x >= most { x } else { most })
}
