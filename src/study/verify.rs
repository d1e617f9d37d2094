//! Facts: what a run must show, measured on common random numbers.

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Asked};
use super::gauge::Gauges;
use super::prepare::{Prepared, Shared};
use super::runner::{Part, Settings, StudyError, Watch, each_segment};
use crate::scenario::{Document, Fact, FactTest, Limit, Ratio};
use crate::simulate::{Chance, PlaySampler};
use crate::stats::{Critical, Estimate};

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
    /// The measure in the fact's run; `None` where it has no value.
    pub value: Option<f64>,
    /// What it was held against.
    pub against: Option<f64>,
    /// Value less against, with the interval that decides.
    pub difference: Option<Estimate>,
    /// Whether it holds.
    pub verdict: Verdict,
}

/// One comparison: two quantities over the same plays.
struct Question<'f> {
    fact: &'f Fact,
    measure: &'f str,
    demand: String,
    /// The measure of the value.
    first: Asked,
    /// The measure that it is held against, or a bound.
    second: Result<Asked, f64>,
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
        let names = runs_of(fact);
        let mut runs = Vec::new();
        for name in &names {
            let scenario = document
                .variant(name.as_deref())
                .ok_or_else(|| StudyError::Variant(name.clone().unwrap_or_default()))?;
            runs.push(shared.prepare(scenario, &document.slots)?);
        }
        let questions = questions(fact, &runs)?;
        let before = at as u64 * settings.replications;
        let part = Part { whole: watch, before, total, place: format!("in fact `{}`, ", fact.id) };
        results.extend(ask(&runs, &questions, settings, &part)?);
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

