//! How sets of clauses arise as an option is picked in one decision after the other.

use crate::game::compact;

/// As many clauses as fit a set that is a single number.
pub(crate) const NARROW: usize = 128;

/// A set of the clauses that can hold in one state, in an order of its own in which nodes are numbered, and so
/// probabilities added.
pub(super) trait ClauseSet: Clone + Ord {
    /// So many clauses, all of them.
    fn all(clauses: usize) -> Self;
    /// Those that satisfy a condition.
    fn retain(&mut self, holds: impl Fn(usize) -> bool);
    /// Those that are in both.
    fn and(&self, other: &Self) -> Self;
    /// Its clauses, ascending.
    fn members(&self) -> Vec<usize>;
}

/// At most [`NARROW`] clauses, one bit each: nearly every state of every scenario has no more.
impl ClauseSet for u128 {
    fn all(clauses: usize) -> Self {
        if clauses == 0 { 0 } else { Self::MAX >> (NARROW - clauses) }
    }

    fn retain(&mut self, holds: impl Fn(usize) -> bool) {
        for clause in self.members() {
            if !holds(clause) {
                *self &= !(1 << clause);
            }
        }
    }

    fn and(&self, other: &Self) -> Self {
        self & other
    }

    fn members(&self) -> Vec<usize> {
        let mut rest = *self;
        let next = || {
            let lowest = (rest != 0).then(|| rest.trailing_zeros() as usize);
            rest &= rest.wrapping_sub(1);
            lowest
        };
        std::iter::from_fn(next).collect()
    }
}

/// Any number of clauses, the last ones first, so that the order is that of numbers with as many bits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WideSet(Box<[u128]>);

impl ClauseSet for WideSet {
    fn all(clauses: usize) -> Self {
        let words = (0..clauses.div_ceil(NARROW)).rev();
        Self(words.map(|word| u128::all((clauses - word * NARROW).min(NARROW))).collect())
    }

    fn retain(&mut self, holds: impl Fn(usize) -> bool) {
        for (word, set) in self.0.iter_mut().rev().enumerate() {
            set.retain(|clause| holds(word * NARROW + clause));
        }
    }

    fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(mine, theirs)| mine & theirs).collect())
    }

    fn members(&self) -> Vec<usize> {
        let words = self.0.iter().rev().enumerate();
        words
            .flat_map(|(word, set)| set.members().into_iter().map(move |clause| word * NARROW + clause))
            .collect()
    }
}

/// How sets of clauses arise: a walk starts with all that can hold in a state, and each decision's option leads to those
/// of them that it lets through. Equal sets are one node, so no joint profile is ever enumerated.
#[derive(Debug)]
pub(crate) struct ClauseDiagram {
    stages: Vec<ClauseStage>,
    /// The number of sets in which walks end.
    ends: usize,
}

/// One decision's part in a [`ClauseDiagram`].
#[derive(Debug)]
struct ClauseStage {
    /// The class of each of its options; options of a class let the same clauses through.
    class_of: Vec<u16>,
    classes: usize,
    /// `next[node * classes + class]`: the node of the next stage. Nodes and classes are in the order of their sets,
    /// in which probabilities are summed.
    next: Vec<u32>,
}

impl ClauseDiagram {
    /// The diagram of decisions of which each option lets a set of so many clauses through, and the sets in which walks
    /// end, ascending. O(nodes x classes of options x logarithm of nodes), decision by decision; there are no more nodes
    /// than profiles of options, nor than sets.
    pub(super) fn new<S: ClauseSet>(
        clauses: usize,
        decisions: impl Iterator<Item = Vec<S>>,
    ) -> (Self, Vec<S>) {
        let mut sets = vec![S::all(clauses)];
        let stage = |options: Vec<S>| {
            let classes = ascending(options.clone());
            let led = || sets.iter().flat_map(|set| classes.iter().map(move |class| set.and(class)));
            let after = ascending(led().collect());
            let next = led().map(|set| compact(place(&after, &set))).collect();
            let class = |option: &S| u16::try_from(place(&classes, option)).unwrap_or(u16::MAX);
            let class_of = options.iter().map(class).collect();
            sets = after;
            ClauseStage { class_of, classes: classes.len(), next }
        };
        let stages = decisions.map(stage).collect();
        (Self { stages, ends: sets.len() }, sets)
    }

