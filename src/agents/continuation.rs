//! What the turns to come are worth, and how an option changes that: passes over the diagrams of effects.
//!
//! Takes what the cells of a continuation term are worth, and gives out first what each set of effects is worth
//! ([`Continuation::values_of_sets`]), then what each option adds to that ([`contribution`]). Nothing here knows how
//! options are chosen.

use rustc_hash::FxHashMap;

use super::reasoning::Reasoner;
use crate::game::{CellId, DiagramShape, EffectDiagram, LocalState, MemberId, TransitionId};

/// Where a transition leads: change of the cell number, probability.
pub(crate) type TransitionDistribution = Vec<(isize, f64)>;

/// What comes after a turn, as far as one continuation term goes.
pub(crate) struct Continuation<'d, Transition, Values> {
    /// How many cells the term's scope has.
    pub(crate) cells: usize,
    /// How many reasoners there are.
    pub(crate) reasoners: usize,
    /// The discount of each reasoner.
    pub(crate) discounts: &'d [f64],
    /// The distribution of a transition.
    pub(crate) transition: Transition,
    /// What a cell is worth to each reasoner.
    pub(crate) values: Values,
}

impl<'a, Transition, Values> Continuation<'_, Transition, Values>
where
    Transition: Fn(TransitionId) -> &'a TransitionDistribution,
    Values: Fn(CellId) -> &'a [f64],
{
    /// What each set of effects of a diagram is worth to each reasoner, discounted. O(sets x cells reached from
    /// each x reasoners); each cell is asked for once.
    pub(crate) fn values_of_sets(&self, diagram: &EffectDiagram) -> SetValues {
        let sets = &diagram.shape.sets;
        let mut values = vec![0.0; sets.len() * self.reasoners];
        let distributions: Vec<&TransitionDistribution> =
            diagram.transitions.iter().map(|&id| (self.transition)(id)).collect();
        let mut paths = ReachedCells::new(diagram.base, &distributions);
        let mut cache = ValueCache::new(self.cells);
        let mut reached = Vec::new();
        for (set, row) in sets.iter().zip(values.chunks_exact_mut(self.reasoners.max(1))) {
            paths.reach(set, &mut reached, |cell| cache.place(cell, &self.values));
            cache.expect(&reached, row);
            for (value, discount) in row.iter_mut().zip(self.discounts) {
                *value *= discount;
            }
        }
        SetValues { values, reasoners: self.reasoners }
    }
}

/// What each set of effects of a diagram is worth to each reasoner.
#[derive(Debug)]
pub(crate) struct SetValues {
    /// `values[set * reasoners + reasoner]`
    values: Vec<f64>,
    reasoners: usize,
}

impl SetValues {
    /// What a set is worth to a reasoner.
    #[inline]
    pub(crate) fn of(&self, set: usize, reasoner: Reasoner) -> f64 {
        self.values[set * self.reasoners + reasoner.id.index()]
    }
}

/// Cells reached by one change after the other. Sets that follow one another mostly begin alike, and
/// what the changes that they share reach is kept.
struct ReachedCells<'a> {
    /// Where each change leads.
    distributions: &'a [&'a TransitionDistribution],
    /// Cells with their probabilities: the start, then what each change of the path leads to, in a row.
    cells: Vec<(CellId, f64)>,
    /// Where the start and each change's cells begin.
    starts: Vec<usize>,
    path: Vec<u32>,
}

