//! A scenario conditioned by what has been observed: every draw weighed, and where its plays go on from.

use std::sync::Arc;

use rayon::prelude::*;

use super::conditioning::{Conditioning, Location, ParameterPosterior, Posterior};
use super::equilibria::check_equilibria;
use super::error::StudyError;
use super::prepare::Prepared;
use super::replications::Replications;
use super::settings::Settings;
use super::watch::Watch;
use crate::agents::Policies;
use crate::exact::{BeliefState, FilterError, Propagation, filter};
use crate::scenario::{History, ParameterId, Scenario, Seen, Sighting};

impl Prepared<'_> {
    /// The same scenario conditioned by the history in `settings`, where there is one, under the numbers as they are
    /// changed here.
    ///
    /// # Errors
    /// If some actor learns, or the scenario is too large; [`StudyError::Impossible`] if no draw gives what was
    /// observed any probability, with the row that none comes past.
    pub fn conditioned(&self, settings: &Settings, watch: &dyn Watch) -> Result<Self, StudyError> {
        let replications = Replications { count: settings.replications, draws: self.draws(settings) };
        self.conditioned_over(replications, settings, watch)
    }

    /// The same over given draws.
    pub(crate) fn conditioned_over(
        &self,
        replications: Replications,
        settings: &Settings,
        watch: &dyn Watch,
    ) -> Result<Self, StudyError> {
        let given = match &settings.history {
            Some(history) => {
                let filtering = Filtering { prepared: self, seed: settings.seed, history, watch };
                Some(Arc::new(filtering.over(replications)?))
            }
            None => None,
        };
        Ok(Self { given, ..self.with(self.changes.clone()) })
    }

    /// What there is to tell of what it is conditioned by.
    pub(crate) fn summary(&self, settings: &Settings) -> Option<Posterior> {
        let given = self.given.as_ref()?;
        Some(Posterior {
            turns: given.turns,
            likelihood: given.likelihood,
            effective: given.effective_draws(),
            weights: given.weights.clone(),
            posteriors: posteriors(self, settings, given),
        })
    }
}

/// Settings for another scenario, whose moves and levels of the same names have what was observed.
///
/// # Errors
/// [`StudyError::Impossible`] with the first row that cannot be there.
pub(crate) fn settings_for(
    settings: &Settings,
    from: &Scenario,
    to: &Scenario,
) -> Result<Settings, StudyError> {
    let Some(history) = &settings.history else { return Ok(settings.clone()) };
    let seen = |sighting: &Sighting| {
        let what = same(from, to, sighting.what).filter(|_| sighting.turn <= to.turns as usize);
        let what = what.ok_or_else(|| StudyError::Impossible(sighting.clone()))?;
        Ok(Sighting { what, ..sighting.clone() })
    };
    let sightings = history.sightings.iter().map(seen).collect::<Result<_, StudyError>>()?;
    Ok(Settings { history: Some(History { sightings }), ..settings.clone() })
}

/// What bears the same names in another scenario.
fn same(from: &Scenario, to: &Scenario, seen: Seen) -> Option<Seen> {
    match seen {
        Seen::Level(variable, level) => {
            let known = &from.variables[variable.index()];
            let at = to.variables.iter().position(|other| other.id == known.id)?;
            let level = to.variables[at].levels.iter().position(|other| *other == known.levels[level])?;
            Some(Seen::Level(crate::scenario::VariableId::new(at), level))
        }
        Seen::Move(seat, made) => {
            let names = |scenario: &Scenario, seat: &crate::scenario::Seat| {
                let actor = scenario.actors[seat.actor.index()].id.clone();
                (actor, scenario.issues[seat.issue.index()].id.clone())
            };
            let known = &from.seats[seat.index()];
            let wanted = names(from, known);
            let at = to.seats.iter().position(|other| names(to, other) == wanted)?;
            let made = to.seats[at].moves.iter().position(|other| other.id == known.moves[made].id)?;
            Some(Seen::Move(crate::scenario::SeatId::new(at), made))
        }
    }
}

/// A history on its way through the turns of a scenario.
struct Filtering<'a> {
    prepared: &'a Prepared<'a>,
    seed: u64,
    history: &'a History,
    watch: &'a dyn Watch,
}

impl Filtering<'_> {
    /// Under every draw.
    fn over(&self, replications: Replications) -> Result<Conditioning, StudyError> {
        let numbers: Vec<Option<u64>> = replications.each_draw().collect();
        let of_draw = |&draw: &Option<u64>| self.under(draw);
        let found: Vec<Result<BeliefState, Sighting>> =
            numbers.par_iter().map(of_draw).collect::<Result<_, _>>()?;
        let likelihoods: Vec<f64> =
            found.iter().map(|found| found.as_ref().map_or(0.0, |found| found.likelihood)).collect();
        #[expect(clippy::cast_precision_loss, reason = "draws are far below 2^53")]
        let likelihood = likelihoods.iter().sum::<f64>() / likelihoods.len() as f64;
        if likelihood <= 0.0 {
            // Of rows, the one that is named is the last in the order of the history that any draw stopped at.
            let rows = found.iter().filter_map(|found| found.as_ref().err());
            let place = |row: &Sighting| self.history.sightings.iter().position(|known| known == row);
            return match rows.max_by_key(|row| place(row)) {
                Some(row) => Err(StudyError::Impossible(row.clone())),
                None => Err(StudyError::Vanishing),
            };
        }
        Ok(Conditioning {
            turns: self.history.last_turn(),
            weights: likelihoods.iter().map(|own| own / likelihood).collect(),
            likelihood,
            stands: found.into_iter().map(|found| found.ok().filter(|it| it.likelihood > 0.0)).collect(),
        })
    }

    /// Under one draw; or the row that cannot be.
    fn under(&self, draw: Option<u64>) -> Result<Result<BeliefState, Sighting>, StudyError> {
        let scenario = self.prepared.scenario;
        let numbers = self.prepared.numbers(self.seed, draw)?;
        let policies = Policies::new(&self.prepared.game, &numbers);
        let how = Propagation { tolerance: 0.0, go_on: &|_, _| !self.watch.stopped() };
        let found = filter(scenario, &policies, how, self.history);
        check_equilibria(scenario, &policies, draw)?;
        match found {
            Ok(found) => Ok(Ok(found)),
            Err(FilterError::Impossible(row)) => Ok(Err(row)),
            Err(FilterError::Exact(error)) => Err(StudyError::from(error)),
        }
    }
}

/// What the history made of every uncertain parameter.
fn posteriors(prepared: &Prepared<'_>, settings: &Settings, given: &Conditioning) -> Vec<ParameterPosterior> {
    let draws = prepared.draws(settings);
    if draws == 0 {
        return Vec::new();
    }
    let values: Vec<Vec<f64>> =
        (0..draws).map(|draw| prepared.parameters(settings.seed, Some(draw))).collect();
    let posterior = |parameter: ParameterId| {
        let of_draw = |draw: usize| values[draw][parameter.index()];
        let with = |weight: &dyn Fn(usize) -> f64| {
            Location::of((0..values.len()).map(|draw| (of_draw(draw), weight(draw))).collect())
        };
        ParameterPosterior { parameter, prior: with(&|_| 1.0), posterior: with(&|draw| given.weights[draw]) }
    };
    prepared.scenario.uncertain().into_iter().map(posterior).collect()
}
