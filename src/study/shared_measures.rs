//! What two scenarios have in common, and can be compared in.

use super::measure::{Kind, PlannedMeasure};
use super::paired::{MeasurePair, SideBySide};
use super::spread::Spread;
use crate::scenario::{Measure, Scenario};

/// A classification of both.
#[derive(Clone, Debug)]
pub(crate) struct ClassPair {
    pub(crate) id: String,
    /// Where it stands among the classifications of each side.
    pub(crate) at: [usize; 2],
    /// The outcomes of either.
    pub(crate) outcomes: Vec<String>,
    /// `places[side][outcome]`: where an outcome of a side stands among those of either.
    pub(crate) places: [Vec<usize>; 2],
}

/// All that is compared between two scenarios.
#[derive(Clone, Debug)]
pub(crate) struct SharedMeasures {
    /// The paths of the measures, in the order of the pairs.
    pub(crate) paths: Vec<String>,
    /// What the plays of each side are asked for: of each measure the other's value is the first, the scenario's the
    /// second. An outcome or level that a side does not have never happens there.
    pub(crate) comparisons: SideBySide,
    pub(crate) classes: Vec<ClassPair>,
    /// Measures of one side alone.
    pub(crate) one_sided: Vec<String>,
}

/// A scenario, and how far its plays can be apart.
pub(crate) type Side<'s> = (&'s Scenario, &'s Spread);

impl SharedMeasures {
    /// What is compared: the measures that are named, or the usual ones.
    ///
    /// # Errors
    /// All that are named and are no measures of both.
    pub(crate) fn new(sides: [Side<'_>; 2], of: &[String]) -> Result<Self, Vec<String>> {
        let scenarios = sides.map(|(scenario, _)| scenario);
        let mut shared = Self {
            paths: Vec::new(),
            comparisons: SideBySide::new(2),
            classes: classes(scenarios),
            one_sided: Vec::new(),
        };
        let mut wrong = Vec::new();
        for path in of {
            if let Err(why) = shared.add(sides, path) {
                wrong.push(why);
            }
        }
        if of.is_empty() {
            for path in usual_measures(&scenarios) {
                if shared.add(sides, &path).is_err() {
                    shared.one_sided.push(path);
                }
            }
        }
        if wrong.is_empty() { Ok(shared) } else { Err(wrong) }
    }

    fn add(&mut self, sides: [Side<'_>; 2], path: &str) -> Result<(), String> {
        let found = sides.map(|(scenario, _)| scenario.measure(path));
        let plan = |side: usize| -> Option<PlannedMeasure> {
            let measure: Measure = found[side].clone().ok()?;
            Some(PlannedMeasure::within(sides[side].0, sides[side].1, measure))
        };
        let kind = match ([plan(0), plan(1)], &found) {
            ([Some(one), Some(other)], _) => one.kind.or(other.kind),
            ([None, None], [Err(why), _]) => return Err(why.clone()),
            ([one, other], _) => match one.as_ref().or(other.as_ref()).map(|planned| planned.kind) {
                Some(kind) if sides.iter().all(|(scenario, _)| may_lack(scenario, path)) => kind,
                _ => {
                    let lacks = if one.is_none() { "the scenario" } else { "what it is held against" };
                    return Err(format!("{lacks} has no `{path}`, so it cannot be compared"));
                }
            },
        };
        let second = plan(0).map(|planned| self.comparisons.measure(0, planned));
        let first = plan(1).map(|planned| self.comparisons.measure(1, planned));
        self.comparisons.pairs.push(MeasurePair { first, second, alone: false, kind });
        self.paths.push(path.to_owned());
        Ok(())
    }

    /// Whether a measure is a share, between 0 and 1.
    pub(crate) fn is_share(&self, at: usize) -> bool {
        self.comparisons.pairs[at].kind == Kind::Share
    }
}

/// Whether a path is that of an outcome or a level which the scenario might have: it has the classification or
/// the variable.
fn may_lack(scenario: &Scenario, path: &str) -> bool {
    match path.split('.').collect::<Vec<_>>()[..] {
        ["outcomes", class, _] => scenario.classifications.iter().any(|known| known.id == class),
        ["final", variable, _] => scenario.variables.iter().any(|known| known.id == variable),
        _ => false,
    }
}

/// The paths of the measures that are shown where none is named, of any of some scenarios: outcomes, defined measures, scores, turns, final values.
pub(crate) fn usual_measures(sides: &[&Scenario]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut add = |paths: &dyn Fn(&Scenario) -> Vec<String>| {
        for path in sides.iter().flat_map(|scenario| paths(scenario)) {
            if !all.contains(&path) {
                all.push(path);
            }
        }
    };
    let classes = sides.iter().flat_map(|scenario| scenario.classifications.iter().map(|class| &class.id));
    for id in classes {
        add(&|scenario| {
            let class = scenario.classifications.iter().filter(|class| class.id == *id);
            class.flat_map(|c| c.outcomes.iter().map(|o| format!("outcomes.{}.{}", c.id, o.id))).collect()
        });
    }
    add(&|scenario| scenario.measures.iter().map(|measure| format!("measures.{}", measure.id)).collect());
    add(&|scenario| scenario.actors.iter().map(|actor| format!("scores.{}", actor.id)).collect());
    add(&|_| vec!["turns".to_owned()]);
    add(&|scenario| scenario.variables.iter().map(|variable| format!("final.{}", variable.id)).collect());
    all
}

fn classes([here, there]: [&Scenario; 2]) -> Vec<ClassPair> {
    let pair = |(at, class): (usize, &crate::scenario::Classification)| {
        let other = there.classifications.iter().position(|known| known.id == class.id)?;
        let mut outcomes: Vec<String> = class.outcomes.iter().map(|outcome| outcome.id.clone()).collect();
        let of_other = there.classifications[other].outcomes.iter().map(|outcome| {
            outcomes.iter().position(|known| *known == outcome.id).unwrap_or_else(|| {
                outcomes.push(outcome.id.clone());
                outcomes.len() - 1
            })
        });
        let places = [(0..class.outcomes.len()).collect(), of_other.collect()];
        Some(ClassPair { id: class.id.clone(), at: [at, other], outcomes, places })
    };
    here.classifications.iter().enumerate().filter_map(pair).collect()
}