impl<'a> ReachedCells<'a> {
    fn new(base: CellId, distributions: &'a [&'a TransitionDistribution]) -> Self {
        Self { distributions, cells: vec![(base, 1.0)], starts: vec![0], path: Vec::new() }
    }

    /// Writes what a set's changes reach together: the places of cells, with their probabilities.
    fn reach(
        &mut self,
        set: &[u32],
        reached: &mut Vec<(usize, f64)>,
        mut place: impl FnMut(CellId) -> usize,
    ) {
        let Some((&last, before)) = set.split_last() else {
            *reached = vec![(place(self.cells[0].0), 1.0)];
            return;
        };
        self.follow(before);
        let (from, distributions) =
            (&self.cells[self.starts[before.len()]..], self.distributions[last as usize]);
        reached.resize(from.len() * distributions.len(), (0, 0.0));
        for (row, &(cell, probability)) in reached.chunks_exact_mut(distributions.len().max(1)).zip(from) {
            for (entry, &(by, p)) in row.iter_mut().zip(distributions) {
                *entry = (place(cell.moved(by)), probability * p);
            }
        }
    }

    /// Lets the path be these changes.
    fn follow(&mut self, changes: &[u32]) {
        let shared = self.path.iter().zip(changes).take_while(|(known, asked)| known == asked).count();
        if let Some(&end) = self.starts.get(shared + 1) {
            self.cells.truncate(end);
        }
        self.starts.truncate(shared + 1);
        self.path.truncate(shared);
        for &change in &changes[shared..] {
            let (from, end) = (self.starts[self.path.len()], self.cells.len());
            for at in from..end {
                let (cell, probability) = self.cells[at];
                let distributions = self.distributions[change as usize].iter();
                self.cells.extend(distributions.map(|&(by, p)| (cell.moved(by), probability * p)));
            }
            self.starts.push(end);
            self.path.push(change);
        }
    }
}

/// The values of all cells that were asked for, close together.
struct ValueCache {
    /// For each cell so many blocks of reasoners, the last filled up with zeros.
    values: Vec<[f64; BLOCK]>,
    /// Where each cell's values begin; nothing where all cells have room in `lately`.
    places: Option<FxHashMap<CellId, usize>>,
    /// The same of cells that were asked for lately, by the last bits of their numbers.
    recent: Vec<(CellId, usize)>,
}

/// Lanes that are summed together.
const BLOCK: usize = 4;

/// Scopes of so many cells at most have room in [`ValueCache::recent`] for all of them.
const RECENT: usize = 1024;

/// No scope has so many cells.
const NO_CELL: CellId = CellId::new(usize::MAX);

impl ValueCache {
    fn new(cells: usize) -> Self {
        let recent = vec![(NO_CELL, 0); cells.clamp(1, RECENT).next_power_of_two()];
        Self { values: Vec::new(), places: (cells > RECENT).then(FxHashMap::default), recent }
    }

    /// Where the values of a cell begin; `values` gives them if it was not asked for before.
    #[inline]
    fn place<'a>(&mut self, cell: CellId, values: &impl Fn(CellId) -> &'a [f64]) -> usize {
        let at = cell.index() & (self.recent.len() - 1);
        let (known, place) = self.recent[at];
        if known == cell {
            return place;
        }
        let place = self.new_place(cell, values);
        self.recent[at] = (cell, place);
        place
    }

    #[cold]
    fn new_place<'a>(&mut self, cell: CellId, values: &impl Fn(CellId) -> &'a [f64]) -> usize {
        let mut add = || {
            let place = self.values.len();
            let blocks = values(cell).chunks(BLOCK);
            self.values
                .extend(blocks.map(|block| std::array::from_fn(|at| block.get(at).copied().unwrap_or(0.0))));
            place
        };
        match &mut self.places {
            Some(places) => *places.entry(cell).or_insert_with(add),
            None => add(),
        }
    }

    /// Writes the mean of the values at some places, each with its probability, into a row of reasoners.
    fn expect(&self, reached: &[(usize, f64)], row: &mut [f64]) {
        for (pair, row) in row.chunks_mut(2 * BLOCK).enumerate() {
            if row.len() > BLOCK {
                self.expect_blocks::<2>(reached, 2 * pair, row);
            } else {
                self.expect_blocks::<1>(reached, 2 * pair, row);
            }
        }
    }

    /// The same for the reasoners of so many blocks from the one at `first` on.
    #[inline]
    fn expect_blocks<const N: usize>(&self, reached: &[(usize, f64)], first: usize, row: &mut [f64]) {
        let mut sums = [[0.0; BLOCK]; N];
        for &(place, probability) in reached {
            let Some(blocks) = self.values[place + first..].first_chunk::<N>() else { continue };
            for (sums, values) in sums.iter_mut().zip(blocks) {
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += probability * value;
                }
            }
        }
        row.copy_from_slice(&sums.as_flattened()[..row.len()]);
    }
}

/// The distribution over a diagram's nodes under what is believed of the members.
pub(crate) struct NodeDistribution<'a> {
    shape: &'a DiagramShape,
    /// The probability of every node of every stage, and then of every set, in a row.
    reach: Vec<f64>,
    /// The believed probability of each class of options of every stage, in a row.
    classes: Vec<f64>,
}

