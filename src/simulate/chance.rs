//! Addressed chance: which random word belongs to which replication, turn and slot.
//!
//! The generator is `ChaCha8`. Its key is the seed as eight little-endian bytes, then an eight-byte tag that
//! says what the words are for, then zeros; its stream is the number of the replication (or of the draw).
//! Within a stream a region of slots starts at word `region * 2^40`: first its start slots, then, turn by
//! turn, its slots of the turn; half way to the next region stand, turn by turn, the slots that few scenarios
//! need. Regions are as the scenario's layers of text made them, so an overlay that adds slots moves nobody
//! else's.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::chacha::{BLOCK, BatchBlock, BatchWord, Streams};
use super::observe::BATCH;
use crate::scenario::{Slot, Slots};

/// Where a region's words begin, in blocks.
const REGION: u64 = (1 << 40) / BLOCK as u64;
/// Where, within a region, the words that few scenarios need begin.
const OPTIONAL: u64 = REGION / 2;

/// Turns whose words are made at once: they fill whole blocks, however many words a turn takes.
pub(crate) const TURNS_AT_HAND: usize = BLOCK;

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

    /// The words that designs of experiments use.
    #[must_use]
    pub fn of_designs(seed: u64) -> Self {
        Self::tagged(seed, *b"designs\0")
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
        // Two words a slot, for 53 bits.
        generator.set_word_pos(u128::from(region as u64 * REGION) * BLOCK as u128 + 2 * slot as u128);
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let bits = (generator.next_u64() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }
}

/// Makes the words of a batch of replications, in the layout that a scenario's slots ask for.
#[derive(Debug)]
pub(crate) struct WordSource {
    streams: Streams,
    regions: Vec<RegionWords>,
    /// The turns of a play.
    length: usize,
    words: RandomWords,
}

/// The words of replications side by side: those of their start, and of sixteen turns at most.
#[derive(Debug)]
pub(crate) struct RandomWords {
    /// Region by region; within one, first the start words, then turn by turn those of the turns at hand.
    made: Vec<BatchBlock>,
}

/// Where a slot's words stand among [`RandomWords`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// The place of the word of the first turn at hand, or of the start.
    first: usize,
    /// The words from one turn to the next.
    per_turn: usize,
}

impl Address {
    /// For what is not left to chance: the word that stands there is not meant for it.
    /// An address all the same, so that loops over all effects or seats need not ask.
    pub(crate) const NONE: Self = Self { first: 0, per_turn: 0 };
}

/// The word by which a choice in a seat is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SeatWord {
    pub(crate) address: Address,
    /// Whether it is one of the optional stream.
    pub(crate) optional: bool,
}

/// The words of a region, or those of it that few scenarios need.
#[derive(Clone, Copy, Debug)]
struct RegionWords {
    /// Its first block in every stream.
    origin: u64,
    /// Its first block in [`RandomWords`].
    first: usize,
    starts: usize,
    per_turn: usize,
}

/// The addresses of a scenario's slots.
#[derive(Debug)]
pub(crate) struct Addresses {
    /// The regions of [`Slots`], then again for the slots that few scenarios need.
    regions: Vec<RegionWords>,
}

impl Addresses {
    /// Where words stand in plays of `turns` turns.
    pub(crate) fn new(slots: &Slots, turns: usize) -> Self {
        // Nothing depends on how the words at hand stand in memory, only on their blocks in the stream: so the optional
        // ones come last, and are left out by cutting the list.
        let ordinary = slots.regions.iter().map(|region| (0, region.starts.len(), region.turns.len()));
        let optional = slots.regions.iter().map(|region| (OPTIONAL, 0, region.seldom.len()));
        let numbered = (0..).zip(ordinary).chain((0..).zip(optional));
        let mut first = 0;
        let regions = numbered.map(|(number, (origin, starts, per_turn)): (u64, _)| {
            let region = RegionWords { origin: number * REGION + origin, first, starts, per_turn };
            first += region.blocks(turns);
            region
        });
        Self { regions: regions.collect() }
    }

    /// Of a slot of the start.
    pub(crate) fn start(&self, slot: Slot) -> Address {
        let region = &self.regions[slot.region];
        Address { first: region.first * BLOCK + slot.index, per_turn: 0 }
    }

    /// Of a slot of every turn.
    pub(crate) fn turn(&self, slot: Slot) -> Address {
        self.regions[slot.region].turn(slot.index)
    }

    /// Of a slot of every turn that few scenarios need.
    pub(crate) fn optional(&self, slot: Slot) -> Address {
        // Each region of the slots is here twice.
        self.regions[self.regions.len() / 2 + slot.region].turn(slot.index)
    }
}

impl RegionWords {
    /// The blocks that its words of the start and of so many turns take, sixteen at most.
    fn blocks(&self, turns: usize) -> usize {
        (self.starts + self.per_turn * turns.min(TURNS_AT_HAND)).div_ceil(BLOCK)
    }

    fn turn(&self, index: usize) -> Address {
        Address { first: self.first * BLOCK + self.starts + index, per_turn: self.per_turn }
    }
}

impl WordSource {
    /// The words for plays of `turns` turns; those that few scenarios need only where `optional`.
    pub(crate) fn new(chance: &Chance, slots: &Slots, turns: usize, optional: bool) -> Self {
        let Addresses { mut regions } = Addresses::new(slots, turns);
        if !optional {
            regions.truncate(slots.regions.len());
        }
        let blocks: usize = regions.iter().map(|region| region.blocks(turns)).sum();
        Self {
            streams: Streams::new(&chance.key),
            regions,
            length: turns,
            // What is not random has an address too, and reads a word that means nothing.
            words: RandomWords { made: vec![[[0; BATCH]; BLOCK]; blocks.max(1)] },
        }
    }

    /// The words at hand.
    pub(crate) fn words(&self) -> &RandomWords {
        &self.words
    }

    /// Makes the start words and those of the first turns, of a batch of replications.
    pub(crate) fn start(&mut self, first: u64) {
        self.streams.select(first);
        for region in &self.regions {
            let blocks = region.blocks(self.length);
            self.streams.make(region.origin, &mut self.words.made[region.first..][..blocks]);
        }
    }

    /// Makes the words of these replications' sixteen turns from `turn` (0-based) on.
    ///
    /// Sixteen turns fill whole blocks, so that these words stand where those of the first turns did.
    #[cold]
    pub(crate) fn advance(&mut self, turn: usize) {
        for region in &self.regions {
            let blocks = region.blocks(self.length - turn);
            // The words of the start and of the first turns may share a block. Blocks of start words alone stay: they
            // are not made again.
            let kept = region.starts / BLOCK;
            let at = region.origin + (region.per_turn * (turn / BLOCK) + kept) as u64;
            self.streams.make(at, &mut self.words.made[region.first..][kept..blocks]);
        }
    }
}

impl RandomWords {
    /// The word that every play of the batch has at an address, in a turn (0-based) among those at hand.
    #[inline(always)]
    pub(crate) fn at(&self, address: Address, turn: usize) -> &BatchWord {
        &self.made.as_flattened()[address.first + turn % TURNS_AT_HAND * address.per_turn]
    }
}
