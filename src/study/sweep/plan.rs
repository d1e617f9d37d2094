//! A design that fits its scenario, and what had to be read again for it.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::design::{Column, Design, Value};
use crate::scenario::{
    Changes, Diagnostic, Document, Factor, Measure, Reading, Scenario, Severity, Sources, Span,
};

/// Reads the scenario again with more assignments `PATH=VALUE`.
pub type Reread<'r> = Box<dyn Fn(&[String]) -> Reading + 'r>;

/// What a plan is made of.
pub struct PlanRequest<'d> {
    /// The scenario.
    pub document: &'d Document,
    /// What is varied, and where.
    pub design: Design,
    /// What is wrong with it already, to be told with the rest.
    pub errors: Vec<Diagnostic>,
    /// Paths of measures, with their places; none: the probabilities of all outcomes.
    pub measures: Vec<(String, Span)>,
    /// How the scenario is read again.
    pub reread: Reread<'d>,
}

/// A design that fits its scenario: every point can be evaluated without reading anything.
///
/// A column whose path is a number of the scenario, and whose values are numbers, costs no reading: such numbers
/// are put in place of the scenario's. For every combination of the other columns' values that the design has,
/// the scenario is read again, once.
pub struct Plan<'d> {
    /// What is varied, and where.
    pub design: Design,
    /// The paths of the measures.
    pub measures: Vec<String>,
    /// Whether somebody asked for these measures.
    pub named: bool,
    pub(super) groups: Vec<Group<'d>>,
}

/// The points that share a reading of the scenario.
pub(super) struct Group<'d> {
    pub(super) document: Cow<'d, Document>,
    /// By number.
    pub(super) points: Vec<usize>,
    /// The number that each column changes; `None` where the text has the value.
    pub(super) factors: Vec<Option<Factor>>,
    pub(super) measures: Vec<Measure>,
}

/// So many errors say enough.
const MOST_ERRORS: usize = 20;

impl<'d> Plan<'d> {
    /// Fits a design to its scenario. Cost: a reading for every combination of values that are no numbers, and the
    /// evaluation of all amounts for every point.
    ///
    /// # Errors
    /// All paths, values and measures that the scenario does not know, and numbers that are out of range: each at
    /// the place in the design where it is written.
    pub fn new(request: PlanRequest<'d>) -> Result<Self, Vec<Diagnostic>> {
        let mut planner = Planner::new(&request);
        let fast = planner.everything_fits();
        let PlanRequest { document, measures, .. } = &request;
        let named = !measures.is_empty();
        let measures = if measures.is_empty() {
            outcomes(&document.scenario)
        } else {
            distinct(measures.iter().map(|(path, _)| path.clone()))
        };
        let groups = if planner.errors.is_empty() { planner.groups(&fast, &measures) } else { Vec::new() };
        if planner.errors.is_empty() {
            for group in &groups {
                planner.points_fit(group);
            }
        }
        let errors = planner.finish();
        if errors.is_empty() {
            Ok(Self { design: request.design, measures, named, groups })
        } else {
            Err(errors)
        }
    }

    /// How often the scenario is read again.
    #[must_use]
    pub fn readings(&self) -> usize {
        self.groups.iter().filter(|group| matches!(group.document, Cow::Owned(_))).count()
    }

    /// What a group's point changes.
    pub(super) fn changes(&self, group: &Group<'_>, point: usize) -> Changes {
        changes(&self.design, group, point)
    }
}

/// What does not fit of a design, as far as can be told without making a plan of it: see [`Plan::new`]. Cost: a reading
/// for every column that is no number of the scenario.
#[must_use]
pub fn fitting(request: &PlanRequest<'_>) -> Vec<Diagnostic> {
    let mut planner = Planner::new(request);
    planner.everything_fits();
    planner.finish()
}

fn changes(design: &Design, group: &Group<'_>, point: usize) -> Changes {
    let mut changes = Changes::default();
    for (column, factor) in group.factors.iter().enumerate() {
        if let (Some(factor), Some(number)) = (factor, design.value(point, column).number) {
            changes.set(factor, number);
        }
    }
    changes
}

/// The paths of all outcomes' probabilities.
fn outcomes(scenario: &Scenario) -> Vec<String> {
    let classes = scenario.classifications.iter();
    let path = |class: &str, outcome: &str| format!("outcomes.{class}.{outcome}");
    classes.flat_map(|class| class.outcomes.iter().map(move |it| path(&class.id, &it.id))).collect()
}

