//! What two scenarios have in common, and can be compared in.

use super::pairing::Kind;
use crate::scenario::{Measure, Scenario};

/// A measure that is compared.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    /// Its path.
    pub(crate) path: String,
    /// Where it stands among the measures of each side; `None` for an outcome or level that the side does not
    /// have, and that therefore never happens there.
    pub(crate) at: [Option<usize>; 2],
    /// What its values are like.
    pub(crate) kind: Kind,
}

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
pub(crate) struct Both {
    pub(crate) pairs: Vec<Pair>,
    /// What the plays of each side are asked for.
    pub(crate) measures: [Vec<Measure>; 2],
    pub(crate) classes: Vec<ClassPair>,
    /// Measures that a ratio divides, with their paths.
    pub(crate) products: Vec<(String, [Measure; 2])>,
    /// Measures of one side alone.
    pub(crate) one_sided: Vec<String>,
}

impl Both {
    /// What is compared: the measures that are named, or all that a comparison tells unasked.
    ///
    /// # Errors
    /// All that are named and are no measures of both.
    pub(crate) fn new(here: &Scenario, there: &Scenario, of: &[String]) -> Result<Self, Vec<String>> {
        let sides = [here, there];
        let mut both = Self {
            pairs: Vec::new(),
            measures: [Vec::new(), Vec::new()],
            classes: classes(sides),
            products: Vec::new(),
            one_sided: Vec::new(),
        };
        let mut wrong = Vec::new();
        for path in of {
            if let Err(why) = both.add(sides, path) {
                wrong.push(why);
            }
        }
        if of.is_empty() {
            for path in told(sides) {
                if both.add(sides, &path).is_err() {
                    both.one_sided.push(path);
                }
            }
        }
        if wrong.is_empty() { Ok(both) } else { Err(wrong) }
    }

    fn add(&mut self, sides: [&Scenario; 2], path: &str) -> Result<(), String> {
        let found = sides.map(|scenario| scenario.measure(path));
        let products = sides
            .iter()
            .zip(&found)
            .any(|(scenario, found)| found.as_ref().is_ok_and(|&measure| scenario.ratios(measure).len() > 1));
        if let ([Ok(here), Ok(there)], true) = (&found, products) {
            self.products.push((path.to_owned(), [*here, *there]));
            return Ok(());
        }
        let kinds = [0, 1].map(|side| found[side].clone().ok().map(|m| Kind::of(sides[side], m)));
        let kind = match (kinds, &found) {
            ([Some(one), Some(other)], _) => one.or(other),
            ([None, None], [Err(why), _]) => return Err(why.clone()),
            ([one, other], _) => match one.or(other) {
                Some(kind) if sides.iter().all(|scenario| may_lack(scenario, path)) => kind,
                _ => {
                    let lacks = if one.is_none() { "the scenario" } else { "what it is held against" };
                    return Err(format!("{lacks} has no `{path}`, so it cannot be compared"));
                }
            },
        };
        let at = [0, 1].map(|side| {
            let measure = found[side].clone().ok()?;
            self.measures[side].push(measure);
            Some(self.measures[side].len() - 1)
        });
        self.pairs.push(Pair { path: path.to_owned(), at, kind });
        Ok(())
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

/// The paths of what is told unasked, of either: outcomes, defined measures, scores, turns, final values.
fn told(sides: [&Scenario; 2]) -> Vec<String> {
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
