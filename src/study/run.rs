//! One scenario, played: the distribution of everything that is observed.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::certain::{Certain, only};
use super::clusters::Clusters;
use super::conditioning::Posterior;
use super::error::StudyError;
use super::folding::Folding;
use super::measure::{Kind, PlannedMeasure};
use super::notice::Notice;
use super::observed::{Observed, Quantity, Shape};
use super::prepare::{Prepared, Shared};
use super::replications::Replications;
use super::runner::Playing;
use super::settings::{Method, Settings};
use super::spread::Spread;
use super::tree::{Tree, Twice};
use super::watch::Watch;
use crate::scenario::{Document, Levels, Measure};
use crate::simulate::{
    Chance, Counting, Observer, PlayEnd, PlaySampler, PreparedGame, Tally, TallyLayout, Turn,
};
use crate::stats::{Estimate, RatioMoments};

/// What a run of a scenario found, everything in the scenario's order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimates {
    /// `outcomes[classification][outcome]`
    pub outcomes: Vec<Vec<Estimate>>,
    /// Combinations of outcomes, one of each classification; the last classification varies fastest.
    pub joint: Vec<Estimate>,
    /// `turns[turn][variable][level]`, turn 0 being the start.
    pub turns: Vec<Vec<Vec<Estimate>>>,
    /// `moves[turn][seat][move]`, turn 1 at index 0; `None` where no play had the issue open.
    pub moves: Vec<Vec<Vec<Option<Estimate>>>>,
    /// The share of each move over all turns played with the issue open: `overall[seat][move]`.
    pub overall: Vec<Vec<Option<f64>>>,
    /// One for each actor.
    pub scores: Vec<Estimate>,
    /// `lengths[turns]`: the share of plays of that many turns, from 0.
    pub lengths: Vec<Estimate>,
    /// One for each of the scenario's measures; `None` for a ratio whose denominator never happened.
    pub measures: Vec<Option<Estimate>>,
    /// Each draw; empty where there are none.
    pub draws: Vec<DrawResult>,
}

/// What one draw found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawResult {
    /// Every parameter of the scenario, in its order, each in its own unit.
    pub parameters: Vec<f64>,
    /// What it weighs: 1, unless something has been observed.
    pub weight: f64,
    /// `outcomes[classification][outcome]`: shares of its plays; `None` for a draw that weighs nothing, of which
    /// nothing is played.
    pub outcomes: Option<Vec<Vec<f64>>>,
}

/// A run and what it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// What was found.
    pub estimates: Estimates,
    /// Plays in all.
    pub replications: u64,
    /// Draws; 0: central values.
    pub draws: u64,
    /// How it was found: never [`Method::Auto`].
    pub by: Method,
    /// Why by that method, where nobody asked for it; may be empty.
    pub why: String,
    /// What was observed before, and what it says of the parameters.
    pub given: Option<Posterior>,
    /// What has to be said of what was asked for.
    pub notices: Vec<Notice>,
}

/// One play, for whoever wants every one of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlayRecord {
    /// Its number.
    pub replication: u64,
    /// The number of its draw.
    pub draw: Option<u64>,
    /// Turns played.
    pub turns: usize,
    /// The outcome in each classification.
    pub outcomes: Vec<usize>,
    /// The level at which each variable ends.
    pub levels: Vec<usize>,
    /// Each actor's score in payoff units, then each measure's sum in its own.
    pub lanes: Vec<f64>,
}

/// Plays a scenario. `record` is handed every play, in order, where it is there.
///
/// # Errors
/// See [`StudyError`].
pub fn run(
    document: &Document,
    settings: &Settings,
    watch: &dyn Watch,
    record: Option<&mut (dyn FnMut(&[PlayRecord]) + Send)>,
) -> Result<Run, StudyError> {
    let prepared = Shared::default().prepare(&document.scenario, &document.slots)?;
    run_prepared(&prepared.conditioned(settings, watch)?, settings, watch, record)
}