fn distinct(paths: impl Iterator<Item = String>) -> Vec<String> {
    let mut known = FxHashSet::default();
    paths.filter(|path| known.insert(path.clone())).collect()
}

struct Planner<'d, 'p> {
    document: &'d Document,
    design: &'p Design,
    request: &'p PlanRequest<'d>,
    errors: Vec<Diagnostic>,
    reported: FxHashSet<(Span, String)>,
}

impl<'d, 'p> Planner<'d, 'p> {
    fn new(request: &'p PlanRequest<'d>) -> Self {
        let PlanRequest { document, design, errors, .. } = request;
        Self { document, design, request, errors: errors.clone(), reported: FxHashSet::default() }
    }

    /// Looks at measures, paths and values one by one; for each column, whether its values are numbers in place of a
    /// number of the scenario.
    fn everything_fits(&mut self) -> Vec<bool> {
        let fast = self.fast_columns();
        self.measures_exist(&self.request.measures);
        self.words_fit(&fast);
        self.values_fit(&fast);
        fast
    }

    fn tell(&mut self, error: Diagnostic) {
        if self.reported.insert((error.span, error.message.clone())) {
            self.errors.push(error);
        }
    }

    fn full(&self) -> bool {
        self.errors.len() >= MOST_ERRORS
    }

    fn finish(self) -> Vec<Diagnostic> {
        let mut errors = self.errors;
        let more = errors.len().saturating_sub(MOST_ERRORS);
        errors.truncate(MOST_ERRORS);
        match errors.pop() {
            Some(last) if more > 0 => errors.push(last.help(format!("and {more} more"))),
            Some(last) => errors.push(last),
            None => {}
        }
        errors
    }

    /// For each column, whether its values are numbers in place of a number of the scenario.
    fn fast_columns(&self) -> Vec<bool> {
        let known: FxHashSet<String> =
            self.document.scenario.factors().into_iter().map(|factor| factor.path).collect();
        let is_fast = |column: &Column| {
            known.contains(&column.path) && column.values.iter().all(|value| value.number.is_some())
        };
        self.design.columns.iter().map(is_fast).collect()
    }

    fn measures_exist(&mut self, measures: &[(String, Span)]) {
        for (path, span) in measures {
            if let Err(why) = self.document.scenario.measure(path) {
                self.tell(Diagnostic::error("unknown-measure", *span, why));
            }
        }
    }

    /// Tries a value of each column that is read again, so that a slip in a path is told once; and every one that
    /// is a word among numbers, which is likely to be a slip.
    fn words_fit(&mut self, fast: &[bool]) {
        for (column, _) in self.design.columns.iter().zip(fast).filter(|(_, fast)| !**fast) {
            if self.errors.iter().any(|error| error.span == column.span) {
                continue;
            }
            let mixed = column.values.iter().any(|value| value.number.is_some());
            let words = column.values.iter().filter(|value| mixed && value.number.is_none());
            for value in column.values.first().into_iter().chain(words) {
                if !self.full() {
                    self.read(&[(column, value)], true);
                }
            }
        }
    }

    /// The scenario with some values in its text. `slips_alone`: only what is wrong with the assignments is told.
    fn read(&mut self, values: &[(&Column, &Value)], slips_alone: bool) -> Option<Document> {
        let sets: Vec<String> =
            values.iter().map(|(column, value)| format!("{}={}", column.path, value.text)).collect();
        let reading = (self.request.reread)(&sets);
        let errors = reading.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        for error in errors.take(MOST_ERRORS) {
            let typed = &reading.sources.get(error.span.file).text;
            let own = sets.iter().position(|set| set == typed);
            match own {
                Some(at) => {
                    let (column, value) = values[at];
                    let in_path = (error.span.start as usize) < column.path.len();
                    let span = if in_path { column.span } else { value.span };
                    self.tell(Diagnostic { span, labels: Vec::new(), ..error.clone() });
                }
                None if slips_alone => {}
                None => self.tell(elsewhere(error, &reading.sources, values)),
            }
        }
        reading.document
    }

