//! What the turns to come are worth, and how an option changes that: passes over the diagrams of effects.

use rustc_hash::FxHashMap;

use super::reasoning::Reasoner;
use crate::game::{DiagramShape, EffectDiagram, LocalState};

/// Where a transition leads: change of the cell number, probability.
pub(crate) type TransitionDistribution = Vec<(isize, f64)>;

/// The worth of each set of effects of a diagram to each mind: `worth[set * lanes + lane]`, discounted.
///
/// `outcomes` gives a transition's distribution, `values` what a cell of the continuation term, which has so many
/// `cells`, is worth to each mind, a row of lanes. O(sets x cells reached from each x lanes); each cell is
/// asked for once.
pub(crate) fn continuation_values<'a>(
    diagram: &EffectDiagram,
    cells: usize,
    lanes: usize,
    discounts: &[f64],
    outcomes: impl Fn(u32) -> &'a TransitionDistribution,
    values: impl Fn(usize) -> &'a [f64],
) -> Vec<f64> {
    let sets = &diagram.shape.sets;
    let mut worth = vec![0.0; sets.len() * lanes];
    let led: Vec<&TransitionDistribution> =
        diagram.transitions.iter().map(|&number| outcomes(number)).collect();
    let mut paths = ReachedCells::new(diagram.base, &led);
    let mut table = ValueCache::new(cells);
    let mut reached = Vec::new();
    for (set, row) in sets.iter().zip(worth.chunks_exact_mut(lanes.max(1))) {
        paths.reach(set, &mut reached, |cell| table.place(cell, &values));
        table.expect(&reached, row);
        for (value, discount) in row.iter_mut().zip(discounts) {
            *value *= discount;
        }
    }
    worth
}

/// Cells reached by one change after the other. Sets that follow one another mostly begin alike, and
/// what the changes that they share reach is kept.
struct ReachedCells<'a> {
    /// Where each change leads.
    distributions: &'a [&'a TransitionDistribution],
    /// Cells with their probabilities: the start, then what each change of the path leads to, in a row.
    cells: Vec<(usize, f64)>,
    /// Where the start and each change's cells begin.
    starts: Vec<usize>,
    path: Vec<u32>,
}

impl<'a> ReachedCells<'a> {
    fn new(base: usize, led: &'a [&'a TransitionDistribution]) -> Self {
        Self { distributions: led, cells: vec![(base, 1.0)], starts: vec![0], path: Vec::new() }
    }

    /// Writes what a set's changes reach together: the places of cells, with their probabilities.
    fn reach(&mut self, set: &[u32], reached: &mut Vec<(usize, f64)>, mut place: impl FnMut(usize) -> usize) {
        let Some((&last, before)) = set.split_last() else {
            *reached = vec![(place(self.cells[0].0), 1.0)];
            return;
        };
        self.follow(before);
        let (from, led) = (&self.cells[self.starts[before.len()]..], self.distributions[last as usize]);
        reached.resize(from.len() * led.len(), (0, 0.0));
        for (row, &(cell, probability)) in reached.chunks_exact_mut(led.len().max(1)).zip(from) {
            for (entry, &(by, p)) in row.iter_mut().zip(led) {
                *entry = (place(cell.wrapping_add_signed(by)), probability * p);
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
                let led = self.distributions[change as usize].iter();
                self.cells.extend(led.map(|&(by, p)| (cell.wrapping_add_signed(by), probability * p)));
            }
            self.starts.push(end);
            self.path.push(change);
        }
    }
}

/// The values of all cells that were asked for, close together.
struct ValueCache {
    /// For each cell so many blocks of lanes, the last filled up with zeros.
    values: Vec<[f64; BLOCK]>,
    /// Where each cell's values begin; nothing where all cells have room in `lately`.
    places: Option<FxHashMap<usize, usize>>,
    /// The same of cells that were asked for lately, by the last bits of their numbers.
    recent: Vec<(usize, usize)>,
}

/// Lanes that are summed together.
const BLOCK: usize = 4;

/// Pieces of so many cells at most have room in [`Table::lately`] for all of them.
const RECENT: usize = 1024;

impl ValueCache {
    fn new(cells: usize) -> Self {
        let lately = vec![(usize::MAX, 0); cells.clamp(1, RECENT).next_power_of_two()];
        Self { values: Vec::new(), places: (cells > RECENT).then(FxHashMap::default), recent: lately }
    }

    /// Where the values of a cell begin; `values` gives them if it was not asked for before.
    #[inline]
    fn place<'a>(&mut self, cell: usize, values: &impl Fn(usize) -> &'a [f64]) -> usize {
        let at = cell & (self.recent.len() - 1);
        let (known, place) = self.recent[at];
        if known == cell {
            return place;
        }
        let place = self.new_place(cell, values);
        self.recent[at] = (cell, place);
        place
    }

    #[cold]
    fn new_place<'a>(&mut self, cell: usize, values: &impl Fn(usize) -> &'a [f64]) -> usize {
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

    /// Writes the mean of the values at some places, each with its probability, into a row of lanes.
    fn expect(&self, reached: &[(usize, f64)], row: &mut [f64]) {
        for (pair, row) in row.chunks_mut(2 * BLOCK).enumerate() {
            if row.len() > BLOCK {
                self.expect_blocks::<2>(reached, 2 * pair, row);
            } else {
                self.expect_blocks::<1>(reached, 2 * pair, row);
            }
        }
    }

    /// The same for the lanes of so many blocks from the one at `first` on.
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
    pub(crate) fn new(diagram: &'a EffectDiagram, cell: &LocalState, believed: &[f64]) -> Self {
        let shape = &diagram.shape;
        let mut classes = vec![0.0; shape.classes()];
        for stage in &shape.stages {
            let classes = &mut classes[stage.first_class..][..stage.classes];
            for (class, probability) in stage.class_of.iter().zip(&believed[cell.options_of(stage.member)]) {
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

    /// The expected worth to a mind whose own options make no difference here.
    pub(crate) fn expected(&self, worth: &[f64], lanes: usize, mind: Reasoner) -> f64 {
        let sets = self.reach[self.shape.first_set()..].iter();
        sets.enumerate().map(|(set, reach)| reach * worth[set * lanes + mind.index]).sum()
    }

    /// The expected worth to a mind of each class of its own options, at its own stage.
    pub(crate) fn by_class(&self, stage: usize, worth: &[f64], lanes: usize, mind: Reasoner) -> Vec<f64> {
        let own = &self.shape.stages[stage];
        // Of the nodes behind the stage, in a row, and of the sets.
        let first = own.end_node();
        let mut value = vec![0.0; self.reach.len() - first];
        let sets = value[self.shape.first_set() - first..].iter_mut();
        for (set, value) in sets.enumerate() {
            *value = worth[set * lanes + mind.index];
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

/// What a diagram adds to the value of each of a mind's options, or to all alike.
pub(crate) enum Contribution {
    /// To all options alike.
    Constant(f64),
    /// To each class of options, at that stage of the diagram.
    ByClass(usize, Vec<f64>),
}

/// What a diagram adds to what a mind's options are worth, where the mind's actor is `member` of the component.
pub(crate) fn contribution(
    forward: &NodeDistribution<'_>,
    worth: &[f64],
    lanes: usize,
    mind: Reasoner,
    member: Option<usize>,
) -> Contribution {
    match forward.shape.stages.iter().position(|stage| Some(stage.member) == member) {
        Some(stage) => Contribution::ByClass(stage, forward.by_class(stage, worth, lanes, mind)),
        None => Contribution::Constant(forward.expected(worth, lanes, mind)),
    }
}
