//! Addressed chance: which random word belongs to which replication, turn and slot.
//!
//! The generator is `ChaCha8`. Its key is the seed as eight little-endian bytes, then an eight-byte tag that
//! says what the words are for, then zeros; its stream is the number of the replication (or of the draw).
//! Within a stream a region of slots starts at word `region * 2^40`: first its start slots, then, turn by
//! turn, its slots of the turn. Regions are as the scenario's layers of text made them, so an overlay
//! that adds slots moves nobody else's.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::scenario::Slots;

/// Where a region's words begin, in words.
const REGION: u128 = 1 << 40;

/// Turns whose words are made at once.
const AHEAD: usize = 16;

/// The streams of one seed, for one purpose.
#[derive(Clone, Debug)]
pub struct Chance {
    key: [u8; 32],
}

impl Chance {
    /// The words that plays use.
    #[must_use]
    pub fn of_plays(seed: u64) -> Self {
        Self::tagged(seed, *b"plays\0\0\0")
    }

    /// The words that draws of parameters use.
    #[must_use]
    pub fn of_draws(seed: u64) -> Self {
        Self::tagged(seed, *b"draws\0\0\0")
    }

    fn tagged(seed: u64, tag: [u8; 8]) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&tag);
        Self { key }
    }

    pub(crate) fn generator(&self) -> ChaCha8Rng {
        ChaCha8Rng::from_seed(self.key)
    }

    /// A number in [0, 1) with 53 bits: that of `slot` of a region, in a stream.
    #[must_use]
    pub fn uniform(&self, stream: u64, region: usize, slot: usize) -> f64 {
        let mut generator = self.generator();
        generator.set_stream(stream);
        generator.set_word_pos(region as u128 * REGION + 2 * slot as u128);
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let bits = (generator.next_u64() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }
}

/// The words of one replication, turn by turn.
#[derive(Debug)]
pub struct Words {
    generator: ChaCha8Rng,
    regions: Vec<RegionWords>,
    bytes: Vec<u8>,
    turns: usize,
    replication: u64,
    /// The first turn whose words are at hand.
    from: usize,
}

#[derive(Debug)]
struct RegionWords {
    starts: usize,
    per_turn: usize,
    words: Vec<u32>,
}

impl Words {
    /// The words for plays of `turns` turns.
    #[must_use]
    pub fn new(chance: &Chance, slots: &Slots, turns: usize) -> Self {
        let region = |region: &crate::scenario::SlotRegion| RegionWords {
            starts: region.starts.len(),
            per_turn: region.turns.len(),
            words: Vec::new(),
        };
        Self {
            generator: chance.generator(),
            regions: slots.regions.iter().map(region).collect(),
            bytes: Vec::new(),
            turns,
            replication: 0,
            from: 0,
        }
    }

    /// Turns to a replication; its start words and those of its first turns are at hand.
    pub fn replication(&mut self, number: u64) {
        self.replication = number;
        self.generator.set_stream(number);
        self.from = 0;
        for region in 0..self.regions.len() {
            let starts = self.regions[region].starts;
            let count = starts + self.regions[region].per_turn * self.turns.min(AHEAD);
            self.fill(region, 0, count);
        }
    }

    fn fill(&mut self, region: usize, at: usize, count: usize) {
        self.generator.set_word_pos(region as u128 * REGION + at as u128);
        self.bytes.resize(count * 4, 0);
        self.generator.fill_bytes(&mut self.bytes);
        let words = &mut self.regions[region].words;
        words.clear();
        words.extend(self.bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])));
    }

    /// The word of a start slot; the replication's first turns must be at hand.
    #[must_use]
    pub fn start(&self, region: usize, slot: usize) -> u32 {
        self.regions[region].words[slot]
    }

    /// Makes sure that the words of a turn (0-based) are at hand. Turns come in order.
    #[inline]
    pub fn turn(&mut self, turn: usize) {
        if turn >= self.from + AHEAD {
            self.from = turn;
            for region in 0..self.regions.len() {
                let RegionWords { starts, per_turn, .. } = self.regions[region];
                // Start words lie before the turns; as many are made again, so that offsets stay.
                let count = per_turn * (self.turns - turn).min(AHEAD);
                self.fill(region, starts + per_turn * turn, count);
                let words = &mut self.regions[region].words;
                words.splice(0..0, std::iter::repeat_n(0, starts));
            }
        }
    }

    /// The words of a region for a turn (0-based) that is at hand, one per slot.
    #[inline]
    #[must_use]
    pub fn of_turn(&self, region: usize, turn: usize) -> &[u32] {
        let RegionWords { starts, per_turn, words } = &self.regions[region];
        let at = starts + (turn - self.from) * per_turn;
        &words[at..at + per_turn]
    }
}
