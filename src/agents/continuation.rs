//! What the turns to come are worth, and how an option changes that: passes over the lattices of effects.

use super::minds::Mind;
use crate::game::{Lattice, Stage};

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

/// The distribution over a lattice's nodes, stage by stage, under what is believed of the members.
pub(crate) struct Forward {
    /// `reach[stage][node]`; one more than there are stages, the last over sets.
    reach: Vec<Vec<f64>>,
    /// `classes[stage][class]`: the believed probability of each class of options.
    classes: Vec<Vec<f64>>,
}

impl Forward {
    /// `believed[member][option]`: probabilities of options.
    pub(crate) fn new(lattice: &Lattice, believed: &[&[f64]]) -> Self {
        let mut made = Self { reach: vec![vec![1.0]], classes: Vec::new() };
        for (at, stage) in lattice.stages.iter().enumerate() {
            let mut classes = vec![0.0; stage.classes];
            for (class, probability) in stage.class_of.iter().zip(believed[stage.member]) {
                classes[*class as usize] += probability;
            }
            let nodes = lattice.stages.get(at + 1).map_or(lattice.sets.len(), Stage::nodes);
            let mut after = vec![0.0; nodes];
            for (reach, next) in made.reach[at].iter().zip(stage.next.chunks_exact(stage.classes)) {
                for (node, class) in next.iter().zip(&classes) {
                    after[*node as usize] += reach * class;
                }
            }
            made.classes.push(classes);
            made.reach.push(after);
        }
        made
    }

    /// The expected worth to a mind whose own options make no difference here.
    pub(crate) fn expected(&self, worth: &[f64], lanes: usize, mind: Mind) -> f64 {
        let sets = self.reach[self.classes.len()].iter();
        sets.enumerate().map(|(set, reach)| reach * worth[set * lanes + mind.lane]).sum()
    }

    /// The expected worth to a mind of each class of its own options, at its own stage.
    pub(crate) fn by_class(
        &self,
        lattice: &Lattice,
        stage: usize,
        worth: &[f64],
        lanes: usize,
        mind: Mind,
    ) -> Vec<f64> {
        let mut value: Vec<f64> = (0..lattice.sets.len()).map(|set| worth[set * lanes + mind.lane]).collect();
        for (behind, classes) in lattice.stages.iter().zip(&self.classes).skip(stage + 1).rev() {
            let row = |next: &[u32]| next.iter().zip(classes).map(|(n, p)| p * value[*n as usize]).sum();
            value = behind.next.chunks_exact(behind.classes).map(row).collect();
        }
        let own = &lattice.stages[stage];
        let mut by_class = vec![0.0; own.classes];
        for (reach, next) in self.reach[stage].iter().zip(own.next.chunks_exact(own.classes)) {
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
    lattice: &Lattice,
    forward: &Forward,
    worth: &[f64],
    lanes: usize,
    mind: Mind,
    member: Option<usize>,
) -> Addition {
    match lattice.stages.iter().position(|stage| Some(stage.member) == member) {
        Some(stage) => Addition::ByClass(stage, forward.by_class(lattice, stage, worth, lanes, mind)),
        None => Addition::Constant(forward.expected(worth, lanes, mind)),
    }
}
