//! The limit of the branch of logit equilibria, for players who take what is best.

use super::logit::{Equilibrium, LogitCurve, LogitError, LogitGame};
use super::trace::Tracer;

/// Precisions are doubled so often, at most.
const DOUBLINGS: usize = 44;
/// Where the parameter stands when doubling begins, in natural units.
const FIRST: f64 = 64.0;
/// Points that an extrapolation rests on.
const POINTS: usize = 7;
/// Extrapolations that differ by no more than that have converged.
const SAME: f64 = 1e-11;
/// Probabilities below this are none, in a limit.
const NOTHING: f64 = 1e-12;
/// What an action may lose against the best and still be played in the limit, in payoff units: the
/// tolerance of the choice rule `best`.
const TIE: f64 = 1e-9;
/// Precisions of those who take what is best, while the others' are scaled, in natural units.
const STEEP: f64 = 1000.0;

/// The limit: first with large precisions in place of infinite ones, all scaled from 0 together; from
/// there on, these alone grow.
pub(super) fn limit(game: &mut impl LogitGame) -> Result<Equilibrium, LogitError> {
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
        let tracer =
            curve.follow(target).map_err(|stuck| LogitError::Lost { share: stuck.parameter / target })?;
        let crossings = tracer.crossings.iter().map(|parameter| parameter / target).collect();
        Some((tracer.point().to_vec(), crossings))
    };
    let mut curve = LogitCurve::new(game, finite, growing);
    let (point, mut crossings) = start.unwrap_or_else(|| (Vec::new(), Vec::new()));
    let mut tracer = curve.begin(point, steep)?;
    let profile = converge(&mut curve, &mut tracer)?;
    crossings.extend(tracer.crossings.iter().map(|parameter| parameter * curve.unit));
    Ok(Equilibrium { profile, crossings })
}

/// Doubles the precision until what its inverse extrapolates to, at 0, no longer changes.
fn converge<G: LogitGame>(
    curve: &mut LogitCurve<'_, G>,
    tracer: &mut Tracer,
) -> Result<Vec<f64>, LogitError> {
    let parameter = |tracer: &Tracer| tracer.point()[tracer.point().len() - 1];
    let mut table: Vec<(f64, Vec<f64>)> = Vec::new();
    let mut before: Option<Vec<f64>> = None;
    let mut nearest: Option<(f64, Vec<f64>)> = None;
    let mut target = FIRST.max(parameter(tracer));
    for _ in 0..DOUBLINGS {
        if tracer.reach(curve, target).is_err() {
            break;
        }
        table.push((target.recip(), curve.play(tracer.point())));
        if table.len() > POINTS {
            table.remove(0);
        }
        let estimate = extrapolate(&table);
        let change = before.as_ref().map_or(f64::INFINITY, |before| distance(before, &estimate));
        // Once it changes by rounding alone, it changes more, the larger the precision.
        if nearest.as_ref().is_some_and(|(least, _)| change > 10.0 * least) {
            break;
        }
        if change <= TIE && table.len() >= 3 && nearest.as_ref().is_none_or(|(least, _)| change < *least) {
            nearest =
                curve.tidied(estimate.clone(), NOTHING, TIE).map(|profile| (change, profile)).or(nearest);
        }
        if nearest.as_ref().is_some_and(|(least, _)| *least <= SAME) {
            break;
        }
        before = Some(estimate);
        target *= 2.0;
    }
    // What is played ever less, but slowly, does not extrapolate; so far on it is next to nothing.
    let settled = |table: &[(f64, Vec<f64>)]| {
        let rows = table.last_chunk::<2>().filter(|[last, next]| distance(&last.1, &next.1) <= TIE);
        rows.map(|[_, last]| last.1.clone())
    };
    let found = nearest.map(|(_, profile)| profile);
    let found = found.or_else(|| settled(&table).and_then(|last| curve.tidied(last, TIE, TIE)));
    found.ok_or_else(|| LogitError::NoLimit { precision: parameter(tracer) * curve.unit })
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
