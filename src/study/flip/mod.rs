//! The smallest changes that turn a scenario's answer into another.
//!
//! Every point meets the same chance and the same draws, so an answer is a fixed function of the number that is
//! changed, without noise from look to look, and its crossings can be searched for. How far chance itself may have
//! moved a crossing is found by turning the test around: the places at which the lead's 95 % interval holds 0.

mod criterion;
mod frontier;
mod itp;
mod line;
mod search_variable;
#[cfg(test)]
mod tests;

pub use criterion::{Criterion, Margins};
pub use frontier::{Boundary, Column, Frontier, frontier};
pub use search_variable::{LOOKS_FURTHER, SearchVariable, Selection};

use serde::{Deserialize, Serialize};

use crate::scenario::Changes;
use crate::study::{Experiment, NoAnswer, StudyError, Watch};
use line::{Crossing, Fineness, Line, Search, Track, refine};
use search_variable::spread;

/// What flips an answer, number by number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flips {
    /// The scenario as it stands.
    pub base: Margins,
    /// What became of each number: the smallest change that flips first, then those that do not, in the order in
    /// which they were asked for. Empty where no answer leads: there is none to flip.
    pub rows: Vec<Flip>,
    /// Whether margins have a Monte Carlo error.
    pub uncertain: bool,
    /// Points that were looked at.
    pub points: usize,
}

/// What became of one number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flip {
    /// The number, with its range.
    pub variable: SearchVariable,
    /// Whether it flips the answer.
    pub verdict: FlipVerdict,
    /// Whether some of its range could not be computed.
    pub cut: bool,
    /// Why, at the first place that was seen to have no answer.
    pub absent: Option<NoAnswer>,
    /// Whether it flips farther out than it is taken to be off by: see [`SearchVariable::expected`].
    pub beyond: bool,
}

/// Whether a number flips the answer within its range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FlipVerdict {
    /// It does.
    Flips(Flipped),
    /// An uncertain number does by being held at its central value: another answer holds there.
    Held(usize),
    /// It does not where it was looked at. `clear`: and by more than the Monte Carlo error.
    Steady {
        /// Whether chance can be ruled out.
        clear: bool,
    },
    /// It cannot be turned: it is 0, and nothing is known of it.
    Stuck,
}

/// Where an answer flips. Positions are those of the number's [`SearchVariable`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flipped {
    /// A position, in the number's own unit, at which the answer was seen to be another; the crossing is nearer by less
    /// than a hundredth of the change.
    pub at: f64,
    /// The lower end of the 95 % interval of the Monte Carlo error; `None` where it does not end within the range.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// The answer that holds instead.
    pub after: usize,
}

/// Crossings are found to this share of the change.
const SHARE: f64 = 0.01;

/// Nothing is looked for more finely than this share of the range.
const FINEST: f64 = 1e-6;

/// A side at whose end the answer has kept more than this share of its lead is looked at nowhere between.
const QUIET: f64 = 0.5;

