//! Facts: what a run must show, measured on common random numbers.

use serde::{Deserialize, Serialize};

use super::absence::NoAnswer;
use super::clusters::Clusters;
use super::condition::settings_for;
use super::error::StudyError;
use super::measure::PlannedMeasure;
use super::paired::{MeasurePair, PairedSums, SideBySide};
use super::prepare::{Prepared, Shared};
use super::replications::Replications;
use super::runner::Playing;
use super::settings::Settings;
use super::watch::{Watch, Within};
use crate::scenario::{Document, Fact, FactTest, Limit};
use crate::simulate::Chance;
use crate::stats::Estimate;

/// Whether a fact holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Its whole interval is where it should be.
    Holds,
    /// Its whole interval is where it should not be.
    Fails,
    /// Its interval is too wide to say.
    Unclear,
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Unclear => "unclear",
        })
    }
}

/// What a measure was held against.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reference {
    /// The other run's value of the measure, or another measure of the same run.
    Value(f64),
    /// A number that bounds it.
    Bound(f64),
}

/// How one fact came out; a fact with two bounds comes out twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactResult {
    /// Its id.
    pub fact: String,
    /// The path of its measure.
    pub measure: String,
    /// What it demands, in words.
    pub demand: String,
    /// The measure in the fact's run, in its own unit; `None` where it has no value.
    pub value: Option<f64>,
    /// What it was held against, in the same unit.
    pub against: Option<f64>,
    /// Value less against, with the interval that decides.
    pub difference: Option<Estimate>,
    /// Whether it holds.
    pub verdict: Verdict,
    /// Why there is no answer.
    pub absent: Option<NoAnswer>,
}

/// One comparison: two quantities over the same plays.
struct Question<'f> {
    fact: &'f Fact,
    measure: &'f str,
    demand: String,
    /// The bound that the measure is held against, where it is no other measure.
    bound: Option<f64>,
    /// The difference lies above this, or else below.
    above: bool,
    limit: f64,
}

