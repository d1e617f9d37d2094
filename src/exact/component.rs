//! Part of a turn's chance: choices and effects that hang together, and where they lead.

use super::fires::{Fires, Sets};
use super::gather::{Cells, DENSE, Places};
use super::masks::Choosers;
use super::net::{Mask, Net, ascending, place};
use crate::agents::Policies;
use crate::game::{EffectPlan, Game, Interner, LazyTable, VariableSet, at_levels};
use crate::scenario::Clause;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Where a component leads: what it adds to the state's number, and the probability.
pub(crate) type Leads = Box<[(isize, f64)]>;

/// Choices and effects that hang together.
#[derive(Debug)]
pub(crate) struct Component {
    /// The variables that it reads or changes.
    pub(crate) scope: VariableSet,
    /// The variables that it changes.
    written: VariableSet,
    choosers: Choosers,
    /// Effects in file order, with their clauses.
    effects: Vec<(usize, Vec<Clause>)>,
    /// For each effect, its clauses among those of all.
    own: Vec<Mask>,
    /// Where one of these holds, probability is left out.
    absent: Vec<Clause>,
    /// For each effect, where it leads from each cell of the written variables; none where those are many.
    after: Vec<Box<[u32]>>,
    /// What each cell of the written variables adds to the state's number.
    numbers: Box<[isize]>,
    ways: Interner<Ways>,
    leads: LazyTable<Leads>,
    /// Room for working out a cell, as many as there were threads at it.
    rooms: Mutex<Vec<Fires>>,
}

/// How choices make effects live. States in which the same conditions can hold and choosers have the same menus share
/// them.
#[derive(Debug)]
struct Ways {
    net: Net,
    /// For each set of clauses, the set of effects that it makes live; none where probability is left out.
    set_of: Vec<Option<usize>>,
    sets: Sets,
}

impl Component {
    pub(crate) fn new(
        scope: VariableSet,
        written: VariableSet,
        choosers: Choosers,
        effects: Vec<(usize, Vec<Clause>)>,
        absent: Vec<Clause>,
        game: &Game,
    ) -> Self {
        let lead = |effect: usize| {
            let plan = &game.blueprint.effects[effect];
            let cells = 0..written.cells;
            cells.map(|cell| u32::try_from(after(&written, plan, cell)).unwrap_or(u32::MAX)).collect()
        };
        let few = written.cells <= DENSE;
        Self {
            after: effects.iter().filter(|_| few).map(|(effect, _)| lead(*effect)).collect(),
            numbers: numbers(&written, &game.states),
            ways: Interner::default(),
            leads: LazyTable::new(scope.cells),
            rooms: Mutex::default(),
            own: own(&effects),
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
        let possible = self
            .clauses()
            .enumerate()
            .filter(|(_, clause)| at_levels(clause, levels))
            .fold(0, |mask: Mask, (bit, _)| mask | 1 << bit);
        let key = self.choosers.key(policies.game(), possible, levels);
        let ways = self.ways.get(&key, || self.ways(policies, possible, levels));
        let mut live = vec![0.0; ways.sets.asked.len()];
        for (p, set) in self.choosers.chances(policies, &ways.net, levels).iter().zip(&ways.set_of) {
            if let Some(set) = set {
                live[*set] += p;
            }
        }
        self.ends(policies, &ways.sets, &live, self.written.cell(levels))
    }

    fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.effects.iter().flat_map(|(_, clauses)| clauses).chain(&self.absent)
    }

    fn ways(&self, policies: &Policies<'_>, possible: Mask, levels: &[usize]) -> Ways {
        let clauses: Vec<&Clause> = self.clauses().collect();
        let effects = clauses.len() - self.absent.len();
        let left_out = if self.absent.is_empty() { 0 } else { Mask::MAX << effects };
        let net = self.choosers.net(policies.game(), &clauses, possible, levels);
        let kept = |mask: &Mask| (mask & left_out == 0).then(|| self.effects_of(*mask));
        let live: Vec<Option<Mask>> = net.masks.iter().map(kept).collect();
        let sets = ascending(live.iter().flatten().copied().collect());
        let set_of = live.into_iter().map(|live| live.map(|live| place(&sets, live))).collect();
        Ways { net, set_of, sets: Sets::new(&sets) }
    }

    /// Where sets of live effects, each with its probability, lead from a cell of the written variables.
    fn ends(&self, policies: &Policies<'_>, sets: &Sets, live: &[f64], start: usize) -> Leads {
        let room = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut fires = room.unwrap_or_else(|| Fires::new(self.written.cells));
        fires.begin(sets, start);
        let fire = |effect: usize, places: &mut Places, cells: &mut Cells, range: Range<usize>| {
            self.fire(policies, effect, places, cells, range);
        };
        for (&set, &p) in sets.asked.iter().zip(live).filter(|(_, p)| **p > 0.0) {
            fires.add(sets, set, p, &fire);
        }
        let from = self.numbers[start];
        let leads = fires.ends().iter().filter(|(_, p)| *p > 0.0);
        let leads = leads.map(|&(cell, p)| (self.numbers[cell] - from, p)).collect();
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner).push(fires);
        leads
    }

    /// The effects of which some clause holds.
    fn effects_of(&self, mask: Mask) -> Mask {
        let live = self.own.iter().enumerate().filter(|(_, own)| mask & **own != 0);
        live.fold(0, |live, (at, _)| live | 1 << at)
    }

    /// Appends to a list where a range of its cells leads if the effect at a place fires with its chance.
    fn fire(
        &self,
        policies: &Policies<'_>,
        at: usize,
        places: &mut Places,
        cells: &mut Cells,
        range: Range<usize>,
    ) {
        let effect = self.effects[at].0;
        let chance = policies.numbers().chances[effect];
        if let Some(after) = self.after.get(at) {
            places.fire(cells, range, chance, |cell| after[cell] as usize);
        } else {
            let plan = &policies.game().blueprint.effects[effect];
            places.fire(cells, range, chance, |cell| after(&self.written, plan, cell));
        }
    }
}

/// For each effect, its clauses among those of all.
fn own(effects: &[(usize, Vec<Clause>)]) -> Vec<Mask> {
    let mut bit = 0;
    let masks = effects.iter().map(|(_, clauses)| {
        let mask = (bit..bit + clauses.len()).fold(0, |mask: Mask, bit| mask | 1 << bit);
        bit += clauses.len();
        mask
    });
    masks.collect()
}

/// What each cell of some variables adds to the state's number.
fn numbers(written: &VariableSet, states: &VariableSet) -> Box<[isize]> {
    let in_state: Vec<usize> = written.variables.iter().map(|&v| states.stride_of(v).unwrap_or(0)).collect();
    let places = written.strides.iter().zip(&written.sizes).zip(&in_state);
    let number = |cell: usize| -> usize {
        places.clone().map(|((stride, size), in_state)| cell / stride % size * in_state).sum()
    };
    (0..written.cells).map(|cell| number(cell).cast_signed()).collect()
}

/// The cell of some variables after an effect has changed them.
fn after(written: &VariableSet, effect: &EffectPlan, cell: usize) -> usize {
    let mut after = cell;
    for (variable, change) in &effect.changes {
        if let Ok(at) = written.variables.binary_search(variable) {
            let (stride, size) = (written.strides[at], written.sizes[at]);
            let level = after / stride % size;
            after = after - level * stride + change.apply(level, size) * stride;
        }
    }
    after
}
