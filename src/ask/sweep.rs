//! `sweep`: what measures are wherever values stand.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::failure::{Advice, Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use crate::scenario::{Diagnostic, Sources, Span};
use crate::study::designs::{latin, sobol};
use crate::study::sweep::{
    Column, Design, MOST_POINTS, Plan, PlanRequest, SweepResult, fitting, read_axis, read_points, sweep,
};
use crate::study::{Points, Settings};

/// What is varied, and what is measured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SweepOptions {
    /// Paths with their values: `parameters.prestige=0..4:9`, nine values from 0 to 4, or `turns=2,4`; all combinations
    /// are evaluated, the first path's values changing slowest.
    pub vary: Vec<String>,
    /// A file of points, in CSV: paths in its first row, a point in every other.
    pub points: Option<String>,
    /// So many points over the uncertain parameters, as a Latin hypercube.
    pub latin: Option<usize>,
    /// So many points over the uncertain parameters, as scrambled Sobol points.
    pub sobol: Option<usize>,
    /// Paths of measures; none: every outcome.
    pub of: Vec<String>,
}

/// What was found at every point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepFindings {
    /// What was varied, and where.
    pub design: Design,
    /// The paths of the measures.
    pub measures: Vec<String>,
    /// Whether the question names these measures.
    pub named: bool,
    /// What was found.
    pub swept: SweepResult,
}

/// The keys of which one says what is varied.
const DESIGNS: [&str; 4] = ["vary", "points", "latin", "sobol"];

impl Options for SweepOptions {
    type Findings = SweepFindings;

    fn read(fields: &mut Fields) -> Self {
        let given: Vec<&str> = DESIGNS.into_iter().filter(|key| fields.has(key)).collect();
        match given[..] {
            [] => fields.fault("vary", "is missing, and so are `points`, `latin` and `sobol`"),
            [_] => {}
            [first, second, ..] => fields.fault(second, format!("cannot be used with `{first}`")),
        }
        let most = u32::try_from(MOST_POINTS).unwrap_or(u32::MAX);
        Self {
            vary: fields.texts("vary"),
            points: fields.text("points"),
            latin: fields.count("latin", 1, most),
            sobol: fields.count("sobol", 1, most),
            of: fields.texts("of"),
        }
    }

    fn each_file(&mut self, visit: &mut dyn FnMut(&'static str, &mut String)) {
        if let Some(points) = &mut self.points {
            visit("points", points);
        }
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        self.request(asking).err().unwrap_or_default()
    }

    fn check(&self, asking: &Asking<'_>) -> Result<(), Failure> {
        let request = self.request(asking)?;
        let diagnostics = fitting(&request.plan);
        request.refused_for(diagnostics)
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let Request { plan, sources } = self.request(asking)?;
        let plan = Plan::new(plan)
            .map_err(|diagnostics| Failure::Text { diagnostics, sources: Box::new(sources) })?;
        let sampling = self.sampling(asking.sampling);
        let method = asking.settings.method;
        asking.watch.begins(&Points {
            what: String::new(),
            count: plan.design.points.len(),
            method,
            plays: sampling.replications,
            draws: sampling.draws.unwrap_or_default(),
        });
        let swept = sweep(&plan, &sampling, method, asking.watch)?;
        let method = swept.method;
        let Plan { design, measures, named, .. } = plan;
        let findings = SweepFindings { design: design.without_places(), measures, named, swept };
        Ok(Found { findings, method, sampling })
    }
}

/// What is to be planned, and the texts that it stands in.
struct Request<'d> {
    plan: PlanRequest<'d>,
    sources: Sources,
}

impl Request<'_> {
    fn refused_for(self, diagnostics: Vec<Diagnostic>) -> Result<(), Failure> {
        if diagnostics.is_empty() {
            return Ok(());
        }
        Err(Failure::Text { diagnostics, sources: Box::new(self.sources) })
    }
}

impl SweepOptions {
    /// What is left to chance: a design over all uncertain parameters leaves nothing to draw.
    fn sampling(&self, settings: &Settings) -> Settings {
        let fixed = self.latin.or(self.sobol).is_some();
        Settings { draws: if fixed { Some(0) } else { settings.draws }, ..settings.clone() }
    }

