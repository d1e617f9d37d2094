//! Who reasons how deeply about whom: the levels of reasoning that the actors' beliefs call for, and, as
//! the last level, the equilibrium among those who know what the others do.

use crate::game::{BeliefPlan, Blueprint, Learns};
use crate::math;
use crate::scenario::Numbers;

/// Population play leaves out levels that make up less than this.
const POPULATION_TAIL: f64 = 1e-6;

/// An actor reasoning at a level, in one way of reasoning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reasoner {
    /// The actor.
    pub actor: usize,
    /// Its number among all reasoners of the draw.
    pub index: usize,
}

/// What a level believes of the others: a mixture of what earlier levels play; level 0 is naive play.
pub type LevelMixture = Vec<(usize, f64)>;

/// All reasoners of one way of reasoning at one level: they believe the same of the others.
#[derive(Clone, Debug, PartialEq)]
pub struct ReasoningLevel {
    /// Numbers of levels (from 1 over all families; 0 for naive play) with weights that sum to 1; empty in equilibrium.
    pub believed: LevelMixture,
    /// Whether the reasoners believe of the others what these do, and choose all at once.
    pub equilibrium: bool,
    /// The reasoners.
    pub reasoners: Vec<Reasoner>,
    /// For each actor, whether a reasoner of its own is among them.
    pub reasons: Vec<bool>,
    /// Actors that are taken to play here as they do in an earlier level: whoever has learned beliefs is taken
    /// for a level-1 actor at every level above.
    pub copied: Vec<(usize, usize)>,
}

/// The reasoners of one draw.
#[derive(Clone, Debug)]
pub struct ReasoningPlan {
    /// How many there are.
    pub reasoners: usize,
    /// `plans[p]`: the levels for looking as far ahead as `horizons[p]`; level n is at index n - 1.
    plans: Vec<Vec<ReasoningLevel>>,
    horizons: Vec<usize>,
    /// For each actor, what it plays: a mixture of levels.
    pub plays: Vec<LevelMixture>,
    /// The actor of each reasoner.
    pub actors: Vec<usize>,
}

/// A way of reasoning: level-k (`None`), or a cognitive hierarchy with that mean.
type Family = Option<f64>;

/// Who has to be solved at each level of a family: `needed[level - 1][actor]`.
struct Needs {
    family: Family,
    needed: Vec<Vec<bool>>,
    /// The first level of the family, less one.
    first: usize,
}

impl ReasoningPlan {
    /// The reasoners that the actors' beliefs call for, under these numbers.
    #[must_use]
    pub fn new(blueprint: &Blueprint, numbers: &Numbers) -> Self {
        let mut horizons: Vec<usize> = blueprint.actors.iter().map(|actor| actor.horizon).collect();
        horizons.sort_unstable();
        horizons.dedup();
        let all = needs(blueprint, numbers, 1);
        let in_equilibrium: Vec<bool> =
            blueprint.actors.iter().map(|actor| actor.beliefs == BeliefPlan::Equilibrium).collect();
        let equilibrium = in_equilibrium.contains(&true).then_some(&in_equilibrium);
        let mut actors = Vec::new();
        let indices: Vec<Vec<Option<usize>>> = all
            .iter()
            .flat_map(|needs| &needs.needed)
            .chain(equilibrium)
            .map(|row| {
                let number = |(actor, needed): (usize, &bool)| {
                    needed.then(|| {
                        actors.push(actor);
                        actors.len() - 1
                    })
                };
                row.iter().enumerate().map(number).collect()
            })
            .collect();
        let learned: Vec<usize> = (0..blueprint.actors.len())
            .filter(|&i| blueprint.actors[i].learns == Some(Learns::Beliefs))
            .collect();
        let plan = |&horizon: &usize| {
            let mut levels = reasoning_levels(&needs(blueprint, numbers, horizon), &all, &indices, &learned);
            let looking = blueprint
                .actors
                .iter()
                .any(|actor| actor.beliefs == BeliefPlan::Equilibrium && actor.horizon >= horizon);
            levels.extend(equilibrium.map(|among| equilibrium_level(among, looking, &indices)));
            levels
        };
        Self {
            reasoners: actors.len(),
            plans: horizons.iter().map(plan).collect(),
            plays: (0..blueprint.actors.len()).map(|i| play(blueprint, numbers, i, &all)).collect(),
            horizons,
            actors,
        }
    }