impl<'a> NodeDistribution<'a> {
    /// `believed[option]`: probabilities of options, all members' in a row.
    pub(crate) fn new(diagram: &'a EffectDiagram, local: &LocalState, believed: &[f64]) -> Self {
        let shape = &diagram.shape;
        let mut classes = vec![0.0; shape.classes()];
        for stage in &shape.stages {
            let classes = &mut classes[stage.first_class..][..stage.classes];
            for (class, probability) in stage.class_of.iter().zip(&believed[local.options_of(stage.member)]) {
                classes[*class as usize] += probability;
            }
        }
        Self::of_classes(shape, classes)
    }

    /// The same where the member of a stage is known to pick an option of a class.
    pub(crate) fn conditional_on(&self, stage: usize, class: usize) -> Self {
        let stage = &self.shape.stages[stage];
        let mut classes = self.classes.clone();
        classes[stage.first_class..][..stage.classes].fill(0.0);
        classes[stage.first_class + class] = 1.0;
        Self::of_classes(self.shape, classes)
    }

    fn of_classes(shape: &'a DiagramShape, classes: Vec<f64>) -> Self {
        let mut reach = vec![0.0; shape.first_set() + shape.sets.len()];
        reach[0] = 1.0;
        for stage in &shape.stages {
            let classes = &classes[stage.first_class..][..stage.classes];
            let (here, after) = reach[stage.first_node..].split_at_mut(stage.nodes());
            for (reach, next) in here.iter().zip(stage.next.chunks_exact(stage.classes)) {
                for (node, class) in next.iter().zip(classes) {
                    after[*node as usize] += reach * class;
                }
            }
        }
        Self { shape, reach, classes }
    }

    /// The expected value to a reasoner whose own options make no difference here.
    pub(crate) fn expected(&self, values: &SetValues, reasoner: Reasoner) -> f64 {
        let sets = self.reach[self.shape.first_set()..].iter();
        sets.enumerate().map(|(set, reach)| reach * values.of(set, reasoner)).sum()
    }

    /// The expected value to a reasoner of each class of its own options, at its own stage: a pass backwards from
    /// the sets to that stage, weighted by how likely its nodes are reached.
    pub(crate) fn by_class(&self, stage: usize, values: &SetValues, reasoner: Reasoner) -> Vec<f64> {
        let own = &self.shape.stages[stage];
        // Of the nodes behind the stage, in a row, and of the sets.
        let first = own.end_node();
        let mut value = vec![0.0; self.reach.len() - first];
        let sets = value[self.shape.first_set() - first..].iter_mut();
        for (set, value) in sets.enumerate() {
            *value = values.of(set, reasoner);
        }
        for behind in self.shape.stages[stage + 1..].iter().rev() {
            let classes = &self.classes[behind.first_class..];
            let (here, after) = value[behind.first_node - first..].split_at_mut(behind.nodes());
            for (value, next) in here.iter_mut().zip(behind.next.chunks_exact(behind.classes)) {
                *value = next.iter().zip(classes).map(|(node, p)| p * after[*node as usize]).sum();
            }
        }
        let mut by_class = vec![0.0; own.classes];
        let reach = &self.reach[own.first_node..];
        for (reach, next) in reach.iter().zip(own.next.chunks_exact(own.classes)) {
            for (sum, node) in by_class.iter_mut().zip(next) {
                *sum += reach * value[*node as usize];
            }
        }
        by_class
    }
}

/// What a diagram adds to the value of each of a reasoner's options, or to all alike.
pub(crate) enum Contribution {
    /// To all options alike.
    Constant(f64),
    /// To each class of options, at that stage of the diagram.
    ByClass(usize, Vec<f64>),
}

/// What a diagram adds to what a reasoner's options are worth, where the reasoner's actor is `member` of the component.
pub(crate) fn contribution(
    nodes: &NodeDistribution<'_>,
    values: &SetValues,
    reasoner: Reasoner,
    member: Option<MemberId>,
) -> Contribution {
    match nodes.shape.stages.iter().position(|stage| Some(stage.member) == member) {
        Some(stage) => Contribution::ByClass(stage, nodes.by_class(stage, values, reasoner)),
        None => Contribution::Constant(nodes.expected(values, reasoner)),
    }
}
