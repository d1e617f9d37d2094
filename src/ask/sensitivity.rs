//! `sensitivity`: which numbers and claims a measure hangs on.

use serde::{Deserialize, Serialize, Serializer};

use super::asking::Asking;
use super::failure::{Advice, Failure, Fault};
use super::fields::Fields;
use super::measured::{Measured, measure_faults, off_by};
use super::options::{Found, Options};
use crate::scenario::{Changes, Factor, Measure, Scenario};
use crate::stats::Estimate;
use crate::study::designs::sobol::MOST_DIMENSIONS;
use crate::study::sensitivity::{
    InputSpace, OneAtATime, Screening, ShareDesign, Shares, Vary, WrongClaim, claim_points, screening,
    shares, tornado, tornado_points, varied, wrong_claims,
};
use crate::study::{Experiment, Points, Prepared, Response, Settings, StudyError};

/// How it is looked into which numbers matter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SensitivityOptions {
    /// Paths of the measures.
    pub of: Vec<String>,
    /// How they are looked into.
    #[serde(serialize_with = "words")]
    pub by: Vec<By>,
    /// The numbers that are varied, claims apart.
    #[serde(serialize_with = "word")]
    pub over: Vary,
    /// How far a known number may be off, as a share of itself; uncertain ones go over their distributions.
    pub off_by: f64,
    /// Trajectories of Morris' design, each with a point more than there are numbers.
    pub walks: usize,
    /// Rows of Sobol's design, each with two points more than there are numbers; best a power of two.
    pub rows: usize,
    /// Plays at each point of Morris' and Sobol's designs; `None`: a tenth of all.
    pub plays: Option<u64>,
    /// Whether every point of the designs is told too.
    pub each: bool,
}

/// How a measure is looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// One number at a time, through its range.
    Tornado,
    /// All numbers that rest on a claim, as if it were wrong.
    Claim,
    /// Elementary effects: which numbers do anything at all, wherever the others stand.
    Morris,
    /// How much of the variance is each number's.
    Sobol,
}

const BY: [(&str, By); 4] =
    [("tornado", By::Tornado), ("claim", By::Claim), ("morris", By::Morris), ("sobol", By::Sobol)];

const OVER: [(&str, Vary); 4] = [
    ("uncertain", Vary::Uncertain),
    ("parameters", Vary::Parameters),
    ("payoffs", Vary::Payoffs),
    ("all", Vary::All),
];

const MOST_WALKS: u32 = 100_000;
const MOST_ROWS: u32 = 1 << 20;
const USUAL_WALKS: usize = 20;
const USUAL_ROWS: usize = 256;

/// What was found, each part where it was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SensitivityFindings {
    /// The measures.
    pub measures: Vec<Measured>,
    /// Each measure with everything as it is, in its own unit; `None` for a ratio of nothing.
    pub base: Vec<Option<Estimate>>,
    /// Draws of the base; 0: every parameter at its central value.
    pub draws: u64,
    /// How far known numbers were off, as a share of them.
    pub off_by: f64,
    /// One number at a time.
    pub one_at_a_time: Option<Vec<OneAtATime>>,
    /// Claims as if they were wrong.
    pub claims: Option<Vec<WrongClaim>>,
    /// The numbers that designs vary.
    pub factors: Vec<Factor>,
    /// Elementary effects.
    pub screening: Option<Screening>,
    /// Shares of the variance.
    pub shares: Option<GroupedShares>,
    /// Whether every point of the designs was asked for.
    pub each: bool,
}

/// Shares of the variance, of numbers and of groups of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupedShares {
    /// The shares: of each number, then of each group.
    pub shares: Shares,
    /// The groups.
    pub groups: Vec<Group>,
}

/// The numbers that rest on a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// `claims.c2`
    pub name: String,
    /// Their places among the numbers.
    pub factors: Vec<usize>,
}

impl Options for SensitivityOptions {
    type Findings = SensitivityFindings;

    fn read(fields: &mut Fields) -> Self {
        let of = Some(fields.texts("of")).filter(|of| !of.is_empty());
        let by = Some(fields.words("by", &BY)).filter(|by| !by.is_empty());
        Self {
            of: fields.required("of", of).unwrap_or_default(),
            by: by.unwrap_or_else(|| vec![By::Tornado, By::Claim]),
            over: fields.word("over", &OVER).unwrap_or_default(),
            off_by: off_by(fields),
            walks: fields.count("walks", 2, MOST_WALKS).unwrap_or(USUAL_WALKS),
            rows: fields.count("rows", 4, MOST_ROWS).unwrap_or(USUAL_ROWS),
            plays: fields.whole("plays", 1, u64::MAX),
            each: fields.flag("each"),
        }
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        let scenario = &asking.session.document().scenario;
        let mut faults = measure_faults(scenario, &self.of);
        let factors = varied(scenario, self.over, self.off_by);
        let designed = self.by.iter().any(|by| matches!(by, By::Morris | By::Sobol));
        if designed && factors.is_empty() {
            let fault = Fault::whole("there is no number to vary");
            faults.push(fault.advise(Advice::Use { key: "over", value: Some("payoffs".to_owned()) }));
        }
        if self.by.contains(&By::Sobol) && 2 * factors.len() > MOST_DIMENSIONS {
            let (most, count) = (MOST_DIMENSIONS / 2, factors.len());
            let fault = Fault::whole(format!("Sobol's design takes at most {most} numbers, not {count}"));
            faults.push(fault.advise(Advice::Use { key: "by", value: Some("morris".to_owned()) }));
        }
        faults
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let prepared = asking.session.prepared()?;
        let scenario = prepared.scenario;
        let measures = scenario.measures_at(&self.of).map_err(StudyError::Measures)?;
        let experiment =
            Experiment::new(&prepared, measures.clone(), asking.sampling, asking.settings.method)?;
        let factors = varied(scenario, self.over, self.off_by);
        let space = InputSpace::new(scenario, factors, self.off_by);
        let study = Study { options: self, asking, prepared: &prepared, space, measures };
        let base = experiment.at(&Changes::default(), asking.watch)?;
        let findings = SensitivityFindings {
            one_at_a_time: study.tornado(&experiment, &base)?,
            claims: study.claims(&experiment, &base)?,
            screening: study.screening()?,
            shares: study.shares()?,
            measures: Measured::all(&experiment),
            base: (0..experiment.measures().len()).map(|at| experiment.estimate(&base, at)).collect(),
            draws: experiment.draws(),
            off_by: self.off_by,
            factors: study.space.factors,
            each: self.each,
        };
        Ok(Found { method: experiment.method(), findings, sampling: asking.sampling.clone() })
    }
}

