//! How much of the distribution is asked for.

use super::belief::BeliefState;
use super::error::ExactError;
use super::forward::{Wanted, propagated};
use super::propagator::Propagation;
use super::result::PlayDistribution;
use crate::agents::Policies;
use crate::scenario::{Measure, MeasureId, Scenario};

/// The exact distribution of everything that a run observes, under the numbers of one draw.
///
/// What follows each state is a product over the turn's components, so a turn costs O(states x their
/// successors) time and O(states) memory; every measure that asks whether something happens `ever` costs a
/// pass of its own, which carries on the plays in which it has not happened yet. Runs on the caller's
/// threads; the result does not depend on how many there are.
///
/// `filtered`, where there is one, says where plays stand after turns that have been observed: what comes after is
/// counted, and nothing of what has gone by.
///
/// # Errors
/// If the game is too large, or `go_on` said no.
pub fn distribution(
    scenario: &Scenario,
    policies: &Policies<'_>,
    how: Propagation<'_>,
    filtered: Option<&BeliefState>,
) -> Result<PlayDistribution, ExactError> {
    let every: Vec<MeasureId> = (0..scenario.measures.len()).map(MeasureId::new).collect();
    propagated(scenario, policies, how, Wanted { counts: true, measures: &every, filtered })
}

/// The same as far as some measures ask for it: without what is done and paid, where none of them counts that, and
/// with those `ever` measures alone that are among them. Everything else is left empty or 0.
///
/// # Errors
/// As [`distribution`].
pub fn distribution_for(
    scenario: &Scenario,
    policies: &Policies<'_>,
    how: Propagation<'_>,
    measures: &[Measure],
    filtered: Option<&BeliefState>,
) -> Result<PlayDistribution, ExactError> {
    // With what divides them, and what divides that.
    let mut all = measures.to_vec();
    let mut at = 0;
    while let Some(measure) = all.get(at) {
        if let Measure::Defined(defined) = *measure
            && let Some(divisor) = scenario.measures[defined].of
            && !all.contains(&divisor)
        {
            all.push(divisor);
        }
        at += 1;
    }
    let defined = |measure: &Measure| match measure {
        Measure::Defined(at) => Some(MeasureId::new(*at)),
        _ => None,
    };
    let defined: Vec<MeasureId> = all.iter().filter_map(defined).collect();
    let counts = all.iter().any(|measure| match measure {
        Measure::Score(_) | Measure::Move(..) => true,
        Measure::Defined(at) => !scenario.measures[*at].ever,
        Measure::Outcome(..) | Measure::FinalLevel(..) | Measure::FinalValue(_) | Measure::Turns => false,
    });
    propagated(scenario, policies, how, Wanted { counts, measures: &defined, filtered })
}
