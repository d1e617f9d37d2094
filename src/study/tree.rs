//! Sums over a row of blocks, folded in one fixed tree in whatever order the blocks arrive.
//!
//! Sums of fractions depend on the order in which they are added. Here that order is a property of the blocks and
//! not of who computes them when: block `2i` and block `2i + 1` make a pair, pairs make pairs of pairs, and what is
//! left over at the end is added from left to right. Whoever holds both halves of a pair may merge them, be it a
//! thread, a machine that sends its part to another, or a run that is taken up again: the sums come out the same to
//! the last bit.

use serde::{Deserialize, Serialize};

/// Sums that two groups of plays, or of draws, have together.
pub trait Merge {
    /// Adds what comes right after these.
    fn merge(&mut self, other: &Self);
}

/// Sums over some of the blocks: as few as have no neighbour of their own size yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tree<T> {
    /// In the order of their blocks, none of which is in two of them.
    nodes: Vec<Node<T>>,
}

/// Sums over the blocks from `index << level` to `(index + 1) << level`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Node<T> {
    level: u32,
    index: u64,
    sums: T,
}

/// A block arrived for the second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twice;

impl<T> Node<T> {
    fn begin(&self) -> u64 {
        self.index << self.level
    }

    fn end(&self) -> u64 {
        (self.index + 1) << self.level
    }
}

impl<T: Merge> Tree<T> {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self { nodes: Vec::new() }
    }

    /// Adds one block's sums.
    ///
    /// # Errors
    /// If the block is there already.
    pub fn add(&mut self, block: u64, sums: T) -> Result<(), Twice> {
        self.insert(Node { level: 0, index: block, sums })
    }

    /// Adds all that another tree has of other blocks.
    ///
    /// # Errors
    /// If both have some block.
    pub fn absorb(&mut self, other: Self) -> Result<(), Twice> {
        other.nodes.into_iter().try_for_each(|node| self.insert(node))
    }

    fn insert(&mut self, node: Node<T>) -> Result<(), Twice> {
        let mut at = self.nodes.partition_point(|known| known.begin() < node.begin());
        let before = at.checked_sub(1).map(|before| self.nodes[before].end());
        let after = self.nodes.get(at).map(Node::begin);
        if before.is_some_and(|end| end > node.begin()) || after.is_some_and(|begin| begin < node.end()) {
            return Err(Twice);
        }
        self.nodes.insert(at, node);
        // A pair's halves stand side by side.
        loop {
            let Node { level, index, .. } = self.nodes[at];
            let left = if index % 2 == 0 { at } else { at.wrapping_sub(1) };
            let is_half = |node: Option<&Node<T>>, index: u64| {
                node.is_some_and(|node| node.level == level && node.index == index)
            };
            let pair = index - index % 2;
            if !(is_half(self.nodes.get(left), pair) && is_half(self.nodes.get(left + 1), pair + 1)) {
                return Ok(());
            }
            let right = self.nodes.remove(left + 1);
            let merged = &mut self.nodes[left];
            merged.sums.merge(&right.sums);
            (merged.level, merged.index) = (level + 1, index / 2);
            at = left;
        }
    }

    /// Whether it can have come from blocks that were added: whoever reads one cannot know.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let bounded = |node: &Node<T>| node.level < 48 && node.index < 1 << (63 - 1 - node.level);
        self.nodes.iter().all(bounded) && self.nodes.windows(2).all(|pair| pair[0].end() <= pair[1].begin())
    }

    /// All sums that it holds.
    pub fn sums(&self) -> impl Iterator<Item = &T> {
        self.nodes.iter().map(|node| &node.sums)
    }

    /// Whether some of what it has is of this block.
    #[must_use]
    pub fn has(&self, block: u64) -> bool {
        let after = self.nodes.partition_point(|known| known.begin() <= block);
        after.checked_sub(1).is_some_and(|at| self.nodes[at].end() > block)
    }

    /// Of so many blocks, those that have not arrived: ranges of their numbers, rising.
    #[must_use]
    pub fn missing(&self, blocks: u64) -> Vec<std::ops::Range<u64>> {
        let mut missing = Vec::new();
        let mut at = 0;
        for node in &self.nodes {
            if at < node.begin() {
                missing.push(at..node.begin());
            }
            at = node.end();
        }
        if at < blocks {
            missing.push(at..blocks);
        }
        missing
    }

    /// Whether so many blocks, the first ones, have arrived and no other.
    #[must_use]
    pub fn is_whole(&self, blocks: u64) -> bool {
        self.missing(blocks).is_empty() && self.nodes.last().is_none_or(|last| last.end() <= blocks)
    }

    /// The sums over all blocks; nothing where there are none.
    #[must_use]
    pub fn fold(self) -> Option<T> {
        self.nodes.into_iter().map(|node| node.sums).reduce(|mut all, next| {
            all.merge(&next);
            all
        })
    }
}

impl<T: Merge> Merge for Vec<T> {
    fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.iter_mut().zip(other) {
            mine.merge(theirs);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Remembers how it was put together.
    impl Merge for String {
        fn merge(&mut self, other: &Self) {
            *self = format!("({self} {other})");
        }
    }

    fn whole(blocks: u64) -> Option<String> {
        let mut tree = Tree::new();
        for block in 0..blocks {
            tree.add(block, block.to_string()).expect("each arrives once");
        }
        assert!(tree.is_whole(blocks));
        tree.fold()
    }

    #[test]
    fn blocks_are_paired_and_the_rest_is_added_from_the_left() {
        assert_eq!(whole(0), None);
        assert_eq!(whole(1).as_deref(), Some("0"));
        assert_eq!(whole(7).as_deref(), Some("((((0 1) (2 3)) (4 5)) 6)"));
    }

    #[test]
    fn what_is_missing_is_known_and_nothing_counts_twice() {
        let mut tree = Tree::new();
        for block in [5, 0, 1] {
            tree.add(block, block.to_string()).expect("each arrives once");
        }
        assert_eq!(tree.missing(8), [2..5, 6..8]);
        assert_eq!(tree.add(1, String::new()), Err(Twice));
        assert!(!tree.is_whole(4) && !tree.is_whole(8));
    }

    proptest! {
        #[test]
        fn neither_order_nor_partition_matters(
            order in (1_u64..40).prop_flat_map(|n| Just((0..n).collect::<Vec<u64>>()).prop_shuffle()),
            parts in prop::collection::vec(0_usize..4, 40),
        ) {
            let mut trees = vec![Tree::new(); 4];
            for (&block, &part) in order.iter().zip(&parts) {
                trees[part].add(block, block.to_string()).expect("each arrives once");
            }
            let mut all = Tree::new();
            for tree in trees.into_iter().rev() {
                all.absorb(tree).expect("each arrives once");
            }
            prop_assert_eq!(all.fold(), whole(order.len() as u64));
        }
    }
}
