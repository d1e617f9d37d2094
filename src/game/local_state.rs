//! What a component of the game is like where the few variables that it reads stand at known levels.

use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use super::blueprint::{Blueprint, at_levels};
use super::component::{ActiveTerm, ComponentStructure, Member};
use super::effect_diagram::{DiagramShape, EffectDiagram, SeatedMembers};
use super::ids::{CellId, MemberId, MenuId, SubsetId};
use super::lazy_table::Interner;
use super::menu::{Menu, SeatStatus};
use super::place::compact;
use super::transition::TransitionTable;
use crate::scenario::{ActorId, Clause, IdVec, Levels, MoveId, SeatId, Set, TermId};

/// A component in one cell of its scope: who can do what, what pays, and which effects can hold.
#[derive(Clone, Debug)]
pub struct LocalState {
    /// A menu for each member of the component.
    pub menus: IdVec<MemberId, Arc<Menu>>,
    /// Where each member's options begin if all members' options stand in a row; at the end, how many
    /// there are in all.
    pub starts: Box<[usize]>,
    /// What factors ask of members.
    pub subsets: OptionSubsets,
    /// The payoff terms that can hold here, as sums of products.
    pub products: Vec<PayoffProduct>,
    /// All factors of all products.
    pub factors: Vec<MoveFactor>,
    /// A diagram for each continuation term.
    pub diagrams: Vec<EffectDiagram>,
    /// Whether a play stops in this state.
    pub stopped: bool,
}

/// Sets of options, each of one member's, by their places in the row of all members' options.
#[derive(Clone, Debug, Default)]
pub struct OptionSubsets {
    /// Where each subset ends among all.
    ends: Vec<u32>,
    options: Vec<u32>,
}

impl OptionSubsets {
    /// The options of a subset, ascending.
    #[inline]
    #[must_use]
    pub fn get(&self, subset: SubsetId) -> &[u32] {
        let subset = subset.index();
        let start = if subset == 0 { 0 } else { self.ends[subset - 1] };
        &self.options[start as usize..self.ends[subset] as usize]
    }

    /// How many subsets there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All subsets, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let options = &self.options[start..end as usize];
            start = end as usize;
            options
        })
    }

    /// The id of a subset, a new one if it is not known.
    fn number(&mut self, options: impl Iterator<Item = u32> + Clone) -> SubsetId {
        let known = self.iter().position(|subset| subset.iter().copied().eq(options.clone()));
        SubsetId::new(known.unwrap_or_else(|| {
            self.options.extend(options);
            self.ends.push(compact(self.options.len()));
            self.ends.len() - 1
        }))
    }
}

/// A payoff term's condition, or a correction where several of its clauses can hold at once, as a product
/// of one condition a member: it is paid where every factor's member picks an option of its subset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PayoffProduct {
    /// The payoff term.
    pub term: TermId,
    /// What the term counts for here: see [`Blueprint::per`].
    pub per: u32,
    /// +1, or -1 and the like for corrections.
    pub sign: f64,
    /// The first of its factors.
    pub start: u32,
    /// One past the last of its factors.
    pub end: u32,
}

/// One member's condition in a [`PayoffProduct`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveFactor {
    /// The member's actor.
    pub actor: ActorId,
    /// The subset of its options, among the cell's [`OptionSubsets`].
    pub subset: SubsetId,
}

/// The menus that were ever made for a structure's members, so that cells share them.
#[derive(Debug, Default)]
pub(crate) struct MenuInterner {
    known: Mutex<FxHashMap<(Vec<SeatId>, Vec<SeatStatus>), Arc<Menu>>>,
}

impl MenuInterner {
    fn get(&self, blueprint: &Blueprint, member: &Member, statuses: Vec<SeatStatus>) -> Arc<Menu> {
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let id = MenuId::new(known.len());
        let menu = known.entry((member.seats.clone(), statuses)).or_insert_with_key(|(seats, statuses)| {
            let moves: Vec<usize> = seats.iter().map(|&s| blueprint.seats[s].moves).collect();
            Arc::new(Menu::new(id, statuses.clone(), &moves))
        });
        Arc::clone(menu)
    }
}

/// One clause's demands on the moves of a component: for each member, the options that meet them; `None` for
/// all of them.
type Demands = IdVec<MemberId, Option<Vec<u16>>>;

/// What the local states of a structure share.
pub(super) struct SharedParts<'g> {
    pub(super) blueprint: &'g Blueprint,
    pub(super) structure: &'g ComponentStructure,
    pub(super) menus: &'g MenuInterner,
    /// For each continuation term, the shapes of its diagrams.
    pub(super) diagram_shapes: &'g [Interner<DiagramShape>],
    pub(super) transitions: &'g TransitionTable,
}

impl SharedParts<'_> {
    /// The members' menus in the state `levels`.
    fn menus(&self, levels: &Levels) -> IdVec<MemberId, Arc<Menu>> {
        let status =
            |&seat: &SeatId| SeatStatus::of(&self.blueprint.seats[seat], levels, self.structure.turn);
        let menu = |member: &Member| {
            self.menus.get(self.blueprint, member, member.seats.iter().map(status).collect())
        };
        self.structure.members.iter().map(menu).collect()
    }

    /// The diagrams of the continuation terms in the state `levels`, where the members have these menus.
    fn diagrams(&self, menus: &IdVec<MemberId, Arc<Menu>>, levels: &Levels) -> Vec<EffectDiagram> {
        let seated = SeatedMembers { members: &self.structure.members, menus };
        let terms = self.structure.continuation_terms.iter().zip(self.diagram_shapes);
        terms
            .map(|(term, shapes)| EffectDiagram::build(term, seated, levels, shapes, self.transitions))
            .collect()
    }
}