/// The same for a scenario that was made ready.
pub(super) fn run_prepared(
    prepared: &Prepared<'_>,
    settings: &Settings,
    watch: &dyn Watch,
    mut record: Option<&mut (dyn FnMut(&[PlayRecord]) + Send)>,
) -> Result<Run, StudyError> {
    let counted = Counted::new(prepared, settings)?;
    let keep = record.is_some();
    let playing = Playing { scenarios: &[prepared], settings, replications: counted.replications, watch };
    let mut folding = counted.folding();
    playing.each_block(
        |block| {
            let (tally, mut records) = counted.play(&block.tables[0], block.replications.clone(), keep);
            for (record, replication) in records.iter_mut().zip(block.replications.clone()) {
                (record.replication, record.draw) = (replication, block.draw);
            }
            (tally, records)
        },
        |block, (tally, records)| {
            if let Some(record) = record.as_mut() {
                record(&records);
            }
            let mut tree = Tree::new();
            tree.add(block.place, tally).map_err(|Twice| StudyError::Nothing)?;
            counted.absorb(&mut folding, block.draw, tree).map_err(|Twice| StudyError::Nothing)
        },
    )?;
    counted.finish(folding)
}

/// How a scenario is counted: all that a part of a run needs to know of the whole.
pub(super) struct Counted<'p> {
    pub(super) prepared: &'p Prepared<'p>,
    pub(super) settings: &'p Settings,
    pub(super) replications: Replications,
    chance: Chance,
    layout: TallyLayout,
    shape: Shape,
}

impl<'p> Counted<'p> {
    pub(super) fn new(prepared: &'p Prepared<'p>, settings: &'p Settings) -> Result<Self, StudyError> {
        let scenario = prepared.scenario;
        let replications = Replications { count: settings.replications, draws: prepared.draws(settings) };
        // Where counts stand does not depend on numbers.
        let first = replications.each_draw().next().flatten();
        let numbers = prepared.numbers(settings.seed, first)?;
        let layout = prepared.table(&numbers, first).layout().clone();
        let shape = Shape::new(&layout, scenario.seats.iter().map(|seat| seat.moves.len()).collect());
        let chance = Chance::of_plays(settings.seed);
        Ok(Self { prepared, settings, replications, chance, layout, shape })
    }

    pub(super) fn folding(&self) -> Folding<Tally, Observed> {
        Folding::new(self.replications)
    }

    /// Counts a block of plays, and keeps a record of each where that is wanted.
    pub(super) fn play(
        &self,
        table: &PreparedGame<'_>,
        replications: Range<u64>,
        keep: bool,
    ) -> (Tally, Vec<PlayRecord>) {
        let mut watcher = Recording { counting: Counting::new(table.layout()), records: Vec::new(), keep };
        PlaySampler::new(table, self.prepared.slots, &self.chance).play(replications, &mut watcher);
        (watcher.counting.tally, watcher.records)
    }

    /// Whether counts stand where this scenario's do.
    pub(super) fn fits(&self, tally: &Tally) -> bool {
        tally.fits(&self.layout)
    }

    /// Adds blocks of a draw.
    pub(super) fn absorb(
        &self,
        folding: &mut Folding<Tally, Observed>,
        draw: Option<u64>,
        blocks: Tree<Tally>,
    ) -> Result<(), Twice> {
        let weight = self.prepared.weight(draw);
        let close = |tally| Observed::of_draw((&self.layout, &self.shape), &tally, (draw, weight));
        folding.absorb(draw, blocks, close)
    }

    /// The run, once all of it is there.
    pub(super) fn finish(&self, folding: Folding<Tally, Observed>) -> Result<Run, StudyError> {
        let observed = folding.finish().ok_or(StudyError::Nothing)?;
        let estimates = self.estimates(&observed).ok_or(StudyError::Nothing)?;
        let draws = self.replications.draws;
        Ok(Run {
            estimates,
            replications: self.settings.replications,
            draws,
            by: Method::Sample,
            why: String::new(),
            given: None,
            notices: self.prepared.notices(self.settings),
        })
    }

