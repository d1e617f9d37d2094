//! Replications cut into blocks, played in parallel, handed on in their order.

use std::ops::Range;

use rayon::prelude::*;

use super::equilibria::{bifurcation, check_equilibria};
use super::error::StudyError;
use super::prepare::Prepared;
use super::replications::{Replications, blocks};
use super::settings::Settings;
use super::watch::Watch;
use crate::scenario::Numbers;
use crate::simulate::PreparedGame;

/// A block of replications under one draw, for several scenarios side by side.
pub(crate) struct Block<'a> {
    /// The number of the draw; `None`: central values.
    pub(crate) draw: Option<u64>,
    /// Its place among the blocks of the draw.
    pub(crate) place: u64,
    /// The replications.
    pub(crate) replications: Range<u64>,
    /// One table for each scenario.
    pub(crate) tables: &'a [PreparedGame<'a>],
}

/// Draws whose tables are held at once. Fixed, so that nothing depends on the number of threads.
pub(crate) const WAVE: usize = 16;

/// Blocks whose results are held at once.
const BATCH: usize = 64;

/// Scenarios that are played side by side, on the same chance.
#[derive(Clone, Copy)]
pub(crate) struct Playing<'a> {
    pub(crate) scenarios: &'a [&'a Prepared<'a>],
    pub(crate) settings: &'a Settings,
    pub(crate) replications: Replications,
    pub(crate) watch: &'a dyn Watch,
}

impl Playing<'_> {
    /// Plays all replications of all scenarios, block by block: `play` on any thread, `fold` in order.
    ///
    /// # Errors
    /// If the watcher stops it, or an amount is out of range in some draw.
    pub(crate) fn each_block<R: Send>(
        &self,
        play: impl Fn(&Block<'_>) -> R + Sync,
        mut fold: impl FnMut(&Block<'_>, R) -> Result<(), StudyError>,
    ) -> Result<(), StudyError> {
        let numbers: Vec<Option<u64>> = self.replications.each_draw().collect();
        let mut done = 0;
        for draws in numbers.chunks(WAVE) {
            let amounts = self.amounts(draws)?;
            let tables = self.tables(draws, &amounts);
            let blocks = draws.iter().zip(&tables).flat_map(|(&draw, tables)| self.blocks(draw, tables));
            let mut blocks = blocks.peekable();
            while blocks.peek().is_some() {
                let batch: Vec<Block<'_>> = blocks.by_ref().take(BATCH).collect();
                self.go_on()?;
                let played: Vec<Option<R>> =
                    batch.par_iter().map(|block| (!self.watch.stopped()).then(|| play(block))).collect();
                for (block, result) in batch.iter().zip(played) {
                    for (scenario, table) in self.scenarios.iter().zip(block.tables) {
                        check_equilibria(scenario.scenario, table.policies(), block.draw)?;
                    }
                    done += block.replications.end - block.replications.start;
                    fold(block, result.ok_or(StudyError::Stopped)?)?;
                }
                self.watch.progress(done, self.replications.count);
            }
            self.tell_branches(draws, &tables);
        }
        Ok(())
    }

    fn go_on(&self) -> Result<(), StudyError> {
        if self.watch.stopped() { Err(StudyError::Stopped) } else { Ok(()) }
    }

    /// The numbers of each scenario under each of the draws.
    fn amounts(&self, draws: &[Option<u64>]) -> Result<Vec<Vec<Numbers>>, StudyError> {
        let under = |&draw: &Option<u64>| {
            self.scenarios.iter().map(|scenario| scenario.numbers(self.settings.seed, draw)).collect()
        };
        draws.iter().map(under).collect()
    }

    fn tables<'n>(
        &'n self,
        draws: &[Option<u64>],
        amounts: &'n [Vec<Numbers>],
    ) -> Vec<Vec<PreparedGame<'n>>> {
        let laid_out = |(amounts, &draw): (&'n Vec<Numbers>, &Option<u64>)| {
            let each = self.scenarios.iter().zip(amounts);
            each.map(|(scenario, numbers)| scenario.table(numbers, draw)).collect()
        };
        amounts.par_iter().zip(draws).map(laid_out).collect()
    }

    /// The blocks of a draw; none where it weighs nothing.
    fn blocks<'t>(&self, draw: Option<u64>, tables: &'t [PreparedGame<'t>]) -> Vec<Block<'t>> {
        let blocks = blocks(self.replications.of(draw)).into_iter().enumerate();
        let block = |(place, replications)| Block { draw, place: place as u64, replications, tables };
        blocks.map(block).collect()
    }

    /// Not before all of a draw's plays are over: which of them have been played by then depends on how many draws
    /// there are at once.
    fn tell_branches(&self, draws: &[Option<u64>], tables: &[Vec<PreparedGame<'_>>]) {
        for (&draw, tables) in draws.iter().zip(tables) {
            for (scenario, table) in self.scenarios.iter().zip(tables) {
                if let Some(met) = bifurcation(scenario.scenario, table.policies(), draw) {
                    self.watch.branches(&met);
                }
            }
        }
    }
}
