//! How replications are shared out among draws, and cut into blocks.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Some replications under one draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Segment {
    /// The number of the draw; `None`: central values.
    pub draw: Option<u64>,
    /// The first replication.
    pub begin: u64,
    /// One past the last replication.
    pub end: u64,
}

/// Replications in a block: sums of fractions are made over this many, and blocks are added in a fixed order.
pub(crate) const BLOCK: u64 = 1024;

/// Replications, spread evenly over draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Replications {
    /// In all.
    pub(crate) count: u64,
    /// The draws; 0: central values.
    pub(crate) draws: u64,
}

impl Replications {
    /// Every draw; where there are none, that of central values.
    pub(crate) fn each_draw(self) -> impl Iterator<Item = Option<u64>> {
        let draws = if self.draws == 0 { 0..0 } else { 0..self.draws };
        draws.map(Some).chain((self.draws == 0).then_some(None))
    }

    /// Those of a draw.
    pub(crate) fn of(self, draw: Option<u64>) -> Range<u64> {
        draw.map_or(0..self.count, |draw| of_draw(draw, self.draws, self.count))
    }

    /// The number of blocks of a draw.
    pub(crate) fn blocks_of(self, draw: Option<u64>) -> u64 {
        let Range { start, end } = self.of(draw);
        if start == end { 0 } else { (end - 1) / BLOCK - start / BLOCK + 1 }
    }

    /// The place of the block that begins there, among those of its draw.
    pub(crate) fn place(self, draw: Option<u64>, begin: u64) -> u64 {
        begin / BLOCK - self.of(draw).start / BLOCK
    }
}

/// The replications of draw `d` of `draws`.
pub(crate) fn of_draw(d: u64, draws: u64, replications: u64) -> Range<u64> {
    let begin = |d: u64| {
        let share = u128::from(d) * u128::from(replications) / u128::from(draws);
        u64::try_from(share).unwrap_or(u64::MAX)
    };
    begin(d)..begin(d + 1)
}

/// The draw that a replication is played under.
pub(crate) fn draw_of(replication: u64, draws: u64, replications: u64) -> u64 {
    let reached = |d: u64| of_draw(d, draws, replications).end > replication;
    // Draws beyond the last have no replications of a run; whoever asks for one gets the last draw.
    let (mut low, mut high) = (0, draws - 1);
    while low < high {
        let middle = low.midpoint(high);
        if reached(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// The blocks of a range of replications: cut where a multiple of [`BLOCK`] begins.
pub(crate) fn blocks(range: Range<u64>) -> Vec<Range<u64>> {
    let mut cuts = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let next = ((at / BLOCK + 1) * BLOCK).min(range.end);
        cuts.push(at..next);
        at = next;
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_share_the_replications_evenly() {
        let sizes: Vec<u64> = (0..3).map(|d| of_draw(d, 3, 100)).map(|r| r.end - r.start).collect();
        assert_eq!(sizes, [33, 33, 34]);
    }

    #[test]
    fn every_replication_belongs_to_the_draw_that_plays_it() {
        for replication in 0..100 {
            let draw = draw_of(replication, 7, 100);
            assert!(of_draw(draw, 7, 100).contains(&replication), "{replication}");
        }
    }

    #[test]
    fn blocks_are_cut_at_whole_multiples() {
        assert_eq!(blocks(1000..2100), [1000..1024, 1024..2048, 2048..2100]);
        assert!(blocks(5..5).is_empty());
    }
}
