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

use crate::scenario::{Slot, Slots};

/// Where a region's words begin, in words.
const REGION: u128 = 1 << 40;
/// Where, within a region, the words that few scenarios need begin.
const SELDOM: u128 = 1 << 39;

/// Turns whose words are made at once.
pub(crate) const AHEAD: usize = 16;

/// Words that may be read behind those of the last turn: they mean nothing.
pub(crate) const SLACK: usize = 8;

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
        generator.set_word_pos(region as u128 * REGION + 2 * slot as u128);
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let bits = (generator.next_u64() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }
}

/// Makes the words of replications, in the layout that a scenario's slots ask for.
#[derive(Debug)]
pub struct Source {
    generator: ChaCha8Rng,
    regions: Vec<Slice>,
    bytes: Vec<u8>,
    starts: usize,
    per_turn: usize,
    /// The turns of a play.
    length: usize,
}

/// The words of one replication: those of its start, and of sixteen turns at most.
#[derive(Clone, Debug)]
pub struct Words {
    /// Start words of all regions.
    starts: Vec<u32>,
    /// Words of the turns at hand: a row a turn, of all regions.
    turns: Vec<u32>,
    per_turn: usize,
}

/// A region's share of the words.
#[derive(Clone, Copy, Debug)]
struct Slice {
    origin: u128,
    starts: usize,
    first_start: usize,
    per_turn: usize,
    first: usize,
}

impl Source {
    /// The words for plays of `turns` turns; those that few scenarios need only where `seldom`.
    #[must_use]
    pub fn new(chance: &Chance, slots: &Slots, turns: usize, seldom: bool) -> Self {
        let (mut first_start, mut first) = (0, 0);
        let mut slice = |origin: u128, starts: usize, per_turn: usize| {
            let slice = Slice { origin, starts, first_start, per_turn, first };
            first_start += starts;
            first += per_turn;
            slice
        };
        let mut regions = Vec::new();
        for (number, region) in (0_u128..).zip(&slots.regions) {
            regions.push(slice(number * REGION, region.starts.len(), region.turns.len()));
        }
        for (number, region) in (0_u128..).zip(&slots.regions).filter(|_| seldom) {
            regions.push(slice(number * REGION + SELDOM, 0, region.seldom.len()));
        }
        Self {
            generator: chance.generator(),
            regions,
            bytes: Vec::new(),
            starts: first_start,
            per_turn: first,
            length: turns,
        }
    }

    /// Room for the words of a replication.
    #[must_use]
    pub fn room(&self) -> Words {
        Words {
            starts: vec![0; self.starts],
            turns: vec![0; self.per_turn * self.length.min(AHEAD) + SLACK],
            per_turn: self.per_turn,
        }
    }

    /// Makes a replication's start words and those of its first turns.
    pub fn start(&mut self, replication: u64, words: &mut Words) {
        self.turn_to(replication);
        for region in 0..self.regions.len() {
            let Slice { starts, first_start, per_turn, .. } = self.regions[region];
            self.make(region, 0, starts + per_turn * self.length.min(AHEAD));
            let start_bytes = self.bytes.as_chunks().0;
            for (word, bytes) in words.starts[first_start..][..starts].iter_mut().zip(start_bytes) {
                *word = u32::from_le_bytes(*bytes);
            }
            self.spread(region, starts, words);
        }
    }

    /// Makes a replication's words of the sixteen turns from `turn` (0-based) on.
    #[cold]
    pub fn go_on(&mut self, replication: u64, turn: usize, words: &mut Words) {
        self.turn_to(replication);
        for region in 0..self.regions.len() {
            let Slice { starts, per_turn, .. } = self.regions[region];
            self.make(region, starts + per_turn * turn, per_turn * (self.length - turn).min(AHEAD));
            self.spread(region, 0, words);
        }
    }

    fn turn_to(&mut self, replication: u64) {
        // From the middle of a block, turning to another stream would make words of it that nobody reads.
        self.generator.set_word_pos(0);
        self.generator.set_stream(replication);
    }

    /// Makes the words of a region from word `at` on.
    fn make(&mut self, region: usize, at: usize, count: usize) {
        self.generator.set_word_pos(self.regions[region].origin + at as u128);
        self.bytes.resize(count * 4, 0);
        self.generator.fill_bytes(&mut self.bytes);
    }

    /// Puts the words behind the first `skipped` into the rows of the turns at hand.
    fn spread(&self, region: usize, skipped: usize, words: &mut Words) {
        let Slice { per_turn, first, .. } = self.regions[region];
        if per_turn == 0 {
            return;
        }
        let made = &self.bytes.as_chunks().0[skipped..];
        // One region alone fills whole rows; several take turns.
        if per_turn == self.per_turn {
            for (word, bytes) in words.turns.iter_mut().zip(made) {
                *word = u32::from_le_bytes(*bytes);
            }
            return;
        }
        for (row, made) in words.turns.chunks_exact_mut(self.per_turn).zip(made.chunks_exact(per_turn)) {
            for (word, bytes) in row[first..first + per_turn].iter_mut().zip(made) {
                *word = u32::from_le_bytes(*bytes);
            }
        }
    }
}

impl Words {
    /// The place of a turn slot among the words of [`Words::of_turn`].
    #[must_use]
    pub fn place(slots: &Slots, slot: Slot) -> usize {
        slots.regions[..slot.region].iter().map(|region| region.turns.len()).sum::<usize>() + slot.index
    }

    /// The place there of a slot that few scenarios need; such words stand behind all others.
    #[must_use]
    pub fn seldom_place(slots: &Slots, slot: Slot) -> usize {
        let turns: usize = slots.regions.iter().map(|region| region.turns.len()).sum();
        turns
            + slots.regions[..slot.region].iter().map(|region| region.seldom.len()).sum::<usize>()
            + slot.index
    }

    /// The place of a start slot among the words of [`Words::start`].
    #[must_use]
    pub fn start_place(slots: &Slots, slot: Slot) -> usize {
        slots.regions[..slot.region].iter().map(|region| region.starts.len()).sum::<usize>() + slot.index
    }

    /// The word at a start slot's place.
    #[must_use]
    pub fn start(&self, place: usize) -> u32 {
        self.starts[place]
    }

    /// The words of a turn (0-based) among those at hand, one per slot of every region, and behind them
    /// others that are not meant for the turn.
    #[inline(always)]
    #[must_use]
    pub fn of_turn(&self, turn: usize) -> &[u32] {
        &self.turns[turn % AHEAD * self.per_turn..]
    }
}