/// Runs every fact of a document.
///
/// # Errors
/// See [`StudyError`].
pub fn verify(
    document: &Document,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Vec<FactResult>, StudyError> {
    let mut shared = Shared::default();
    let mut results = Vec::new();
    let facts = &document.scenario.facts;
    let total = settings.replications * facts.len() as u64;
    for (at, fact) in facts.iter().enumerate() {
        let mut runs = Vec::new();
        for name in runs_of(fact) {
            let scenario = document
                .variant(name.as_deref())
                .ok_or_else(|| StudyError::Variant(name.clone().unwrap_or_default()))?;
            runs.push(shared.prepare(scenario, &document.slots)?);
        }
        let mut comparisons = SideBySide::new(runs.len());
        let questions = questions(fact, &runs, settings, &mut comparisons)?;
        let before = at as u64 * settings.replications;
        let place = format!("in fact `{}`, ", fact.id);
        let watch = Within { whole: watch, before, total, place };
        let tested = Tested { document, comparisons: &comparisons, settings, watch: &watch };
        match tested.ask(&runs) {
            Ok((sums, clusters)) => {
                let judged = questions.iter().zip(&comparisons.pairs).zip(&sums);
                results.extend(judged.map(|((question, pair), sums)| {
                    question.judge((pair, sums), settings.replications, clusters)
                }));
            }
            Err(error @ (StudyError::Impossible(_) | StudyError::Vanishing)) => {
                let why = NoAnswer::at_a_point(error)?;
                results.extend(questions.iter().map(|question| question.unanswered(&why)));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(results)
}

/// The scenarios that a fact runs: its own first.
fn runs_of(fact: &Fact) -> Vec<Option<String>> {
    match &fact.test {
        FactTest::Compare { against, .. } => vec![fact.variant.clone(), against.clone()],
        FactTest::Bound { .. } => vec![fact.variant.clone()],
    }
}

/// What a fact demands, and what plays are asked for: a question and a pair for each demand.
fn questions<'f>(
    fact: &'f Fact,
    runs: &[Prepared<'_>],
    settings: &Settings,
    comparisons: &mut SideBySide,
) -> Result<Vec<Question<'f>>, StudyError> {
    let mut ask = |first: &str, second: Option<(usize, &str)>| -> Result<(), StudyError> {
        let mut resolve = |side: usize, path: &str| {
            let measure = runs[side].scenario.measure(path).map_err(|why| StudyError::Measures(vec![why]))?;
            Ok::<_, StudyError>(
                comparisons.measure(side, PlannedMeasure::new(&runs[side], settings, measure)),
            )
        };
        let first = resolve(0, first)?;
        let second = second.map(|(side, path)| resolve(side, path)).transpose()?;
        // Two measures of one run are compared as the first is like.
        let kind = first.planned.kind;
        comparisons.pairs.push(MeasurePair { alone: second.is_none(), kind, first: Some(first), second });
        Ok(())
    };
    match &fact.test {
        FactTest::Compare { raises, measure, by, .. } => {
            let word = if *raises { "raises" } else { "lowers" };
            let demand = if *by == 0.0 { word.to_owned() } else { format!("{word} by {by}") };
            ask(measure, Some((1, measure)))?;
            let limit = if *raises { *by } else { -by };
            Ok(vec![Question { fact, measure, demand, bound: None, above: *raises, limit }])
        }
        FactTest::Bound { measure, above, below } => {
            let bounds =
                above.iter().map(|limit| (true, limit)).chain(below.iter().map(|limit| (false, limit)));
            let questions = bounds.map(|(above, limit)| {
                let (bound, shown) = match limit {
                    Limit::Number(number) => {
                        ask(measure, None)?;
                        (Some(*number), number.to_string())
                    }
                    Limit::Measure(path) => {
                        ask(measure, Some((0, path)))?;
                        (None, path.clone())
                    }
                };
                let demand = format!("{} {shown}", if above { "above" } else { "below" });
                Ok(Question { fact, measure, demand, bound, above, limit: 0.0 })
            });
            questions.collect()
        }
    }
}

/// What the runs of one fact are asked for, and how.
struct Tested<'a> {
    document: &'a Document,
    comparisons: &'a SideBySide,
    settings: &'a Settings,
    watch: &'a dyn Watch,
}

impl Tested<'_> {
    /// Plays all runs side by side, each conditioned by itself by what has been observed.
    fn ask(&self, runs: &[Prepared<'_>]) -> Result<(Vec<PairedSums>, Clusters), StudyError> {
        let (settings, watch) = (self.settings, self.watch);
        let draws = settings.draws_of(runs.iter().any(Prepared::is_uncertain));
        let replications = Replications { count: settings.replications, draws };
        let mut conditioned = Vec::new();
        for run in runs {
            let settings = settings_for(settings, &self.document.scenario, run.scenario)?;
            conditioned.push(run.conditioned_over(replications, &settings, watch)?);
        }
        let runs = conditioned;
        let clusters = runs.iter().map(|run| run.clusters(draws)).reduce(Clusters::least);
        let chance = Chance::of_plays(settings.seed);
        let scenarios: Vec<&Prepared<'_>> = runs.iter().collect();
        let sums = Playing { scenarios: &scenarios, settings, replications, watch }.folded(
            |block| self.comparisons.play(&runs, block, &chance),
            |draw, sums: Vec<PairedSums>| {
                let weights: Vec<f64> = runs.iter().map(|run| run.weight(draw)).collect();
                self.comparisons.of_draw(draw, &sums, &weights)
            },
        )?;
        Ok((sums, clusters.unwrap_or(Clusters::alike(draws))))
    }
}

impl Question<'_> {
    fn judge(&self, (pair, sums): (&MeasurePair, &PairedSums), plays: u64, clusters: Clusters) -> FactResult {
        #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
        let plays = plays as f64;
        let difference = match self.bound {
            None => pair.difference(sums, false, (plays, clusters)),
            Some(bound) => pair.alone(sums, plays, clusters).map(|estimate| estimate.less(bound)),
        };
        let limit = self.limit;
        let verdict = match difference {
            Some(d) if self.above && d.low > limit || !self.above && d.high < limit => Verdict::Holds,
            Some(d) if self.above && d.high < limit || !self.above && d.low > limit => Verdict::Fails,
            _ => Verdict::Unclear,
        };
        FactResult {
            value: sums.value(),
            against: self.bound.or_else(|| sums.against()),
            difference,
            verdict,
            ..self.result()
        }
    }

    fn unanswered(&self, why: &NoAnswer) -> FactResult {
        FactResult { absent: Some(why.clone()), ..self.result() }
    }

    /// Nothing known yet.
    fn result(&self) -> FactResult {
        FactResult {
            fact: self.fact.id.clone(),
            measure: self.measure.to_owned(),
            demand: self.demand.clone(),
            value: None,
            against: self.bound,
            difference: None,
            verdict: Verdict::Unclear,
            absent: None,
        }
    }
}