/// The study on its way.
struct Study<'a> {
    options: &'a SensitivityOptions,
    asking: &'a Asking<'a>,
    prepared: &'a Prepared<'a>,
    space: InputSpace<'a>,
    measures: Vec<Measure>,
}

impl Study<'_> {
    fn is_asked(&self, by: By) -> bool {
        self.options.by.contains(&by)
    }

    /// Says what is to come, as it may take long.
    fn announce(&self, what: &str, count: usize, experiment: &Experiment<'_>, plays: u64) {
        let (method, draws) = (experiment.method(), experiment.draws());
        self.asking.watch.begins(&Points { what: what.to_owned(), count, method, plays, draws });
    }

    fn tornado(
        &self,
        experiment: &Experiment<'_>,
        base: &Response,
    ) -> Result<Option<Vec<OneAtATime>>, StudyError> {
        if !self.is_asked(By::Tornado) {
            return Ok(None);
        }
        let (factors, off_by) = (&self.space.factors, self.options.off_by);
        let points = tornado_points(self.prepared.scenario, factors, off_by);
        self.announce("tornado", points, experiment, self.asking.sampling.replications);
        Ok(Some(tornado(experiment, base, factors, off_by, self.asking.watch)?))
    }

    fn claims(
        &self,
        experiment: &Experiment<'_>,
        base: &Response,
    ) -> Result<Option<Vec<WrongClaim>>, StudyError> {
        if !self.is_asked(By::Claim) {
            return Ok(None);
        }
        let off_by = self.options.off_by;
        let points = claim_points(self.prepared.scenario, off_by);
        self.announce("claim", points, experiment, self.asking.sampling.replications);
        Ok(Some(wrong_claims(experiment, base, off_by, self.asking.watch)?))
    }

    /// An experiment for designs, whose points leave nothing to draw.
    fn designed(&self) -> Result<(Experiment<'_>, u64), StudyError> {
        let sampling = self.asking.sampling;
        let plays = self.options.plays.unwrap_or(sampling.replications.div_ceil(10));
        let settings = Settings { replications: plays, draws: Some(0), ..sampling.clone() };
        let method = self.asking.settings.method;
        Ok((Experiment::new(self.prepared, self.measures.clone(), &settings, method)?, plays))
    }

    fn screening(&self) -> Result<Option<Screening>, StudyError> {
        if !self.is_asked(By::Morris) {
            return Ok(None);
        }
        let (experiment, plays) = self.designed()?;
        let walks = self.options.walks;
        self.announce("morris", walks * (self.space.factors.len() + 1), &experiment, plays);
        Ok(Some(screening(&experiment, &self.space, walks, self.asking.sampling.seed, self.asking.watch)?))
    }

    fn shares(&self) -> Result<Option<GroupedShares>, StudyError> {
        if !self.is_asked(By::Sobol) {
            return Ok(None);
        }
        let (experiment, plays) = self.designed()?;
        let rows = self.options.rows;
        let groups = groups(self.prepared.scenario, &self.space.factors);
        self.announce("sobol", rows * (self.space.factors.len() + groups.len() + 2), &experiment, plays);
        let seed = self.asking.sampling.seed;
        let design = ShareDesign { groups: &groups, rows, seed };
        let shares = shares(&experiment, &self.space, &design, self.asking.watch)?;
        let groups = groups.into_iter().map(|(name, factors)| Group { name, factors }).collect();
        Ok(Some(GroupedShares { shares, groups }))
    }
}

/// The claims on which several of the numbers rest, but not all.
fn groups(scenario: &Scenario, factors: &[Factor]) -> Vec<(String, Vec<usize>)> {
    let places = |claim: usize| -> Vec<usize> {
        let resting = scenario.resting_on(claim);
        let varied = factors.iter().enumerate();
        varied.filter(|(_, factor)| resting.contains(factor)).map(|(at, _)| at).collect()
    };
    let named = (0..scenario.claims.len())
        .map(|claim| (format!("claims.{}", scenario.claims[claim].id), places(claim)));
    named.filter(|(_, places)| (2..factors.len()).contains(&places.len())).collect()
}

fn words<S: Serializer>(by: &[By], serializer: S) -> Result<S::Ok, S::Error> {
    let name = |by: &By| BY.iter().find(|(_, known)| known == by).map_or("", |(name, _)| name);
    serializer.collect_seq(by.iter().map(name))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn word<S: Serializer>(over: &Vary, serializer: S) -> Result<S::Ok, S::Error> {
    let name = OVER.iter().find(|(_, known)| known == over).map_or("", |(name, _)| name);
    serializer.serialize_str(name)
}
