//! What the turns to come are worth, and how an option changes that: passes over the lattices of effects.

use super::minds::Mind;
use crate::game::{Cell, Lattice};

/// Where a transition leads: change of the cell number, probability.
pub(crate) type Outcomes = Vec<(isize, f64)>;

/// The worth of each set of effects of a lattice to each mind: `worth[set * lanes + lane]`, discounted.
///
/// `outcomes` gives a transition's distribution, `add` adds `probability` times the values of a cell of
/// the piece to a row of lanes. O(sets x cells reached from each x lanes).
pub(crate) fn worth<'a>(
    lattice: &Lattice,
    lanes: usize,
    discounts: &[f64],
    outcomes: impl Fn(u32) -> &'a Outcomes,
    mut add: impl FnMut(usize, f64, &mut [f64]),
) -> Vec<f64> {
    let mut worth = vec![0.0; lattice.sets.len() * lanes];
    let (mut reached, mut next): (Vec<(usize, f64)>, Vec<(usize, f64)>) = (Vec::new(), Vec::new());
    for (set, row) in lattice.sets.iter().zip(worth.chunks_exact_mut(lanes.max(1))) {
        reached.clear();
        reached.push((lattice.base, 1.0));
        for &transition in set {
            next.clear();
            for &(cell, probability) in &reached {
                let led = outcomes(transition).iter();
                next.extend(led.map(|&(by, p)| (cell.wrapping_add_signed(by), probability * p)));
            }
            std::mem::swap(&mut reached, &mut next);
        }
        for &(cell, probability) in &reached {
            add(cell, probability, row);
        }
        for (value, discount) in row.iter_mut().zip(discounts) {
            *value *= discount;
        }
    }
    worth
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