    /// Nothing where no play counts.
    fn estimates(&self, observed: &Observed) -> Option<Estimates> {
        let (prepared, scenario) = (self.prepared, self.prepared.scenario);
        let clusters = prepared.clusters(self.replications.draws);
        let certain = Certain::of(scenario);
        let sorted = observed.sorted(&self.shape)?;
        let known = |quantity: &Quantity, certain: Option<f64>| match certain {
            Some(_) => quantity.moments.ratio().map(Estimate::exact),
            None => quantity.estimate(clusters),
        };
        let row = |row: &[Quantity], certain: &dyn Fn(usize) -> Option<f64>| -> Option<Vec<Estimate>> {
            row.iter().enumerate().map(|(at, quantity)| known(quantity, certain(at))).collect()
        };
        let among = |some: &&[Quantity]| {
            let all = some.len();
            row(some, &|_| only(all))
        };
        let spread = Spread::of(prepared, self.settings);
        let gone = prepared.given.as_ref().map_or(0, |given| given.turns);
        let stood = |(turn, rows): (usize, &Vec<&[Quantity]>)| -> Option<Vec<Vec<Estimate>>> {
            // Of turns that have gone by, where plays stood is not known by now.
            let rows = if turn < gone { &[][..] } else { rows };
            let levels = |(variable, levels): (usize, &&[Quantity])| {
                row(levels, &|level| certain.level(turn, variable, level))
            };
            rows.iter().enumerate().map(levels).collect()
        };
        let made = |seat: &&[Quantity]| {
            seat.iter().map(|quantity| known(quantity, only(seat.len()))).collect::<Vec<_>>()
        };
        let scores = observed.accumulators.iter().zip(&spread.scores);
        let score = |(lane, range): (&RatioMoments, &f64)| {
            Kind::Real { range: *range }.of_plays(lane, self.settings.replications, clusters)
        };
        Some(Estimates {
            outcomes: sorted.outcomes.iter().map(among).collect::<Option<_>>()?,
            joint: among(&sorted.joint)?,
            turns: sorted.turns.iter().enumerate().map(stood).collect::<Option<_>>()?,
            moves: sorted.moves.iter().map(|turn| turn.iter().map(made).collect()).collect(),
            overall: overall(&sorted.moves),
            scores: scores.map(score).collect::<Option<_>>()?,
            lengths: row(sorted.lengths, &|turns| certain.length(turns))?,
            measures: self.measures(observed, &spread, clusters),
            draws: self.draws(observed),
        })
    }

    fn measures(&self, observed: &Observed, spread: &Spread, clusters: Clusters) -> Vec<Option<Estimate>> {
        let (scenario, plays) = (self.prepared.scenario, self.settings.replications);
        // Those that are divided by a ratio were summed apart, in their order.
        let mut products = observed.products.iter();
        let of = |at: usize| {
            let planned = PlannedMeasure::within(scenario, spread, Measure::Defined(at));
            if !planned.is_product() {
                return planned.kind.of_plays(
                    &observed.accumulators[scenario.actors.len() + at],
                    plays,
                    clusters,
                );
            }
            let product = products.next()?;
            #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
            let farthest = planned.farthest(plays as f64);
            clusters.judge(product.value(), |critical| product.estimate(&farthest, critical))
        };
        (0..scenario.measures.len()).map(of).collect()
    }

    fn draws(&self, observed: &Observed) -> Vec<DrawResult> {
        let draw = |(number, outcomes): (u64, &Option<Vec<Vec<f64>>>)| DrawResult {
            parameters: self.prepared.parameters(self.settings.seed, Some(number)),
            weight: self.prepared.weight(Some(number)),
            outcomes: outcomes.clone(),
        };
        (0..).zip(&observed.by_draw).map(draw).collect()
    }
}

fn overall(turns: &[Vec<&[Quantity]>]) -> Vec<Vec<Option<f64>>> {
    let Some(first) = turns.first() else { return Vec::new() };
    let share = |seat: usize, made: usize| {
        let moments = turns.iter().map(|turn| &turn[seat][made].moments);
        let (hits, trials) = moments.fold((0.0, 0.0), |(hits, trials), moments| {
            (hits + moments.numerator(), trials + moments.denominator())
        });
        (trials > 0.0).then(|| hits / trials)
    };
    let of_seat =
        |(seat, moves): (usize, &&[Quantity])| (0..moves.len()).map(|made| share(seat, made)).collect();
    first.iter().enumerate().map(of_seat).collect()
}

/// Counts plays, and keeps a record of each where that is wanted.
struct Recording<'l> {
    counting: Counting<'l>,
    records: Vec<PlayRecord>,
    keep: bool,
}

impl Observer for Recording<'_> {
    const SCORES: bool = true;

    fn start(&mut self, board: usize, turns: usize, levels: &Levels) {
        self.counting.start(board, turns, levels);
    }

    #[inline(always)]
    fn turn(&mut self, turn: &Turn<'_>) {
        self.counting.turn(turn);
    }

    fn end(&mut self, end: &PlayEnd<'_>) {
        self.counting.end(end);
        if self.keep {
            self.records.push(PlayRecord {
                replication: 0,
                draw: None,
                turns: end.turns,
                outcomes: end.outcomes.iter().map(|outcome| outcome.index()).collect(),
                levels: end.levels.to_numbers(),
                lanes: end.accumulated.to_vec(),
            });
        }
    }
}