    fn request<'d>(&self, asking: &Asking<'d>) -> Result<Request<'d>, Vec<Fault>> {
        let session = asking.session;
        let mut sources = session.sources().clone();
        let (design, errors) = self.design(asking, &mut sources)?;
        let of = |(number, path): (usize, &String)| {
            let file = sources.add_typed(format!("of {number}"), path.as_str());
            (path.clone(), Span { file, start: 0, end: u32::try_from(path.len()).unwrap_or(u32::MAX) })
        };
        let measures = (1..).zip(&self.of).map(of).collect();
        let reread = Box::new(|sets: &[String]| session.reading_with(sets));
        let plan = PlanRequest { document: session.document(), design, errors, measures, reread };
        Ok(Request { plan, sources })
    }

    /// What is varied and where, and what is wrong with the text of it.
    fn design(
        &self,
        asking: &Asking<'_>,
        sources: &mut Sources,
    ) -> Result<(Design, Vec<Diagnostic>), Vec<Fault>> {
        if let Some(name) = &self.points {
            let Some(text) = asking.session.source().file(name) else {
                let why = format!("`{name}` is not among the texts of the scenario");
                return Err(vec![Fault::of("points", why)]);
            };
            return Ok(read_points(sources, name, text));
        }
        let fault = |fault| vec![fault];
        if let Some(count) = self.latin {
            let dimensions = uncertain(asking, "latin").map_err(fault)?;
            let points = latin(dimensions, count, asking.sampling.seed);
            return Ok((spread(asking, sources, "latin", &points), Vec::new()));
        }
        if let Some(count) = self.sobol {
            let dimensions = uncertain(asking, "sobol").and_then(few_enough).map_err(fault)?;
            let points = sobol::points(dimensions, count, Some(asking.sampling.seed));
            return Ok((spread(asking, sources, "sobol", &points), Vec::new()));
        }
        self.grid(sources)
    }

    /// All combinations of what is varied.
    fn grid(&self, sources: &mut Sources) -> Result<(Design, Vec<Diagnostic>), Vec<Fault>> {
        let mut columns: Vec<Column> = Vec::new();
        let mut errors = Vec::new();
        for (number, text) in (1..).zip(&self.vary) {
            match read_axis(sources, &format!("vary {number}"), text) {
                Err(mut wrong) => errors.append(&mut wrong),
                Ok(column) => match columns.iter().find(|first| first.path == column.path) {
                    None => columns.push(column),
                    Some(first) => {
                        let message = format!("`{}` is varied twice", column.path);
                        let error = Diagnostic::error("repeated", column.span, message);
                        errors.push(error.label(first.span, "first here"));
                    }
                },
            }
        }
        let design = Design::grid(columns).map_err(|why| vec![Fault::whole(why)])?;
        Ok((design, errors))
    }
}

/// The number of uncertain parameters, where there are any.
fn uncertain(asking: &Asking<'_>, key: &'static str) -> Result<usize, Fault> {
    let dimensions = asking.session.document().scenario.uncertain().len();
    if dimensions == 0 {
        let why = "it varies the uncertain parameters, and the scenario has none";
        return Err(Fault::of(key, why).advise(Advice::Use { key: "vary", value: None }));
    }
    Ok(dimensions)
}

/// The number of uncertain parameters, where there are Sobol points of so many dimensions.
fn few_enough(dimensions: usize) -> Result<usize, Fault> {
    if dimensions > sobol::MOST_DIMENSIONS {
        let most = sobol::MOST_DIMENSIONS;
        let why =
            format!("{dimensions} parameters are uncertain, and there are Sobol points for {most} at most");
        return Err(Fault::of("sobol", why).advise(Advice::Use { key: "latin", value: None }));
    }
    Ok(dimensions)
}

/// Points of a design, through the distributions of the uncertain parameters.
fn spread(asking: &Asking<'_>, sources: &mut Sources, key: &str, points: &[Vec<f64>]) -> Design {
    let file = sources.add_typed(key, points.len().to_string());
    let scenario = &asking.session.document().scenario;
    Design::through_distributions(scenario, points, Span { file, start: 0, end: 0 })
}
