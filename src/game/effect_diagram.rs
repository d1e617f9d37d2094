//! Which effects hold, and what they make of a piece of the state, as the actors' options decide it.
//!
//! Given the state, a profile matters for what comes next only through the set of effects that hold. The
//! sets are found actor by actor, equal ones merged, so that no joint profile is ever enumerated.

use rustc_hash::FxHashMap;
use std::sync::Arc;

use super::blueprint::at_levels;
use super::component::{ContinuationTerm, Member};
use super::ids::{CellId, MemberId, TransitionId};
use super::lazy_table::Interner;
use super::menu::Menu;
use super::place::compact;
use super::transition::{EffectTransition, TransitionTable};
use crate::scenario::{Clause, EffectId, IdVec, Levels};

/// How sets of effects arise, for one continuation term, in one cell, and what they change there.
#[derive(Clone, Debug)]
pub struct EffectDiagram {
    /// How the sets arise.
    pub shape: Arc<DiagramShape>,
    /// The cell of the continuation term's scope in which the state stands before the effects.
    pub base: CellId,
    /// What each change of the shape is here: independent [`EffectTransition`]s.
    pub transitions: Box<[TransitionId]>,
}

/// How sets of effects arise. Cells in which the same conditions can hold and members have the same menus
/// share one.
///
/// A walk starts at node 0 of the first stage; each member's option leads to a node of the next stage;
/// the nodes after the last stage are the sets of effects.
#[derive(Clone, Debug)]
pub struct DiagramShape {
    /// One stage for each member whose options make a difference, in the order of the component's members.
    pub stages: Vec<DiagramStage>,
    /// `sets[node]`: the changes that this set of effects makes, by their number.
    pub sets: Vec<Box<[u32]>>,
    /// Of each change, the group of variables that it is made to, and the effects that make it.
    changes: Vec<(usize, Vec<EffectId>)>,
}

impl DiagramShape {
    /// Where the sets begin if the nodes of all stages, and then the sets, stand in a row.
    #[must_use]
    pub fn first_set(&self) -> usize {
        self.stages.last().map_or(0, DiagramStage::end_node)
    }

    /// How many classes of options all stages have.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.stages.last().map_or(0, |last| last.first_class + last.classes)
    }
}

/// One member's part in a [`DiagramShape`].
#[derive(Clone, Debug)]
pub struct DiagramStage {
    /// The member of the component.
    pub member: MemberId,
    /// The class of each of its options; options of a class let the same effects hold.
    pub class_of: Vec<u16>,
    /// How many classes there are.
    pub classes: usize,
    /// `next[node * classes + class]`: the node of the next stage.
    pub next: Vec<u32>,
    /// Where its nodes begin if those of all stages stand in a row.
    pub first_node: usize,
    /// Where its classes begin if those of all stages stand in a row.
    pub first_class: usize,
}

impl DiagramStage {
    /// How many nodes the stage has.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.next.len() / self.classes
    }

    /// Where the nodes of the next stage begin in the row of all stages' nodes.
    #[must_use]
    pub fn end_node(&self) -> usize {
        self.first_node + self.nodes()
    }
}

/// The members of a component with their menus.
#[derive(Clone, Copy)]
pub(super) struct SeatedMembers<'a> {
    pub(super) members: &'a IdVec<MemberId, Member>,
    pub(super) menus: &'a IdVec<MemberId, Arc<Menu>>,
}

/// The live clauses of a continuation term's effects in one cell.
struct ActiveClauses<'a> {
    /// The effect (its place in the continuation term's list) and the clause, in file order.
    clauses: Vec<(usize, &'a Clause)>,
}

