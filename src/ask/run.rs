//! `run`: the outcome distribution of a scenario.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Advice, Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use super::settings::MOST_DRAWS;
use crate::scenario::Scenario;
use crate::study::{
    Evaluating, Method, PlayRecord, Precision, Record, Run, Settings, evaluate_prepared, evaluate_until,
};

/// What is handed every single play, some at a time, in order.
pub type Plays<'p> = Option<&'p mut (dyn FnMut(&PlayBatch<'_>) + Send)>;

/// Some single plays, in order.
#[derive(Clone, Copy)]
pub struct PlayBatch<'a> {
    /// The scenario that was played.
    pub scenario: &'a Scenario,
    /// The plays.
    pub records: &'a [PlayRecord],
    /// The parameters of a draw, in the scenario's order, each in its own unit; `None`: their central values.
    pub parameters: &'a dyn Fn(Option<u64>) -> Vec<f64>,
}

/// What a run may be asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunOptions {
    /// Whether every single play is handed out too.
    pub each: bool,
    /// States less likely than this after a turn are dropped where the method is exact; a probability below 0.1.
    #[serde(skip_serializing_if = "drops_nothing")]
    pub drop_below: f64,
    /// Goes on until no outcome's 95 % interval reaches further than this to either side; in (0, 0.5).
    pub precision: Option<f64>,
    /// Plays that `precision` may take.
    #[serde(skip_serializing_if = "is_usual")]
    pub at_most: u64,
}

/// Plays that a precision may take, where nobody says.
const MOST_PLAYS: u64 = 100_000_000;

impl Default for RunOptions {
    fn default() -> Self {
        Self { each: false, drop_below: 0.0, precision: None, at_most: MOST_PLAYS }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn drops_nothing(drop_below: &f64) -> bool {
    *drop_below == 0.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_usual(at_most: &u64) -> bool {
    *at_most == MOST_PLAYS
}

/// What a run found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunFindings {
    /// The distribution of everything that is observed.
    pub run: Run,
}

impl Options for RunOptions {
    type Findings = RunFindings;

    fn read(fields: &mut Fields) -> Self {
        let default = Self::default();
        Self {
            each: fields.flag("each"),
            drop_below: fields
                .number("drop_below", |it| (0.0..0.1).contains(&it), "a probability below 0.1, such as 1e-12")
                .unwrap_or(default.drop_below),
            precision: fields.number(
                "precision",
                |it| 0.0 < it && it < 0.5,
                "half the width of an interval, above 0 and below 0.5",
            ),
            at_most: fields.whole("at_most", 1, u64::MAX).unwrap_or(default.at_most),
        }
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.each && asking.settings.method == Method::Exact {
            faults.push(
                Fault::of(
                    "each",
                    "it writes plays, and exact propagation plays none: leave out one of the two",
                )
                .advise(Advice::LeaveOut("method")),
            );
        }
        if self.each && self.precision.is_some() {
            faults.push(
                Fault::of(
                    "each",
                    "it writes plays, and a run up to a precision may play some twice: find the number of plays first",
                )
                .advise(Advice::LeaveOut("precision")),
            );
        }
        faults
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        self.answer_each(asking, None)
    }
}

impl RunOptions {
    /// The answer; `plays` is handed every single play, where they are asked for.
    pub(super) fn answer_each(
        &self,
        asking: &Asking<'_>,
        plays: Plays<'_>,
    ) -> Result<Found<RunFindings>, Failure> {
        let prepared = asking.session.prepared()?;
        let how = Evaluating {
            settings: asking.sampling,
            method: asking.settings.method,
            tolerance: self.drop_below,
            watch: asking.watch,
        };
        if let Some(half_width) = self.precision {
            let precision = Precision { half_width, most_plays: self.at_most, most_draws: MOST_DRAWS };
            let (run, sampling) = evaluate_until(&prepared, &how, precision)?;
            return Ok(found(run, sampling));
        }
        let mut write = plays.filter(|_| self.each).map(|plays| {
            let (prepared, seed) = (&prepared, how.settings.seed);
            move |records: &[PlayRecord]| {
                let parameters = |draw| prepared.parameters(seed, draw);
                plays(&PlayBatch { scenario: prepared.scenario, records, parameters: &parameters });
            }
        });
        let record = write.as_mut().map(|write| write as Record<'_>);
        let run = evaluate_prepared(&prepared, &how, record)?;
        Ok(found(run, asking.sampling.clone()))
    }
}

fn found(run: Run, sampling: Settings) -> Found<RunFindings> {
    Found { method: run.by, findings: RunFindings { run }, sampling }
}