    /// The probability of each set in which walks end, where the start has a weight and every decision has its
    /// options picked with the probabilities of its row. O(nodes x classes of options), decision by decision.
    pub(super) fn chances<'r>(&self, weight: f64, rows: impl Iterator<Item = &'r [f64]>) -> Vec<f64> {
        let mut reach = vec![weight];
        let mut classes: Vec<f64> = Vec::new();
        for (at, (stage, row)) in self.stages.iter().zip(rows).enumerate() {
            classes.clear();
            classes.resize(stage.classes, 0.0);
            for (class, p) in stage.class_of.iter().zip(row) {
                classes[usize::from(*class)] += p;
            }
            let mut after = vec![0.0; self.nodes(at + 1)];
            for (reach, next) in reach.iter().zip(stage.next.chunks_exact(stage.classes)) {
                for (node, class) in next.iter().zip(&classes) {
                    after[*node as usize] += reach * class;
                }
            }
            reach = after;
        }
        reach
    }

    /// The number of sets in which walks end.
    pub(super) fn ends(&self) -> usize {
        self.ends
    }

    /// How many nodes a stage has, or how many sets there are behind the last.
    fn nodes(&self, stage: usize) -> usize {
        self.stages.get(stage).map_or(self.ends, |stage| stage.next.len() / stage.classes)
    }
}

/// Each set once, in ascending order.
fn ascending<S: Ord>(mut sets: Vec<S>) -> Vec<S> {
    sets.sort_unstable();
    sets.dedup();
    sets
}

/// Where a set stands among ascending ones that it is one of.
fn place<S: Ord>(sets: &[S], set: &S) -> usize {
    sets.binary_search(set).unwrap_or_else(|after| after)
}

#[cfg(test)]
mod tests {
    use super::{ClauseDiagram, ClauseSet, WideSet};

    /// What two decisions let through of four clauses, each option a list.
    const OPTIONS: [&[&[usize]]; 2] = [&[&[0, 1], &[1, 2, 3], &[0, 1]], &[&[0, 2], &[0, 1, 2, 3]]];

    fn found<S: ClauseSet>(clauses: usize, shift: usize) -> Vec<(Vec<usize>, f64)> {
        let through = |own: &[usize]| {
            let mut set = S::all(clauses);
            set.retain(|clause| clause >= shift && own.contains(&(clause - shift)));
            set
        };
        let decisions = OPTIONS.iter().map(|options| options.iter().map(|own| through(own)).collect());
        let (diagram, sets) = ClauseDiagram::new(clauses, decisions);
        let rows: [&[f64]; 2] = [&[0.25, 0.25, 0.5], &[0.5, 0.5]];
        let chances = diagram.chances(1.0, rows.into_iter());
        assert_eq!(diagram.ends(), sets.len());
        sets.iter().map(S::members).zip(chances).collect()
    }

    #[test]
    fn sets_are_as_likely_as_all_pairs_of_options_make_them() {
        let expected = [(vec![0], 0.375), (vec![0, 1], 0.375), (vec![2], 0.125), (vec![1, 2, 3], 0.125)];
        assert_eq!(found::<u128>(4, 0), expected);
        assert_eq!(found::<WideSet>(4, 0), expected);
    }

    #[test]
    fn sets_of_many_clauses_are_those_of_few() {
        // The four stand across the seam of two words.
        let expected = found::<u128>(4, 0).into_iter();
        let expected: Vec<(Vec<usize>, f64)> =
            expected.map(|(set, p)| (set.into_iter().map(|clause| clause + 126).collect(), p)).collect();
        assert_eq!(found::<WideSet>(300, 126), expected);
    }
}