    /// The design's points by the values that only the text can have.
    fn groups(&mut self, fast: &[bool], measures: &[String]) -> Vec<Group<'d>> {
        let design = self.design;
        let slow: Vec<usize> = (0..fast.len()).filter(|column| !fast[*column]).collect();
        let mut places: FxHashMap<Vec<usize>, usize> = FxHashMap::default();
        let mut points: Vec<Vec<usize>> = Vec::new();
        for (number, point) in design.points.iter().enumerate() {
            let words: Vec<usize> = slow.iter().map(|column| point[*column]).collect();
            let place = *places.entry(words).or_insert(points.len());
            if place == points.len() {
                points.push(Vec::new());
            }
            points[place].push(number);
        }
        let mut groups = Vec::new();
        for points in points {
            if self.full() {
                break;
            }
            let values: Vec<(&Column, &Value)> = slow
                .iter()
                .map(|&column| (&design.columns[column], design.value(points[0], column)))
                .collect();
            let document = if slow.is_empty() {
                Some(Cow::Borrowed(self.document))
            } else {
                self.read(&values, false).map(Cow::Owned)
            };
            if let Some(document) = document {
                groups.push(self.group(document, points, fast, measures, &values));
            }
        }
        groups
    }

    /// A group, where everything that is asked for is there.
    fn group(
        &mut self,
        document: Cow<'d, Document>,
        points: Vec<usize>,
        fast: &[bool],
        measures: &[String],
        values: &[(&Column, &Value)],
    ) -> Group<'d> {
        let span = values.first().map_or_else(Span::default, |(_, value)| value.span);
        let mut known: FxHashMap<String, Factor> =
            document.scenario.factors().into_iter().map(|factor| (factor.path.clone(), factor)).collect();
        let factors: Vec<Option<Factor>> = self
            .design
            .columns
            .iter()
            .zip(fast)
            .map(|(column, fast)| fast.then(|| known.remove(&column.path)).flatten())
            .collect();
        for ((column, factor), fast) in self.design.columns.iter().zip(&factors).zip(fast) {
            if *fast && factor.is_none() {
                let message =
                    format!("`{}` is not a number of the scenario {}", column.path, whereby(values));
                self.tell(Diagnostic::error("unknown-path", column.span, message));
            }
        }
        let mut found = Vec::new();
        for path in measures {
            match document.scenario.measure(path) {
                Ok(measure) => found.push(measure),
                Err(why) => {
                    self.tell(Diagnostic::error(
                        "unknown-measure",
                        span,
                        format!("{why} {}", whereby(values)),
                    ));
                }
            }
        }
        Group { document, points, factors, measures: found }
    }

    /// Whether all numbers are in range one by one, where everything else is as the scenario has it.
    fn values_fit(&mut self, fast: &[bool]) {
        let scenario = &self.document.scenario;
        let known: FxHashMap<String, Factor> =
            scenario.factors().into_iter().map(|factor| (factor.path.clone(), factor)).collect();
        let columns = self.design.columns.iter().zip(fast).filter(|(_, fast)| **fast && !self.design.sampled);
        for (column, _) in columns {
            let Some(factor) = known.get(&column.path) else { continue };
            for value in &column.values {
                let mut changes = Changes::default();
                changes.set(factor, value.number.unwrap_or(f64::NAN));
                if let Some(error) = wrong(scenario, &changes) {
                    self.tell(Diagnostic { span: value.span, labels: Vec::new(), ..error });
                }
            }
        }
    }

    /// Whether all numbers of a group's points are in range together, other parameters at their central values.
    fn points_fit(&mut self, group: &Group<'_>) {
        let design = self.design;
        let scenario = &group.document.scenario;
        for &point in &group.points {
            if self.full() {
                break;
            }
            let Some(error) = wrong(scenario, &changes(design, group, point)) else { continue };
            let place = if design.sampled { format!("point {}", point + 1) } else { design.place(point) };
            let span = design.columns.first().map_or_else(Span::default, |_| design.value(point, 0).span);
            let message = format!("{} where {place}", error.message);
            self.tell(Diagnostic { span, message, labels: Vec::new(), ..error });
        }
    }
}

/// The first number that is out of range.
fn wrong(scenario: &Scenario, changes: &Changes) -> Option<Diagnostic> {
    let parameters = scenario.central_under(changes);
    scenario.numbers_under(changes, &parameters).err()?.into_iter().next()
}

/// `where turns = 3`
fn whereby(values: &[(&Column, &Value)]) -> String {
    let one = |(column, value): &(&Column, &Value)| format!("{} = {}", column.path, value.text);
    format!("where {}", values.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// An error in the scenario's own texts, which a value has brought about.
fn elsewhere(error: &Diagnostic, sources: &Sources, values: &[(&Column, &Value)]) -> Diagnostic {
    let (line, column) = sources.line_column(error.span.file, error.span.start);
    let place = format!("{}:{line}:{column}", sources.get(error.span.file).name);
    let span = values.first().map_or_else(Span::default, |(_, value)| value.span);
    let message = format!("{} ({place}) {}", error.message, whereby(values));
    Diagnostic { span, message, labels: Vec::new(), ..error.clone() }
}
