//! Part of a turn's chance: choices and effects that hang together, and where they lead.

use std::collections::BTreeMap;

use super::masks::{Chooser, Mask, holding};
use crate::agents::Policies;
use crate::game::{Scope, Shelf};
use crate::scenario::Clause;

/// Where a component leads: what it adds to the state's number, and the probability.
pub(crate) type Leads = Box<[(isize, f64)]>;

/// Choices and effects that hang together.
#[derive(Debug)]
pub(crate) struct Component {
    /// The variables that it reads or changes.
    pub(crate) scope: Scope,
    /// The variables that it changes.
    written: Scope,
    choosers: Vec<Chooser>,
    /// Effects in file order, with their clauses.
    effects: Vec<(usize, Vec<Clause>)>,
    /// Where one of these holds, probability is left out.
    absent: Vec<Clause>,
    /// What one level up in each written variable adds to the state's number.
    strides: Vec<usize>,
    leads: Shelf<Leads>,
}

impl Component {
    pub(crate) fn new(
        scope: Scope,
        written: Scope,
        choosers: Vec<Chooser>,
        effects: Vec<(usize, Vec<Clause>)>,
        absent: Vec<Clause>,
        states: &Scope,
    ) -> Self {
        Self {
            strides: written.variables.iter().map(|&v| states.stride_of(v).unwrap_or(0)).collect(),
            leads: Shelf::new(scope.cells),
            scope,
            written,
            choosers,
            effects,
            absent,
        }
    }

    /// Where it leads from the state `levels`: probabilities sum to 1, less what is left out.
    pub(crate) fn leads(&self, policies: &Policies<'_>, levels: &[usize]) -> &Leads {
        self.leads.get(self.scope.cell(levels), || self.make(policies, levels))
    }

    fn make(&self, policies: &Policies<'_>, levels: &[usize]) -> Leads {
        let clauses: Vec<&Clause> =
            self.effects.iter().flat_map(|(_, clauses)| clauses).chain(&self.absent).collect();
        let at_levels = |clause: &Clause| clause.levels.iter().all(|(v, set)| set.contains(levels[v.index()]));
        let possible = clauses
            .iter()
            .enumerate()
            .filter(|(_, clause)| at_levels(clause))
            .fold(0, |mask: Mask, (bit, _)| mask | 1 << bit);
        let effects = clauses.len() - self.absent.len();
        let left_out = if self.absent.is_empty() { 0 } else { Mask::MAX << effects };
        let mut by_effects: BTreeMap<Mask, f64> = BTreeMap::new();
        for (mask, p) in holding(policies, &self.choosers, &clauses, possible, levels) {
            if mask & left_out == 0 {
                *by_effects.entry(self.effects_of(mask)).or_default() += p;
            }
        }
        let start = self.written.cell(levels);
        let mut ends: BTreeMap<usize, f64> = BTreeMap::new();
        for (live, p) in by_effects {
            for (cell, q) in self.fire(policies, live, start) {
                *ends.entry(cell).or_default() += p * q;
            }
        }
        ends.into_iter().filter(|(_, p)| *p > 0.0).map(|(cell, p)| (self.moved(start, cell), p)).collect()
    }

    /// The effects of which some clause holds.
    fn effects_of(&self, mask: Mask) -> Mask {
        let mut bit = 0;
        let mut live = 0;
        for (at, (_, clauses)) in self.effects.iter().enumerate() {
            let own = (0..clauses.len()).any(|clause| mask >> (bit + clause) & 1 == 1);
            live |= Mask::from(own) << at;
            bit += clauses.len();
        }
        live
    }

    /// The cells of the written variables after the live effects fire, each with its chance, in file order.
    fn fire(&self, policies: &Policies<'_>, live: Mask, start: usize) -> BTreeMap<usize, f64> {
        let mut reached = BTreeMap::from([(start, 1.0)]);
        for (at, (effect, _)) in self.effects.iter().enumerate() {
            if live >> at & 1 == 0 {
                continue;
            }
            let chance = policies.numbers().chances[*effect];
            let mut next = BTreeMap::new();
            for (cell, p) in reached {
                if chance < 1.0 {
                    *next.entry(cell).or_default() += p * (1.0 - chance);
                }
                *next.entry(self.after(policies, *effect, cell)).or_default() += p * chance;
            }
            reached = next;
        }
        reached
    }

    /// The cell of the written variables after an effect has changed them.
    fn after(&self, policies: &Policies<'_>, effect: usize, cell: usize) -> usize {
        let mut after = cell;
        for (variable, change) in &policies.game().blueprint.effects[effect].changes {
            if let Ok(at) = self.written.variables.binary_search(variable) {
                let (stride, size) = (self.written.strides[at], self.written.sizes[at]);
                let level = after / stride % size;
                after = after - level * stride + change.apply(level, size) * stride;
            }
        }
        after
    }

    /// What the way from one cell of the written variables to another adds to the state's number.
    fn moved(&self, from: usize, to: usize) -> isize {
        let places = self.written.strides.iter().zip(&self.written.sizes).zip(&self.strides);
        let number = |cell: usize| -> usize {
            places.clone().map(|((stride, size), in_state)| cell / stride % size * in_state).sum()
        };
        number(to).wrapping_sub(number(from)).cast_signed()
    }
}