/// Finds, for every variable alone, the smallest change that flips the answer.
///
/// `steps` (at least 1) places are looked at on each side, the last of them the end of the range; a number that flips
/// and flips back between two of them is not seen to. Numbers whose end brings the answer less than half of the way
/// are looked at only there.
///
/// # Errors
/// See [`StudyError`]; where a changed number makes the scenario unsound, its range is cut instead.
///
/// # Examples
/// ```
/// # use demarche::scenario::{Library, Request, read};
/// # use demarche::study::{Criterion, Experiment, FlipVerdict, Method, Settings, Shared, Unwatched, Selection, SearchVariable, flips};
/// # struct NoFiles;
/// # impl Library for NoFiles {
/// #     fn read(&self, _: &str, _: &str) -> Result<Vec<u8>, String> { Err("none".into()) }
/// # }
/// # let text = br#"
/// # format = 1
/// # turns = 1
/// # [parameters]
/// # stake = 1
/// # [variables.war]
/// # levels = ["no", "yes"]
/// # [actors.a]
/// # [issues.i.moves]
/// # a = ["fight", "talk"]
/// # [issues.i.payoffs.gain]
/// # when = { a = "fight" }
/// # pays = { a = "1.5 - stake" }
/// # [issues.i.effects.war]
/// # when = { a = "fight" }
/// # set = { war = "yes" }
/// # [outcomes.end.war]
/// # when = { war = "yes" }
/// # [outcomes.end.peace]
/// # "#;
/// # let request = Request { name: "s.toml", text, changes: vec![], sets: vec![], library: &NoFiles };
/// # let document = read(&request).document.unwrap();
/// let scenario = &document.scenario;           // war pays 1.5 - stake, and stake is 1
/// let prepared = Shared::default().prepare(scenario, &document.slots)?;
/// let criterion = Criterion::new(scenario, "outcomes.end", None).unwrap();
/// let settings = Settings { seed: 1, replications: 1000, draws: None, history: None };
/// let experiment = Experiment::new(&prepared, criterion.measures(scenario), &settings, Method::Exact)?;
/// let stake = SearchVariable::new(scenario, scenario.factor("parameters.stake").unwrap(), 1.0);
/// let found = flips(&experiment, &criterion, vec![stake], 2, &Unwatched)?;
/// let FlipVerdict::Flips(flipped) = &found.rows[0].verdict else { panic!() };
/// assert!((flipped.at - 1.5).abs() < 0.005);   // peace, from there on
/// # Ok::<(), demarche::study::StudyError>(())
/// ```
pub fn flips(
    experiment: &Experiment<'_>,
    criterion: &Criterion,
    variables: Vec<SearchVariable>,
    steps: usize,
    watch: &dyn Watch,
) -> Result<Flips, StudyError> {
    let found = experiment.at(&Changes::default(), watch)?;
    let base = criterion.read(experiment, &found).ok_or_else(|| {
        StudyError::Measures(vec!["the measure has no value in the scenario as it stands".to_owned()])
    })?;
    let variables = if base.is_tied() { Vec::new() } else { variables };
    let mut study =
        Study { experiment, criterion, variables, base, steps, watch, points: 1, absent: Vec::new() };
    let mut tracks = study.screened()?;
    study.search(&mut tracks)?;
    let rows = study.rows(&tracks);
    Ok(Flips { base: study.base, rows, uncertain: experiment.is_uncertain(), points: study.points })
}

/// What all rounds of a study share.
struct Study<'a, 'p> {
    experiment: &'a Experiment<'p>,
    criterion: &'a Criterion,
    variables: Vec<SearchVariable>,
    base: Margins,
    steps: usize,
    watch: &'a dyn Watch,
    points: usize,
    /// The first place of each variable that has no answer, and why.
    absent: Vec<(usize, NoAnswer)>,
}

impl Study<'_, '_> {
    /// What there is at positions of variables.
    fn look(&mut self, places: &[(usize, f64)]) -> Result<Vec<Option<Margins>>, StudyError> {
        let changes = places.iter().map(|&(variable, position)| {
            let mut changes = Changes::default();
            self.variables[variable].turn(&mut changes, position);
            changes
        });
        self.points += places.len();
        let found = margins(self.experiment, self.criterion, &changes.collect::<Vec<_>>(), self.watch)?;
        let look = |(found, &(variable, _)): (Result<Option<Margins>, NoAnswer>, &(usize, f64))| {
            found.unwrap_or_else(|why| {
                if self.absent.iter().all(|(known, _)| *known != variable) {
                    self.absent.push((variable, why));
                }
                None
            })
        };
        Ok(found.into_iter().zip(places).map(look).collect())
    }

    /// The lines, with what is at their starts and ends, and between where it may matter.
    fn screened(&mut self) -> Result<Vec<Track>, StudyError> {
        let mut tracks = vec![Track { nearest: true, ..Track::default() }; self.variables.len()];
        let draws = self.experiment.draws() > 0;
        let mut ends = Vec::new();
        for (index, variable) in
            self.variables.iter().enumerate().filter(|(_, variable)| !variable.is_stuck())
        {
            let positions = if variable.entries.is_empty() {
                vec![variable.low, variable.high]
            } else {
                variable.entries.clone()
            };
            let held = (variable.drawn && draws).then_some(variable.start);
            if held.is_none() {
                tracks[index].line.add(variable.start, Some(self.base.clone()));
            }
            let positions = positions.into_iter().filter(|&position| position != variable.start);
            ends.extend(positions.chain(held).map(|position| (index, position)));
        }
        self.add(&mut tracks, &ends)?;
        let between = self.between(&tracks);
        self.add(&mut tracks, &between)?;
        Ok(tracks)
    }

    fn add(&mut self, tracks: &mut [Track], places: &[(usize, f64)]) -> Result<(), StudyError> {
        for (&(index, at), found) in places.iter().zip(self.look(places)?) {
            tracks[index].line.add(at, found);
        }
        Ok(())
    }

