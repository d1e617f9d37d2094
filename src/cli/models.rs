//! `models`: the same scenario under every decision model.

use clap::{ArgMatches, Args};
use demarche::output::{self, ModelResult};
use demarche::study::{Branching, DecisionModel, Method, Run, StudyError, Watch, decision_models, evaluate};

use super::Status;
use super::frame::{Asked, CommonArguments, Found, answer};
use super::open::reread;
use super::run::style;
use super::watch::Watching;

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche models scenarios/deterrence.toml
  demarche models scenarios/deterrence.toml --draws 0 --out out/models";

/// Run a scenario under every decision model
///
/// Noisy, sharp, short-sighted, far-sighted, at several levels of reasoning, in equilibrium, learning: each
/// replaces how all actors choose, and nothing else, on the same chance. A finding that survives them all
/// does not rest on how the actors think. A model that the scenario rules out is said to be so.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    common: CommonArguments,
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    answer(&arguments.common, given, |asked| {
        let scenario = &asked.opened.document.scenario;
        let mut results: Vec<ModelResult> = Vec::new();
        for model in decision_models(scenario) {
            match under(&arguments.common, given, asked, &model) {
                Err(StudyError::Stopped) => return Err(StudyError::Stopped.into()),
                found => results.push((model, found.map_err(|error| error.to_string()))),
            }
        }
        Ok(Found {
            tables: vec![("models".to_owned(), output::models_table(scenario, &results))],
            text: output::models_text(scenario, &results, style()),
            by: Method::Sample,
            status: Status::Done,
        })
    })
}

/// The scenario's distribution under one model.
fn under(
    common: &CommonArguments,
    given: Option<&ArgMatches>,
    asked: &Asked<'_>,
    model: &DecisionModel,
) -> Result<Run, StudyError> {
    let mut scenario = common.scenario.clone();
    scenario.set.extend(model.sets.iter().cloned());
    let document = reread(&scenario, given, &asked.opened.text).map_err(StudyError::Unsound)?;
    let watching = UnderModel { watching: asked.watching, name: &model.name };
    evaluate(&document, &asked.settings, asked.method, 0.0, &watching, None)
}

/// Watches one model's run.
struct UnderModel<'w> {
    watching: &'w Watching,
    name: &'w str,
}

impl Watch for UnderModel<'_> {
    fn progress(&self, done: u64, total: u64) {
        self.watching.progress(done, total);
    }

    fn stopped(&self) -> bool {
        self.watching.stopped()
    }

    fn branches(&self, branching: &Branching) {
        let place = format!("under the model \"{}\", {}", self.name, branching.place);
        self.watching.branches(&Branching { place, ..branching.clone() });
    }
}
