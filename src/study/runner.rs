//! Replications cut into segments, played in parallel, folded in order.

use serde::{Deserialize, Serialize};

use std::ops::Range;

use rayon::prelude::*;

use super::notice::Notice;
use super::prepare::Prepared;
use super::sound::{Branching, branching, sound};
use crate::equilibrium::{FormError, LogitError};
use crate::exact::ExactError;
use crate::game::GameError;
use crate::scenario::{Diagnostic, History, Numbers, Sighting, Sources};
use crate::simulate::PreparedGame;

/// How the distribution is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Method {
    /// Whatever suits the scenario.
    #[default]
    Auto,
    /// By propagating the distribution of states.
    Exact,
    /// By plays.
    Sample,
}

/// What is asked of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The seed of all chance.
    pub seed: u64,
    /// Plays in all; at least 1.
    pub replications: u64,
    /// Draws of the parameters; 0: every parameter at its central value; `None`: as the scenario calls for.
    pub draws: Option<u64>,
    /// What has been observed so far of each scenario that is studied: draws weigh as likely as they make it, and
    /// plays go on from where they may stand after its last turn.
    pub history: Option<History>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, replications: 10_000, draws: None, history: None }
    }
}

/// How far a known number may be off, as a share of itself, where nobody says: from half to one and a half times.
pub const OFF_BY: f64 = 0.5;

/// Draws, where a parameter is uncertain and nobody says how many.
const DRAWS: u64 = 100;

/// So few draws say nothing of how far others would lie from them.
pub(crate) const FEW_DRAWS: u64 = 2;

/// Replications in a segment: sums of fractions are made over blocks of this many.
const BLOCK: u64 = 1024;

impl Settings {
    /// The number of draws that a scenario is run with: 0 for central values, and where nothing is `uncertain`.
    #[must_use]
    pub fn draws_of(&self, uncertain: bool) -> u64 {
        if uncertain { self.draws.unwrap_or(DRAWS).min(self.replications) } else { 0 }
    }

    /// What has to be said of the draws that are asked for, of scenarios of which some are `uncertain` or none.
    #[must_use]
    pub fn notices(&self, uncertain: bool) -> Vec<Notice> {
        match (self.draws, self.draws_of(uncertain)) {
            (Some(draws @ 1..), 0) => vec![Notice::NothingToDraw { draws }],
            (_, draws @ 1..=FEW_DRAWS) => vec![Notice::TooFewDraws { draws }],
            _ => Vec::new(),
        }
    }
}

