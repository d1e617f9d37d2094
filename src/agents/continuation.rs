//! What the turns to come are worth, and how an option changes that: passes over the lattices of effects.

use rustc_hash::FxHashMap;

use super::minds::Mind;
use crate::game::{Cell, Lattice};

/// Where a transition leads: change of the cell number, probability.
pub(crate) type Outcomes = Vec<(isize, f64)>;

/// The worth of each set of effects of a lattice to each mind: `worth[set * lanes + lane]`, discounted.
///
/// `outcomes` gives a transition's distribution, `values` what a cell of the piece is worth to each mind, a
/// row of lanes. O(sets x cells reached from each x lanes) each cell is asked for once.
pub(crate) fn worth<'a>(
    lattice: &Lattice,
    lanes: usize,
    discounts: &[f64],
    outcomes: impl Fn(u32) -> &'a Outcomes,
    values: impl Fn(usize) -> &'a [f64],
) -> Vec<f64> {
    let mut worth = vec![0.0; lattice.sets.len() * lanes];
    let mut paths = Paths::new(lattice.base);
    let mut table = Table::new(lanes);
    let mut reached = Vec::new();
    for (set, row) in lattice.sets.iter().zip(worth.chunks_exact_mut(lanes.max(1))) {
        let cells = paths.reached(set, &outcomes);
        reached.clear();
        reached.extend(cells.iter().map(|&(cell, p)| (table.place(cell, &values), p)));
        table.expect(&reached, row);
        for (value, discount) in row.iter_mut().zip(discounts) {
            *value *= discount;
        }
    }
    worth
}

/// Cells reached by one transition after the other. Sets that follow one another mostly begin alike, and
/// what the shared transitions reach is kept.
struct Paths {
    /// Cells with their probabilities: the start, then what each transition of the set leads to, in a row.
    cells: Vec<(usize, f64)>,
    /// Where each transition's cells begin.
    starts: Vec<usize>,
    set: Vec<u32>,
}

impl Paths {
    fn new(base: usize) -> Self {
        Self { cells: vec![(base, 1.0)], starts: Vec::new(), set: Vec::new() }
    }

    /// What a set's transitions reach together.
    fn reached<'a>(&mut self, set: &[u32], outcomes: &impl Fn(u32) -> &'a Outcomes) -> &[(usize, f64)] {
        let shared = self.set.iter().zip(set).take_while(|(known, asked)| known == asked).count();
        if let Some(&end) = self.starts.get(shared) {
            self.cells.truncate(end);
        }
        self.starts.truncate(shared);
        self.set.truncate(shared);
        for &transition in &set[shared..] {
            let from = self.starts.last().copied().unwrap_or(0);
            let end = self.cells.len();
            let led = outcomes(transition);
            for at in from..end {
                let (cell, probability) = self.cells[at];
                self.cells.extend(led.iter().map(|&(by, p)| (cell.wrapping_add_signed(by), probability * p)));
            }
            self.starts.push(end);
            self.set.push(transition);
        }
        &self.cells[self.starts.last().copied().unwrap_or(0)..]
    }
}

/// The values of all cells that were asked for, close together.
struct Table {
    /// For each cell so many blocks of lanes, the last filled up with zeros.
    values: Vec<[f64; BLOCK]>,
    blocks: usize,
    /// Where each cell's values begin.
    places: FxHashMap<usize, usize>,
    /// The same of cells that were asked for lately, by the last bits of their numbers.
    lately: [(usize, usize); LATELY],
}

/// Lanes that are summed together.
const BLOCK: usize = 4;

/// Enough that the cells around one rarely crowd each other out.
const LATELY: usize = 128;

impl Table {
    fn new(lanes: usize) -> Self {
        let (values, blocks) = (Vec::new(), lanes.div_ceil(BLOCK));
        Self { values, blocks, places: FxHashMap::default(), lately: [(usize::MAX, 0); LATELY] }
    }

