//! Plays held against exact propagation: whether the two ways to the distribution agree.

use serde::{Deserialize, Serialize};

use super::error::StudyError;
use super::propagate::propagate;
use super::run::{Estimates, run};
use super::settings::Settings;
use super::watch::Watch;
use crate::math::chi_squared_upper;
use crate::scenario::{Document, Scenario};

/// How far plays are from the exact distribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// How many shares and means were compared.
    pub compared: usize,
    /// The one that lies furthest from its exact value.
    pub furthest: Distance,
    /// Pearson's statistic over the combinations of outcomes; infinite where what cannot be was seen.
    #[serde(with = "crate::stats::floats::high")]
    pub chi_square: f64,
    /// Its degrees of freedom: combinations expected at least five times, and the rest as one, less one.
    pub freedom: usize,
    /// How likely so large a statistic is where both agree, in [0, 1]; 1 where only one combination can be.
    pub p_value: f64,
}

/// A quantity in plays and exactly.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Distance {
    /// What it is: a share's or a score's place in the tables.
    pub what: String,
    /// Its value in the plays, in its own unit.
    pub sampled: f64,
    /// Its exact value, in the same unit.
    pub exact: f64,
    /// The difference in standard errors; infinite where none is thinkable.
    #[serde(with = "crate::stats::floats::high")]
    pub errors: f64,
}

/// Plays a scenario and propagates it, every parameter at its central value, and compares the two.
///
/// # Errors
/// See [`StudyError`].
pub fn agree(document: &Document, settings: &Settings, watch: &dyn Watch) -> Result<Agreement, StudyError> {
    let settings = Settings { draws: Some(0), ..settings.clone() };
    let exact = propagate(document, &settings, 0.0, watch)?.estimates;
    let sampled = run(document, &settings, watch, None)?.estimates;
    #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
    let plays = settings.replications as f64;
    let distances = distances(&document.scenario, &sampled, &exact, plays);
    let (chi_square, freedom) = pearson(&sampled, &exact, plays);
    Ok(Agreement {
        compared: distances.len(),
        furthest: distances
            .into_iter()
            .fold(Distance::default(), |most, next| if next.errors > most.errors { next } else { most }),
        chi_square,
        freedom,
        p_value: upper_tail(chi_square, freedom),
    })
}

/// Pearson's statistic over combinations of outcomes, and its degrees of freedom.
fn pearson(sampled: &Estimates, exact: &Estimates, plays: f64) -> (f64, usize) {
    let (mut statistic, mut cells) = (0.0, 0_usize);
    let (mut rare_seen, mut rare_expected) = (0.0, 0.0);
    for (seen, expected) in sampled.joint.iter().zip(&exact.joint) {
        let (seen, expected) = (seen.value * plays, expected.value * plays);
        if expected < 5.0 {
            rare_seen += seen;
            rare_expected += expected;
        } else {
            statistic += (seen - expected) * (seen - expected) / expected;
            cells += 1;
        }
    }
    if rare_expected >= 1.0 {
        statistic += (rare_seen - rare_expected) * (rare_seen - rare_expected) / rare_expected;
        cells += 1;
    } else if rare_seen > 5.0 * (1.0 + rare_expected) {
        // What next to never happens was seen often: no table of the statistic is needed.
        statistic = f64::INFINITY;
    }
    (statistic, cells.saturating_sub(1))
}

fn upper_tail(statistic: f64, freedom: usize) -> f64 {
    if statistic.is_infinite() {
        return 0.0;
    }
    if freedom == 0 {
        return 1.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "combinations of outcomes are few")]
    chi_squared_upper(freedom as f64, statistic)
}

fn distances(scenario: &Scenario, sampled: &Estimates, exact: &Estimates, plays: f64) -> Vec<Distance> {
    let mut all = Vec::new();
    let mut share = |what: String, sampled: f64, exact: f64, trials: f64| {
        let error = (exact * (1.0 - exact) / trials).max(0.0).sqrt();
        // Shares of 0 and 1 are sure; all others are compared where some events are expected.
        let expected = exact.min(1.0 - exact) * trials;
        let errors = if expected < 1e-9 {
            if (sampled - exact).abs() < 1e-9 { 0.0 } else { f64::INFINITY }
        } else if expected < 5.0 {
            // So few events are nearly Poisson's, whose tail is longer: count in its own units.
            ((sampled - exact).abs() * trials / (expected + 5.0).sqrt()).min((sampled - exact).abs() / error)
        } else {
            (sampled - exact).abs() / error
        };
        all.push(Distance { what, sampled, exact, errors });
    };
    for (class, rows) in scenario.classifications.iter().zip(sampled.outcomes.iter().zip(&exact.outcomes)) {
        for (outcome, (seen, known)) in class.outcomes.iter().zip(rows.0.iter().zip(rows.1)) {
            share(format!("outcomes.{}.{}", class.id, outcome.id), seen.value, known.value, plays);
        }
    }
    // Of turns that have gone by neither knows anything.
    for (turn, rows) in sampled.turns.iter().zip(&exact.turns).enumerate() {
        for (variable, rows) in scenario.variables.iter().zip(rows.0.iter().zip(rows.1)) {
            for (level, (seen, known)) in variable.levels.iter().zip(rows.0.iter().zip(rows.1)) {
                let what = format!("{} at {level} after turn {turn}", variable.id);
                share(what, seen.value, known.value, plays);
            }
        }
    }
    for (turns, (seen, known)) in sampled.lengths.iter().zip(&exact.lengths).enumerate() {
        share(format!("plays of {turns} turns"), seen.value, known.value, plays);
    }
    for (actor, (seen, known)) in scenario.actors.iter().zip(sampled.scores.iter().zip(&exact.scores)) {
        // The interval of a mean is 1.96 standard errors to either side.
        let error = (seen.high - seen.low) / 2.0 / 1.959_964;
        let difference = (seen.value - known.value).abs();
        all.push(Distance {
            what: format!("scores.{}", actor.id),
            sampled: seen.value,
            exact: known.value,
            errors: if difference < 1e-9 { 0.0 } else { difference / error },
        });
    }
    all
}
