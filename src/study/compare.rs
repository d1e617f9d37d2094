//! Two scenarios side by side, on the same chance: what differs, and which plays end otherwise.

use serde::{Deserialize, Serialize};

use rayon::prelude::*;

use super::both::{Both, ClassPair, Pair};
use super::experiment::Experiment;
use super::gauge::Gauges;
use super::observed::Quantity;
use super::pairing::{Kind, difference};
use super::prepare::{Prepared, Shared};
use super::runner::{Method, Segment, Settings, StudyError, Watch, each_segment};
use super::sound::sound;
use crate::agents::Policies;
use crate::exact::{Propagation, distribution};
use crate::scenario::{Changes, Document, Ratio};
use crate::simulate::{Chance, Observer, PlayEnd, PlaySampler, Turn};
use crate::stats::{Critical, Estimate, PairedMoments};

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Each measure, in the order of the scenario.
    pub measures: Vec<Compared>,
    /// For each classification that both have, which plays end where; empty where there were no plays.
    pub transitions: Vec<Transitions>,
    /// Measures that one of the two alone has, and that therefore were not compared.
    pub one_sided: Vec<String>,
    /// Draws; 0: central values.
    pub draws: u64,
    /// How it was found: never [`Method::Auto`].
    pub by: Method,
}

/// A measure in both scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Its path.
    pub measure: String,
    /// Whether it is a share, between 0 and 1.
    pub share: bool,
    /// In the scenario; `None` where it has no value.
    pub value: Option<f64>,
    /// In the other.
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

/// Compares a scenario with another, measure by measure, each play and each draw with the same of the other.
///
/// `of`: paths of measures; none: outcomes, defined measures, scores, turns, final values. By plays, unless
/// [`Method::Exact`] is asked for: then the difference of the two exact distributions, over the same draws
/// where there are any. An outcome or level that one of the two alone has never happens in the other.
///
/// # Errors
/// See [`StudyError`]; [`StudyError::Measures`] for paths that are no measures of both.
pub fn compare(
    here: &Document,
    there: &Document,
    of: &[String],
    settings: &Settings,
    method: Method,
    watch: &dyn Watch,
) -> Result<Comparison, StudyError> {
    let mut shared = Shared::default();
    let runs = [shared.prepare(&here.scenario, &here.slots)?, shared.prepare(&there.scenario, &there.slots)?];
    let both = Both::new(&here.scenario, &there.scenario, of).map_err(StudyError::Measures)?;
    let uncertain = runs.iter().any(|run| !run.scenario.uncertain().is_empty());
    let draws = settings.draws_of(uncertain);
    let by = if method == Method::Exact { Method::Exact } else { Method::Sample };
    let (pairs, transitions) = match by {
        Method::Exact => (propagated(&runs, &both, settings, draws, watch)?, Vec::new()),
        Method::Sample | Method::Auto => played(&runs, &both, settings, draws, watch)?,
    };
    let critical = if draws > 0 { Critical::for_draws(draws) } else { Critical::normal() };
    let judged = both.pairs.iter().zip(&pairs);
    let mut measures: Vec<Compared> =
        judged.map(|(pair, moments)| judge(pair, moments, by, critical, draws)).collect();
    measures.extend(products(&runs, &both, settings, (by, draws), watch)?);
    Ok(Comparison { measures, transitions, one_sided: both.one_sided, draws, by })
}