    /// Where the values of a cell begin; `values` gives them if it was not asked for before.
    #[inline]
    fn place<'a>(&mut self, cell: usize, values: &impl Fn(usize) -> &'a [f64]) -> usize {
        let (known, place) = self.lately[cell % LATELY];
        if known == cell {
            return place;
        }
        let place = *self.places.entry(cell).or_insert_with(|| {
            let place = self.values.len();
            let blocks = values(cell).chunks(BLOCK);
            self.values
                .extend(blocks.map(|block| std::array::from_fn(|at| block.get(at).copied().unwrap_or(0.0))));
            place
        });
        self.lately[cell % LATELY] = (cell, place);
        place
    }

    /// Writes the mean of the values at some places, each with its probability, into a row of lanes.
    fn expect(&self, reached: &[(usize, f64)], row: &mut [f64]) {
        for (block, row) in row.chunks_mut(BLOCK).enumerate().take(self.blocks) {
            let mut sums = [0.0; BLOCK];
            for &(place, probability) in reached {
                for (sum, value) in sums.iter_mut().zip(&self.values[place + block]) {
                    *sum += probability * value;
                }
            }
            row.copy_from_slice(&sums[..row.len()]);
        }
    }
}

/// The distribution over a lattice's nodes under what is believed of the members.
pub(crate) struct Forward<'a> {
    lattice: &'a Lattice,
    /// The probability of every node of every stage, and then of every set, in a row.
    reach: Vec<f64>,
    /// The believed probability of each class of options of every stage, in a row.
    classes: Vec<f64>,
}

impl<'a> Forward<'a> {
    /// `believed[option]`: probabilities of options, all members' in a row.
    pub(crate) fn new(lattice: &'a Lattice, cell: &Cell, believed: &[f64]) -> Self {
        let mut classes = vec![0.0; lattice.classes()];
        for stage in &lattice.stages {
            let classes = &mut classes[stage.first_class..][..stage.classes];
            for (class, probability) in stage.class_of.iter().zip(&believed[cell.options_of(stage.member)]) {
                classes[*class as usize] += probability;
            }
        }
        Self::of_classes(lattice, classes)
    }

    /// The same where the member of a stage is known to pick an option of a class.
    pub(crate) fn given(&self, stage: usize, class: usize) -> Self {
        let stage = &self.lattice.stages[stage];
        let mut classes = self.classes.clone();
        classes[stage.first_class..][..stage.classes].fill(0.0);
        classes[stage.first_class + class] = 1.0;
        Self::of_classes(self.lattice, classes)
    }

    fn of_classes(lattice: &'a Lattice, classes: Vec<f64>) -> Self {
        let mut reach = vec![0.0; lattice.first_set() + lattice.sets.len()];
        reach[0] = 1.0;
        for stage in &lattice.stages {
            let classes = &classes[stage.first_class..][..stage.classes];
            let (here, after) = reach[stage.first_node..].split_at_mut(stage.nodes());
            for (reach, next) in here.iter().zip(stage.next.chunks_exact(stage.classes)) {
                for (node, class) in next.iter().zip(classes) {
                    after[*node as usize] += reach * class;
                }
            }
        }
        Self { lattice, reach, classes }
    }

    /// The expected worth to a mind whose own options make no difference here.
    pub(crate) fn expected(&self, worth: &[f64], lanes: usize, mind: Mind) -> f64 {
        let sets = self.reach[self.lattice.first_set()..].iter();
        sets.enumerate().map(|(set, reach)| reach * worth[set * lanes + mind.lane]).sum()
    }

    /// The expected worth to a mind of each class of its own options, at its own stage.
    pub(crate) fn by_class(&self, stage: usize, worth: &[f64], lanes: usize, mind: Mind) -> Vec<f64> {
        let own = &self.lattice.stages[stage];
        // Of the nodes behind the stage, in a row, and of the sets.
        let first = own.end_node();
        let mut value = vec![0.0; self.reach.len() - first];
        let sets = value[self.lattice.first_set() - first..].iter_mut();
        for (set, value) in sets.enumerate() {
            *value = worth[set * lanes + mind.lane];
        }
        for behind in self.lattice.stages[stage + 1..].iter().rev() {
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

/// What a lattice adds to the value of each of a mind's options, or to all alike.
pub(crate) enum Addition {
    /// To all options alike.
    Constant(f64),
    /// To each class of options, at that stage of the lattice.
    ByClass(usize, Vec<f64>),
}

/// What a lattice adds to what a mind's options are worth, where the mind's actor is `member` of the part.
pub(crate) fn addition(
    forward: &Forward<'_>,
    worth: &[f64],
    lanes: usize,
    mind: Mind,
    member: Option<usize>,
) -> Addition {
    match forward.lattice.stages.iter().position(|stage| Some(stage.member) == member) {
        Some(stage) => Addition::ByClass(stage, forward.by_class(stage, worth, lanes, mind)),
        None => Addition::Constant(forward.expected(worth, lanes, mind)),
    }
}
