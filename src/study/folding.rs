//! From blocks of plays to draws, and from draws to the whole: both in a fixed tree.

use std::collections::BTreeMap;

use super::error::StudyError;
use super::replications::Replications;
use super::runner::{Block, Playing};
use super::tree::{Merge, Tree, Twice};

/// Blocks' sums on their way to what is made of each draw, and that on its way to what is made of all.
#[derive(Debug)]
pub(crate) struct Folding<S, C> {
    replications: Replications,
    /// Draws of which some blocks are there.
    open: BTreeMap<u64, Tree<S>>,
    /// Draws that are whole.
    closed: Tree<C>,
}

fn number(draw: Option<u64>) -> u64 {
    draw.unwrap_or(0)
}

impl<S: Merge, C: Merge> Folding<S, C> {
    pub(crate) fn new(replications: Replications) -> Self {
        Self { replications, open: BTreeMap::new(), closed: Tree::new() }
    }

    /// Adds some blocks of a draw; `close` makes of its sums, once it is whole, what is made of a draw.
    pub(crate) fn absorb(
        &mut self,
        draw: Option<u64>,
        blocks: Tree<S>,
        close: impl FnOnce(S) -> C,
    ) -> Result<(), Twice> {
        if self.closed.has(number(draw)) {
            return Err(Twice);
        }
        let tree = self.open.entry(number(draw)).or_insert_with(Tree::new);
        tree.absorb(blocks)?;
        if tree.is_whole(self.replications.blocks_of(draw))
            && let Some(sums) = self.open.remove(&number(draw)).and_then(Tree::fold)
        {
            self.closed.add(number(draw), close(sums))?;
        }
        Ok(())
    }

    /// The blocks that have not arrived, draw by draw.
    pub(crate) fn missing(&self) -> Vec<(Option<u64>, std::ops::Range<u64>)> {
        let draws = self.replications.each_draw().filter(|draw| !self.closed.has(number(*draw)));
        let of_draw = |draw: Option<u64>| {
            let blocks = self.replications.blocks_of(draw);
            let missing = match self.open.get(&number(draw)) {
                Some(tree) => tree.missing(blocks),
                None => std::iter::once(0..blocks).collect(),
            };
            missing.into_iter().map(move |blocks| (draw, blocks))
        };
        draws.flat_map(of_draw).collect()
    }

    /// What is made of all draws.
    pub(crate) fn finish(self) -> Option<C> {
        self.closed.fold()
    }
}

impl Playing<'_> {
    /// Plays everything, and folds what `play` makes of each block into what `close` makes of each draw.
    ///
    /// # Errors
    /// See [`Playing::each_block`].
    pub(crate) fn folded<S: Merge + Send, C: Merge>(
        &self,
        play: impl Fn(&Block<'_>) -> S + Sync,
        close: impl Fn(Option<u64>, S) -> C,
    ) -> Result<C, StudyError> {
        let mut folding = Folding::new(self.replications);
        self.each_block(play, |block, sums| {
            let mut tree = Tree::new();
            tree.add(block.place, sums).map_err(|Twice| StudyError::Nothing)?;
            folding
                .absorb(block.draw, tree, |sums| close(block.draw, sums))
                .map_err(|Twice| StudyError::Nothing)
        })?;
        folding.finish().ok_or(StudyError::Nothing)
    }
}
