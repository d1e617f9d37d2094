//! What a part of the game is like where the few variables that it reads stand at known levels.

use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex};

use super::blueprint::{Blueprint, at_levels};
use super::lattice::{Lattice, Transitions};
use super::menu::{Menu, SeatStatus};
use super::partition::{LiveTerm, Member, Shape};
use crate::scenario::{Clause, Set};

/// A part in one cell of its scope: who can do what, what pays, and which effects can hold.
#[derive(Clone, Debug)]
pub struct Cell {
    /// A menu for each member of the part.
    pub menus: Vec<Arc<Menu>>,
    /// `subsets[member][subset]`: positions of options in the member's menu, ascending.
    pub subsets: Vec<Vec<Box<[u16]>>>,
    /// The payoff terms that can hold here, as sums of products.
    pub products: Vec<Product>,
    /// All factors of all products.
    pub factors: Vec<Factor>,
    /// A lattice for each piece of the continuation.
    pub lattices: Vec<Lattice>,
    /// Whether a play stops in this state.
    pub stopped: bool,
    /// The levels of the part's variables here; 0 for all other variables.
    pub levels: Box<[usize]>,
}

/// A payoff term's condition, or a correction where several of its clauses can hold at once, as a product
/// of one condition a member: it is paid where every factor's member picks an option of its subset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Product {
    /// The payoff term.
    pub term: u32,
    /// +1, or -1 and the like for corrections.
    pub sign: f64,
    /// The first of its factors.
    pub start: u32,
    /// One past the last of its factors.
    pub end: u32,
}

/// One member's condition in a [`Product`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor {
    /// The member of the part.
    pub member: u16,
    /// The subset of its menu.
    pub subset: u16,
}

/// The menus that were ever made for a shape's members, so that cells share them.
#[derive(Debug, Default)]
pub(crate) struct Menus {
    known: Mutex<FxHashMap<(usize, Vec<SeatStatus>), Arc<Menu>>>,
}

impl Menus {
    fn get(&self, blueprint: &Blueprint, member: &Member, statuses: Vec<SeatStatus>) -> Arc<Menu> {
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let id = known.len();
        let menu = known.entry((member.seats[0], statuses)).or_insert_with_key(|(_, statuses)| {
            let moves: Vec<usize> = member.seats.iter().map(|&s| blueprint.seats[s].moves).collect();
            Arc::new(Menu::new(id, statuses.clone(), &moves))
        });
        Arc::clone(menu)
    }
}

/// One clause's demands on the moves of a part: for each member, the options that meet them; `None` for
/// all of them.
type Demands = Vec<Option<Vec<u16>>>;

impl Cell {
    /// The cell of that number.
    pub(crate) fn build(
        blueprint: &Blueprint,
        shape: &Shape,
        cell: usize,
        menus: &Menus,
        transitions: &Transitions,
    ) -> Self {
        let mut levels = vec![0; blueprint.levels.len()];
        shape.scope.write(cell, &mut levels);
        let menus: Vec<Arc<Menu>> = shape
            .members
            .iter()
            .map(|member| {
                let status = |&seat: &usize| SeatStatus::of(&blueprint.seats[seat], &levels, shape.turn);
                menus.get(blueprint, member, member.seats.iter().map(status).collect())
            })
            .collect();
        let mut made = Self {
            subsets: vec![Vec::new(); menus.len()],
            products: Vec::new(),
            factors: Vec::new(),
            lattices: Vec::new(),
            stopped: blueprint.stops(&levels),
            levels: levels.into(),
            menus,
        };
        for term in &shape.terms {
            made.add_term(shape, term);
        }
        let borrowed: Vec<&Menu> = made.menus.iter().map(AsRef::as_ref).collect();
        made.lattices = shape
            .pieces
            .iter()
            .map(|piece| Lattice::build(piece, &shape.members, &borrowed, &made.levels, transitions))
            .collect();
        made
    }

    /// Adds a term as signed products: the sum over its clauses, less what would be counted twice.
    fn add_term(&mut self, shape: &Shape, term: &LiveTerm) {
        let mut signed: Vec<(f64, Demands)> = Vec::new();
        for clause in term.clauses.iter().filter(|clause| at_levels(clause, &self.levels)) {
            let Some(demands) = self.demands(shape, clause) else { continue };
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
            self.push(term.term, sign, demands);
        }
    }

    /// What a clause demands of each member's option; `None` where no option meets it.
    fn demands(&self, shape: &Shape, clause: &Clause) -> Option<Demands> {
        let mut demands: Demands = vec![None; shape.members.len()];
        for (m, (member, menu)) in shape.members.iter().zip(&self.menus).enumerate() {
            let named: Vec<(usize, &Set)> = member
                .seats
                .iter()
                .enumerate()
                .filter_map(|(at, seat)| {
                    let (_, set) = clause.moves.iter().find(|(s, _)| s.index() == *seat)?;
                    Some((at, set))
                })
                .collect();
            if named.is_empty() {
                continue;
            }
            let meets = |option: &[Option<usize>]| {
                named.iter().all(|(at, set)| option[*at].is_some_and(|made| set.contains(made)))
            };
            let met: Vec<u16> = (0..menu.len())
                .filter(|&o| meets(&menu.options[o]))
                .map(|o| u16::try_from(o).unwrap_or(u16::MAX))
                .collect();
            if met.is_empty() {
                return None;
            }
            demands[m] = (met.len() < menu.len()).then_some(met);
        }
        Some(demands)
    }

    fn push(&mut self, term: usize, sign: f64, demands: Demands) {
        let start = self.factors.len();
        for (member, demand) in demands.into_iter().enumerate() {
            let Some(options) = demand else { continue };
            let subsets = &mut self.subsets[member];
            let known = subsets.iter().position(|subset| **subset == *options);
            let subset = known.unwrap_or_else(|| {
                subsets.push(options.into());
                subsets.len() - 1
            });
            self.factors.push(Factor { member: small(member), subset: small(subset) });
        }
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let end = index(self.factors.len());
        self.products.push(Product { term: index(term), sign, start: index(start), end });
    }

    /// The factors of a product.
    #[must_use]
    pub fn factors(&self, product: &Product) -> &[Factor] {
        &self.factors[product.start as usize..product.end as usize]
    }
}

/// Compilation refuses menus of more options than fit.
fn small(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
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
