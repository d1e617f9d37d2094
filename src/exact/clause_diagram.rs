//! How sets of clauses arise as an option is picked in one decision after the other.

use crate::game::compact;

/// A set of clauses, one bit each.
pub(crate) type Mask = u128;

/// As many clauses as a [`Mask`] has bits.
pub(crate) const CLAUSES: usize = 128;

/// How sets of clauses arise: a walk starts with those that are possible, and each decision's option leads to those
/// of them that it lets through. Equal sets are one node, so no joint profile is ever enumerated.
#[derive(Debug)]
pub(crate) struct ClauseDiagram {
    turn_structures: Vec<ClauseStage>,
    /// The sets in which walks end, ascending.
    pub(crate) masks: Vec<Mask>,
}

/// One decision's part in a [`ClauseDiagram`].
#[derive(Debug)]
struct ClauseStage {
    /// The class of each of its options; options of a class let the same clauses through.
    class_of: Vec<u16>,
    classes: usize,
    /// `next[node * classes + class]`: the node of the next stage. Nodes and classes are in the order of their masks,
    /// in which probabilities are summed.
    next: Vec<u32>,
}

impl ClauseDiagram {
    /// The diagram of decisions of which each option lets the clauses of a mask through. O(nodes x classes of options x
    /// logarithm of nodes), decision by decision.
    pub(super) fn new(possible: Mask, decisions: impl Iterator<Item = Vec<Mask>>) -> Self {
        let mut masks = vec![possible];
        let stage = |options: Vec<Mask>| {
            let classes = ascending(options.clone());
            let led = || masks.iter().flat_map(|mask| classes.iter().map(move |class| mask & class));
            let after = ascending(led().collect());
            let next = led().map(|mask| compact(place(&after, mask))).collect();
            let class = |option: &Mask| u16::try_from(place(&classes, *option)).unwrap_or(u16::MAX);
            let class_of = options.iter().map(class).collect();
            masks = after;
            ClauseStage { class_of, classes: classes.len(), next }
        };
        let turn_structures = decisions.map(stage).collect();
        Self { turn_structures, masks }
    }

    /// The probability of each set in which walks end, where the start has a weight and every decision has its
    /// options picked with the probabilities of its row. O(nodes x classes of options), decision by decision.
    pub(super) fn chances<'r>(&self, weight: f64, rows: impl Iterator<Item = &'r [f64]>) -> Vec<f64> {
        let mut reach = vec![weight];
        let mut classes: Vec<f64> = Vec::new();
        for (at, (stage, row)) in self.turn_structures.iter().zip(rows).enumerate() {
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

    /// How many nodes a stage has, or how many sets there are behind the last.
    fn nodes(&self, stage: usize) -> usize {
        self.turn_structures.get(stage).map_or(self.masks.len(), |stage| stage.next.len() / stage.classes)
    }
}

/// Each mask once, in ascending order.
pub(super) fn ascending(mut masks: Vec<Mask>) -> Vec<Mask> {
    masks.sort_unstable();
    masks.dedup();
    masks
}

/// Where a mask stands among ascending ones that it is one of.
pub(super) fn place(masks: &[Mask], mask: Mask) -> usize {
    masks.binary_search(&mask).unwrap_or_else(|after| after)
}

#[cfg(test)]
mod tests {
    use super::ClauseDiagram;

    #[test]
    fn sets_are_as_likely_as_all_pairs_of_options_make_them() {
        let options = [vec![0b0011, 0b1110, 0b0011], vec![0b0101, 0b1111]];
        let rows: [&[f64]; 2] = [&[0.25, 0.25, 0.5], &[0.5, 0.5]];
        let cases = [
            (0b1111, vec![(0b0001, 0.375), (0b0011, 0.375), (0b0100, 0.125), (0b1110, 0.125)]),
            // Without the two clauses in the middle the first decision's options differ in the ends alone.
            (0b1001, vec![(0b0000, 0.125), (0b0001, 0.75), (0b1000, 0.125)]),
        ];
        for (possible, expected) in cases {
            let diagram = ClauseDiagram::new(possible, options.iter().cloned());
            let chances = diagram.chances(1.0, rows.into_iter());
            let found: Vec<(u128, f64)> = diagram.masks.iter().copied().zip(chances).collect();
            assert_eq!(found, expected, "from {possible:b}");
        }
    }
}