    /// The levels for a component that looks `depth` turns ahead.
    #[must_use]
    pub fn levels(&self, depth: usize) -> &[ReasoningLevel] {
        let plan = self.horizons.iter().position(|&horizon| depth <= horizon);
        plan.map_or(&[], |plan| &self.plans[plan])
    }
}

/// The equilibrium among the actors that have such beliefs: all of them, however far they look
/// themselves, where any looks so far.
fn equilibrium_level(among: &[bool], looking: bool, indices: &[Vec<Option<usize>>]) -> ReasoningLevel {
    let reasons: Vec<bool> = among.iter().map(|is_in| *is_in && looking).collect();
    let own = indices.last().into_iter().flatten().enumerate();
    let reasoners =
        own.filter_map(|(actor, index)| Some(Reasoner { actor, index: (*index).filter(|_| looking)? }));
    ReasoningLevel {
        believed: Vec::new(),
        equilibrium: true,
        reasoners: reasoners.collect(),
        reasons,
        copied: Vec::new(),
    }
}

fn family(blueprint: &Blueprint, numbers: &Numbers, actor: usize) -> Family {
    match blueprint.actors[actor].beliefs {
        BeliefPlan::Level(_) | BeliefPlan::Equilibrium => None,
        BeliefPlan::Hierarchy(_) => Some(numbers.actors[actor].tau),
    }
}

/// The highest level at which an actor itself plays.
fn top_level(blueprint: &Blueprint, numbers: &Numbers, actor: usize) -> usize {
    match blueprint.actors[actor].beliefs {
        BeliefPlan::Equilibrium => 0,
        BeliefPlan::Level(level) | BeliefPlan::Hierarchy(Some(level)) => level,
        BeliefPlan::Hierarchy(None) => population(numbers.actors[actor].tau).len() - 1,
    }
}

/// The reasoners needed by actors that look at least `depth` turns ahead. The families and their numbers of
/// levels are the same for every depth.
fn needs(blueprint: &Blueprint, numbers: &Numbers, depth: usize) -> Vec<Needs> {
    let actors = blueprint.actors.len();
    let mut all: Vec<Needs> = Vec::new();
    let levelled = |actor: &usize| blueprint.actors[*actor].beliefs != BeliefPlan::Equilibrium;
    for actor in (0..actors).filter(levelled) {
        let family = family(blueprint, numbers, actor);
        let top = top_level(blueprint, numbers, actor);
        let at = all.iter().position(|needs| needs.family == family).unwrap_or_else(|| {
            all.push(Needs { family, needed: Vec::new(), first: 0 });
            all.len() - 1
        });
        let needed = &mut all[at].needed;
        needed.resize(needed.len().max(top), vec![false; actors]);
        if blueprint.actors[actor].horizon < depth {
            continue;
        }
        let population = blueprint.actors[actor].beliefs == BeliefPlan::Hierarchy(None);
        for level in 1..=top {
            // What the actor plays itself; what others think of at most two levels down, it too.
            needed[level - 1][actor] |= level == top || population || level + 2 <= top;
            for other in (0..actors).filter(|&other| other != actor) {
                // An actor with learned beliefs is taken for one of level 1 at every level above.
                let learned = blueprint.actors[other].learns == Some(Learns::Beliefs);
                needed[if learned { 0 } else { level - 1 }][other] |= level < top;
            }
        }
    }
    let mut first = 0;
    for needs in &mut all {
        needs.first = first;
        first += needs.needed.len();
    }
    all
}

