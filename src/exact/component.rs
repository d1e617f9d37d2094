//! Part of a turn's chance: choices and effects that hang together, and where they lead.
//!
//! Takes the decisions and effects of a cluster, and gives out, for every state, by how much they change the state's
//! number and with which probability. Nothing here knows which states are reached, or how likely they are.
//!
//! Where a component leads depends only on the variables of its scope, so it is worked out once for each cell of
//! them. The work falls into three steps, of which the first is shared by all cells in which the same clauses can hold
//! and the members have the same menus: how the options chosen decide which clauses hold (a [`ClauseDiagram`]) and so
//! which effects are active; how likely each set of active effects is under the policies; and where each set leads,
//! where every active effect fires or not, each by its own chance (an [`EffectExpansion`]).

use super::clause_diagram::ClauseDiagram;
use super::decisions::CoupledDecisions;
use super::effect_expansion::{EffectExpansion, EffectSets};
use super::gather::{DENSE, GatheredCells};
use crate::agents::Policies;
use crate::game::{
    ActiveEffect, CellId, EffectPlan, Game, Interner, LazyTable, VariableSet, at_levels, compact,
};
use crate::scenario::{Clause, EffectId, IdVec, LevelId, Levels};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Where a component leads: what it adds to the state's number, and the probability.
pub(crate) type StateTransitions = Box<[(isize, f64)]>;

/// Choices and effects that hang together.
#[derive(Debug)]
pub(crate) struct TransitionComponent {
    /// The variables that it reads or changes.
    pub(crate) scope: VariableSet,
    /// The variables that it changes.
    written: VariableSet,
    decisions: CoupledDecisions,
    /// Effects in file order, with their clauses.
    effects: Vec<ActiveEffect>,
    /// For each clause of its effects, the effect by its place.
    effect_of: Vec<u32>,
    /// Where one of these holds, probability is left out: that is how what was observed not to happen is taken out.
    excluded: Vec<Clause>,
    /// For each effect, where it leads from each cell of the written variables; none where those are many.
    after: Vec<IdVec<CellId, u32>>,
    /// What each cell of the written variables adds to the state's number.
    numbers: IdVec<CellId, isize>,
    activations: Interner<Activation>,
    transitions: LazyTable<CellId, StateTransitions>,
    /// Memory for working out a cell, as much as there were threads at it: taken out while it is used and put back,
    /// so that no thread waits for another.
    workspaces: Mutex<Vec<EffectExpansion>>,
}

/// What a component is made of.
pub(crate) struct ComponentParts {
    /// The variables that it reads or changes.
    pub(crate) scope: VariableSet,
    /// The variables that it changes.
    pub(crate) written: VariableSet,
    /// Who chooses in it.
    pub(crate) decisions: CoupledDecisions,
    /// Its effects, in file order.
    pub(crate) effects: Vec<ActiveEffect>,
    /// Where one of these holds, probability is left out.
    pub(crate) excluded: Vec<Clause>,
}

/// How choices make effects active. States in which the same conditions can hold and members have the same menus share
/// them.
#[derive(Debug)]
struct Activation {
    diagram: ClauseDiagram,
    /// For each set of clauses, the set of effects that it makes active; none where probability is left out.
    set_of: Vec<Option<usize>>,
    sets: EffectSets,
}

impl TransitionComponent {
    pub(crate) fn new(parts: ComponentParts, game: &Game) -> Self {
        let ComponentParts { scope, written, decisions, effects, excluded } = parts;
        let lead = |effect: EffectId| {
            let plan = &game.blueprint.effects[effect];
            written.all_cells().map(|cell| compact(after(&written, plan, cell).index())).collect()
        };
        let few = written.cells <= DENSE;
        Self {
            after: effects.iter().filter(|_| few).map(|active| lead(active.effect)).collect(),
            numbers: numbers(&written, &game.states),
            activations: Interner::default(),
            transitions: LazyTable::new(scope.cells),
            workspaces: Mutex::default(),
            effect_of: effect_of(&effects),
            scope,
            written,
            decisions,
            effects,
            excluded,
        }
    }

    /// Where it leads from the state `levels`: probabilities sum to 1, less what is left out.
    pub(crate) fn transitions(&self, policies: &Policies<'_>, levels: &Levels) -> &StateTransitions {
        self.transitions.get(self.scope.cell(levels), || self.make(policies, levels))
    }

    fn make(&self, policies: &Policies<'_>, levels: &Levels) -> StateTransitions {
        let clauses = self.clauses().enumerate();
        let possible: Vec<usize> =
            clauses.filter(|(_, clause)| at_levels(clause, levels)).map(|(at, _)| at).collect();
        let all = self.effect_of.len() + self.excluded.len();
        let key = self.decisions.key(policies.game(), all, &possible, levels);
        let activation = self.activations.get(&key, || self.activation(policies, &possible, levels));
        let mut active = vec![0.0; activation.sets.wanted.len()];
        for (p, set) in
            self.decisions.chances(policies, &activation.diagram, levels).iter().zip(&activation.set_of)
        {
            if let Some(set) = set {
                active[*set] += p;
            }
        }
        self.ends(policies, &activation.sets, &active, self.written.cell(levels))
    }

    fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.effects.iter().flat_map(|active| &active.clauses).chain(&self.excluded)
    }

    /// How choices make effects active where these clauses, by their places, hold as far as the state goes.
    fn activation(&self, policies: &Policies<'_>, possible: &[usize], levels: &Levels) -> Activation {
        let clauses: Vec<&Clause> = self.clauses().collect();
        let here: Vec<&Clause> = possible.iter().map(|&at| clauses[at]).collect();
        let (diagram, ends) = self.decisions.diagram(policies.game(), &here, levels);
        let active: Vec<Option<Vec<u32>>> =
            ends.iter().map(|end| self.effects_of(end.iter().map(|&at| possible[at]))).collect();
        let mut sets: Vec<Vec<u32>> = active.iter().flatten().cloned().collect();
        // By the last effect in which two differ: probabilities are added in this order.
        sets.sort_unstable_by(|one, other| one.iter().rev().cmp(other.iter().rev()));
        sets.dedup();
        let place =
            |set: &Vec<u32>| sets.binary_search_by(|known| known.iter().rev().cmp(set.iter().rev())).ok();
        let set_of = active.iter().map(|set| set.as_ref().and_then(place)).collect();
        Activation { diagram, set_of, sets: EffectSets::new(&sets) }
    }

    /// The effects that clauses, ascending, make active; none where probability is left out.
    fn effects_of(&self, clauses: impl Iterator<Item = usize>) -> Option<Vec<u32>> {
        let mut effects: Vec<u32> =
            clauses.map(|clause| self.effect_of.get(clause).copied()).collect::<Option<_>>()?;
        effects.dedup();
        Some(effects)
    }

    /// Where sets of active effects, each with its probability, lead from a cell of the written variables.
    fn ends(
        &self,
        policies: &Policies<'_>,
        sets: &EffectSets,
        active: &[f64],
        start: CellId,
    ) -> StateTransitions {
        let room = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut expansion = room.unwrap_or_else(|| EffectExpansion::new(self.written.cells));
        expansion.begin(sets, start);
        let fire = |effect: usize, cells: &mut GatheredCells, range: Range<usize>| {
            self.fire(policies, effect, cells, range);
        };
        for (&set, &p) in sets.wanted.iter().zip(active).filter(|(_, p)| **p > 0.0) {
            expansion.add(sets, set, p, &fire);
        }
        let from = self.numbers[start];
        let transitions = expansion.ends().iter().filter(|(_, p)| *p > 0.0);
        let transitions = transitions.map(|&(cell, p)| (self.numbers[cell] - from, p)).collect();
        self.workspaces.lock().unwrap_or_else(PoisonError::into_inner).push(expansion);
        transitions
    }

    /// Appends to a list where a range of its cells leads if the effect at a place fires with its chance.
    fn fire(&self, policies: &Policies<'_>, at: usize, cells: &mut GatheredCells, range: Range<usize>) {
        let effect = self.effects[at].effect;
        let chance = policies.numbers().chance(effect);
        if let Some(after) = self.after.get(at) {
            let after = after.as_slice();
            cells.fire(range, chance, |cell| CellId::new(after[cell.index()] as usize));
        } else {
            let plan = &policies.game().blueprint.effects[effect];
            cells.fire(range, chance, |cell| after(&self.written, plan, cell));
        }
    }
}

/// For each clause of some effects, the effect by its place.
fn effect_of(effects: &[ActiveEffect]) -> Vec<u32> {
    let clauses = effects.iter().enumerate();
    clauses.flat_map(|(at, effect)| effect.clauses.iter().map(move |_| compact(at))).collect()
}

/// What each cell of some variables adds to the state's number.
fn numbers(written: &VariableSet, states: &VariableSet) -> IdVec<CellId, isize> {
    let in_state: Vec<usize> = written.variables.iter().map(|&v| states.stride_of(v).unwrap_or(0)).collect();
    let places = written.strides.iter().zip(&written.sizes).zip(&in_state);
    let number = |cell: CellId| -> usize {
        places.clone().map(|((stride, size), in_state)| cell.index() / stride % size * in_state).sum()
    };
    written.all_cells().map(|cell| number(cell).cast_signed()).collect()
}

/// The cell of some variables after an effect has changed them.
fn after(written: &VariableSet, effect: &EffectPlan, cell: CellId) -> CellId {
    let mut after = cell.index();
    for (variable, change) in &effect.changes {
        if let Ok(at) = written.variables.binary_search(variable) {
            let (stride, size) = (written.strides[at], written.sizes[at]);
            let level = after / stride % size;
            after = after - level * stride + change.apply(LevelId::new(level), size).index() * stride;
        }
    }
    CellId::new(after)
}
