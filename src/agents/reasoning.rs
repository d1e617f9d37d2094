//! Who reasons how deeply about whom: the levels of reasoning that the actors' beliefs call for, and, as
//! the last level, the equilibrium among those who know what the others do.

use super::ids::{LevelNumber, ReasonerId};
use crate::game::{BeliefPlan, Blueprint, Learns};
use crate::math;
use crate::scenario::{ActorId, IdVec, Numbers};

/// Population play leaves out levels that make up less than this.
const POPULATION_TAIL: f64 = 1e-6;

/// An actor reasoning at a level, in one way of reasoning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reasoner {
    /// The actor.
    pub actor: ActorId,
    /// Which of the draw's reasoners it is.
    pub id: ReasonerId,
}

/// What a level believes of the others: a mixture of what earlier levels play; level 0 is naive play.
pub type LevelMixture = Vec<(LevelNumber, f64)>;

/// All reasoners of one way of reasoning at one level: they believe the same of the others.
#[derive(Clone, Debug, PartialEq)]
pub struct ReasoningLevel {
    /// Levels with weights that sum to 1; empty in equilibrium.
    pub believed: LevelMixture,
    /// Whether the reasoners believe of the others what these do, and choose all at once.
    pub equilibrium: bool,
    /// The reasoners.
    pub reasoners: Vec<Reasoner>,
    /// For each actor, whether a reasoner of its own is among them.
    pub reasons: IdVec<ActorId, bool>,
    /// Actors that are taken to play here as they do in an earlier level: whoever has learned beliefs is taken
    /// for a level-1 actor at every level above.
    pub copied: Vec<(ActorId, LevelNumber)>,
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
    pub plays: IdVec<ActorId, LevelMixture>,
    /// The actor of each reasoner.
    pub actors: IdVec<ReasonerId, ActorId>,
}

/// A way of reasoning: level-k (`None`), or a cognitive hierarchy with that mean.
type Family = Option<f64>;

/// For each actor, the reasoner that it is at one level, if it is one.
type ReasonersOfLevel = IdVec<ActorId, Option<ReasonerId>>;