fn questions<'f>(fact: &'f Fact, runs: &[Prepared<'_>]) -> Result<Vec<Question<'f>>, StudyError> {
    let resolve = |run: usize, path: &str| -> Result<Asked, StudyError> {
        let scenario = runs[run].scenario;
        let measure = scenario.measure(path).map_err(|why| StudyError::Measures(vec![why]))?;
        Ok(Asked::new(run, measure, scenario))
    };
    match &fact.test {
        FactTest::Compare { raises, measure, by, .. } => {
            let word = if *raises { "raises" } else { "lowers" };
            let demand = if *by == 0.0 { word.to_owned() } else { format!("{word} by {by}") };
            Ok(vec![Question {
                fact,
                measure,
                demand,
                first: resolve(0, measure)?,
                second: Ok(resolve(1, measure)?),
                above: *raises,
                limit: if *raises { *by } else { -by },
            }])
        }
        FactTest::Bound { measure, above, below } => {
            let bounds =
                above.iter().map(|limit| (true, limit)).chain(below.iter().map(|limit| (false, limit)));
            bounds
                .map(|(above, limit)| {
                    let (second, shown) = match limit {
                        Limit::Number(number) => (Err(*number), number.to_string()),
                        Limit::Measure(path) => (Ok(resolve(0, path)?), path.clone()),
                    };
                    let demand = format!("{} {shown}", if above { "above" } else { "below" });
                    Ok(Question {
                        fact,
                        measure,
                        demand,
                        first: resolve(0, measure)?,
                        second,
                        above,
                        limit: 0.0,
                    })
                })
                .collect()
        }
    }
}

fn ask(
    runs: &[Prepared<'_>],
    questions: &[Question<'_>],
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Vec<FactResult>, StudyError> {
    let uncertain = runs.iter().any(|run| !run.scenario.uncertain().is_empty());
    let draws = settings.draws_of(uncertain);
    let factors: Vec<Vec<Ratio>> = (0..runs.len()).map(|run| factors_of(run, questions)).collect();
    let width: usize = factors.iter().map(Vec::len).sum();
    let mut answers: Vec<Answer> =
        questions.iter().map(|q| Answer::new(&q.first, q.second.as_ref().ok())).collect();
    let mut open: Option<(Option<u64>, Vec<(f64, f64)>)> = None;
    let chance = Chance::of_plays(settings.seed);
    let borrowed: Vec<&Prepared<'_>> = runs.iter().collect();
    each_segment(
        &borrowed,
        settings,
        draws,
        watch,
        |segment| -> Vec<(f64, f64)> {
            let gauged = runs.iter().zip(segment.tables).zip(&factors).map(|((run, table), factors)| {
                let mut gauges = Gauges::new(table.layout(), factors);
                let mut sampler = PlaySampler::new(table, run.slots, &chance);
                sampler.play(segment.replications.clone(), &mut gauges);
                gauges.rows
            });
            rows(questions, &gauged.collect::<Vec<_>>())
        },
        |draw, plays| {
            for row in plays.chunks_exact(width.max(1)) {
                if draws == 0 {
                    push(&mut answers, questions, row);
                    continue;
                }
                match &mut open {
                    Some((number, sums)) if *number == draw => add(sums, row),
                    _ => {
                        if let Some((_, sums)) = open.replace((draw, row.to_vec())) {
                            push(&mut answers, questions, &sums);
                        }
                    }
                }
            }
        },
    )?;
    if let Some((_, sums)) = open {
        push(&mut answers, questions, &sums);
    }
    let judged = questions.iter().zip(&answers);
    Ok(judged.map(|(question, answer)| judge(question, answer, runs, (settings, draws))).collect())
}

/// Both measures of every question.
fn asked<'q>(questions: &'q [Question<'_>]) -> impl Iterator<Item = &'q Asked> {
    questions.iter().flat_map(|q| std::iter::once(&q.first).chain(&q.second))
}

/// The factors that a run's plays are asked for.
fn factors_of(run: usize, questions: &[Question<'_>]) -> Vec<Ratio> {
    asked(questions).filter(|asked| asked.run == run).flat_map(|asked| asked.factors.clone()).collect()
}

/// The runs' rows side by side: every play's factors, question by question.
fn rows(questions: &[Question<'_>], gauged: &[Vec<(f64, f64)>]) -> Vec<(f64, f64)> {
    let mut rows = Vec::with_capacity(gauged.iter().map(Vec::len).sum());
    // Each run's factors stand in the order in which they are asked for, play after play.
    let mut read = vec![0; gauged.len()];
    while read[0] < gauged[0].len() {
        for Asked { run, factors, .. } in asked(questions) {
            rows.extend_from_slice(&gauged[*run][read[*run]..][..factors.len()]);
            read[*run] += factors.len();
        }
    }
    rows
}

fn add(sums: &mut [(f64, f64)], row: &[(f64, f64)]) {
    for (sum, (n, d)) in sums.iter_mut().zip(row) {
        sum.0 += n;
        sum.1 += d;
    }
}

fn push(answers: &mut [Answer], questions: &[Question<'_>], mut row: &[(f64, f64)]) {
    for (answer, question) in answers.iter_mut().zip(questions) {
        let (first, rest) = row.split_at(question.first.factors.len());
        let (second, rest) = rest.split_at(question.second.as_ref().map_or(0, |asked| asked.factors.len()));
        answer.push(first, second);
        row = rest;
    }
}

fn judge(
    question: &Question<'_>,
    answer: &Answer,
    runs: &[Prepared<'_>],
    (settings, draws): (&Settings, u64),
) -> FactResult {
    let critical = if draws > 0 { Critical::for_draws(draws) } else { Critical::normal() };
    let first = &question.first;
    let difference = match &question.second {
        Ok(second) => answer.difference((first, second), runs, settings, critical),
        Err(bound) => answer.alone(first, runs, settings, critical).map(|e| Estimate {
            value: e.value - bound,
            low: e.low - bound,
            high: e.high - bound,
        }),
    };
    let limit = question.limit;
    let verdict = match difference {
        Some(d) if question.above && d.low > limit || !question.above && d.high < limit => Verdict::Holds,
        Some(d) if question.above && d.high < limit || !question.above && d.low > limit => Verdict::Fails,
        _ => Verdict::Unclear,
    };
    FactResult {
        fact: question.fact.id.clone(),
        measure: question.measure.to_owned(),
        demand: question.demand.clone(),
        value: answer.value(),
        against: question.second.as_ref().map_or_else(|bound| Some(*bound), |_| answer.against()),
        difference,
        verdict,
    }
}