/// The measures that a ratio divides: not play by play, but over the clusters of an experiment on either side.
fn products(
    runs: &[Prepared<'_>; 2],
    both: &Both,
    settings: &Settings,
    (by, draws): (Method, u64),
    watch: &dyn Watch,
) -> Result<Vec<Compared>, StudyError> {
    if both.products.is_empty() {
        return Ok(Vec::new());
    }
    let settings = Settings { draws: Some(draws), ..settings.clone() };
    let side = |side: usize| {
        let measures = both.products.iter().map(|(_, measures)| measures[side]).collect();
        Experiment::new(&runs[side], measures, &settings, by)?.at(&Changes::default(), watch)
    };
    let (here, there) = (side(0)?, side(1)?);
    let compared = both.products.iter().enumerate().map(|(at, (path, _))| {
        let mut moments = PairedMoments::default();
        for (here, there) in here.clusters[at].iter().zip(&there.clusters[at]) {
            moments.push(*there, *here);
        }
        let pair = Pair { path: path.clone(), at: [None, None], kind: Kind::Real };
        let critical = Critical::for_draws(here.clusters[at].len() as u64);
        judge(&pair, &moments, by, critical, draws)
    });
    Ok(compared.collect())
}

fn judge(pair: &Pair, moments: &PairedMoments, by: Method, critical: Critical, draws: u64) -> Compared {
    let (value, against) = (moments.second.ratio(), moments.first.ratio());
    let exactly = by == Method::Exact;
    let found = if exactly && draws == 0 {
        value.zip(against).map(|(value, against)| Estimate::exact(against - value))
    } else {
        difference(moments, pair.kind, exactly, critical)
    };
    Compared {
        measure: pair.path.clone(),
        share: pair.kind == Kind::Share,
        value,
        against,
        difference: found,
        tighter: found.and_then(|found| moments.tighter(&found, critical)),
    }
}

/// What some plays of both have shown: of each measure, a cluster a play; of each classification, how many
/// ended where.
#[derive(Clone, Debug)]
struct Seen {
    pairs: Vec<PairedMoments>,
    /// `counts[class][from][to]`
    counts: Vec<Vec<Vec<u64>>>,
    plays: u64,
}

impl Seen {
    fn nothing(both: &Both) -> Self {
        let square = |class: &ClassPair| vec![vec![0; class.outcomes.len()]; class.outcomes.len()];
        Self {
            pairs: vec![PairedMoments::default(); both.pairs.len()],
            counts: both.classes.iter().map(square).collect(),
            plays: 0,
        }
    }

    fn merge(&mut self, other: &Self) {
        for (mine, pairs) in self.pairs.iter_mut().zip(&other.pairs) {
            mine.merge(pairs);
        }
        let cells = other.counts.iter().flatten().flatten();
        for (mine, count) in self.counts.iter_mut().flatten().flatten().zip(cells) {
            *mine += count;
        }
        self.plays += other.plays;
    }
}

/// Measures of single plays, and how they end.
struct Ends<'a> {
    gauges: Gauges<'a>,
    /// The outcomes of the plays so far, one a classification.
    outcomes: Vec<usize>,
}

impl Observer for Ends<'_> {
    const SCORES: bool = true;

    fn start(&mut self, board: usize, turns: usize, levels: &[usize]) {
        self.gauges.start(board, turns, levels);
    }

    fn turn(&mut self, turn: &Turn<'_>) {
        self.gauges.turn(turn);
    }

    fn end(&mut self, end: &PlayEnd<'_>) {
        self.gauges.end(end);
        self.outcomes.extend_from_slice(end.outcomes);
    }
}