impl LocalState {
    /// That of a cell.
    #[must_use]
    pub(super) fn build(shared: &SharedParts<'_>, cell: CellId) -> Self {
        let &SharedParts { blueprint, structure, .. } = shared;
        let mut levels = blueprint.lowest();
        structure.scope.write(cell, &mut levels);
        let menus = shared.menus(&levels);
        let lengths = menus.iter().map(|menu| menu.len());
        let starts = std::iter::once(0).chain(lengths.scan(0, |sum, length| {
            *sum += length;
            Some(*sum)
        }));
        let mut made = Self {
            starts: starts.collect(),
            subsets: OptionSubsets::default(),
            products: Vec::new(),
            factors: Vec::new(),
            diagrams: shared.diagrams(&menus, &levels),
            stopped: blueprint.stops(&levels),
            menus,
        };
        for term in &structure.terms {
            made.add_term(structure, term, &levels, compact(blueprint.per(term.term, &levels)));
        }
        made
    }

    /// Adds a term as signed products: the sum over its clauses, less what would be counted twice.
    fn add_term(&mut self, structure: &ComponentStructure, term: &ActiveTerm, levels: &Levels, per: u32) {
        let mut signed: Vec<(f64, Demands)> = Vec::new();
        for clause in term.clauses.iter().filter(|clause| at_levels(clause, levels)) {
            let Some(demands) = self.demands(structure, clause) else { continue };
            let corrections: Vec<(f64, Demands)> = signed
                .iter()
                .filter_map(|(sign, other)| Some((-sign, intersection(&demands, other)?)))
                .collect();
            for (sign, demands) in std::iter::once((1.0, demands)).chain(corrections) {
                match signed.iter_mut().find(|(_, known)| *known == demands) {
                    Some((sum, _)) => *sum += sign,
                    None => signed.push((sign, demands)),
                }
            }
            signed.retain(|(sign, _)| *sign != 0.0);
        }
        for (sign, demands) in signed {
            let start = compact(self.factors.len());
            self.push_factors(structure, demands);
            let end = compact(self.factors.len());
            self.products.push(PayoffProduct { term: term.term, per, sign, start, end });
        }
    }

    /// What a clause demands of each member's option; `None` where no option meets it.
    fn demands(&self, structure: &ComponentStructure, clause: &Clause) -> Option<Demands> {
        let mut demands = Demands::filled(None, structure.members.len());
        for ((at, member), menu) in structure.members.numbered().zip(&self.menus) {
            let named: Vec<(usize, &Set)> = member
                .seats
                .iter()
                .enumerate()
                .filter_map(|(at, seat)| {
                    let (_, set) = clause.moves.iter().find(|(s, _)| s == seat)?;
                    Some((at, set))
                })
                .collect();
            if named.is_empty() {
                continue;
            }
            let meets = |option: &[Option<MoveId>]| {
                named.iter().all(|(at, set)| option[*at].is_some_and(|made| set.contains(made.index())))
            };
            let met: Vec<u16> = (0..menu.len())
                .filter(|&o| meets(&menu.options[o]))
                .map(|o| u16::try_from(o).unwrap_or(u16::MAX))
                .collect();
            if met.is_empty() {
                return None;
            }
            demands[at] = (met.len() < menu.len()).then_some(met);
        }
        Some(demands)
    }

    fn push_factors(&mut self, structure: &ComponentStructure, demands: Demands) {
        for ((at, member), demand) in structure.members.numbered().zip(demands) {
            let Some(options) = demand else { continue };
            let start = self.options_of(at).start;
            let subset = self.subsets.number(options.iter().map(|&option| compact(start + option as usize)));
            self.factors.push(MoveFactor { actor: member.actor, subset });
        }
    }

    /// How many options the members have in all.
    #[must_use]
    pub fn options(&self) -> usize {
        self.starts[self.menus.len()]
    }

    /// Where a member's options stand in the row of all members' options.
    #[inline]
    #[must_use]
    pub fn options_of(&self, member: MemberId) -> Range<usize> {
        self.starts[member.index()]..self.starts[member.index() + 1]
    }

    /// The factors of a product.
    #[inline]
    #[must_use]
    pub fn factors(&self, product: &PayoffProduct) -> &[MoveFactor] {
        &self.factors[product.start as usize..product.end as usize]
    }
}

/// What two clauses demand together; `None` where no option of some member meets both.
fn intersection(a: &Demands, b: &Demands) -> Option<Demands> {
    a.iter()
        .zip(b)
        .map(|pair| match pair {
            (None, other) | (other, None) => Some(other.clone()),
            (Some(x), Some(y)) => {
                let both: Vec<u16> = x.iter().copied().filter(|o| y.contains(o)).collect();
                (!both.is_empty()).then_some(Some(both))
            }
        })
        .collect()
}
