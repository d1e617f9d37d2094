//! Two scenarios that do not share their structure: no play of one has a counterpart in the other, and their
//! difference is that of two independent runs.

use super::compare::{Compared, Comparing, Comparison};
use super::condition::settings_for;
use super::experiment::Experiment;
use super::is_share;
use super::prepare::Prepared;
use super::shared_measures::usual_measures;
use super::{Method, Settings, StudyError};
use crate::scenario::{Changes, Measure, Scenario};
use crate::stats::Estimate;

/// Compares two scenarios measure by measure, each run by itself: the other with the next seed, so that chance has nothing
/// in common. Where no measure is named, those of the same names.
///
/// # Errors
/// See [`StudyError`]; [`StudyError::Measures`] for paths that are no measures of both, or where no outcome bears the same
/// name in both.
///
/// # References
/// Zou and Donner (2008), Construction of confidence limits about effect measures: a general approach, Statistics in
/// Medicine 27(10), 1693-1702, doi:10.1002/sim.3095: the interval of a difference from those of its parts.
pub fn compare_apart(
    here: &Prepared<'_>,
    there: &Prepared<'_>,
    how: &Comparing<'_>,
) -> Result<Comparison, StudyError> {
    let settings = how.settings;
    let shared = shared(here.scenario, there.scenario, how.of)?;
    let theirs = settings_for(settings, here.scenario, there.scenario)?;
    let theirs = Settings { seed: settings.seed.wrapping_add(1), ..theirs };
    let one = side(here, &shared.here, how)?;
    let other = side(there, &shared.there, &Comparing { settings: &theirs, ..*how })?;
    let measures = shared.paths.into_iter().enumerate().map(|(at, measure)| {
        let (value, against) = (one.estimates[at], other.estimates[at]);
        Compared {
            measure,
            share: is_share(here.scenario, shared.here[at]),
            value: value.map(|it| it.value),
            against: against.map(|it| it.value),
            difference: value.zip(against).map(|(value, against)| apart(against, value)),
            tighter: None,
        }
    });
    let by =
        if one.by == Method::Exact && other.by == Method::Exact { Method::Exact } else { Method::Sample };
    Ok(Comparison {
        measures: measures.collect(),
        transitions: Vec::new(),
        one_sided: shared.one_sided,
        draws: one.draws.max(other.draws),
        by,
        notices: settings.notices(one.draws.max(other.draws) > 0),
    })
}

/// The difference of two independent estimates, first less second, with its interval.
fn apart(first: Estimate, second: Estimate) -> Estimate {
    let value = first.value - second.value;
    let together = |one: f64, other: f64| (one * one + other * other).sqrt();
    let below = together(first.value - first.low, second.high - second.value);
    let above = together(first.high - first.value, second.value - second.low);
    Estimate { value, low: value - below, high: value + above }
}

/// One of the two.
struct Side {
    estimates: Vec<Option<Estimate>>,
    by: Method,
    draws: u64,
}

fn side(prepared: &Prepared<'_>, measures: &[Measure], how: &Comparing<'_>) -> Result<Side, StudyError> {
    let experiment = Experiment::new(prepared, measures.to_vec(), how.settings, how.method)?;
    let found = experiment.at(&Changes::default(), how.watch)?;
    let estimates = (0..measures.len()).map(|at| experiment.estimate(&found, at)).collect();
    Ok(Side { estimates, by: experiment.method(), draws: experiment.draws() })
}

/// Measures that both have.
struct SharedPaths {
    paths: Vec<String>,
    here: Vec<Measure>,
    there: Vec<Measure>,
    one_sided: Vec<String>,
}

fn shared(here: &Scenario, there: &Scenario, of: &[String]) -> Result<SharedPaths, StudyError> {
    let mut found =
        SharedPaths { paths: Vec::new(), here: Vec::new(), there: Vec::new(), one_sided: Vec::new() };
    let paths = if of.is_empty() { usual_measures(&[here]) } else { of.to_vec() };
    let mut wrong = Vec::new();
    for path in paths {
        match (here.measure(&path), there.measure(&path)) {
            (Ok(one), Ok(other)) => {
                found.paths.push(path);
                found.here.push(one);
                found.there.push(other);
            }
            (Err(why), _) => wrong.push(why),
            (_, Err(why)) if !of.is_empty() => wrong.push(format!("in the other scenario {why}")),
            (_, Err(_)) => found.one_sided.push(path),
        }
    }
    let theirs = if of.is_empty() { usual_measures(&[there]) } else { Vec::new() };
    found.one_sided.extend(theirs.into_iter().filter(|path| here.measure(path).is_err()));
    if of.is_empty() && !found.paths.iter().any(|path| path.starts_with("outcomes.")) {
        wrong.push(
            "the two scenarios have no outcome of the same name, so there is nothing to compare".to_owned(),
        );
    }
    if wrong.is_empty() { Ok(found) } else { Err(StudyError::Measures(wrong)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_of_independent_parts_add_up_in_squares() {
        let first = Estimate { value: 0.5, low: 0.2, high: 0.9 };
        let second = Estimate { value: 0.1, low: 0.07, high: 0.5 };
        let found = apart(first, second);
        assert!((found.value - 0.4).abs() < 1e-15);
        assert!((found.low - (0.4 - 0.5)).abs() < 1e-15, "{found:?}");
        assert!((found.high - (0.4 + (0.16_f64 + 0.0009).sqrt())).abs() < 1e-15, "{found:?}");
    }
}
