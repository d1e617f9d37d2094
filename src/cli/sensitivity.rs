//! `sensitivity`: which numbers and claims a measure hangs on.

use clap::{ArgMatches, Args, ValueEnum};
use demarche::output::{self, Sensitivity};
use demarche::scenario::{Factor, Measure, Scenario};
use demarche::study::designs::sobol::MOST_DIMENSIONS;
use demarche::study::sensitivity::{
    Cube, Screening, Shares, Swing, Vary, WrongClaim, claim_points, screening, shares, tornado,
    tornado_points, varied, wrong_claims,
};
use demarche::study::{Experiment, Method, Prepared, Response, Settings, Shared};

use super::arguments::{count, number, whole};
use super::evaluate::style_old as style;
use super::frame::{Asked, CommonArguments, Found, Refusal, answer};
use super::{Status, say};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche sensitivity scenarios/deterrence.toml --of outcomes.crisis.war
  demarche sensitivity scenarios/deterrence.toml --of turns --by morris,sobol
  demarche sensitivity scenarios/deterrence.toml --of turns --over payoffs";

/// Find the numbers and the claims on which a measure hangs
///
/// One number at a time (tornado): each uncertain parameter goes through its range, all else as in a run. By claim: all
/// numbers that rest on a claim go to their low ends, then to their high ones, as if it were wrong. Both tell
/// differences on the same chance. Morris' walks step through the ranges of all numbers at once and find those that do
/// nothing, in few points; Sobol's shares say how much of the measure's variance is each number's, alone and together
/// with the others, in many. A range is that of the number's distribution (between its 1 % and 99 % quantiles, where it
/// has no bounds), or so much of a known number as --off-by says. Where no parameter is uncertain, the known ones are
/// varied.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    common: CommonArguments,

    /// What is measured: outcomes.CLASS.OUTCOME, scores.ACTOR, measures.NAME, ...; repeatable
    #[arg(long, value_name = "MEASURE", required = true, help_heading = "Where to look")]
    of: Vec<String>,

    /// How it is looked into [default: tornado,claim]
    #[arg(long, value_enum, value_name = "METHODS", value_delimiter = ',', hide_default_value = true, help_heading = "Where to look",
          default_values_t = [By::Tornado, By::Claim])]
    by: Vec<By>,

    /// The numbers that are varied, claims apart
    #[arg(long, value_enum, value_name = "NUMBERS", default_value_t, help_heading = "Where to look")]
    over: Over,

    /// How far off a known number may be, as a share of it
    #[arg(long, value_name = "SHARE", default_value_t = 0.2, help_heading = "Where to look",
          allow_negative_numbers = true, value_parser = share)]
    off_by: f64,

    /// Morris' walks, each with a point more than there are numbers
    #[arg(long, value_name = "W", default_value_t = 20, help_heading = "How it runs",
          value_parser = |text: &str| count(text, 2, 100_000))]
    walks: usize,

    /// Rows of Sobol's design, each with two points more than there are numbers; best a power of two
    #[arg(long, value_name = "R", default_value_t = 256, help_heading = "How it runs",
          value_parser = |text: &str| count(text, 4, 1 << 20))]
    rows: usize,

    /// Plays at each point of Morris' and Sobol's designs [default: a tenth of all]
    #[arg(long, value_name = "N", help_heading = "How it runs",
          value_parser = |text: &str| whole(text, 1, u64::MAX))]
    plays: Option<u64>,

    /// Also give every point of Morris' and Sobol's designs, as points.csv
    #[arg(long, help_heading = "What comes out")]
    each: bool,
}

/// How a measure is looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// One number at a time, through its range
    Tornado,
    /// All numbers that rest on a claim, as if it were wrong
    Claim,
    /// Which numbers do anything at all, wherever the others stand
    Morris,
    /// How much of the variance is each number's
    Sobol,
}