    /// The places between starts and ends that are worth a look.
    fn between(&self, tracks: &[Track]) -> Vec<(usize, f64)> {
        let answer = self.base.answer();
        let lead = |line: &Line, at: f64| line.at(at).map(|found| found.leads[answer].value);
        let mut places = Vec::new();
        for (index, (variable, track)) in self.variables.iter().zip(tracks).enumerate() {
            if variable.is_stuck() || !variable.entries.is_empty() {
                continue;
            }
            let Some(start) = lead(&track.line, variable.start) else { continue };
            for end in [variable.low, variable.high] {
                if lead(&track.line, end).is_none_or(|lead| lead <= QUIET * start) {
                    let all = spread(variable.start, end, self.steps + 1);
                    places.extend(all[1..self.steps].iter().map(|&position| (index, position)));
                }
            }
        }
        places
    }

    /// Narrows down every crossing that the lines show.
    fn search(&mut self, tracks: &mut [Track]) -> Result<(), StudyError> {
        let answer = self.base.answer();
        let uncertain = self.experiment.is_uncertain();
        for (variable, track) in self.variables.iter().zip(tracks.iter_mut()) {
            let least = FINEST * (variable.high - variable.low);
            let fineness = Fineness { origin: variable.start, share: SHARE, least };
            if variable.entries.is_empty() && !variable.is_stuck() {
                let search = |upwards| Search::new(answer, variable.start, upwards, fineness, uncertain);
                track.searches = vec![search(false), search(true)];
            }
        }
        refine(tracks, |places| self.look(places))?;
        // Where there are only some positions, all of them have been looked at.
        for (variable, track) in
            self.variables.iter().zip(tracks).filter(|(variable, _)| !variable.entries.is_empty())
        {
            let fineness = Fineness { origin: variable.start, share: 0.0, least: f64::INFINITY };
            let search = |upwards| Search::new(answer, variable.start, upwards, fineness, uncertain);
            track.searches = vec![search(false), search(true)];
        }
        Ok(())
    }

    fn rows(&self, tracks: &[Track]) -> Vec<Flip> {
        let row = |(index, (variable, track)): (usize, (&SearchVariable, &Track))| {
            let verdict = self.verdict(variable, track);
            let beyond = matches!(&verdict, FlipVerdict::Flips(flipped) if !variable.is_expected(flipped.at));
            let absent = self.absent.iter().find(|(known, _)| *known == index).map(|(_, why)| why.clone());
            let cut = track.line.places().iter().any(|(_, found)| found.is_none());
            Flip { variable: variable.clone(), verdict, cut, absent, beyond }
        };
        let mut rows: Vec<Flip> = self.variables.iter().zip(tracks).enumerate().map(row).collect();
        rows.sort_by(|one, other| one.size().total_cmp(&other.size()));
        rows
    }

    fn verdict(&self, variable: &SearchVariable, track: &Track) -> FlipVerdict {
        let answer = self.base.answer();
        if variable.is_stuck() {
            return FlipVerdict::Stuck;
        }
        if let Some(held) = track.line.at(variable.start)
            && !held.holds(answer)
        {
            return FlipVerdict::Held(held.besides(answer));
        }
        if let Some(crossing) = track.first() {
            return FlipVerdict::Flips(crossing.into());
        }
        let mut found = track.line.places().iter().filter_map(|(_, found)| found.as_ref());
        FlipVerdict::Steady { clear: found.all(|found| found.is_clear(answer)) }
    }
}

impl From<Crossing> for Flipped {
    fn from(crossing: Crossing) -> Self {
        let Crossing { at, before, near, far, after } = crossing;
        let (low, high) = if before < at { (near, far) } else { (far, near) };
        Self { at, low, high, after }
    }
}

impl Flip {
    /// How large a change flips the answer, to rank by: over the number, or over the range where that is 0.
    #[must_use]
    pub fn size(&self) -> f64 {
        match &self.verdict {
            FlipVerdict::Flips(flipped) => {
                self.variable.relative(flipped.at).unwrap_or_else(|| self.variable.of_range(flipped.at))
            }
            FlipVerdict::Held(_) => 0.0,
            FlipVerdict::Steady { .. } | FlipVerdict::Stuck => f64::INFINITY,
        }
    }
}

/// What there is at each of many points; `None` for a measure that has no value, else why there is no answer.
fn margins(
    experiment: &Experiment<'_>,
    criterion: &Criterion,
    points: &[Changes],
    watch: &dyn Watch,
) -> Result<Vec<Result<Option<Margins>, NoAnswer>>, StudyError> {
    let read = |found| match found {
        Ok(found) => Ok(Ok(criterion.read(experiment, &found))),
        Err(error) => NoAnswer::at_a_point(error).map(Err),
    };
    experiment.each(points, watch).into_iter().map(read).collect()
}
