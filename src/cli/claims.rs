//! `claims`: which numbers rest on which claim, and what they do.

use clap::{ArgMatches, Args};
use demarche::output::{self, Claims};
use demarche::scenario::{Measure, Scenario};
use demarche::study::{Experiment, Shared};

use super::Status;
use super::arguments::number;
use super::evaluate::style_old as style;
use super::frame::{CommonArguments, Found, answer};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche claims scenarios/deterrence.toml
  demarche claims scenarios/deterrence.toml --by 0.2 --of outcomes.crisis.war";

/// Say which numbers rest on which claim, and what they move
///
/// For every claim: the parameters and amounts whose `because` cites it, and what each outcome does when all of
/// them go to the low ends of their ranges, to the high ends, and when the payoffs that cite it are 0, on the
/// same chance. Uncertain parameters go to the ends of their distributions (to the 1 % and 99 % quantiles of one
/// without ends). Numbers that give no reason at all are listed as bare.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What is asked of: --of outcomes.war.truce; repeatable [default: every outcome]
    #[arg(long, value_name = "MEASURE", help_heading = "What is asked")]
    of: Vec<String>,

    /// How far known numbers move, as a share of them
    ///
    /// 0.5 takes them from half to one and a half times what they are; probabilities and weights stay within
    /// what they may be.
    #[arg(long, value_name = "SHARE", default_value = "0.5", allow_negative_numbers = true, value_parser = share,
          help_heading = "What is asked")]
    by: f64,

    #[command(flatten)]
    common: CommonArguments,
}

/// A share above 0.
fn share(text: &str) -> Result<f64, String> {
    number(text, |share| 0.0 < share && share <= 10.0, "a number above 0 and up to 10, such as 0.5")
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    answer(&arguments.common, given, |asked| {
        let document = &asked.opened.document;
        let scenario = &document.scenario;
        let of = &arguments.of;
        let measures = if of.is_empty() { outcomes(scenario) } else { scenario.measures_at(of)? };
        let prepared = Shared::default().prepare(scenario, &document.slots)?;
        let experiment = Experiment::new(&prepared, measures, &asked.settings, asked.method)?;
        let (base, results) = demarche::study::claims(&experiment, arguments.by, asked.watching)?;
        let measures = experiment.measures();
        let claims = Claims {
            scenario,
            measures: &measures.iter().map(|m| scenario.measure_name(*m)).collect::<Vec<_>>(),
            base: &(0..measures.len()).map(|at| base.value(at)).collect::<Vec<_>>(),
            shares: &(0..measures.len()).map(|at| experiment.is_share(at)).collect::<Vec<_>>(),
            results: &results,
            by: arguments.by,
        };
        Ok(Found {
            tables: output::claims_tables(&claims),
            text: output::claims_text(&claims, style()),
            by: experiment.method(),
            status: Status::Done,
        })
    })
}

/// Every outcome of every classification.
fn outcomes(scenario: &Scenario) -> Vec<Measure> {
    let classes = scenario.classifications.iter().enumerate();
    let outcomes = classes.flat_map(|(class, it)| (0..it.outcomes.len()).map(move |at| (class, at)));
    outcomes.map(|(class, at)| Measure::Outcome(class, at)).collect()
}