/// Which numbers are varied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Over {
    /// The uncertain parameters
    #[default]
    Uncertain,
    /// All parameters, but for derived ones
    Parameters,
    /// These, and what payoff terms and outcomes pay
    Payoffs,
    /// Every number
    All,
}

impl From<Over> for Vary {
    fn from(over: Over) -> Self {
        match over {
            Over::Uncertain => Self::Uncertain,
            Over::Parameters => Self::Parameters,
            Over::Payoffs => Self::Payoffs,
            Over::All => Self::All,
        }
    }
}

fn share(text: &str) -> Result<f64, String> {
    number(text, |share| 0.0 < share && share <= 10.0, "a share above 0, such as 0.2, and at most 10")
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    answer(&arguments.common, given, |asked| {
        let document = &asked.opened.document;
        let scenario = &document.scenario;
        let factors = varied(scenario, arguments.over.into(), arguments.off_by);
        let measures = checked(arguments, scenario, &factors)?;
        let prepared = Shared::default().prepare(scenario, &document.slots)?;
        let experiment = Experiment::new(&prepared, measures.clone(), &asked.settings, asked.method)?;
        let study = Study {
            arguments,
            asked,
            prepared: &prepared,
            cube: Cube::new(scenario, factors, arguments.off_by),
        };
        let base = experiment.at(&demarche::scenario::Changes::default(), asked.watching)?;
        let (swings, claims) = (study.tornado(&experiment, &base)?, study.claims(&experiment, &base)?);
        let (screening, groups) = (study.screening(&measures)?, study.groups());
        let shares = study.shares(&measures, &groups)?;
        let values: Vec<_> = (0..measures.len()).map(|at| experiment.estimate(&base, at)).collect();
        let found = Sensitivity {
            scenario,
            measures: &measures,
            base: &values,
            swings: swings.as_deref(),
            claims: claims.as_deref(),
            cube: &study.cube,
            screening: screening.as_ref(),
            shares: shares.as_ref().map(|shares| (shares, groups.as_slice())),
            how: &how(&experiment, &asked.settings),
        };
        Ok(Found {
            tables: output::sensitivity_tables(&found, arguments.each),
            text: output::sensitivity_text(&found, style()),
            by: experiment.method(),
            status: Status::Done,
        })
    })
}

/// The measures that are asked for, or everything that is wrong with what is asked.
fn checked(arguments: &Arguments, scenario: &Scenario, factors: &[Factor]) -> Result<Vec<Measure>, Refusal> {
    let (measures, mut wrong) = match scenario.measures_at(&arguments.of) {
        Ok(measures) => (measures, Vec::new()),
        Err(wrong) => (Vec::new(), wrong),
    };
    let designed = arguments.by.iter().any(|by| matches!(by, By::Morris | By::Sobol));
    if designed && factors.is_empty() {
        wrong.push(
            "there is no number to vary: --over payoffs or --over all takes more than parameters".to_owned(),
        );
    }
    if arguments.by.contains(&By::Sobol) && 2 * factors.len() > MOST_DIMENSIONS {
        let (most, count) = (MOST_DIMENSIONS / 2, factors.len());
        wrong
            .push(format!("Sobol's design takes at most {most} numbers, not {count}: try --by morris first"));
    }
    if wrong.is_empty() { Ok(measures) } else { Err(wrong.into()) }
}

/// How the base was found.
fn how(experiment: &Experiment<'_>, settings: &Settings) -> String {
    let draws = match experiment.draws() {
        0 => "every parameter at its central value".to_owned(),
        draws => format!("{draws} draws"),
    };
    match experiment.method() {
        Method::Exact => format!("{draws}, found exactly"),
        Method::Sample | Method::Auto => format!("{} plays, {draws}", settings.replications),
    }
}

/// The study on its way.
struct Study<'a> {
    arguments: &'a Arguments,
    asked: &'a Asked<'a>,
    prepared: &'a Prepared<'a>,
    cube: Cube<'a>,
}