/// Why a study came to no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// It was asked to stop.
    #[error("stopped")]
    Stopped,
    /// An amount is out of range.
    #[error("{} under {}", diagnostics.first().map_or("an amount is out of range", |d| d.message.as_str()), draw.map_or_else(|| "central values".to_owned(), |d| format!("draw {d}")))]
    Amounts {
        /// The draw; `None`: central values.
        draw: Option<u64>,
        /// Every such amount.
        diagnostics: Vec<Diagnostic>,
    },
    /// The game is too large.
    #[error(transparent)]
    Game(#[from] GameError),
    /// There is no equilibrium to be found in some state.
    #[error("where {place}{}: {error}", draw.map_or_else(String::new, |d| format!(", under draw {d}")))]
    Equilibrium {
        /// The draw; `None`: central values.
        draw: Option<u64>,
        /// Turn and state.
        place: String,
        /// Why.
        error: LogitError,
    },
    /// The scenario has no variant of that name.
    #[error("there is no variant `{0}`")]
    Variant(String),
    /// A run has no such replication.
    #[error("there is no replication {number}: a run of {replications} has those from 0 to {}", replications - 1)]
    Replication {
        /// The one that was asked for.
        number: u64,
        /// How many there are.
        replications: u64,
    },
    /// An issue's payoffs are too many to be drawn.
    #[error("`{issue}` has {count} combinations of moves; {limit} are the most that are drawn")]
    Combinations {
        /// The issue.
        issue: String,
        /// Its combinations.
        count: usize,
        /// The most that are drawn.
        limit: usize,
    },
    /// Its distribution cannot be propagated exactly.
    #[error("{0}")]
    Exact(ExactError),
    /// A change of the scenario makes it unsound.
    #[error("{0}")]
    Unsound(String),
    /// Nothing is open where a stage game was asked for.
    #[error("no issue is open in this state and turn: there is no game to solve")]
    Closed,
    /// The stage game is too large.
    #[error("the stage game cannot be laid out: {0}")]
    Stage(#[from] FormError),
    /// The scenario gives what was observed probability zero.
    #[error("the scenario gives this probability zero after the rows before it")]
    Impossible(Sighting),
    /// The same, where no row can be named.
    #[error("the probability of what was observed is too small for a number")]
    Vanishing,
    /// Intervals as narrow as that would take too long.
    #[error("a half width of {half_width} takes about {}", needed.in_words())]
    Precision {
        /// The half width that was asked for.
        half_width: f64,
        /// What it would take.
        needed: super::Effort,
        /// What has been done to find out.
        done: super::Effort,
    },
    /// Measures cannot be resolved, or have no value: why, each by itself.
    #[error("{}", .0.join("; "))]
    Measures(Vec<String>),
}

impl From<ExactError> for StudyError {
    fn from(error: ExactError) -> Self {
        match error {
            ExactError::Stopped => Self::Stopped,
            other => Self::Exact(other),
        }
    }
}

/// Watches a study from outside, from any thread.
pub trait Watch: Sync {
    /// `done` of `total` plays are over.
    fn progress(&self, done: u64, total: u64);
    /// Whether the study should stop.
    fn stopped(&self) -> bool;
    /// Other equilibria leave the branch of one that is played. Told in an order that does not depend on
    /// threads, for each draw and scenario at most once: of the first such state.
    fn branches(&self, branching: &Branching) {
        let _ = branching;
    }
    /// A part of a study begins that looks at many points.
    fn begins(&self, points: &Points) {
        let _ = points;
    }
    /// A text that a question names is legal, but says what is surely not meant.
    fn warns(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        let _ = (diagnostics, sources);
    }
}

/// Points that a part of a study is about to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// What part it is: `tornado`; empty where it is the whole study.
    pub what: String,
    /// How many points.
    pub count: usize,
    /// How each is found.
    pub method: Method,
    /// Plays at each, where it is found by plays.
    pub plays: u64,
    /// Draws at each; 0: none.
    pub draws: u64,
}

/// Watches one part of a study for whoever watches the whole, which has so many plays, of which some are over.
pub(crate) struct Part<'w> {
    pub(crate) whole: &'w dyn Watch,
    pub(crate) before: u64,
    pub(crate) total: u64,
    /// What the part is, for whoever hears of branches: "in fact f1, "; may be empty.
    pub(crate) place: String,
}

impl Watch for Part<'_> {
    fn progress(&self, done: u64, _: u64) {
        self.whole.progress(self.before + done, self.total);
    }

    fn stopped(&self) -> bool {
        self.whole.stopped()
    }

    fn branches(&self, branching: &Branching) {
        let place = format!("{}{}", self.place, branching.place);
        self.whole.branches(&Branching { place, ..branching.clone() });
    }
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn progress(&self, _: u64, _: u64) {}
    fn stopped(&self) -> bool {
        false
    }
    fn branches(&self, _: &Branching) {}
}

/// Some replications under one draw, for several scenarios side by side.
pub(crate) struct Segment<'a> {
    /// The number of the draw; `None`: central values.
    pub(crate) draw: Option<u64>,
    /// The replications.
    pub(crate) replications: Range<u64>,
    /// One table for each scenario.
    pub(crate) tables: &'a [PreparedGame<'a>],
}

/// The replications of draw `d` of `draws`.
pub(crate) fn of_draw(d: u64, draws: u64, replications: u64) -> Range<u64> {
    let begin = |d: u64| {
        let share = u128::from(d) * u128::from(replications) / u128::from(draws);
        u64::try_from(share).unwrap_or(u64::MAX)
    };
    begin(d)..begin(d + 1)
}

