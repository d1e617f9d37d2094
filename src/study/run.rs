//! One scenario, played: the distribution of everything that is observed.

use serde::{Deserialize, Serialize};

use super::given::Weighing;
use super::observed::{Observed, Weighed};
use super::prepare::{Prepared, Shared};
use super::runner::{Method, Settings, StudyError, Watch, each_segment};
use super::spread::Spread;
use crate::scenario::{Changes, Document, Measure, Scenario};
use crate::simulate::{Chance, Counting, Observer, PlayEnd, PlaySampler, Tally, TallyLayout, Turn};
use crate::stats::Estimate;

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
    /// Every parameter of the scenario, in its order.
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
    pub given: Option<Weighing>,
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
    /// Each actor's score, then each measure's sum.
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
    run_prepared(&Shared::default().prepare(&document.scenario, &document.slots)?, settings, watch, record)
}

/// The same for a scenario that was made ready.
pub(super) fn run_prepared(
    prepared: &Prepared<'_>,
    settings: &Settings,
    watch: &dyn Watch,
    mut record: Option<&mut (dyn FnMut(&[PlayRecord]) + Send)>,
) -> Result<Run, StudyError> {
    let scenario = prepared.scenario;
    let draws = settings.draws_of(!scenario.uncertain().is_empty());
    let moves_of: Vec<usize> = scenario.seats.iter().map(|seat| seat.moves.len()).collect();
    let keep = record.is_some();
    let mut folding: Option<Folding> = None;
    let chance = Chance::of_plays(settings.seed);
    each_segment(
        &[prepared],
        settings,
        draws,
        watch,
        |segment| {
            let table = &segment.tables[0];
            let mut watcher =
                Recording { counting: Counting::new(table.layout()), records: Vec::new(), keep };
            let mut sampler = PlaySampler::new(table, prepared.slots, &chance);
            sampler.play(segment.replications.clone(), &mut watcher);
            for (record, replication) in watcher.records.iter_mut().zip(segment.replications.clone()) {
                (record.replication, record.draw) = (replication, segment.draw);
            }
            (watcher.counting.tally, watcher.records, table.layout().clone())
        },
        |draw, (tally, records, layout)| {
            if let Some(record) = record.as_mut() {
                record(&records);
            }
            let weighed = Weighed { draws, effective: prepared.effective_draws(draws) };
            let folding = folding.get_or_insert_with(|| Folding::new(layout, moves_of.clone(), weighed));
            folding.push(draw, prepared.weight(draw), tally);
        },
    )?;
    let estimates = match folding {
        Some(folding) => folding.finish(prepared, settings),
        None => return Err(StudyError::Stopped),
    };
    Ok(Run {
        estimates,
        replications: settings.replications,
        draws,
        by: Method::Sample,
        why: String::new(),
        given: None,
    })
}

/// The parameters of a draw, in the scenario's order; central values where there is none.
#[must_use]
pub fn draw_parameters(document: &Document, seed: u64, number: Option<u64>) -> Vec<f64> {
    match number {
        None => document.scenario.central(),
        Some(number) => {
            let (scenario, slots) = (&document.scenario, &document.slots);
            crate::simulate::draw(scenario, &Changes::default(), slots, &Chance::of_draws(seed), number)
        }
    }
}

/// Counts plays, and keeps a record of each where that is wanted.
struct Recording<'l> {
    counting: Counting<'l>,
    records: Vec<PlayRecord>,
    keep: bool,
}

impl Observer for Recording<'_> {
    const SCORES: bool = true;

    fn start(&mut self, board: usize, turns: usize, levels: &[usize]) {
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
                outcomes: end.outcomes.to_vec(),
                levels: end.levels.to_vec(),
                lanes: end.accumulated.to_vec(),
            });
        }
    }
}

/// Segments' tallies on their way to estimates.
struct Folding {
    layout: TallyLayout,
    observed: Observed,
    /// The draw that is being played, with what it has counted so far.
    open: Option<(Option<u64>, f64, Tally)>,
}

impl Folding {
    fn new(layout: TallyLayout, moves_of: Vec<usize>, weighed: Weighed) -> Self {
        Self { observed: Observed::new(&layout, moves_of, weighed), layout, open: None }
    }