impl Study<'_> {
    fn is_asked(&self, by: By) -> bool {
        self.arguments.by.contains(&by)
    }

    /// Says what is to come, as it may take long.
    fn announce(&self, by: &str, points: usize, experiment: &Experiment<'_>, plays: u64) {
        if self.arguments.common.output.quiet {
            return;
        }
        let each = match (experiment.method(), experiment.draws()) {
            (Method::Exact, 0) => "found exactly".to_owned(),
            (Method::Exact, draws) => format!("each found exactly under {draws} draws"),
            (_, 0) => format!("of {plays} plays each"),
            (_, draws) => format!("of {plays} plays and {draws} draws each"),
        };
        say(&format!("{by}: {points} points, {each}"));
    }

    fn tornado(&self, experiment: &Experiment<'_>, base: &Response) -> Result<Option<Vec<Swing>>, Refusal> {
        if !self.is_asked(By::Tornado) {
            return Ok(None);
        }
        let (factors, off_by) = (&self.cube.factors, self.arguments.off_by);
        let points = tornado_points(self.prepared.scenario, factors, off_by);
        self.announce("tornado", points, experiment, self.asked.settings.replications);
        Ok(Some(tornado(experiment, base, factors, off_by, self.asked.watching)?))
    }

    fn claims(
        &self,
        experiment: &Experiment<'_>,
        base: &Response,
    ) -> Result<Option<Vec<WrongClaim>>, Refusal> {
        if !self.is_asked(By::Claim) {
            return Ok(None);
        }
        let points = claim_points(self.prepared.scenario, self.arguments.off_by);
        self.announce("claim", points, experiment, self.asked.settings.replications);
        Ok(Some(wrong_claims(experiment, base, self.arguments.off_by, self.asked.watching)?))
    }

    /// An experiment for designs, whose points leave nothing to draw.
    fn designed(&self, measures: &[Measure]) -> Result<(Experiment<'_>, u64), Refusal> {
        let all = self.asked.settings.replications;
        let plays = self.arguments.plays.unwrap_or(all.div_ceil(10));
        let settings = Settings { replications: plays, draws: Some(0), ..self.asked.settings.clone() };
        Ok((Experiment::new(self.prepared, measures.to_vec(), &settings, self.asked.method)?, plays))
    }

    fn screening(&self, measures: &[Measure]) -> Result<Option<Screening>, Refusal> {
        if !self.is_asked(By::Morris) {
            return Ok(None);
        }
        let (experiment, plays) = self.designed(measures)?;
        let walks = self.arguments.walks;
        self.announce("morris", walks * (self.cube.factors.len() + 1), &experiment, plays);
        let seed = self.asked.settings.seed;
        Ok(Some(screening(&experiment, &self.cube, walks, seed, self.asked.watching)?))
    }

    fn shares(
        &self,
        measures: &[Measure],
        groups: &[(String, Vec<usize>)],
    ) -> Result<Option<Shares>, Refusal> {
        if !self.is_asked(By::Sobol) {
            return Ok(None);
        }
        let (experiment, plays) = self.designed(measures)?;
        let rows = self.arguments.rows;
        self.announce("sobol", rows * (self.cube.factors.len() + groups.len() + 2), &experiment, plays);
        let seed = self.asked.settings.seed;
        Ok(Some(shares(&experiment, &self.cube, groups, rows, seed, self.asked.watching)?))
    }

    /// The claims on which several of the numbers rest, but not all.
    fn groups(&self) -> Vec<(String, Vec<usize>)> {
        let scenario = self.prepared.scenario;
        let places = |claim: usize| -> Vec<usize> {
            let resting = scenario.resting_on(claim);
            let varied = self.cube.factors.iter().enumerate();
            varied.filter(|(_, factor)| resting.contains(factor)).map(|(at, _)| at).collect()
        };
        let named = (0..scenario.claims.len())
            .map(|claim| (format!("claims.{}", scenario.claims[claim].id), places(claim)));
        named.filter(|(_, places)| (2..self.cube.factors.len()).contains(&places.len())).collect()
    }
}
