//! A scenario made ready to be played under any draw.

use std::sync::Arc;

use super::clusters::Clusters;
use super::conditioning::Conditioning;
use super::error::StudyError;
use super::notice::Notice;
use super::settings::Settings;
use crate::game::{Blueprint, Game};
use crate::scenario::{Changes, Numbers, Scenario, Slots};
use crate::simulate::{Chance, PreparedGame, draw};

/// A scenario with its compiled game.
#[derive(Clone, Debug)]
pub struct Prepared<'s> {
    /// The scenario.
    pub scenario: &'s Scenario,
    /// Its slots of chance.
    pub slots: &'s Slots,
    /// Its game, shared with every scenario of equal structure.
    pub game: Arc<Game>,
    /// Numbers in place of its own.
    pub changes: Changes,
    /// What has been observed, weighed for the draws that are played.
    pub given: Option<Arc<Conditioning>>,
}

/// Games compiled so far, so that variants which differ in numbers alone share one.
#[derive(Debug, Default)]
pub struct Shared {
    games: Vec<Arc<Game>>,
}

impl Shared {
    /// Compiles a scenario, or finds a game of the same structure.
    ///
    /// # Errors
    /// If the game is too large to be computed with.
    pub fn prepare<'s>(
        &mut self,
        scenario: &'s Scenario,
        slots: &'s Slots,
    ) -> Result<Prepared<'s>, StudyError> {
        let blueprint = Blueprint::new(scenario);
        let known = self.games.iter().find(|game| game.blueprint == blueprint).map(Arc::clone);
        let game = if let Some(game) = known {
            game
        } else {
            let compiled = Arc::new(Game::compile(scenario, blueprint)?);
            self.games.push(Arc::clone(&compiled));
            compiled
        };
        Ok(Prepared { scenario, slots, game, changes: Changes::default(), given: None })
    }
}

impl Prepared<'_> {
    /// The same scenario with some numbers changed: nothing is read or compiled again.
    #[must_use]
    pub fn with(&self, changes: Changes) -> Self {
        Self { changes, game: Arc::clone(&self.game), given: self.given.clone(), ..*self }
    }

    /// A draw laid out for playing, from where it stands after what has been observed. (A draw that this rules out
    /// is played from the start, and weighs nothing.)
    pub(crate) fn table<'n>(&'n self, numbers: &'n Numbers, draw: Option<u64>) -> PreparedGame<'n> {
        let beginning = self.given.as_ref().and_then(|given| given.beginning(draw));
        PreparedGame::new(self.scenario, self.slots, &self.game, numbers).beginning(beginning)
    }

    /// What a draw weighs among all.
    pub(crate) fn weight(&self, draw: Option<u64>) -> f64 {
        self.given.as_ref().map_or(1.0, |given| given.weight(draw))
    }

    /// What so many draws know of a mean over them.
    pub(crate) fn clusters(&self, draws: u64) -> Clusters {
        match &self.given {
            Some(given) if draws > 0 => Clusters { draws, effective: given.effective_draws() },
            _ => Clusters::alike(draws),
        }
    }

    /// Whether any parameter is left to draw.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        !self.scenario.uncertain().is_empty()
    }

    /// The number of draws that it is run with; 0: central values.
    #[must_use]
    pub fn draws(&self, settings: &Settings) -> u64 {
        settings.draws_of(self.is_uncertain())
    }

    /// What has to be said of what is asked for.
    #[must_use]
    pub fn notices(&self, settings: &Settings) -> Vec<Notice> {
        settings.notices(self.is_uncertain())
    }

    /// The parameters of a draw; every one at its central value where there are no draws.
    #[must_use]
    pub fn parameters(&self, seed: u64, draw_number: Option<u64>) -> Vec<f64> {
        match draw_number {
            None => self.scenario.central_under(&self.changes),
            Some(number) => draw(self.scenario, &self.changes, self.slots, &Chance::of_draws(seed), number),
        }
    }

    /// The numbers of a draw.
    ///
    /// # Errors
    /// If some amount is out of range under this draw.
    pub fn numbers(&self, seed: u64, draw_number: Option<u64>) -> Result<Numbers, StudyError> {
        let parameters = self.parameters(seed, draw_number);
        self.scenario
            .numbers_under(&self.changes, &parameters)
            .map_err(|diagnostics| StudyError::Amounts { draw: draw_number, diagnostics })
    }
}
