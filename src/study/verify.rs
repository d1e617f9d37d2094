//! Facts: what a run must show, measured on common random numbers.

use super::gauge::{Gauges, is_share};
use super::prepare::{Prepared, Shared};
use super::runner::{Settings, StudyError, Watch, each_segment};
use super::sound::Branching;
use crate::scenario::{Document, Fact, FactTest, Limit, Measure, Scenario};
use crate::simulate::{Chance, Sampler};
use crate::stats::{Critical, Estimate, PairedMoments, RatioMoments, count, mean, proportion};

/// Whether a fact holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reference {
    /// The other run's value of the measure, or another measure of the same run.
    Value(f64),
    /// A number that bounds it.
    Bound(f64),
}

/// How one fact came out; a fact with two bounds comes out twice.
#[derive(Clone, Debug, PartialEq)]
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
    /// Scenario and measure of the value.
    first: (usize, Measure),
    /// Scenario and measure of what it is held against, or a bound.
    second: Result<(usize, Measure), f64>,
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
        let part = Part { inner: watch, fact: &fact.id, before, total };
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
    let resolve = |run: usize, path: &str| runs[run].scenario.measure(path).map_err(StudyError::Measure);
    match &fact.test {
        FactTest::Compare { raises, measure, by, .. } => {
            let word = if *raises { "raises" } else { "lowers" };
            let demand = if *by == 0.0 { word.to_owned() } else { format!("{word} by {by}") };
            Ok(vec![Question {
                fact,
                measure,
                demand,
                first: (0, resolve(0, measure)?),
                second: Ok((1, resolve(1, measure)?)),
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
                        Limit::Measure(path) => (Ok((0, resolve(0, path)?)), path.clone()),
                    };
                    let demand = format!("{} {shown}", if above { "above" } else { "below" });
                    Ok(Question {
                        fact,
                        measure,
                        demand,
                        first: (0, resolve(0, measure)?),
                        second,
                        above,
                        limit: 0.0,
                    })
                })
                .collect()
        }
    }
}

/// The sums of one question's quantities: over draws, or over plays.
#[derive(Default)]
struct Answer {
    pair: PairedMoments,
    trials: f64,
}

