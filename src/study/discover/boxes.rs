//! Boxes in the points of a discovery, and what is told of them.

use super::{DiscoveryError, DiscoveryRequest, FoundBox, LEVEL, Limit, Point, TrajectoryStep};
use crate::stats::prim::{Cases, Ends, Peeling, Step};

/// The boxes, each on what those before have left.
pub(super) fn boxes(points: &[Point], request: &DiscoveryRequest) -> Result<Vec<FoundBox>, DiscoveryError> {
    let known: Vec<&Point> = points.iter().filter(|point| point.estimate.is_some()).collect();
    let rows: Vec<Vec<f64>> = known.iter().map(|point| point.values.clone()).collect();
    let hits: Vec<f64> = known.iter().map(|point| f64::from(u8::from(point.inside))).collect();
    let cases = Cases { points: &rows, hits: &hits };
    let mut left: Vec<usize> = (0..known.len()).collect();
    let mut found = Vec::new();
    for number in 1..=request.boxes {
        let mut steps = cases.trajectory(&left, &Peeling::default());
        let requested = request.steps.get(number - 1).copied();
        let Some(chosen) = requested.or_else(|| best(&steps)) else { break };
        let last = steps.len().saturating_sub(1);
        if chosen > last {
            return Err(DiscoveryError::Step { requested: chosen, number, last });
        }
        let dropping = if request.sure { dropped(&cases, &left, &steps[chosen]) } else { Vec::new() };
        let chosen = if dropping.is_empty() { chosen } else { last + dropping.len() };
        steps.extend(dropping);
        let step = &steps[chosen];
        let overall = hits.iter().sum::<f64>() / of_count(hits.len());
        if number > 1 && requested.is_none() && step.density <= overall {
            break;
        }
        found.push(FoundBox {
            steps: steps.iter().map(|step| leg(step, &known)).collect(),
            dropped: steps.len() - 1 - last,
            chosen,
            limits: limits(&cases, &left, step),
        });
        // Both are in the order of the points.
        left.retain(|point| step.inside.binary_search(point).is_err());
    }
    Ok(found)
}

/// A box without limits that may be chance: the least significant goes first, and the others are judged anew.
fn dropped(cases: &Cases<'_>, left: &[usize], from: &Step) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    loop {
        let step = steps.last().unwrap_or(from);
        let columns = (0..step.limits.len()).filter_map(|column| {
            let p_value = cases.p_value(left, step, column, Ends::Both)?;
            (p_value > LEVEL).then_some((p_value, column))
        });
        let Some((_, column)) = columns.reduce(|most, next| if next.0 > most.0 { next } else { most }) else {
            return steps;
        };
        let next = cases.without(left, step, column);
        steps.push(next);
    }
}

/// The step with the greatest harmonic mean of density and of the coverage of what was left; of equals the first,
/// which has the fewest limits.
fn best(steps: &[Step]) -> Option<usize> {
    let whole = steps.first()?.coverage;
    let mean = |step: &Step| {
        let coverage = if whole > 0.0 { step.coverage / whole } else { 0.0 };
        let sum = coverage + step.density;
        if sum > 0.0 { 2.0 * coverage * step.density / sum } else { 0.0 }
    };
    let means = steps.iter().map(mean).enumerate();
    means.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(at, _)| at)
}

fn leg(step: &Step, known: &[&Point]) -> TrajectoryStep {
    let values = step.inside.iter().filter_map(|&point| known[point].estimate).map(|estimate| estimate.value);
    TrajectoryStep {
        coverage: step.coverage,
        density: step.density,
        mass: step.mass,
        mean: values.sum::<f64>() / of_count(step.inside.len()),
        restricted: step.restricted,
    }
}

/// What a box says of the parameters that it limits.
fn limits(cases: &Cases<'_>, left: &[usize], step: &Step) -> Vec<Limit> {
    let ranges = cases.ranges();
    let each = step.limits.iter().zip(&ranges).enumerate();
    let limited = each.filter(|(_, (limits, range))| limits != range);
    let limit = |(parameter, (&(low, high), &range)): (usize, (&(f64, f64), &(f64, f64)))| {
        let p_value = |ends| cases.p_value(left, step, parameter, ends);
        Limit {
            parameter,
            low: (low != range.0).then_some(low),
            high: (high != range.1).then_some(high),
            range,
            p_value: p_value(Ends::Both),
            p_low: p_value(Ends::Low),
            p_high: p_value(Ends::High),
        }
    };
    limited.map(limit).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn of_count(count: usize) -> f64 {
    count as f64
}
