//! `models`: the same scenario under every decision model.

use clap::{ArgMatches, Args};
use demarche::output::{self, ModelResult};
use demarche::study::{Branching, DecisionModel, Method, Run, StudyError, Watch, decision_models, evaluate};

use super::arguments::{OutputArguments, RunArguments, ScenarioArguments};
use super::folder::Folder;
use super::give::{Given, give_into};
use super::open::{open, reread};
use super::run::style;
use super::watch::{Watching, explain_failure};
use super::{Status, print};

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
    scenario: ScenarioArguments,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    output: OutputArguments,
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    let Some(opened) = open(&arguments.scenario, given, arguments.output.quiet) else {
        return Ok(Status::Wrong);
    };
    let folder = arguments.output.out.as_deref().map(Folder::prepare).transpose()?;
    let settings = arguments.run.settings();
    let watching = Watching::new(arguments.output.quiet);
    let mut results: Vec<ModelResult> = Vec::new();
    for model in decision_models(&opened.document.scenario) {
        match under(arguments, given, &opened.text, &model, &watching)? {
            Err(error @ StudyError::Stopped) => return Ok(explain_failure(&error, &opened.sources)),
            found => results.push((model, found.map_err(|error| error.to_string()))),
        }
    }
    watching.finish();
    let scenario = &opened.document.scenario;
    let tables = [("models".to_owned(), output::models_table(scenario, &results))];
    let found =
        Given { tables: &tables, document: &opened.document, settings: &settings, by: Method::Sample };
    if !give_into(folder, &found, &arguments.output)? {
        print(&output::models_text(scenario, &results, style()))?;
    }
    Ok(Status::Done)
}

/// The scenario's distribution under one model.
fn under(
    arguments: &Arguments,
    given: Option<&ArgMatches>,
    text: &[u8],
    model: &DecisionModel,
    watching: &Watching,
) -> anyhow::Result<Result<Run, StudyError>> {
    let mut scenario = arguments.scenario.clone();
    scenario.set.extend(model.sets.iter().cloned());
    let document = match reread(&scenario, given, text) {
        Ok(document) => document,
        Err(why) => return Ok(Err(StudyError::Unsound(why))),
    };
    let settings = arguments.run.settings();
    let method = arguments.run.method();
    let watching = UnderModel { watching, name: model.name };
    arguments.run.on_threads(|| evaluate(&document, &settings, method, 0.0, &watching, None))
}

/// Watches one model's run.
struct UnderModel<'w> {
    watching: &'w Watching,
    name: &'static str,
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
