//! `discover`: where in the uncertain parameters something happens.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Advice, Failure, Fault};
use super::fields::{Fields, whole};
use super::options::{Found, Options};
use crate::scenario::Measure;
use crate::study::Settings;
use crate::study::discover::{Bound, Discovery, DiscoveryError, DiscoveryRequest, discover};

/// What is sought.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DiscoverOptions {
    /// The path of the measure.
    pub of: String,
    /// Points where the measure is so much or more, in its own unit; neither: its highest quarter.
    pub above: Option<f64>,
    /// Points where it is so much or less.
    pub below: Option<f64>,
    /// Boxes, each on the points that those before have left.
    pub boxes: usize,
    /// The step of the trade-off to take, box by box.
    #[serde(rename = "box")]
    pub steps: Vec<usize>,
    /// Whether limits that may be chance are dropped.
    pub sure: bool,
    /// Points in the uncertain parameters.
    pub points: usize,
    /// Plays at each point; `None`: a tenth of all.
    pub plays: Option<u64>,
}

/// The smallest box has a twentieth of the points: of fewer there is nothing to be learnt.
const LEAST_POINTS: u32 = 100;
const MOST_POINTS: u32 = 100_000;
const USUAL_POINTS: usize = 1000;
const MOST_BOXES: u32 = 20;
const MOST_STEPS: u64 = 100_000;

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiscoverFindings {
    /// The path of what was measured.
    pub measure: String,
    /// Which points were asked for.
    pub bound: Bound,
    /// Plays at each point, where it was found by plays.
    pub plays: u64,
    /// What was found.
    pub discovery: Discovery,
}

impl Options for DiscoverOptions {
    type Findings = DiscoverFindings;

    fn read(fields: &mut Fields) -> Self {
        let of = fields.text("of");
        let of = fields.required("of", of).unwrap_or_default();
        let above = fields.number("above", f64::is_finite, "a number");
        let below = fields.number("below", f64::is_finite, "a number");
        if above.is_some() && below.is_some() {
            fields
                .fault("below", "points are asked for above a number or below one: leave out one of the two");
        }
        Self {
            of,
            above,
            below,
            boxes: fields.count("boxes", 1, MOST_BOXES).unwrap_or(1),
            steps: steps(fields),
            sure: fields.flag("sure"),
            points: fields.count("points", LEAST_POINTS, MOST_POINTS).unwrap_or(USUAL_POINTS),
            plays: fields.whole("plays", 1, u64::MAX),
        }
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        let scenario = &asking.session.document().scenario;
        let mut faults = Vec::new();
        if let Err(why) = scenario.measure(&self.of) {
            faults.push(Fault::of("of", why));
        }
        if scenario.uncertain().is_empty() {
            let fault = Fault::whole(DiscoveryError::Certain.to_string());
            let value = "'parameters.NAME={ uniform = [LOW, HIGH] }'".to_owned();
            faults.push(fault.advise(Advice::Use { key: "set", value: Some(value) }));
        }
        if asking.settings.draws.is_some_and(|draws| draws > 0) {
            let fault = Fault::of("draws", "every point sets all uncertain parameters");
            faults.push(fault.advise(Advice::Use { key: "points", value: None }));
        }
        if self.steps.len() > self.boxes {
            let (steps, boxes) = (self.steps.len(), self.boxes);
            let s = if boxes == 1 { "" } else { "es" };
            faults.push(Fault::of("box", format!("names {steps} steps, for {boxes} box{s}")));
        }
        faults
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let prepared = asking.session.prepared()?;
        let measure =
            prepared.scenario.measure(&self.of).map_err(|why| Failure::from(vec![Fault::of("of", why)]))?;
        let plays = self.plays.unwrap_or(asking.sampling.replications.div_ceil(10));
        let request = self.request(measure, plays);
        let found = discover(&prepared, &request, asking.sampling, asking.settings.method, asking.watch);
        let discovery = found.map_err(failure)?;
        let points = self.points as u64;
        Ok(Found {
            method: discovery.method,
            findings: DiscoverFindings {
                measure: prepared.scenario.measure_name(measure),
                bound: request.bound,
                plays,
                discovery,
            },
            // Each point is a draw of all parameters, though of a design.
            sampling: Settings {
                replications: points.saturating_mul(plays),
                draws: Some(points),
                ..asking.sampling.clone()
            },
        })
    }
}

impl DiscoverOptions {
    fn request(&self, measure: Measure, plays: u64) -> DiscoveryRequest {
        DiscoveryRequest {
            measure,
            bound: match (self.above, self.below) {
                (Some(least), _) => Bound::AtLeast(least),
                (None, Some(most)) => Bound::AtMost(most),
                (None, None) => Bound::Quarter,
            },
            points: self.points,
            plays,
            boxes: self.boxes,
            steps: self.steps.clone(),
            sure: self.sure,
        }
    }
}

/// Steps, box by box: a list, or a text with commas.
fn steps(fields: &mut Fields) -> Vec<usize> {
    let texts = fields.texts("box");
    let words = texts.iter().flat_map(|text| text.split(','));
    let numbers: Vec<Result<u64, String>> = words.map(|word| whole(word.trim(), 0, MOST_STEPS)).collect();
    let mut steps = Vec::new();
    for number in numbers {
        match number {
            Ok(number) => steps.extend(usize::try_from(number)),
            Err(why) => fields.fault("box", why),
        }
    }
    steps
}

/// Why nothing was discovered.
fn failure(error: DiscoveryError) -> Failure {
    match error {
        DiscoveryError::Study(error) => Failure::Study(error),
        DiscoveryError::Step { .. } => vec![Fault::of("box", error.to_string())].into(),
        other => vec![Fault::whole(other.to_string())].into(),
    }
}
