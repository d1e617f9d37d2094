//! `models`: the same scenario under every decision model.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use crate::scenario::Severity;
use crate::study::{
    Bifurcation, DecisionModel, Evaluating, Method, Run, StudyError, Watch, decision_models,
    evaluate_prepared,
};

/// `models` has no options of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ModelsOptions {}

/// The outcomes under every decision model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelsFindings {
    /// Each model with what it came to.
    pub models: Vec<ModelResult>,
}

/// A model with what it came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelResult {
    /// The model.
    pub model: DecisionModel,
    /// The distribution; or why there is none.
    pub run: Result<Run, String>,
}

impl Options for ModelsOptions {
    type Findings = ModelsFindings;

    fn read(_: &mut Fields) -> Self {
        Self {}
    }

    fn faults(&self, _: &Asking<'_>) -> Vec<Fault> {
        Vec::new()
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let mut models = Vec::new();
        for model in decision_models(&asking.session.document().scenario) {
            let run = match under(asking, &model) {
                Err(StudyError::Stopped) => return Err(StudyError::Stopped.into()),
                found => found.map_err(|error| error.to_string()),
            };
            models.push(ModelResult { model, run });
        }
        let exact = |result: &ModelResult| result.run.as_ref().is_ok_and(|run| run.by == Method::Exact);
        let method = if models.iter().all(exact) { Method::Exact } else { Method::Sample };
        Ok(Found { findings: ModelsFindings { models }, method, sampling: asking.sampling.clone() })
    }
}

/// The scenario's distribution under one model.
fn under(asking: &Asking<'_>, model: &DecisionModel) -> Result<Run, StudyError> {
    let reading = asking.session.reading_with(&model.sets);
    let mut errors = reading.diagnostics.into_iter().filter(|it| it.severity == Severity::Error);
    let document = reading
        .document
        .ok_or_else(|| StudyError::Unsound(errors.next().map_or_else(String::new, |error| error.message)))?;
    let watch = UnderModel { watch: asking.watch, name: &model.name };
    let prepared = asking.session.prepare(&document)?;
    let method = asking.settings.method;
    let how = Evaluating { settings: asking.sampling, method, tolerance: 0.0, watch: &watch };
    evaluate_prepared(&prepared, &how, None)
}

/// Watches one model's run.
struct UnderModel<'w> {
    watch: &'w dyn Watch,
    name: &'w str,
}

impl Watch for UnderModel<'_> {
    fn progress(&self, done: u64, total: u64) {
        self.watch.progress(done, total);
    }

    fn stopped(&self) -> bool {
        self.watch.stopped()
    }

    fn branches(&self, branching: &Bifurcation) {
        let place = format!("under the model \"{}\", {}", self.name, branching.place);
        self.watch.branches(&Bifurcation { place, ..branching.clone() });
    }
}
