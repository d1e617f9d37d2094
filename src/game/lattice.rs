//! Which effects hold, and what they make of a piece of the state, as the actors' options decide it.
//!
//! Given the state, a profile matters for what comes next only through the set of effects that hold. The
//! sets are found actor by actor, equal ones merged, so that no joint profile is ever enumerated.

use rustc_hash::FxHashMap;

use super::blueprint::EffectPlan;
use super::menu::Menu;
use super::partition::{Member, Piece};
use super::shelf::Series;
use super::{blueprint::at_levels, space::Scope};
use crate::scenario::{Change, Clause};
use std::sync::RwLock;

/// How sets of effects arise, for one piece of the continuation, in one cell.
///
/// A walk starts at node 0 of the first stage; each member's option leads to a node of the next stage;
/// the nodes after the last stage are the sets of effects.
#[derive(Clone, Debug)]
pub struct Lattice {
    /// One stage for each member whose options make a difference, in the order of the part's members.
    pub stages: Vec<Stage>,
    /// The cell of the piece's scope in which the state stands before the effects.
    pub base: usize,
    /// `sets[node]`: the changes that this set of effects makes, as independent [`Transition`]s by their
    /// number.
    pub sets: Vec<Box<[u32]>>,
}

/// One member's part in a [`Lattice`].
#[derive(Clone, Debug)]
pub struct Stage {
    /// The member of the part.
    pub member: usize,
    /// The class of each of its options; options of a class let the same effects hold.
    pub class_of: Vec<u16>,
    /// How many classes there are.
    pub classes: usize,
    /// `next[node * classes + class]`: the node of the next stage.
    pub next: Vec<u32>,
}

impl Stage {
    /// How many nodes the stage has.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.next.len() / self.classes
    }
}

/// Some effects on some variables that stand at known levels: where these go is a distribution that
/// depends on the chances alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Transition {
    /// The variables: index, level before, number of levels, and what one level up adds to the cell.
    pub variables: Vec<(usize, usize, usize, usize)>,
    /// The effects that hold, in file order.
    pub effects: Vec<u32>,
}

impl Transition {
    /// Where it leads: (change of the cell number, probability), where `chances[effect]` are the chances.
    /// Effects apply in order, each to what those before it left. O(effects x distinct results).
    #[must_use]
    pub fn outcomes(&self, effects: &[EffectPlan], chances: &[f64]) -> Vec<(isize, f64)> {
        let start: Vec<usize> = self.variables.iter().map(|v| v.1).collect();
        let mut reached: Vec<(Vec<usize>, f64)> = vec![(start, 1.0)];
        for &effect in &self.effects {
            let chance = chances[effect as usize];
            let mut next: Vec<(Vec<usize>, f64)> = Vec::new();
            for (levels, probability) in reached {
                let changed = self.apply(&levels, &effects[effect as usize].changes);
                add(&mut next, levels, probability * (1.0 - chance));
                add(&mut next, changed, probability * chance);
            }
            reached = next;
        }
        reached.into_iter().map(|(levels, probability)| (self.offset(&levels), probability)).collect()
    }

    fn apply(&self, levels: &[usize], changes: &[(usize, Change)]) -> Vec<usize> {
        let mut changed = levels.to_vec();
        for (variable, change) in changes {
            if let Some(at) = self.variables.iter().position(|v| v.0 == *variable) {
                changed[at] = change.apply(changed[at], self.variables[at].2);
            }
        }
        changed
    }

    fn offset(&self, levels: &[usize]) -> isize {
        self.variables
            .iter()
            .zip(levels)
            .map(|((_, before, _, stride), after)| {
                (after.cast_signed() - before.cast_signed()) * stride.cast_signed()
            })
            .sum()
    }
}

fn add(list: &mut Vec<(Vec<usize>, f64)>, levels: Vec<usize>, probability: f64) {
    if probability == 0.0 {
        return;
    }
    match list.iter_mut().find(|(known, _)| *known == levels) {
        Some((_, sum)) => *sum += probability,
        None => list.push((levels, probability)),
    }
}

/// All transitions that any lattice has asked for, numbered in the order of asking. The numbers may
/// differ between runs; nothing that is computed from them does.
#[derive(Debug, Default)]
pub struct Transitions {
    numbers: RwLock<FxHashMap<Transition, u32>>,
    plans: Series<Transition>,
}

impl Transitions {
    /// The transition of that number.
    ///
    /// # Panics
    /// If nobody was given that number.
    #[must_use]
    pub fn get(&self, number: u32) -> &Transition {
        self.plans.peek(number as usize).expect("numbers come from `number`")
    }

    fn number(&self, transition: Transition) -> u32 {
        let known = self.numbers.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(&number) = known.get(&transition) {
            return number;
        }
        drop(known);
        let mut numbers = self.numbers.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        let number = *numbers.entry(transition.clone()).or_insert(next);
        self.plans.get(number as usize, || transition);
        number
    }
}

/// The live clauses of a piece's effects in one cell.
struct Live<'a> {
    /// The effect (its place in the piece's list) and the clause, in file order.
    clauses: Vec<(usize, &'a Clause)>,
}

impl Lattice {
    /// The lattice of a piece in the cell whose state is `levels`, where the members have these menus.
    #[must_use]
    pub(crate) fn build(
        piece: &Piece,
        members: &[Member],
        menus: &[&Menu],
        levels: &[usize],
        transitions: &Transitions,
    ) -> Self {
        let clauses = piece.effects.iter().enumerate().flat_map(|(at, effect)| {
            let here = effect.clauses.iter().filter(|clause| at_levels(clause, levels));
            here.map(move |clause| (at, clause))
        });
        let live = Live { clauses: clauses.collect() };
        if live.clauses.len() <= 64 {
            live.build::<1>(piece, members, menus, levels, transitions)
        } else {
            live.build::<CLAUSE_WORDS>(piece, members, menus, levels, transitions)
        }
    }
}

