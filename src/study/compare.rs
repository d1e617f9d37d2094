//! Two scenarios side by side, on the same chance: what differs, and which plays end otherwise.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::clusters::Clusters;
use super::condition::settings_for;
use super::equilibria::check_equilibria;
use super::error::StudyError;
use super::measure::MeasureObserver;
use super::method::choose;
use super::notice::Notice;
use super::observed::Quantity;
use super::paired::PairedSums;
use super::prepare::Prepared;
use super::replications::Replications;
use super::runner::{Block, Playing, WAVE};
use super::settings::{Method, Settings};
use super::shared_measures::{ClassPair, SharedMeasures};
use super::spread::Spread;
use super::tree::Merge;
use super::watch::Watch;
use crate::agents::Policies;
use crate::exact::{PlayDistribution, Propagation, distribution};
use crate::scenario::{Levels, Ratio};
use crate::simulate::{Chance, Observer, PlayEnd, PlaySampler, Turn};
use crate::stats::Estimate;

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Each measure, in the order of the scenario.
    pub measures: Vec<Compared>,
    /// For each classification that both have, which plays end where, on the same chance; empty where no plays were
    /// asked for.
    pub transitions: Vec<Transitions>,
    /// Measures that one of the two alone has, and that therefore were not compared.
    pub one_sided: Vec<String>,
    /// Draws; 0: central values.
    pub draws: u64,
    /// How the measures were found: never [`Method::Auto`]. Which plays end where only plays can say.
    pub by: Method,
    /// What has to be said of what was asked for.
    pub notices: Vec<Notice>,
}

/// A measure in both scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Its path.
    pub measure: String,
    /// Whether it is a share, between 0 and 1.
    pub share: bool,
    /// In the scenario, in the measure's own unit; `None` where it has no value.
    pub value: Option<f64>,
    /// In the other, in the same unit.
    pub against: Option<f64>,
    /// The other's less the scenario's: what the change does. With the paired 95 % interval.
    pub difference: Option<Estimate>,
    /// How many times wider the interval of two independent runs of the same size would be; `None` where
    /// nothing is uncertain, or nothing varies.
    pub tighter: Option<f64>,
}

/// Where plays end in a classification: `counts[from][to]`, in the scenario and in the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transitions {
    /// The classification's id.
    pub classification: String,
    /// Outcomes of either: the scenario's first, then those that only the other has.
    pub outcomes: Vec<String>,
    /// Plays, of all plays.
    pub counts: Vec<Vec<Quantity>>,
}

impl Transitions {
    /// Plays that end in another outcome.
    #[must_use]
    pub fn changed(&self) -> u64 {
        let rows = self.counts.iter().enumerate();
        rows.flat_map(|(from, row)| row.iter().enumerate().filter(move |(to, _)| *to != from))
            .map(|(_, quantity)| quantity.hits())
            .sum()
    }
}

/// How two scenarios are compared.
#[derive(Clone, Copy)]
pub struct Comparing<'a> {
    /// Paths of measures; none: outcomes, defined measures, scores, turns, final values.
    pub of: &'a [String],
    /// What both runs are asked.
    pub settings: &'a Settings,
    /// By which method.
    pub method: Method,
    /// Who watches.
    pub watch: &'a dyn Watch,
}