fn played(
    runs: &[Prepared<'_>; 2],
    both: &Both,
    settings: &Settings,
    draws: u64,
    watch: &dyn Watch,
) -> Result<(Vec<PairedMoments>, Vec<Transitions>), StudyError> {
    let chance = Chance::of_plays(settings.seed);
    let mut folding = Folding::new(both, draws);
    each_segment(
        &[&runs[0], &runs[1]],
        settings,
        draws,
        watch,
        |segment| side_by_side(runs, both, segment, &chance),
        |draw, seen| folding.push(draw, seen),
    )?;
    Ok(folding.finish())
}

/// A segment of both.
fn side_by_side(runs: &[Prepared<'_>; 2], both: &Both, segment: &Segment<'_>, chance: &Chance) -> Seen {
    // One ratio each: others are not compared.
    let ratios = [0, 1].map(|side| -> Vec<Ratio> {
        both.measures[side].iter().flat_map(|&measure| runs[side].scenario.ratios(measure)).collect()
    });
    let sides: Vec<(Vec<(f64, f64)>, Vec<usize>)> = (0..2)
        .map(|side| {
            let table = &segment.tables[side];
            let gauges = Gauges::new(table.layout(), &ratios[side]);
            let mut ends = Ends { gauges, outcomes: Vec::new() };
            PlaySampler::new(table, runs[side].slots, chance).play(segment.replications.clone(), &mut ends);
            (ends.gauges.rows, ends.outcomes)
        })
        .collect();
    let mut seen = Seen::nothing(both);
    let plays = usize::try_from(segment.replications.end - segment.replications.start).unwrap_or(0);
    seen.plays = plays as u64;
    for play in 0..plays {
        for (pairs, pair) in seen.pairs.iter_mut().zip(&both.pairs) {
            let value = |side: usize| match pair.at[side] {
                Some(at) => sides[side].0[play * both.measures[side].len() + at],
                None => (0.0, 1.0),
            };
            pairs.push(value(1), value(0));
        }
        for (counts, class) in seen.counts.iter_mut().zip(&both.classes) {
            let outcome = |side: usize| {
                let classes = runs[side].scenario.classifications.len();
                class.places[side][sides[side].1[play * classes + class.at[side]]]
            };
            counts[outcome(0)][outcome(1)] += 1;
        }
    }
    seen
}

/// Segments on their way to what was found.
struct Folding<'b> {
    both: &'b Both,
    draws: u64,
    /// The draw that is being played, with what it has shown so far.
    open: Option<(Option<u64>, Seen)>,
    pairs: Vec<PairedMoments>,
    counts: Vec<Vec<Vec<Quantity>>>,
}

impl<'b> Folding<'b> {
    fn new(both: &'b Both, draws: u64) -> Self {
        let square =
            |class: &ClassPair| vec![vec![Quantity::default(); class.outcomes.len()]; class.outcomes.len()];
        Self {
            both,
            draws,
            open: None,
            pairs: vec![PairedMoments::default(); both.pairs.len()],
            counts: both.classes.iter().map(square).collect(),
        }
    }

    fn push(&mut self, draw: Option<u64>, seen: Seen) {
        match &mut self.open {
            Some((open, sum)) if *open == draw => sum.merge(&seen),
            _ => {
                self.close();
                self.open = Some((draw, seen));
            }
        }
    }

    /// A draw is one cluster; where there are none, every play is.
    fn close(&mut self) {
        let Some((_, seen)) = self.open.take() else { return };
        for (pairs, of_plays) in self.pairs.iter_mut().zip(&seen.pairs) {
            if self.draws > 0 {
                let sums = [of_plays.first, of_plays.second].map(|moments| (moments.n, moments.d));
                pairs.push(sums[0], sums[1]);
            } else {
                pairs.merge(of_plays);
            }
        }
        let cells = seen.counts.iter().flatten().flatten();
        for (quantity, count) in self.counts.iter_mut().flatten().flatten().zip(cells) {
            quantity.push(*count, seen.plays, 1.0);
        }
    }

    fn finish(mut self) -> (Vec<PairedMoments>, Vec<Transitions>) {
        self.close();
        let transitions = self.both.classes.iter().zip(self.counts).map(|(class, counts)| Transitions {
            classification: class.id.clone(),
            outcomes: class.outcomes.clone(),
            counts,
        });
        (self.pairs, transitions.collect())
    }
}

/// Both distributions under each draw, or at central values.
fn propagated(
    runs: &[Prepared<'_>; 2],
    both: &Both,
    settings: &Settings,
    draws: u64,
    watch: &dyn Watch,
) -> Result<Vec<PairedMoments>, StudyError> {
    let numbers: Vec<Option<u64>> = if draws == 0 { vec![None] } else { (0..draws).map(Some).collect() };
    let mut found = vec![PairedMoments::default(); both.pairs.len()];
    let mut done = 0;
    // A wave at a time, so that whoever watches hears of it.
    for wave in numbers.chunks(rayon::current_num_threads() * 2) {
        let under = |&draw: &Option<u64>| -> Result<_, StudyError> {
            Ok([
                of_draw(runs, both, 0, settings, draw, watch)?,
                of_draw(runs, both, 1, settings, draw, watch)?,
            ])
        };
        let under: Vec<_> = wave.par_iter().map(under).collect::<Result<_, StudyError>>()?;
        for [here, there] in under {
            for (moments, (here, there)) in found.iter_mut().zip(here.into_iter().zip(there)) {
                moments.push(there, here);
            }
        }
        done += wave.len() as u64;
        watch.progress(done, draws.max(1));
    }
    Ok(found)
}

/// Numerator and denominator of each measure, on one side.
fn of_draw(
    runs: &[Prepared<'_>; 2],
    both: &Both,
    side: usize,
    settings: &Settings,
    draw: Option<u64>,
    watch: &dyn Watch,
) -> Result<Vec<(f64, f64)>, StudyError> {
    let run = &runs[side];
    let numbers = run.numbers(settings.seed, draw)?;
    let policies = Policies::new(&run.game, &numbers);
    let how = Propagation { tolerance: 0.0, go_on: &|_, _| !watch.stopped() };
    let distribution = distribution(run.scenario, &policies, how, None)?;
    sound(run.scenario, &policies, draw)?;
    let value = |pair: &Pair| match pair.at[side] {
        Some(at) => distribution.measure(run.scenario, &numbers.values, both.measures[side][at])[0],
        None => (0.0, 1.0),
    };
    Ok(both.pairs.iter().map(value).collect())
}