fn ask(
    runs: &[Prepared<'_>],
    questions: &[Question<'_>],
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Vec<FactResult>, StudyError> {
    let uncertain = runs.iter().any(|run| !run.scenario.uncertain().is_empty());
    let draws = settings.draws_of(uncertain);
    let measures: Vec<Vec<Measure>> = (0..runs.len()).map(|run| measures_of(run, questions)).collect();
    let mut answers: Vec<Answer> = questions.iter().map(|_| Answer::default()).collect();
    let mut open: Option<(Option<u64>, Vec<[(f64, f64); 2]>)> = None;
    let chance = Chance::of_plays(settings.seed);
    let borrowed: Vec<&Prepared<'_>> = runs.iter().collect();
    each_segment(
        &borrowed,
        settings,
        draws,
        watch,
        |segment| -> Vec<Vec<[(f64, f64); 2]>> {
            let gauged = runs.iter().zip(segment.tables).zip(&measures).map(|((run, table), measures)| {
                let mut gauges = Gauges::new(table.layout(), measures, table.values());
                let mut sampler = Sampler::new(table, run.slots, &chance);
                sampler.play(segment.replications.clone(), &mut gauges);
                gauges.rows
            });
            let gauged: Vec<Vec<(f64, f64)>> = gauged.collect();
            let plays = segment.replications.end - segment.replications.start;
            let plays = usize::try_from(plays).unwrap_or(0);
            (0..plays).map(|play| pairs(questions, &measures, &gauged, play)).collect()
        },
        |draw, plays| {
            for row in plays {
                if draws == 0 {
                    push(&mut answers, &row);
                    continue;
                }
                match &mut open {
                    Some((number, sums)) if *number == draw => add(sums, &row),
                    _ => {
                        if let Some((_, sums)) = open.replace((draw, row)) {
                            push(&mut answers, &sums);
                        }
                    }
                }
            }
        },
    )?;
    if let Some((_, sums)) = open {
        push(&mut answers, &sums);
    }
    let judged = questions.iter().zip(&answers);
    Ok(judged.map(|(question, answer)| judge(question, answer, runs, draws)).collect())
}

/// The measures that a run's plays are asked for.
fn measures_of(run: usize, questions: &[Question<'_>]) -> Vec<Measure> {
    let asked = questions.iter().flat_map(|q| [Some(q.first), q.second.ok()]);
    asked.flatten().filter(|(of, _)| *of == run).map(|(_, measure)| measure).collect()
}

/// Both quantities of every question in one play.
fn pairs(
    questions: &[Question<'_>],
    measures: &[Vec<Measure>],
    gauged: &[Vec<(f64, f64)>],
    play: usize,
) -> Vec<[(f64, f64); 2]> {
    let value = |(run, measure): (usize, Measure)| {
        let at = measures[run].iter().position(|m| *m == measure).unwrap_or(0);
        gauged[run][play * measures[run].len() + at]
    };
    let both = |q: &Question<'_>| [value(q.first), q.second.map_or((0.0, 1.0), value)];
    questions.iter().map(both).collect()
}

fn add(sums: &mut [[(f64, f64); 2]], row: &[[(f64, f64); 2]]) {
    for (sum, pair) in sums.iter_mut().zip(row) {
        for (sum, (n, d)) in sum.iter_mut().zip(pair) {
            sum.0 += n;
            sum.1 += d;
        }
    }
}

fn push(answers: &mut [Answer], row: &[[(f64, f64); 2]]) {
    for (answer, [first, second]) in answers.iter_mut().zip(row) {
        answer.pair.push(*first, *second);
        answer.trials += first.1;
    }
}

fn judge(question: &Question<'_>, answer: &Answer, runs: &[Prepared<'_>], draws: u64) -> FactResult {
    let critical = if draws > 0 { Critical::for_draws(draws) } else { Critical::normal() };
    let scenario = runs[question.first.0].scenario;
    let share = is_share(scenario, question.first.1);
    let pair = &answer.pair;
    let difference = match question.second {
        Ok(_) if share => pair.difference_of_shares(critical),
        Ok(_) => pair.difference(range_of(scenario, question.first.1), critical),
        Err(bound) => alone(scenario, question.first.1, &pair.first, answer.trials, critical)
            .map(|e| Estimate { value: e.value - bound, low: e.low - bound, high: e.high - bound }),
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
        value: pair.first.ratio(),
        against: question.second.map_or_else(Some, |_| pair.second.ratio()),
        difference,
        verdict,
    }
}

/// A quantity with its own interval.
fn alone(
    scenario: &Scenario,
    measure: Measure,
    moments: &RatioMoments,
    trials: f64,
    critical: Critical,
) -> Option<Estimate> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of trials")]
    let trials = trials as u64;
    match measure {
        measure if is_share(scenario, measure) => proportion(moments, trials, critical),
        Measure::Turns => count(moments, f64::from(scenario.turns), critical),
        measure => mean(moments, range_of(scenario, measure), critical),
    }
}

/// The largest difference that two plays can have in a measure, where that is easily said.
fn range_of(scenario: &Scenario, measure: Measure) -> f64 {
    match measure {
        Measure::Defined(at) if scenario.measures[at].of.is_none() => f64::from(scenario.turns),
        Measure::Turns => f64::from(scenario.turns),
        _ => 1.0,
    }
}

/// One fact's share of the whole watch.
struct Part<'w> {
    inner: &'w dyn Watch,
    fact: &'w str,
    before: u64,
    total: u64,
}

impl Watch for Part<'_> {
    fn progress(&self, done: u64, _: u64) {
        self.inner.progress(self.before + done, self.total);
    }

    fn stopped(&self) -> bool {
        self.inner.stopped()
    }

    fn branches(&self, branching: &Branching) {
        let place = format!("in fact `{}`, {}", self.fact, branching.place);
        self.inner.branches(&Branching { place, ..branching.clone() });
    }
}