impl EffectDiagram {
    /// The diagram of a continuation term in the cell whose state is `levels`. `diagram_shapes` are those of the
    /// continuation term.
    #[must_use]
    pub(super) fn build(
        continuation_term: &ContinuationTerm,
        seated: SeatedMembers<'_>,
        levels: &Levels,
        diagram_shapes: &Interner<DiagramShape>,
        transitions: &TransitionTable,
    ) -> Self {
        let menus = seated.menus;
        let mut key: Vec<u64> = menus.iter().map(|menu| menu.id.index() as u64).collect();
        key.resize(menus.len() + continuation_term.clauses().count().div_ceil(64), 0);
        let mut live = ActiveClauses { clauses: Vec::new() };
        let clauses = continuation_term.effects.iter().enumerate();
        let clauses = clauses.flat_map(|(at, effect)| effect.clauses.iter().map(move |clause| (at, clause)));
        for (bit, (at, clause)) in clauses.enumerate().filter(|(_, (_, clause))| at_levels(clause, levels)) {
            key[menus.len() + bit / 64] |= 1 << (bit % 64);
            live.clauses.push((at, clause));
        }
        let shape = diagram_shapes.get(&key, || live.shape(continuation_term, seated));
        let transition = |(group, effects): &(usize, Vec<EffectId>)| {
            let variables = continuation_term.groups[*group].changed(&continuation_term.scope, levels);
            transitions.number(EffectTransition { variables, effects: effects.clone() })
        };
        let transitions = shape.changes.iter().map(transition).collect();
        Self { base: continuation_term.scope.cell(levels), transitions, shape }
    }
}

/// Words of a mask of clauses, at most; [`CLAUSES`] is what compilation holds continuation terms to.
const CLAUSE_WORDS: usize = 16;

/// Clauses of effects that one continuation term may depend on.
pub(crate) const CLAUSES: usize = CLAUSE_WORDS * 64;

impl ActiveClauses<'_> {
    fn shape(&self, continuation_term: &ContinuationTerm, seated: SeatedMembers<'_>) -> DiagramShape {
        if self.clauses.len() <= 64 {
            self.shape_of::<1>(continuation_term, seated)
        } else {
            self.shape_of::<CLAUSE_WORDS>(continuation_term, seated)
        }
    }

    fn shape_of<const W: usize>(
        &self,
        continuation_term: &ContinuationTerm,
        seated: SeatedMembers<'_>,
    ) -> DiagramShape {
        let mut nodes: Vec<[u64; W]> = vec![self.all::<W>()];
        let mut stages: Vec<DiagramStage> = Vec::new();
        for ((at, member), menu) in seated.members.numbered().zip(seated.menus) {
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
            let (first_node, first_class) =
                stages.last().map_or((0, 0), |last| (last.end_node(), last.first_class + last.classes));
            stages.push(DiagramStage {
                member: at,
                class_of,
                classes: classes.len(),
                next,
                first_node,
                first_class,
            });
            nodes = after;
        }
        let (sets, changes) = self.merge_into_sets(continuation_term, &nodes, &mut stages);
        DiagramShape { stages, sets, changes }
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

    /// Turns the last nodes, masks of clauses, into sets of effects, as changes of groups, and the changes:
    /// an effect holds once, however many of its clauses do.
    fn merge_into_sets<const W: usize>(
        &self,
        continuation_term: &ContinuationTerm,
        nodes: &[[u64; W]],
        stages: &mut [DiagramStage],
    ) -> (Vec<Box<[u32]>>, Vec<(usize, Vec<EffectId>)>) {
        let (mut numbers, mut sets) = (FxHashMap::default(), Vec::new());
        let (mut change_numbers, mut changes) = (FxHashMap::default(), Vec::new());
        let mut holds = vec![false; continuation_term.effects.len()];
        let set_of: Vec<u32> = nodes
            .iter()
            .map(|mask| {
                holds.fill(false);
                for (bit, (effect, _)) in self.clauses.iter().enumerate() {
                    holds[*effect] |= mask[bit / 64] >> (bit % 64) & 1 == 1;
                }
                let set = continuation_term.groups.iter().enumerate().filter_map(|(group, of)| {
                    let held = of.effects.iter().filter(|&&at| holds[at]);
                    let effects: Vec<EffectId> =
                        held.map(|&at| continuation_term.effects[at].effect).collect();
                    (!effects.is_empty()).then(|| number(&mut change_numbers, &mut changes, (group, effects)))
                });
                let set: Box<[u32]> = set.collect();
                number(&mut numbers, &mut sets, set)
            })
            .collect();
        if let Some(last) = stages.last_mut() {
            for node in &mut last.next {
                *node = set_of[*node as usize];
            }
        }
        (sets, changes)
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
        compact(list.len() - 1)
    })
}