/// Compares a scenario with another, measure by measure, each play and each draw with the same of the other.
///
/// By the method that is asked for, or by the one that a run of the two would take: exactly, the differences are those
/// of the two exact distributions, over the same draws where there are any. Which plays end otherwise is found by plays
/// all the same, but where [`Method::Exact`] is asked for. An outcome or level that one of the two alone has never
/// happens in the other. Each is conditioned by itself by what has been observed.
///
/// # Errors
/// See [`StudyError`]; [`StudyError::Measures`] for paths that are no measures of both.
pub fn compare(
    here: &Prepared<'_>,
    there: &Prepared<'_>,
    how: &Comparing<'_>,
) -> Result<Comparison, StudyError> {
    let Comparing { of, settings, method, watch } = *how;
    let theirs = settings_for(settings, here.scenario, there.scenario)?;
    // Where either is uncertain, both are drawn.
    let uncertain = here.is_uncertain() || there.is_uncertain();
    let draws = settings.draws_of(uncertain);
    let replications = Replications { count: settings.replications, draws };
    let runs = [
        here.conditioned_over(replications, settings, watch)?,
        there.conditioned_over(replications, &theirs, watch)?,
    ];
    let spreads = [Spread::of(&runs[0], settings), Spread::of(&runs[1], settings)];
    let sides = [(runs[0].scenario, &spreads[0]), (runs[1].scenario, &spreads[1])];
    let shared = SharedMeasures::new(sides, of).map_err(StudyError::Measures)?;
    let by = by(&runs, settings, method)?;
    let clusters = runs[0].clusters(draws).least(runs[1].clusters(draws));
    let compared = Compares { runs: &runs, shared: &shared, settings, replications, clusters, watch };
    // Who asks for exact answers asks for no plays.
    let played = if method == Method::Exact { None } else { Some(compared.played()?) };
    let (sums, counts) = match (by, played) {
        (Method::Exact, played) => (compared.propagated()?, played.map(|seen| seen.counts)),
        (Method::Sample | Method::Auto, Some(seen)) => (seen.sums, Some(seen.counts)),
        (Method::Sample | Method::Auto, None) => return Err(StudyError::Nothing),
    };
    let measures = sums.iter().enumerate().map(|(at, sums)| compared.judge(at, sums, by)).collect();
    Ok(Comparison {
        measures,
        transitions: counts.map_or_else(Vec::new, |counts| compared.transitions(counts)),
        one_sided: shared.one_sided,
        draws,
        by,
        notices: settings.notices(uncertain),
    })
}

/// The method that both take: plays, where either cannot be found exactly with little work.
fn by(runs: &[Prepared<'_>; 2], settings: &Settings, method: Method) -> Result<Method, StudyError> {
    if method != Method::Auto {
        return Ok(method);
    }
    let exact = |run: &Prepared<'_>| Ok::<_, StudyError>(choose(run, settings)?.0 == Method::Exact);
    Ok(if exact(&runs[0])? && exact(&runs[1])? { Method::Exact } else { Method::Sample })
}

/// What a comparison works with.
struct Compares<'a> {
    runs: &'a [Prepared<'a>; 2],
    shared: &'a SharedMeasures,
    settings: &'a Settings,
    replications: Replications,
    clusters: Clusters,
    watch: &'a dyn Watch,
}

/// What some plays of both have shown: of each measure its sums, of each classification how many ended where.
#[derive(Clone, Debug)]
struct Seen {
    sums: Vec<PairedSums>,
    /// `counts[class][from][to]`
    counts: Vec<Vec<Vec<u64>>>,
    plays: u64,
}

impl Merge for Seen {
    fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums);
        let cells = other.counts.iter().flatten().flatten();
        for (mine, count) in self.counts.iter_mut().flatten().flatten().zip(cells) {
            *mine += count;
        }
        self.plays += other.plays;
    }
}

/// The same of draws, each of which is a cluster.
struct SeenOfDraws {
    sums: Vec<PairedSums>,
    /// `counts[class][from][to]`
    counts: Vec<Vec<Vec<Quantity>>>,
}

impl Merge for SeenOfDraws {
    fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums);
        self.counts.merge(&other.counts);
    }
}

/// Measures of single plays, and how they end.
struct Ends<'a> {
    measures: MeasureObserver<'a>,
    /// The outcomes of the plays so far, one a classification.
    outcomes: Vec<usize>,
}

impl Observer for Ends<'_> {
    const SCORES: bool = true;

    fn start(&mut self, board: usize, turns: usize, levels: &Levels) {
        self.measures.start(board, turns, levels);
    }

    fn turn(&mut self, turn: &Turn<'_>) {
        self.measures.turn(turn);
    }

    fn end(&mut self, end: &PlayEnd<'_>) {
        self.measures.end(end);
        self.outcomes.extend(end.outcomes.iter().map(|outcome| outcome.index()));
    }
}