/// Words of a mask of clauses, at most; [`CLAUSES`] is what compilation holds pieces to.
const CLAUSE_WORDS: usize = 16;

/// Clauses of effects that one piece of the continuation may depend on.
pub(crate) const CLAUSES: usize = CLAUSE_WORDS * 64;

impl Live<'_> {
    fn build<const W: usize>(
        &self,
        piece: &Piece,
        members: &[Member],
        menus: &[&Menu],
        levels: &[usize],
        transitions: &Transitions,
    ) -> Lattice {
        let mut nodes: Vec<[u64; W]> = vec![self.all::<W>()];
        let mut stages = Vec::new();
        for (m, (member, menu)) in members.iter().zip(menus).enumerate() {
            let (class_of, classes) = self.classes::<W>(member, menu);
            if classes.len() == 1 && classes[0] == self.all::<W>() {
                continue;
            }
            let mut numbers: FxHashMap<[u64; W], u32> = FxHashMap::default();
            let mut after = Vec::new();
            let mut next = Vec::with_capacity(nodes.len() * classes.len());
            for node in &nodes {
                for class in &classes {
                    let mask: [u64; W] = std::array::from_fn(|w| node[w] & class[w]);
                    next.push(number(&mut numbers, &mut after, mask));
                }
            }
            stages.push(Stage { member: m, class_of, classes: classes.len(), next });
            nodes = after;
        }
        let sets = self.merge_into_sets(piece, levels, &nodes, &mut stages, transitions);
        Lattice { stages, base: piece.scope.cell(levels), sets }
    }

    fn all<const W: usize>(&self) -> [u64; W] {
        let mut all = [0; W];
        for bit in 0..self.clauses.len() {
            all[bit / 64] |= 1 << (bit % 64);
        }
        all
    }

    /// The distinct masks of clauses that a member's options leave possible, and each option's.
    fn classes<const W: usize>(&self, member: &Member, menu: &Menu) -> (Vec<u16>, Vec<[u64; W]>) {
        let mut classes: Vec<[u64; W]> = Vec::new();
        let class_of = menu.options.iter().map(|option| {
            let mut mask = [0; W];
            for (bit, (_, clause)) in self.clauses.iter().enumerate() {
                if member.satisfies(option, clause) {
                    mask[bit / 64] |= 1 << (bit % 64);
                }
            }
            let class = classes.iter().position(|known| *known == mask).unwrap_or_else(|| {
                classes.push(mask);
                classes.len() - 1
            });
            u16::try_from(class).unwrap_or(u16::MAX)
        });
        (class_of.collect(), classes)
    }

    /// Turns the last nodes, masks of clauses, into sets of effects: an effect holds once, however many
    /// of its clauses do.
    fn merge_into_sets<const W: usize>(
        &self,
        piece: &Piece,
        levels: &[usize],
        nodes: &[[u64; W]],
        stages: &mut [Stage],
        transitions: &Transitions,
    ) -> Vec<Box<[u32]>> {
        let mut known: Vec<Vec<(Vec<u32>, u32)>> = vec![Vec::new(); piece.groups.len()];
        let mut numbers: FxHashMap<Box<[u32]>, u32> = FxHashMap::default();
        let mut sets = Vec::new();
        let set_of: Vec<u32> = nodes
            .iter()
            .map(|mask| {
                let holds = |at: usize| {
                    self.clauses
                        .iter()
                        .enumerate()
                        .any(|(bit, (effect, _))| *effect == at && mask[bit / 64] >> (bit % 64) & 1 == 1)
                };
                let groups = piece.groups.iter().zip(&mut known);
                let set = groups.filter_map(|(group, known)| {
                    let effects: Vec<u32> = group
                        .effects
                        .iter()
                        .filter(|&&at| holds(at))
                        .map(|&at| u32::try_from(piece.effects[at].effect).unwrap_or(u32::MAX))
                        .collect();
                    if effects.is_empty() {
                        return None;
                    }
                    if let Some((_, number)) = known.iter().find(|(e, _)| *e == effects) {
                        return Some(*number);
                    }
                    let variables = group.variables(&piece.scope, levels);
                    let number = transitions.number(Transition { variables, effects: effects.clone() });
                    known.push((effects, number));
                    Some(number)
                });
                number(&mut numbers, &mut sets, set.collect())
            })
            .collect();
        if let Some(last) = stages.last_mut() {
            for node in &mut last.next {
                *node = set_of[*node as usize];
            }
        }
        sets
    }
}

/// The number of `value`, a new one if it was not seen before.
fn number<T: Clone + Eq + std::hash::Hash>(
    numbers: &mut FxHashMap<T, u32>,
    list: &mut Vec<T>,
    value: T,
) -> u32 {
    *numbers.entry(value).or_insert_with_key(|value| {
        list.push(value.clone());
        u32::try_from(list.len() - 1).unwrap_or(u32::MAX)
    })
}

/// Variables of a piece that some effects change together, and those effects.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Group {
    /// The variables, ascending.
    pub members: Vec<usize>,
    /// The effects, by their place in the piece's list, in file order.
    pub effects: Vec<usize>,
}

impl Group {
    fn variables(&self, scope: &Scope, levels: &[usize]) -> Vec<(usize, usize, usize, usize)> {
        let described = scope.variables.iter().zip(&scope.sizes).zip(&scope.strides);
        described
            .filter(|((v, _), _)| self.members.contains(v))
            .map(|((&v, &size), &stride)| (v, levels[v], size, stride))
            .collect()
    }
}