/// The draw that a replication is played under.
pub(crate) fn draw_of(replication: u64, draws: u64, replications: u64) -> u64 {
    let reached = |d: u64| of_draw(d, draws, replications).end > replication;
    // Draws beyond the last have no replications of a run; whoever asks for one gets the last draw.
    let (mut low, mut high) = (0, draws - 1);
    while low < high {
        let middle = low.midpoint(high);
        if reached(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// The blocks of a range of replications: cut where a multiple of [`BLOCK`] begins.
pub(crate) fn blocks(range: Range<u64>) -> Vec<Range<u64>> {
    let mut cuts = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let next = ((at / BLOCK + 1) * BLOCK).min(range.end);
        cuts.push(at..next);
        at = next;
    }
    cuts
}

/// Plays all replications of all scenarios, segment by segment: `play` on any thread, `fold` in order.
///
/// # Errors
/// If the watcher stops it, or an amount is out of range in some draw.
pub(crate) fn each_segment<R: Send>(
    scenarios: &[&Prepared<'_>],
    settings: &Settings,
    draws: u64,
    watch: &dyn Watch,
    play: impl Fn(&Segment<'_>) -> R + Sync,
    mut fold: impl FnMut(Option<u64>, R),
) -> Result<(), StudyError> {
    let wave = rayon::current_num_threads() as u64 * 2;
    let numbers: Vec<Option<u64>> = if draws == 0 { vec![None] } else { (0..draws).map(Some).collect() };
    let mut done = 0;
    for draws_at_once in numbers.chunks(usize::try_from(wave).unwrap_or(2)) {
        let amounts: Vec<Vec<Numbers>> = draws_at_once
            .iter()
            .map(|&draw| scenarios.iter().map(|s| s.numbers(settings.seed, draw)).collect())
            .collect::<Result<_, _>>()?;
        let tables: Vec<Vec<PreparedGame<'_>>> = amounts
            .par_iter()
            .zip(draws_at_once)
            .map(|(amounts, &draw)| {
                let laid = scenarios.iter().zip(amounts);
                laid.map(|(s, numbers)| s.table(numbers, draw)).collect()
            })
            .collect();
        let segments = draws_at_once.iter().zip(&tables).flat_map(|(&draw, tables)| {
            let range = draw.map_or(0..settings.replications, |d| of_draw(d, draws, settings.replications));
            blocks(range).into_iter().map(move |replications| Segment { draw, replications, tables })
        });
        let mut segments = segments.peekable();
        while segments.peek().is_some() {
            let batch: Vec<Segment<'_>> = segments.by_ref().take(BATCH).collect();
            if watch.stopped() {
                return Err(StudyError::Stopped);
            }
            let played: Vec<Option<R>> =
                batch.par_iter().map(|segment| (!watch.stopped()).then(|| play(segment))).collect();
            for (segment, result) in batch.iter().zip(played) {
                for (scenario, table) in scenarios.iter().zip(segment.tables) {
                    sound(scenario.scenario, table.policies(), segment.draw)?;
                }
                done += segment.replications.end - segment.replications.start;
                fold(segment.draw, result.ok_or(StudyError::Stopped)?);
            }
            watch.progress(done, settings.replications);
        }
        // Not before all of a draw's plays are over: which of them have been played by then depends on how
        // many draws there are at once.
        for (&draw, tables) in draws_at_once.iter().zip(&tables) {
            for (scenario, table) in scenarios.iter().zip(tables) {
                if let Some(met) = branching(scenario.scenario, table.policies(), draw) {
                    watch.branches(&met);
                }
            }
        }
    }
    Ok(())
}

/// Segments whose results are held at once.
const BATCH: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_share_the_replications_evenly() {
        let sizes: Vec<u64> = (0..3).map(|d| of_draw(d, 3, 100)).map(|r| r.end - r.start).collect();
        assert_eq!(sizes, [33, 33, 34]);
    }

    #[test]
    fn every_replication_belongs_to_the_draw_that_plays_it() {
        for replication in 0..100 {
            let draw = draw_of(replication, 7, 100);
            assert!(of_draw(draw, 7, 100).contains(&replication), "{replication}");
        }
    }

    #[test]
    fn blocks_are_cut_at_whole_multiples() {
        assert_eq!(blocks(1000..2100), [1000..1024, 1024..2048, 2048..2100]);
        assert!(blocks(5..5).is_empty());
    }
}