/// The levels of all families, for actors that look as far as `needs` was made for; `indices[number - 1][actor]` are
/// the reasoners' of all, whether needed here or not.
fn reasoning_levels(
    needs: &[Needs],
    all: &[Needs],
    indices: &[Vec<Option<usize>>],
    learned: &[usize],
) -> Vec<ReasoningLevel> {
    let mut levels = Vec::new();
    for (needs, full) in needs.iter().zip(all) {
        for level in 1..=full.needed.len() {
            let number = full.first + level;
            let reasons = needs.needed[level - 1].clone();
            let reasoning = reasons.iter().enumerate().filter(|(_, needed)| **needed);
            let reasoners = reasoning
                .filter_map(|(actor, _)| Some(Reasoner { actor, index: indices[number - 1][actor]? }))
                .collect();
            let above = if level > 1 { learned } else { &[] };
            let copied = above.iter().map(|&actor| (actor, full.first + 1)).collect();
            levels.push(ReasoningLevel {
                believed: believed(full, level),
                equilibrium: false,
                reasoners,
                reasons,
                copied,
            });
        }
    }
    levels
}

/// What level `level` of a family believes of the others.
fn believed(needs: &Needs, level: usize) -> LevelMixture {
    let number = |level: usize| if level == 0 { 0 } else { needs.first + level };
    match needs.family {
        None => vec![(number(level - 1), 1.0)],
        Some(tau) => {
            let mut weights = poisson(tau, level);
            super::rules::scale(&mut weights);
            weights.into_iter().enumerate().map(|(below, weight)| (number(below), weight)).collect()
        }
    }
}

fn play(blueprint: &Blueprint, numbers: &Numbers, actor: usize, all: &[Needs]) -> LevelMixture {
    let family = family(blueprint, numbers, actor);
    let first = all.iter().find(|needs| needs.family == family).map_or(0, |needs| needs.first);
    let number = |level: usize| if level == 0 { 0 } else { first + level };
    match blueprint.actors[actor].beliefs {
        // The level after all levels of all families.
        BeliefPlan::Equilibrium => {
            vec![(1 + all.iter().map(|needs| needs.needed.len()).sum::<usize>(), 1.0)]
        }
        BeliefPlan::Level(level) | BeliefPlan::Hierarchy(Some(level)) => vec![(number(level), 1.0)],
        BeliefPlan::Hierarchy(None) => {
            let mut weights = population(numbers.actors[actor].tau);
            super::rules::scale(&mut weights);
            weights.into_iter().enumerate().map(|(level, weight)| (number(level), weight)).collect()
        }
    }
}

/// Poisson probabilities of 0 to `count - 1`, up to the factor exp(-tau), which scaling removes.
///
/// # References
/// Camerer, Ho and Chong (2004), A cognitive hierarchy model of games, Quarterly Journal of Economics
/// 119(3), 861-898, doi:10.1162/0033553041502225.
fn poisson(tau: f64, count: usize) -> Vec<f64> {
    let mut weight = 1.0;
    (0_u32..)
        .take(count)
        .map(|level| {
            if level > 0 {
                weight *= tau / f64::from(level);
            }
            weight
        })
        .collect()
}

/// Poisson probabilities of levels 0 to the first that leaves less than [`POPULATION_TAIL`] out.
fn population(tau: f64) -> Vec<f64> {
    let none = math::exp(-tau);
    let (mut weights, mut weight, mut sum) = (Vec::new(), none, 0.0);
    for level in 1_u32.. {
        weights.push(weight);
        sum += weight;
        if 1.0 - sum < POPULATION_TAIL || level > MOST_LEVELS {
            break;
        }
        weight *= tau / f64::from(level);
    }
    weights
}

/// Where a population's levels end in any case; the reader refuses a `tau` that would need more.
const MOST_LEVELS: u32 = 1000;