/// Who has to be solved at each level of a family: `needed[level - 1][actor]`.
struct Needs {
    family: Family,
    needed: Vec<IdVec<ActorId, bool>>,
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
        let in_equilibrium: IdVec<ActorId, bool> =
            blueprint.actors.iter().map(|actor| actor.beliefs == BeliefPlan::Equilibrium).collect();
        let equilibrium = in_equilibrium.iter().any(|is_in| *is_in).then_some(&in_equilibrium);
        let mut actors = IdVec::new();
        let ids: Vec<ReasonersOfLevel> = all
            .iter()
            .flat_map(|needs| &needs.needed)
            .chain(equilibrium)
            .map(|row| row.numbered().map(|(actor, needed)| needed.then(|| actors.push(actor))).collect())
            .collect();
        let learned: Vec<ActorId> = blueprint
            .actors
            .ids()
            .filter(|&actor| blueprint.actors[actor].learns == Some(Learns::Beliefs))
            .collect();
        let plan = |&horizon: &usize| {
            let mut levels = reasoning_levels(&needs(blueprint, numbers, horizon), &all, &ids, &learned);
            let looking = blueprint
                .actors
                .iter()
                .any(|actor| actor.beliefs == BeliefPlan::Equilibrium && actor.horizon >= horizon);
            levels.extend(equilibrium.map(|among| equilibrium_level(among, looking, &ids)));
            levels
        };
        Self {
            reasoners: actors.len(),
            plans: horizons.iter().map(plan).collect(),
            plays: blueprint.actors.ids().map(|actor| play(blueprint, numbers, actor, &all)).collect(),
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

    /// One of these levels; `None` for naive play.
    #[must_use]
    pub fn level(&self, depth: usize, number: LevelNumber) -> Option<&ReasoningLevel> {
        self.levels(depth).get(number.index().checked_sub(1)?)
    }
}

/// The equilibrium among the actors that have such beliefs: all of them, however far they look
/// themselves, where any looks so far.
fn equilibrium_level(
    among: &IdVec<ActorId, bool>,
    looking: bool,
    ids: &[ReasonersOfLevel],
) -> ReasoningLevel {
    let reasons = among.iter().map(|is_in| *is_in && looking).collect();
    let own = ids.last().into_iter().flat_map(IdVec::numbered);
    let reasoners = own.filter_map(|(actor, id)| Some(Reasoner { actor, id: (*id).filter(|_| looking)? }));
    ReasoningLevel {
        believed: Vec::new(),
        equilibrium: true,
        reasoners: reasoners.collect(),
        reasons,
        copied: Vec::new(),
    }
}

fn family(blueprint: &Blueprint, numbers: &Numbers, actor: ActorId) -> Family {
    match blueprint.actors[actor].beliefs {
        BeliefPlan::Level(_) | BeliefPlan::Equilibrium => None,
        BeliefPlan::Hierarchy(_) => Some(numbers.actor(actor).tau),
    }
}

/// The highest level at which an actor itself plays.
fn top_level(blueprint: &Blueprint, numbers: &Numbers, actor: ActorId) -> usize {
    match blueprint.actors[actor].beliefs {
        BeliefPlan::Equilibrium => 0,
        BeliefPlan::Level(level) | BeliefPlan::Hierarchy(Some(level)) => level,
        BeliefPlan::Hierarchy(None) => population(numbers.actor(actor).tau).len() - 1,
    }
}

/// The reasoners needed by actors that look at least `depth` turns ahead. The families and their numbers of
/// levels are the same for every depth.
fn needs(blueprint: &Blueprint, numbers: &Numbers, depth: usize) -> Vec<Needs> {
    let actors = blueprint.actors.ids();
    let mut all: Vec<Needs> = Vec::new();
    let levelled = |actor: &ActorId| blueprint.actors[*actor].beliefs != BeliefPlan::Equilibrium;
    for actor in actors.clone().filter(levelled) {
        let family = family(blueprint, numbers, actor);
        let top = top_level(blueprint, numbers, actor);
        let at = all.iter().position(|needs| needs.family == family).unwrap_or_else(|| {
            all.push(Needs { family, needed: Vec::new(), first: 0 });
            all.len() - 1
        });
        let needed = &mut all[at].needed;
        needed.resize(needed.len().max(top), IdVec::filled(false, actors.len()));
        if blueprint.actors[actor].horizon < depth {
            continue;
        }
        let population = blueprint.actors[actor].beliefs == BeliefPlan::Hierarchy(None);
        for level in 1..=top {
            // What the actor plays itself; what others think of at most two levels down, it too.
            needed[level - 1][actor] |= level == top || population || level + 2 <= top;
            for other in actors.clone().filter(|&other| other != actor) {
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

/// The levels of all families, for actors that look as far as `needs` was made for; `ids[number - 1]` are
/// the reasoners of a level, whether needed here or not.
fn reasoning_levels(
    needs: &[Needs],
    all: &[Needs],
    ids: &[ReasonersOfLevel],
    learned: &[ActorId],
) -> Vec<ReasoningLevel> {
    let mut levels = Vec::new();
    for (needs, full) in needs.iter().zip(all) {
        for level in 1..=full.needed.len() {
            let number = full.first + level;
            let reasons = needs.needed[level - 1].clone();
            let reasoning = reasons.numbered().filter(|(_, needed)| **needed);
            let reasoners = reasoning
                .filter_map(|(actor, _)| Some(Reasoner { actor, id: ids[number - 1][actor]? }))
                .collect();
            let above = if level > 1 { learned } else { &[] };
            let copied = above.iter().map(|&actor| (actor, LevelNumber::new(full.first + 1))).collect();
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
    let number = |level| number(needs.first, level);
    match needs.family {
        None => vec![(number(level - 1), 1.0)],
        Some(tau) => {
            let mut weights = poisson(tau, level);
            super::rules::scale(&mut weights);
            weights.into_iter().enumerate().map(|(below, weight)| (number(below), weight)).collect()
        }
    }
}

/// The number of a level of a family over all families.
fn number(first: usize, level: usize) -> LevelNumber {
    if level == 0 { LevelNumber::NAIVE } else { LevelNumber::new(first + level) }
}

fn play(blueprint: &Blueprint, numbers: &Numbers, actor: ActorId, all: &[Needs]) -> LevelMixture {
    let family = family(blueprint, numbers, actor);
    let first = all.iter().find(|needs| needs.family == family).map_or(0, |needs| needs.first);
    let number = |level| number(first, level);
    match blueprint.actors[actor].beliefs {
        // The level after all levels of all families.
        BeliefPlan::Equilibrium => {
            vec![(LevelNumber::new(1 + all.iter().map(|needs| needs.needed.len()).sum::<usize>()), 1.0)]
        }
        BeliefPlan::Level(level) | BeliefPlan::Hierarchy(Some(level)) => vec![(number(level), 1.0)],
        BeliefPlan::Hierarchy(None) => {
            let mut weights = population(numbers.actor(actor).tau);
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
