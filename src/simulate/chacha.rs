//! `ChaCha8` of several streams side by side.
//!
//! Takes a key, the numbers of streams and of blocks, and gives out words. Knows nothing of what they are for.
//!
//! A generator that serves one stream at a time computes some blocks of that stream together, shuffles them
//! into their order, and starts again for the next stream. Plays go side by side, so their streams can too: one
//! stream each, every stream at the same block, and nothing is shuffled. The words are those of `rand_chacha`.
//!
//! Source: D. J. Bernstein, "`ChaCha`, a variant of Salsa20", 2008, with his 64-bit counter and nonce.

use super::observe::BATCH;

/// A word of every play's stream.
pub(crate) type BatchWord = [u32; BATCH];

/// Words in a block of one stream.
pub(crate) const BLOCK: usize = 16;

/// A block of every play's stream.
pub(crate) type BatchBlock = [BatchWord; BLOCK];

/// "expand 32-byte k".
const CONSTANTS: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];

/// One key's streams, as many at a time as plays are played side by side. Eight, for eight words of 32 bits fill a
/// register of 256 bits: an addition of `state[a]` to `state[b]` is then one instruction for all streams, where the
/// rounds of one stream alone would need their rows rotated between additions.
#[derive(Clone, Debug)]
pub(crate) struct Streams {
    arch: pulp::Arch,
    key: [u32; 8],
    /// The stream of each play.
    numbers: [u64; BATCH],
}

/// Blocks to be made: what [`pulp`] compiles once for every width that machines may have.
struct BlockJob<'b> {
    /// What the first block is made of.
    from: BatchBlock,
    at: u64,
    blocks: &'b mut [BatchBlock],
}

impl Streams {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        let mut words = [0; 8];
        for (word, bytes) in words.iter_mut().zip(key.as_chunks().0) {
            *word = u32::from_le_bytes(*bytes);
        }
        Self { arch: pulp::Arch::new(), key: words, numbers: [0; BATCH] }
    }

    /// Turns to as many streams, the first of them `first`.
    pub(crate) fn select(&mut self, first: u64) {
        let mut stream = first;
        for slot in &mut self.numbers {
            *slot = stream;
            stream = stream.wrapping_add(1);
        }
    }

    /// Makes the streams' blocks from block `at` on.
    pub(crate) fn make(&self, at: u64, blocks: &mut [BatchBlock]) {
        let mut from = [[0; BATCH]; BLOCK];
        for (row, word) in from.iter_mut().zip(CONSTANTS.iter().chain(&self.key)) {
            *row = [*word; BATCH];
        }
        // Words 12 and 13 are the counter of blocks, and are set block by block.
        [from[14], from[15]] = halves(self.numbers);
        self.arch.dispatch(BlockJob { from, at, blocks });
    }
}

impl pulp::WithSimd for BlockJob<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(mut self, _: S) {
        for (at, block) in (self.at..).zip(self.blocks) {
            [self.from[12], self.from[13]] = halves([at; BATCH]);
            make_block(&self.from, block);
        }
    }
}

/// The lower and the upper halves.
fn halves(numbers: [u64; BATCH]) -> [BatchWord; 2] {
    #[expect(clippy::cast_possible_truncation, reason = "halves are meant")]
    [numbers.map(|number| number as u32), numbers.map(|number| (number >> 32) as u32)]
}

/// Makes a block. The rounds stand in a row, not in a loop, so that the one loop that is left is over streams, and
/// the compiler makes it instructions that work on many. That hangs by a thread: with `map` and `iter_mut` where
/// rows are read and written, it computed every stream alone.
#[inline(always)]
fn make_block(from: &BatchBlock, block: &mut BatchBlock) {
    for stream in 0..BATCH {
        let start: [u32; BLOCK] = std::array::from_fn(|word| from[word][stream]);
        let mut state = start;
        two_rounds(&mut state);
        two_rounds(&mut state);
        two_rounds(&mut state);
        two_rounds(&mut state);
        for word in 0..BLOCK {
            block[word][stream] = state[word].wrapping_add(start[word]);
        }
    }
}

/// A round along the columns and one along the diagonals.
#[inline(always)]
fn two_rounds(state: &mut [u32; BLOCK]) {
    quarter_round(state, [0, 4, 8, 12]);
    quarter_round(state, [1, 5, 9, 13]);
    quarter_round(state, [2, 6, 10, 14]);
    quarter_round(state, [3, 7, 11, 15]);
    quarter_round(state, [0, 5, 10, 15]);
    quarter_round(state, [1, 6, 11, 12]);
    quarter_round(state, [2, 7, 8, 13]);
    quarter_round(state, [3, 4, 9, 14]);
}

#[inline(always)]
fn quarter_round(state: &mut [u32; BLOCK], [a, b, c, d]: [usize; 4]) {
    state[a] = state[a].wrapping_add(state[b]);
    state[d] = (state[d] ^ state[a]).rotate_left(16);
    state[c] = state[c].wrapping_add(state[d]);
    state[b] = (state[b] ^ state[c]).rotate_left(12);
    state[a] = state[a].wrapping_add(state[b]);
    state[d] = (state[d] ^ state[a]).rotate_left(8);
    state[c] = state[c].wrapping_add(state[d]);
    state[b] = (state[b] ^ state[c]).rotate_left(7);
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// Every stream's blocks are those of a generator that serves it alone.
    fn check(key: [u8; 32], first: u64, at: u64) {
        let mut streams = Streams::new(&key);
        streams.select(first);
        let mut blocks = [[[0; BATCH]; BLOCK]; 3];
        streams.make(at, &mut blocks);
        for play in 0..BATCH {
            let mut alone = ChaCha8Rng::from_seed(key);
            alone.set_stream(first.wrapping_add(play as u64));
            alone.set_word_pos(u128::from(at) * BLOCK as u128);
            for (word, row) in blocks.as_flattened().iter().enumerate() {
                assert_eq!(row[play], alone.next_u32(), "play {play}, word {word} from block {at}");
            }
        }
    }

    #[test]
    fn streams_side_by_side_are_those_of_a_generator_alone() {
        let counting = std::array::from_fn(|byte| u8::try_from(byte).unwrap_or(0));
        check([0; 32], 0, 0);
        check(counting, 5, 7);
        check(counting, u64::from(u32::MAX) - 3, u64::from(u32::MAX) - 1);
        check([255; 32], u64::MAX - 2, 1 << 36);
    }
}