impl Compares<'_> {
    fn judge(&self, at: usize, sums: &PairedSums, by: Method) -> Compared {
        let exactly = by == Method::Exact;
        let plays = if exactly { self.replications.draws } else { self.replications.count };
        #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
        let known = (plays as f64, self.clusters);
        let difference = self.shared.comparisons.pairs[at].difference(sums, exactly, known);
        Compared {
            measure: self.shared.paths[at].clone(),
            share: self.shared.is_share(at),
            value: sums.against(),
            against: sums.value(),
            difference,
            tighter: difference.and_then(|found| sums.tighter(&found, self.clusters)),
        }
    }

    /// What plays show.
    fn played(&self) -> Result<SeenOfDraws, StudyError> {
        let chance = Chance::of_plays(self.settings.seed);
        let scenarios = [&self.runs[0], &self.runs[1]];
        let (settings, replications, watch) = (self.settings, self.replications, self.watch);
        Playing { scenarios: &scenarios, settings, replications, watch }.folded(
            |block| self.side_by_side(block, &chance),
            |draw, seen: Seen| {
                let weights = self.runs.each_ref().map(|run| run.weight(draw));
                let quantity = |hits| Quantity::of(hits, seen.plays, weights[0]);
                let row = |row: Vec<u64>| row.into_iter().map(quantity).collect();
                let square = |rows: Vec<Vec<u64>>| rows.into_iter().map(row).collect();
                let counts = seen.counts.into_iter().map(square).collect();
                SeenOfDraws { sums: self.shared.comparisons.of_draw(draw, &seen.sums, &weights), counts }
            },
        )
    }

    /// A block of plays of both.
    fn side_by_side(&self, block: &Block<'_>, chance: &Chance) -> Seen {
        let [here, there] = [0, 1].map(|side| {
            let table = &block.tables[side];
            let measures = MeasureObserver::new(table.layout(), self.shared.comparisons.factors(side));
            let mut ends = Ends { measures, outcomes: Vec::new() };
            PlaySampler::new(table, self.runs[side].slots, chance)
                .play(block.replications.clone(), &mut ends);
            (ends.measures.rows, ends.outcomes)
        });
        let (rows, outcomes) = ([here.0, there.0], [here.1, there.1]);
        let square = |class: &ClassPair| {
            let ended = |side: usize| {
                let classes = self.runs[side].scenario.classifications.len();
                let outcomes = outcomes[side].iter().skip(class.at[side]).step_by(classes);
                outcomes.map(move |&outcome| class.places[side][outcome])
            };
            let mut hits = vec![vec![0; class.outcomes.len()]; class.outcomes.len()];
            for (from, to) in ended(0).zip(ended(1)) {
                hits[from][to] += 1;
            }
            hits
        };
        Seen {
            sums: self.shared.comparisons.sum(&rows, block),
            counts: self.shared.classes.iter().map(square).collect(),
            plays: block.replications.end - block.replications.start,
        }
    }

    fn transitions(&self, counts: Vec<Vec<Vec<Quantity>>>) -> Vec<Transitions> {
        let transitions = self.shared.classes.iter().zip(counts).map(|(class, counts)| Transitions {
            classification: class.id.clone(),
            outcomes: class.outcomes.clone(),
            counts,
        });
        transitions.collect()
    }

    /// Both distributions under each draw, or at central values.
    fn propagated(&self) -> Result<Vec<PairedSums>, StudyError> {
        let numbers: Vec<Option<u64>> = self.replications.each_draw().collect();
        let mut found = self.shared.comparisons.nothing();
        let mut done = 0;
        // A wave at a time, so that whoever watches hears of it.
        for wave in numbers.chunks(WAVE) {
            let under = |&draw: &Option<u64>| Ok([self.of_draw(0, draw)?, self.of_draw(1, draw)?]);
            let under: Vec<_> = wave.par_iter().map(under).collect::<Result<_, StudyError>>()?;
            for [here, there] in under {
                self.shared.comparisons.push(&mut found, &[&here, &there]);
            }
            done += wave.len() as u64;
            self.watch.progress(done, self.replications.draws.max(1));
        }
        Ok(found)
    }

    /// Numerators and denominators of all factors of one side under a draw, as often as it weighs.
    fn of_draw(&self, side: usize, draw: Option<u64>) -> Result<Vec<(f64, f64)>, StudyError> {
        let run = &self.runs[side];
        let numbers = run.numbers(self.settings.seed, draw)?;
        let policies = Policies::new(&run.game, &numbers);
        let how = Propagation { tolerance: 0.0, go_on: &|_, _| !self.watch.stopped() };
        let stands = run.given.as_ref().and_then(|given| given.stands(draw));
        let found: PlayDistribution = distribution(run.scenario, &policies, how, stands)?;
        check_equilibria(run.scenario, &policies, draw)?;
        let weight = run.weight(draw);
        let factor = |ratio: &Ratio| {
            let (n, d) = found.ratio(&numbers.values, *ratio);
            (weight * n, weight * d)
        };
        Ok(self.shared.comparisons.factors(side).iter().map(factor).collect())
    }
}