    fn push(&mut self, draw: Option<u64>, weight: f64, tally: Tally) {
        match &mut self.open {
            Some((open, _, sum)) if *open == draw => sum.merge(&tally),
            _ => {
                self.close();
                self.open = Some((draw, weight, tally));
            }
        }
    }

    fn close(&mut self) {
        if let Some((_, weight, tally)) = self.open.take() {
            self.observed.push(&self.layout, &tally, weight);
        }
    }

    fn finish(mut self, prepared: &Prepared<'_>, settings: &Settings) -> Estimates {
        self.close();
        let scenario = prepared.scenario;
        let observed = &self.observed;
        let known =
            |quantity: &super::Quantity| quantity.estimate(observed.weighed).unwrap_or(Estimate::exact(0.0));
        let row = |row: &Vec<super::Quantity>| -> Vec<Estimate> { row.iter().map(known).collect() };
        let spread = Spread::of(prepared, settings);
        let actors = scenario.actors.len();
        let gone = prepared.given.as_ref().map_or(0, |given| given.turns);
        Estimates {
            outcomes: observed.outcomes.iter().map(row).collect(),
            joint: row(&observed.joint),
            turns: observed
                .turns
                .iter()
                .enumerate()
                // Of turns that have gone by, where plays stood is not known by now.
                .map(|(turn, rows)| if turn < gone { Vec::new() } else { rows.iter().map(row).collect() })
                .collect(),
            moves: observed
                .moves
                .iter()
                .map(|turn| {
                    turn.iter()
                        .map(|seat| seat.iter().map(|q| q.estimate(observed.weighed)).collect())
                        .collect()
                })
                .collect(),
            overall: overall(observed),
            scores: (0..actors)
                .map(|actor| observed.mean(actor, spread.scores[actor]).unwrap_or(Estimate::exact(0.0)))
                .collect(),
            lengths: row(&observed.lengths),
            measures: measures(scenario, observed, &spread, settings.replications),
            draws: draws(prepared, settings, observed),
        }
    }
}

fn overall(observed: &Observed) -> Vec<Vec<Option<f64>>> {
    let Some(first) = observed.moves.first() else { return Vec::new() };
    let sums = |seat: usize, made: usize| {
        let moments = observed.moves.iter().map(|turn| &turn[seat][made].moments);
        moments.fold((0.0, 0.0), |(hits, trials), it| (hits + it.n, trials + it.d))
    };
    let share = |(hits, trials): (f64, f64)| (trials > 0.0).then(|| hits / trials);
    first
        .iter()
        .enumerate()
        .map(|(seat, moves)| (0..moves.len()).map(|made| share(sums(seat, made))).collect())
        .collect()
}

fn measures(scenario: &Scenario, observed: &Observed, spread: &Spread, plays: u64) -> Vec<Option<Estimate>> {
    // Those that are divided by a ratio were summed apart, in their order.
    let mut products = observed.products.iter();
    let of = |at: usize| {
        let factors = scenario.ratios(Measure::Defined(at));
        if factors.len() == 1 {
            return measure(scenario, observed, at, spread.measures[at], plays);
        }
        #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
        let farthest = spread.farthest(&factors, plays as f64);
        products.next()?.estimate(&farthest, observed.critical())
    };
    (0..scenario.measures.len()).map(of).collect()
}

/// A measure that is a mean, or a ratio of means.
fn measure(
    scenario: &Scenario,
    observed: &Observed,
    at: usize,
    spread: (f64, f64),
    plays: u64,
) -> Option<Estimate> {
    let lane = scenario.actors.len() + at;
    let defined = &scenario.measures[at];
    let (least, most) = spread;
    if defined.ever && defined.of.is_none() {
        observed.share(lane, plays)
    } else if least >= 0.0 && defined.of.is_none() {
        observed.count(lane, most)
    } else {
        observed.mean(lane, most - least)
    }
}

fn draws(prepared: &Prepared<'_>, settings: &Settings, observed: &Observed) -> Vec<DrawResult> {
    (0..)
        .zip(&observed.by_draw)
        .map(|(number, outcomes)| DrawResult {
            parameters: prepared.parameters(settings.seed, Some(number)),
            weight: prepared.weight(Some(number)),
            outcomes: outcomes.clone(),
        })
        .collect()
}
